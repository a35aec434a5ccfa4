/**
 * Measures and draws corner points: an SVG path with rounded corners, and a look-up table of points
 * at equal distances, so that the token asks the browser nothing while it moves.
 */
import type { Point } from './routeOrthogonal.ts';

const RADIUS = 10;
const SAMPLES = 64;

export interface Polyline {
  readonly d: string;
  readonly length: number;
  /** SAMPLES + 1 points, x and y in turn. */
  readonly table: Float64Array;
  /** Middle of its longest straight stretch: the place for a lock. */
  readonly rest: Point & { readonly vertical: boolean; readonly room: number };
}

export function measure(corners: readonly Point[]): Polyline {
  return { d: rounded(corners), length: lengthOf(corners), table: sample(corners), rest: longestStretch(corners) };
}

/** The point at a share of the way, 0..1. */
export function pointAt({ table }: Polyline, share: number): Point {
  const at = Math.max(0, Math.min(1, share)) * SAMPLES;
  const index = Math.min(SAMPLES - 1, Math.floor(at));
  const between = at - index;
  const value = (offset: number): number => {
    const a = table[index * 2 + offset] ?? 0;
    const b = table[index * 2 + 2 + offset] ?? a;
    return a + (b - a) * between;
  };
  return { x: value(0), y: value(1) };
}

const distance = (a: Point, b: Point): number => Math.hypot(b.x - a.x, b.y - a.y);

function lengthOf(corners: readonly Point[]): number {
  let length = 0;
  for (let at = 1; at < corners.length; at++) length += distance(corners[at - 1] ?? ORIGIN, corners[at] ?? ORIGIN);
  return length;
}

const ORIGIN: Point = { x: 0, y: 0 };

function rounded(corners: readonly Point[]): string {
  const [first = ORIGIN, ...rest] = corners;
  let d = `M${first.x} ${first.y}`;
  rest.forEach((corner, index) => {
    const before = corners[index] ?? corner;
    const after = corners[index + 2];
    if (after === undefined) {
      d += `L${corner.x} ${corner.y}`;
      return;
    }
    const radius = Math.min(RADIUS, distance(before, corner) / 2, distance(corner, after) / 2);
    const enter = towards(corner, before, radius);
    const leave = towards(corner, after, radius);
    d += `L${enter.x} ${enter.y}Q${corner.x} ${corner.y} ${leave.x} ${leave.y}`;
  });
  return d;
}

function towards(from: Point, to: Point, by: number): Point {
  const length = distance(from, to) || 1;
  return { x: from.x + ((to.x - from.x) / length) * by, y: from.y + ((to.y - from.y) / length) * by };
}

function sample(corners: readonly Point[]): Float64Array {
  const table = new Float64Array((SAMPLES + 1) * 2);
  const total = lengthOf(corners);
  let corner = 0;
  let walked = 0;
  for (let index = 0; index <= SAMPLES; index++) {
    const target = (total * index) / SAMPLES;
    let a = corners[corner] ?? ORIGIN;
    let b = corners[corner + 1] ?? a;
    while (corner < corners.length - 2 && walked + distance(a, b) < target) {
      walked += distance(a, b);
      corner++;
      a = corners[corner] ?? ORIGIN;
      b = corners[corner + 1] ?? a;
    }
    const stretch = distance(a, b);
    const share = stretch === 0 ? 0 : Math.min(1, (target - walked) / stretch);
    table[index * 2] = a.x + (b.x - a.x) * share;
    table[index * 2 + 1] = a.y + (b.y - a.y) * share;
  }
  return table;
}

function longestStretch(corners: readonly Point[]): Polyline['rest'] {
  let best = { ...(corners[0] ?? ORIGIN), vertical: false, room: 0 };
  for (let at = 1; at < corners.length; at++) {
    const a = corners[at - 1] ?? ORIGIN;
    const b = corners[at] ?? ORIGIN;
    const room = distance(a, b);
    // A level stretch is preferred: what stands on it reads better.
    const vertical = a.x === b.x;
    if (room * (vertical ? 0.7 : 1) > best.room * (best.vertical ? 0.7 : 1)) {
      best = { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2, vertical, room };
    }
  }
  return best;
}
