/**
 * Keeps states of the work by itself: once a minute while somebody works, after each kubectl of the
 * console that changes the mesh, when a mesh is opened, and before another takes its place.
 */
import { isUntouched } from '../actions/openWorkspace.ts';
import { notify } from '../actions/update.ts';
import { changesBetween, isNothing } from '../compare/changes.ts';
import type { Studio } from '../studio.ts';
import type { StudioState } from '../studioState.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { keepSnapshot } from './shelf.ts';
import type { SnapshotReason } from './snapshot.ts';

export const MINUTE_MS = 60_000;
/** The first state of a session does not wait for the minute. */
const FIRST_MS = 5_000;

/** Starts; returns how to stop. */
export function keepSnapshots(studio: Studio): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let keptAt = Number.NEGATIVE_INFINITY;
  /** The state that was kept or opened last: only what differs from it is worth keeping. */
  let known = studio.store.getState().workspace;

  const keep = (workspace: Workspace, reason: SnapshotReason): void => {
    known = workspace;
    void keepSnapshot(studio, workspace, reason).then((result) => {
      if (result === 'full') notify(studio, 'history-full', {}, 'problem');
    });
  };
  const keepTimed = (): void => {
    timer = undefined;
    keptAt = studio.now();
    const { workspace } = studio.store.getState();
    if (!isNothing(changesBetween(known, workspace))) keep(workspace, 'timed');
  };
  const follow = (state: StudioState, before: StudioState): void => {
    if (state.opened !== before.opened) {
      clearTimeout(timer);
      timer = undefined;
      if (!isUntouched(before.workspace)) keep(before.workspace, 'replaced');
      known = state.workspace;
      if (!isUntouched(known)) keep(known, 'opened');
      return;
    }
    if (state.applied !== before.applied) {
      keep(state.workspace, 'applied');
      return;
    }
    if (state.workspace === before.workspace || timer !== undefined) return;
    timer = setTimeout(keepTimed, Math.max(FIRST_MS, keptAt + MINUTE_MS - studio.now()));
  };
  // What was there when the session began is a state to come back to.
  if (!isUntouched(known)) keep(known, 'opened');
  const stop = studio.store.subscribe(follow);
  return () => {
    stop();
    clearTimeout(timer);
  };
}
