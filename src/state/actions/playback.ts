/** Play, pause, step, scrub. The position between two moments belongs to the playback clock. */
import type { Studio } from '../studio.ts';
import type { PlaybackSpeed, StudioState } from '../studioState.ts';
import type { Moment } from '../trace/moments.ts';
import { patch } from './update.ts';

const momentsOf = ({ run }: StudioState): readonly Moment[] =>
  run.status === 'done' ? run.moments : run.status === 'sending' ? (run.previous?.moments ?? []) : [];

export function togglePlaying(studio: Studio): void {
  const state = studio.store.getState();
  const end = momentsOf(state).length - 1;
  if (end < 0) return;
  const { at, playing } = state.playback;
  patch(studio, 'playback', playing ? { playing: false } : { playing: true, at: at >= end ? 0 : at });
}

/** Shows one moment and stays there. */
export function seek(studio: Studio, at: number): void {
  const end = momentsOf(studio.store.getState()).length - 1;
  if (end >= 0) patch(studio, 'playback', { at: Math.max(0, Math.min(end, Math.round(at))), playing: false });
}

/** To the next or previous step, over the passages between hops. */
export function stepBy(studio: Studio, direction: 1 | -1): void {
  const state = studio.store.getState();
  const moments = momentsOf(state);
  let at = state.playback.at + direction;
  while (moments[at] !== undefined && moments[at]?.kind !== 'step') at += direction;
  seek(studio, at);
}

export const seekStart = (studio: Studio): void => seek(studio, 0);
export const seekEnd = (studio: Studio): void => seek(studio, Number.MAX_SAFE_INTEGER);

/** The moment at which a hop makes a step; used by lists and links. */
export function seekStep(studio: Studio, hop: number, index: number): void {
  const at = momentsOf(studio.store.getState()).findIndex(
    (moment) => moment.kind === 'step' && moment.hop === hop && moment.index === index,
  );
  if (at >= 0) seek(studio, at);
}

export const setSpeed = (studio: Studio, speed: PlaybackSpeed): void => patch(studio, 'playback', { speed });
