/** A whisper from the command palette to the canvas, which alone knows where everything stands: arrange. */
import type { ArrangeWhat } from './useArrange.ts';

type Listener = (what: ArrangeWhat) => void;

const listeners = new Set<Listener>();
/** Asked for while another view stood in the canvas's place. */
let waiting: ArrangeWhat | undefined;

export function requestArrange(what: ArrangeWhat): void {
  if (listeners.size === 0) waiting = what;
  for (const listener of listeners) listener(what);
}

export function onArrangeRequested(listener: Listener): () => void {
  listeners.add(listener);
  if (waiting !== undefined) listener(waiting);
  waiting = undefined;
  return () => listeners.delete(listener);
}
