/**
 * Asks the engine about every saved call: quietly after each edit (up to a limit, so that typing is
 * never kept waiting), and in full when somebody runs the collection. One after the other; a newer
 * run takes over from an older one, and the latest revision wins.
 */
import { notify } from '../actions/update.ts';
import type { Studio } from '../studio.ts';
import type { CallVerdict } from '../studioState.ts';
import { toCall } from '../workspace/toCall.ts';

/** So many saved calls are re-run after an edit; more wait until the collection is run. */
const QUIET_LIMIT = 200;

const running = new WeakMap<Studio, AbortController>();

/** After an edit: the first of the collection. */
export const judgeQuietly = (studio: Studio): Promise<void> => judgeCalls(studio, QUIET_LIMIT);

/** Run all. */
export const runCollection = (studio: Studio): Promise<void> => judgeCalls(studio, Number.POSITIVE_INFINITY);

export function cancelRun(studio: Studio): void {
  running.get(studio)?.abort();
  running.delete(studio);
  studio.store.setState({ collection: { status: 'idle' } });
}

async function judgeCalls(studio: Studio, limit: number): Promise<void> {
  const { workspace, engine } = studio.store.getState();
  const { revision } = engine;
  if (engine.answered !== revision) return;
  running.get(studio)?.abort();
  const run = new AbortController();
  running.set(studio, run);
  const calls = workspace.calls.slice(0, limit);
  for (const [done, saved] of calls.entries()) {
    studio.store.setState({ collection: { status: 'running', done, total: calls.length } });
    const call = toCall(saved, workspace.world);
    const verdict: CallVerdict = { revision };
    if (!call.ok) {
      keep(studio, saved.id, verdict);
      continue;
    }
    const reply = await studio.engine.ask({ kind: 'send', revision, call: call.value, outcomes: true }, run.signal);
    const now = studio.store.getState();
    if (run.signal.aborted || now.engine.revision !== revision || now.workspace.calls !== workspace.calls) break;
    if (reply.kind === 'internal-error') {
      notify(studio, 'engine-failed', {}, 'problem');
      break;
    }
    if (reply.kind !== 'answer') break;
    keep(studio, saved.id, { ...verdict, answer: reply.answer, outcomes: reply.answer.outcomes });
  }
  if (running.get(studio) === run) cancelRun(studio);
}

const keep = (studio: Studio, id: string, verdict: CallVerdict): void =>
  studio.store.setState(({ verdicts }) => ({ verdicts: { ...verdicts, [id]: verdict } }));
