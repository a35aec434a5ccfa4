/** The worker's entry: nothing but the line between the page and a session. */
import type { EngineRequest } from './protocol.ts';
import { engineSession } from './session.ts';

/** The dedicated worker's scope, as far as it is used here. */
interface WorkerScope {
  onmessage: ((event: { readonly data: EngineRequest }) => void) | null;
  postMessage(message: unknown): void;
}

const scope = globalThis as unknown as WorkerScope;
const session = engineSession((response) => scope.postMessage(response));
scope.onmessage = (event) => session.receive(event.data);
