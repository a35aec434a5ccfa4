/** Waits for the engine: edits and places in the text are of one revision. */
import type { Studio } from '../studio.ts';

/** The newest revision, once the engine has read it; undefined when the engine failed. */
export function settledRevision({ store }: Studio): Promise<number | undefined> {
  return new Promise((resolve) => {
    const settle = (): boolean => {
      const { status, revision, answered } = store.getState().engine;
      if (status !== 'failed' && (status !== 'ready' || revision !== answered)) return false;
      resolve(status === 'failed' ? undefined : revision);
      return true;
    };
    if (settle()) return;
    const stop = store.subscribe(() => {
      if (settle()) stop();
    });
  });
}
