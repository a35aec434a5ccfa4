/**
 * The playback clock: where between two moments the picture is, at the pace of the speed chosen.
 * It reads the store's playback slice and moves it on; what animates every frame listens here
 * instead of to the store. It never touches the mesh's own clock.
 *
 * A moment at rest (paused, sought, at the end) is shown as having happened: its progress is 1.
 */
import { patch } from '../actions/update.ts';
import { isMotionReduced, type Studio } from '../studio.ts';
import { durationOf } from '../trace/moments.ts';

export interface PlaybackClock {
  /** The moment shown, and how far it has got, 0..1. */
  position(): { readonly at: number; readonly progress: number };
  /** Called on every frame in which the position changed. */
  subscribe(listener: () => void): () => void;
  dispose(): void;
}

/** requestAnimationFrame, or a test's own. */
export interface Frames {
  request(callback: (milliseconds: number) => void): number;
  cancel(id: number): void;
}

export function playbackClock(studio: Studio, frames: Frames): PlaybackClock {
  const listeners = new Set<() => void>();
  let at = 0;
  let progress = 1;
  let frame: number | undefined;
  let last: number | undefined;

  const tell = (): void => {
    for (const listener of listeners) listener();
  };

  const advance = (time: number): void => {
    frame = undefined;
    const { run, playback } = studio.store.getState();
    if (!playback.playing || run.status !== 'done') {
      last = undefined;
      return;
    }
    // A frame that was long in coming (a hidden tab) must not skip half the story.
    let left = Math.min(time - (last ?? time), 100) * playback.speed;
    last = time;
    while (left > 0) {
      const moment = run.moments[at];
      if (moment === undefined) break;
      const duration = durationOf(moment);
      const rest = (1 - progress) * duration;
      if (left < rest) {
        progress += left / duration;
        break;
      }
      left -= rest;
      if (at >= run.moments.length - 1) {
        progress = 1;
        patch(studio, 'playback', { at, playing: false });
        tell();
        return;
      }
      at++;
      progress = 0;
    }
    if (at !== playback.at) patch(studio, 'playback', { at });
    tell();
    frame = frames.request(advance);
  };

  const stop = studio.store.subscribe(({ playback, run }, before) => {
    if (playback === before.playback && run === before.run) return;
    if (playback.at !== at) {
      at = playback.at;
      progress = playback.playing ? 0 : 1;
    } else if (playback.playing && !before.playback.playing) {
      progress = 0;
    } else if (!playback.playing) {
      progress = 1;
    }
    if (playback.playing && frame === undefined) {
      last = undefined;
      frame = frames.request(advance);
    }
    tell();
  });

  return {
    position: () => ({ at, progress: isMotionReduced(studio) ? 1 : progress }),
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    dispose() {
      stop();
      if (frame !== undefined) frames.cancel(frame);
    },
  };
}
