/**
 * Keeps the engine in step with the text: every change of files or world becomes a revision and an
 * `update`; what comes back becomes graph, diagnostics and outline; the open call and the saved
 * calls are asked again. Typing is gathered for a moment, so that a burst costs one compilation.
 */

import { repeatCall } from '../actions/sendCall.ts';
import { patch } from '../actions/update.ts';
import { watchPushes } from '../sds/watchPushes.ts';
import type { Studio } from '../studio.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { judgeQuietly } from './judgeCalls.ts';

const GATHER_MS = 60;

/** Starts; returns how to stop. */
export function keepEngineInStep(studio: Studio): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let opened = false;

  const push = (): void => {
    timer = undefined;
    const revision = studio.store.getState().engine.revision;
    void update(studio, revision, opened ? 'update' : 'open-workspace');
    opened = true;
  };
  const schedule = (delay: number): void => {
    const { engine } = studio.store.getState();
    patch(studio, 'engine', {
      revision: engine.revision + 1,
      status: engine.status === 'starting' ? 'starting' : 'busy',
    });
    clearTimeout(timer);
    timer = setTimeout(push, delay);
  };

  const stop = studio.store.subscribe(({ workspace }, before) => {
    if (workspace.files !== before.workspace.files || workspace.world !== before.workspace.world) {
      // Another workspace need not wait for typing to rest.
      schedule(
        workspace.example === before.workspace.example && workspace.world === before.workspace.world ? GATHER_MS : 0,
      );
    } else if (workspace.calls !== before.workspace.calls) {
      void judgeQuietly(studio);
    }
  });
  schedule(0);
  return () => {
    stop();
    clearTimeout(timer);
  };
}

async function update(studio: Studio, revision: number, kind: 'open-workspace' | 'update'): Promise<void> {
  const { workspace } = studio.store.getState();
  const reply = await studio.engine.ask({ kind, revision, files: workspace.files, options: optionsOf(workspace) });
  if (revision < studio.store.getState().engine.revision) return;
  if (reply.kind === 'internal-error') {
    patch(studio, 'engine', { status: 'failed', failure: reply.reason });
    return;
  }
  if (reply.kind !== 'answer') return;
  const { graph, diagnostics, outline } = reply.answer;
  studio.store.setState({ engine: { status: 'ready', revision, answered: revision, graph, diagnostics, outline } });
  await Promise.all([repeatCall(studio), judgeQuietly(studio)]);
  // Last: the verdicts do not wait for it.
  if (studio.store.getState().engine.revision === revision) await watchPushes(studio, revision);
}

function optionsOf({ world }: Workspace): {
  now: number;
  seed: string;
  addresses: Readonly<Record<string, string>>;
  pems: Readonly<Record<string, string>>;
} {
  const pems = Object.entries(world.pems).map(([name, { certificates, key }]) => [name, certificates + (key ?? '')]);
  return { now: Date.parse(world.now), seed: world.seed, addresses: world.addresses, pems: Object.fromEntries(pems) };
}
