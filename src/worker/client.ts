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

/** A reply whose kind of query is known only to who asked. */
type AnyReply = { readonly kind: 'answer'; readonly revision: number; readonly answer: unknown } | NoAnswer;
type NoAnswer = Exclude<EngineReply<'send'>, { readonly kind: 'answer' }>;

interface Pending {
  readonly kind: EngineQuery['kind'];
  readonly revision: number;
  readonly settle: (reply: AnyReply) => void;
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
      request.settle(replyTo(response, newest.get(request.kind) ?? 0));
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
      return new Promise<EngineReply<Q['kind']>>((resolve) => {
        // The session answers each kind of query with that kind's answer; the line cannot prove it.
        const settle = (reply: AnyReply): void => resolve(reply as EngineReply<Q['kind']>);
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

function replyTo(response: EngineResponse, newest: number): AnyReply {
  switch (response.kind) {
    case 'answer':
      if (response.revision < newest) return { kind: 'stale' };
      return { kind: 'answer', revision: response.revision, answer: response.answer };
    case 'stale':
      return { kind: 'stale' };
    case 'internal-error':
      return broken(response.message);
  }
}

const broken = (message: string): NoAnswer => ({
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
