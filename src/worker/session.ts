/**
 * The engine's end of the protocol: holds the newest workspace, answers queries about it. Pure but
 * for that memory. Requests are answered in order; one that waits while a newer workspace arrives
 * is answered `stale` unless it is about the newer one. Nothing throws out of here.
 */
import { answerQuery, type WorkspaceState } from './answer.ts';
import type { EngineRequest, EngineResponse } from './protocol.ts';

export interface EngineSession {
  receive(request: EngineRequest): void;
}

export function engineSession(send: (response: EngineResponse) => void): EngineSession {
  let state: WorkspaceState | undefined;
  /** Highest revision of any workspace request received, answered or not. */
  let newest = 0;
  const cancelled = new Set<number>();
  const queue: Extract<EngineRequest, { query: unknown }>[] = [];
  let running = false;

  async function drain(): Promise<void> {
    running = true;
    for (let request = queue.shift(); request !== undefined; request = queue.shift()) {
      const { id, query } = request;
      if (cancelled.delete(id)) continue;
      if (query.revision < newest) {
        send({ id, kind: 'stale', revision: query.revision });
        continue;
      }
      try {
        const { state: next, answer } = await answerQuery(state, query);
        state = next;
        if (!cancelled.delete(id)) send({ id, kind: 'answer', revision: query.revision, answer });
      } catch (error) {
        const failure = error instanceof Error ? error : new Error(String(error));
        send({
          id,
          kind: 'internal-error',
          message: failure.message,
          ...(failure.stack === undefined ? {} : { stack: failure.stack }),
        });
      }
    }
    running = false;
  }

  return {
    receive(request) {
      if ('cancel' in request) {
        if (queue.some((waiting) => waiting.id === request.id)) cancelled.add(request.id);
        return;
      }
      const { query } = request;
      if (query.kind === 'open-workspace' || query.kind === 'update') newest = Math.max(newest, query.revision);
      queue.push(request);
      // A macrotask of its own, so that a burst of edits is received before the first is computed.
      if (!running) {
        running = true;
        setTimeout(() => void drain(), 0);
      }
    },
  };
}
