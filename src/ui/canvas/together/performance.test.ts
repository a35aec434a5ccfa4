import { expect, it } from 'vitest';
import type { Moment } from '../../../state/trace/moments.ts';
import type { CallPath } from '../path/pathOfCall.ts';
import { measure } from '../path/polyline.ts';
import { isOver, lengthOf, partOf, tokenAt } from './performance.ts';

const line = measure([
  { x: 0, y: 0 },
  { x: 100, y: 0 },
]);
const path = {
  legs: [{ near: 0, far: 1, tunnels: [{ established: true }], line, walk: line, inside: false, refused: false }],
  anchors: new Map([
    [0, { x: 0, y: 0 }],
    [1, { x: 100, y: 0 }],
  ]),
} as unknown as CallPath;
const moments: readonly Moment[] = [
  { kind: 'passage', direction: 'request', near: 0, far: 1 },
  { kind: 'passage', direction: 'reply', near: 0, far: 1 },
];
const part = partOf(path, moments);

it('a token travels its path there and back, closed in its tunnel, and is gone afterwards', () => {
  expect(tokenAt(part, 0, 0)).toEqual({ x: 0, y: 0, closed: true });
  expect(tokenAt(part, 0, 450)?.x).toBeCloseTo(50, 5);
  expect(tokenAt(part, 0, 899.9)?.x).toBeGreaterThan(99);
  expect(tokenAt(part, 0, part.length)).toBeUndefined();
  expect([part.length - 1, part.length].map((time) => isOver(part, 0, time))).toEqual([false, true]);
});

it('tokens set out one after the other, and it lasts until the last is back', () => {
  expect(tokenAt(part, 3, 100)).toBeUndefined();
  expect(tokenAt(part, 3, 430)?.x).toBeCloseTo(0, 1);
  expect(lengthOf([part, part])).toBeGreaterThan(part.length);
  expect(lengthOf([])).toBe(0);
});
