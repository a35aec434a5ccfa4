/** The same client without a worker: for tests, the command line, and pages that cannot start one. */
import { engineClient, type MessageLine } from './client.ts';
import type { EngineClient, EngineResponse } from './protocol.ts';
import { engineSession } from './session.ts';

export function inProcessClient(): EngineClient {
  let deliver: (response: EngineResponse) => void = () => undefined;
  // Messages are cloned as a real line would clone them, so that nothing is shared by accident.
  const session = engineSession((response) => deliver(structuredClone(response)));
  const line: MessageLine = {
    postMessage: (message) => session.receive(structuredClone(message)),
    listen(onMessage) {
      deliver = onMessage;
    },
    close() {
      deliver = () => undefined;
    },
  };
  return engineClient(line);
}
