/**
 * The page's end of the protocol, over anything that carries messages (a Worker, a MessagePort, the
 * in-process pair of tests). Latest revision wins: an answer older than the newest request of its
 * kind comes back as `stale` and is for ignoring. A dead worker answers `internal-error`, never hangs.
 */
import type { EngineClient, EngineQuery, EngineReply, EngineRequest, EngineResponse } from './protocol.ts';

/** What a Worker and a MessagePort have in common. */
export interface MessageLine {
  postMessage(message: EngineRequest): void;
  listen(onMessage: (response: EngineResponse) => void, onFailure: (message: string) => void): void;
  close(): void;
}

interface Pending {
  readonly kind: EngineQuery['kind'];
  readonly revision: number;
  readonly settle: (reply: EngineReply<EngineQuery['kind']>) => void;
}

export function engineClient(line: MessageLine): EngineClient {
  const pending = new Map<number, Pending>();
  /** Newest revision asked for, by kind. */
  const newest = new Map<EngineQuery['kind'], number>();
  let nextId = 1;
  let failure: string | undefined;

  line.listen(
    (response) => {
      const request = pending.get(response.id);
      if (request === undefined) return;
      pending.delete(response.id);
      request.settle(replyTo(request, response, newest.get(request.kind) ?? 0));
    },
    (message) => {
      failure = message;
      for (const request of pending.values()) request.settle(broken(message));
      pending.clear();
    },
  );

  return {
    ask<Q extends EngineQuery>(query: Q, signal?: AbortSignal): Promise<EngineReply<Q['kind']>> {
      if (failure !== undefined) return Promise.resolve(broken(failure));
      if (signal?.aborted === true) return Promise.resolve({ kind: 'cancelled' });
      const id = nextId++;
      newest.set(query.kind, Math.max(newest.get(query.kind) ?? 0, query.revision));
      return new Promise((resolve) => {
        const settle = (reply: EngineReply<EngineQuery['kind']>): void => resolve(reply as EngineReply<Q['kind']>);
        pending.set(id, { kind: query.kind, revision: query.revision, settle });
        signal?.addEventListener(
          'abort',
          () => {
            if (!pending.delete(id)) return;
            line.postMessage({ id, cancel: true });
            settle({ kind: 'cancelled' });
          },
          { once: true },
        );
        line.postMessage({ id, query });
      });
    },
    dispose() {
      for (const request of pending.values()) request.settle({ kind: 'cancelled' });
      pending.clear();
      failure = 'disposed';
      line.close();
    },
  };
}

function replyTo(request: Pending, response: EngineResponse, newest: number): EngineReply<EngineQuery['kind']> {
  switch (response.kind) {
    case 'answer':
      if (response.revision < newest) return { kind: 'stale' };
      return { kind: 'answer', revision: response.revision, answer: response.answer } as EngineReply<
        EngineQuery['kind']
      >;
    case 'stale':
      return { kind: 'stale' };
    case 'internal-error':
      return broken(response.message);
  }
}

const broken = (message: string): EngineReply<EngineQuery['kind']> => ({
  kind: 'internal-error',
  reason: { code: 'engine-failed', params: { message } },
});

/** Wraps a Worker that runs `engineWorker.ts`. */
export function workerLine(worker: Worker): MessageLine {
  return {
    postMessage: (message) => worker.postMessage(message),
    listen(onMessage, onFailure) {
      worker.onmessage = (event: MessageEvent<EngineResponse>) => onMessage(event.data);
      worker.onerror = (event) => onFailure(event.message || 'worker failed to start');
      worker.onmessageerror = () => onFailure('message could not be read');
    },
    close: () => worker.terminate(),
  };
}
