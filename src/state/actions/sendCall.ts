/**
 * Send: asks the engine what becomes of the draft and plays the answer. Also asks again, quietly,
 * after an edit: the picture stays where it was when the trace has the same shape.
 */
import type { SendQuery } from '../../worker/protocol.ts';
import { isMotionReduced, type Studio } from '../studio.ts';
import type { EngineState, FinishedRun } from '../studioState.ts';
import { momentsOf } from '../trace/moments.ts';
import { toCall } from '../workspace/toCall.ts';
import type { CallDraft } from '../workspace/workspace.ts';
import { stopTogether } from './playTogether.ts';

export interface SendOptions {
  /** Play from the start; otherwise show the end at once. */
  readonly play: boolean;
}

export async function sendCall(studio: Studio, { play }: SendOptions): Promise<void> {
  const { request, workspace, run } = studio.store.getState();
  const call = toCall(request.draft, workspace.world);
  if (!call.ok) {
    studio.store.setState({ request: { ...request, problem: call.error } });
    return;
  }
  const previous = run.status === 'done' ? run : run.status === 'sending' ? run.previous : undefined;
  stopTogether(studio);
  studio.store.setState({ run: { status: 'sending', ...(previous === undefined ? {} : { previous }) } });
  const finished = await ask(studio, request.draft);
  if (finished === undefined || studio.store.getState().run.status !== 'sending') return;
  show(
    studio,
    finished,
    play && !isMotionReduced(studio)
      ? { at: 0, playing: true }
      : { at: Math.max(0, lastMoment(finished)), playing: false },
  );
}

/** The same call against the newest text; called after the engine answered an edit. */
export async function repeatCall(studio: Studio): Promise<void> {
  const { run } = studio.store.getState();
  if (run.status !== 'done') return;
  const finished = await ask(studio, run.draft);
  const now = studio.store.getState();
  if (finished === undefined || now.run !== run) return;
  const { at, playing } = now.playback;
  const wasAtEnd = at >= lastMoment(run);
  const end = lastMoment(finished);
  show(studio, finished, { at: wasAtEnd ? end : Math.min(at, end), playing: playing && at < end });
}

async function ask(studio: Studio, draft: CallDraft): Promise<FinishedRun | undefined> {
  const { workspace, engine } = studio.store.getState();
  const call = toCall(draft, workspace.world);
  if (!call.ok) return undefined;
  if (isCallerGone(engine, draft)) {
    studio.store.setState(({ request }) => ({
      run: { status: 'none' },
      request:
        request.draft.from === draft.from
          ? { ...request, problem: { kind: 'unknown-caller', name: draft.from } }
          : request,
    }));
    return undefined;
  }
  const reply = await studio.engine.ask({
    kind: 'send',
    revision: engine.revision,
    call: call.value,
    ...usedConnections(studio),
  });
  switch (reply.kind) {
    case 'answer':
      return {
        status: 'done',
        revision: reply.revision,
        draft,
        answer: reply.answer,
        moments: momentsOf(reply.answer.trace),
      };
    case 'internal-error':
      studio.store.setState({ run: { status: 'failed', reason: reply.reason } });
      return undefined;
    case 'stale':
    case 'cancelled':
      return retryAfterStale(studio, draft);
  }
}

/** What a question about a call says of the mesh that it finds: connections it may go over, and since when gateways run. */
export function usedConnections({ store }: Studio): Pick<SendQuery, 'standing' | 'gateways'> {
  const { inUse, standing, gateways } = store.getState().connections;
  return { ...(inUse && standing.length > 0 ? { standing } : {}), ...(gateways === undefined ? {} : { gateways }) };
}

/** The workload that would send it was removed, or has another name. */
function isCallerGone({ graph, answered, revision }: EngineState, { from }: CallDraft): boolean {
  if (from === 'outside' || graph === undefined || answered !== revision) return false;
  return !graph.workloads.some(({ id }) => id === from);
}

/** An edit overtook the call; the answer must be about the newest text. */
function retryAfterStale(studio: Studio, draft: CallDraft): Promise<FinishedRun | undefined> {
  return new Promise((resolve) => {
    const { engine } = studio.store.getState();
    if (engine.status === 'failed') return resolve(undefined);
    const stop = studio.store.subscribe(({ engine: now }) => {
      if (now.answered !== now.revision && now.status !== 'failed') return;
      stop();
      resolve(now.status === 'failed' ? undefined : ask(studio, draft));
    });
  });
}

const lastMoment = (run: FinishedRun): number => run.moments.length - 1;

function show(studio: Studio, run: FinishedRun, playback: { at: number; playing: boolean }): void {
  studio.store.setState((state) => ({
    run,
    request: state.request.problem === undefined ? state.request : withoutProblem(state.request),
    playback: { ...state.playback, ...playback },
  }));
}

function withoutProblem<T extends { readonly problem?: unknown }>({
  problem: _problem,
  ...rest
}: T): Omit<T, 'problem'> {
  return rest;
}
