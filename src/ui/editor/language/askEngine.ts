/**
 * Questions about the text under the cursor. The engine may be reading a newer text just then: such
 * an answer is asked for again, a few times; whoever types on cancels.
 */
import { settledRevision } from '../../../state/actions/settledRevision.ts';
import type { Studio } from '../../../state/studio.ts';
import type { EngineAnswers, EngineQuery } from '../../../worker/protocol.ts';
import type { monaco } from '../monaco.ts';

type TextKind = 'complete' | 'describe' | 'crumbs' | 'symbols' | 'definition' | 'references';
type TextQuery<K extends TextKind> = Omit<
  Extract<EngineQuery, { readonly kind: K | 'definition' | 'references' }>,
  'revision' | 'kind'
>;

const TRIES = 3;

/** `settled`: only once the engine has read the newest text, whose places the answer names. */
export async function askEngine<K extends TextKind>(
  studio: Studio,
  kind: K,
  query: K extends 'symbols' ? { readonly text: string } : TextQuery<K>,
  token: monaco.CancellationToken,
  settled = false,
): Promise<EngineAnswers[K] | undefined> {
  const abort = new AbortController();
  const listening = token.onCancellationRequested(() => abort.abort());
  try {
    for (let attempt = 0; attempt < TRIES && !token.isCancellationRequested; attempt++) {
      const revision = settled ? await settledRevision(studio) : studio.store.getState().engine.revision;
      if (revision === undefined) return undefined;
      // The kind decides what the query has; the compiler cannot follow it through the generic.
      const asked = { ...query, kind, revision } as unknown as Extract<EngineQuery, { readonly kind: K }>;
      const reply = await studio.engine.ask(asked, abort.signal);
      if (reply.kind === 'answer') return reply.answer as EngineAnswers[K];
      if (reply.kind !== 'stale') return undefined;
    }
    return undefined;
  } finally {
    listening.dispose();
  }
}
