/**
 * Where things stand on the timeline, as shares of its width: by steps, each as wide as any other, or by
 * the milliseconds of the latency model. One scale at a time, and each says which it is.
 */
import type { FinishedRun, TimeScale } from '../../state/studioState.ts';
import { momentAt, ruler, timingOf } from '../../state/trace/latency.ts';

export interface Scale {
  readonly kind: TimeScale;
  /** Of a moment's mark. */
  readonly place: (index: number) => number;
  /** Of the playhead: it comes to a mark as the moment completes. */
  readonly head: (at: number, progress: number) => number;
  /** What the slider counts, and which moment a value is. */
  readonly value: (index: number) => number;
  readonly momentAt: (value: number) => number;
  /** Round milliseconds; none by steps. */
  readonly ticks: readonly { readonly ms: number; readonly share: number }[];
  /** What the configuration makes it wait, in milliseconds. */
  readonly waited: number;
}

/** So that the first and the last mark are not cut off. */
const MARGIN = 0.015;
const TICKS = 6;

export function scaleOf({ moments, answer }: FinishedRun, kind: TimeScale): Scale {
  const count = Math.max(1, moments.length);
  if (kind === 'steps') {
    return {
      kind,
      place: (index) => (index + 0.5) / count,
      head: (at, progress) => (at + progress * 0.5) / count,
      value: (index) => index,
      momentAt: Math.round,
      ticks: [],
      waited: 0,
    };
  }
  const timing = timingOf(moments, answer.trace.hops);
  const { starts, waited } = timing;
  const last = starts.at(-1) || 1;
  const share = (ms: number): number => MARGIN + (ms / last) * (1 - 2 * MARGIN);
  const value = (index: number): number => starts[index] ?? last;
  const place = (index: number): number => share(value(index));
  return {
    kind,
    place,
    head: (at, progress) => {
      const from = place(Math.max(0, at - 1));
      return from + (place(at) - from) * progress;
    },
    value,
    momentAt: (ms) => momentAt(timing, ms),
    ticks: ruler(last, TICKS).map((ms) => ({ ms, share: share(ms) })),
    waited,
  };
}

export const percent = (share: number): string => `${(share * 100).toFixed(3)}%`;
