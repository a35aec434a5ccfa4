/** The saved calls at once, each as a token of its own on the canvas; a single call takes over from them. */
import type { Studio } from '../studio.ts';
import type { StudioState } from '../studioState.ts';
import { showView } from './look.ts';

/** More at once nobody can follow. */
export const TOKENS_AT_ONCE = 20;

/** Saved calls whose outcome is known, in their order. */
export const playableCalls = ({ workspace, verdicts }: StudioState): readonly string[] =>
  workspace.calls.flatMap(({ id }) => (verdicts[id]?.answer === undefined ? [] : [id]));

export function playTogether(studio: Studio): void {
  const state = studio.store.getState();
  const calls = playableCalls(state).slice(0, TOKENS_AT_ONCE);
  if (calls.length === 0) return;
  showView(studio, 'mesh');
  studio.store.setState(({ together, playback }) => ({
    together: { calls, round: together.round + 1 },
    playback: { ...playback, playing: false },
  }));
}

export function stopTogether(studio: Studio): void {
  const { together } = studio.store.getState();
  if (together.calls.length > 0) studio.store.setState({ together: { ...together, calls: [] } });
}
