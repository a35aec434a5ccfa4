import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { measure, pointAt } from './polyline.ts';
import { type Point, type Rect, routeOrthogonal } from './routeOrthogonal.ts';

const card = (x: number, y: number): Rect => ({ x, y, width: 176, height: 60 });
const right = (rect: Rect) => ({ x: rect.x + rect.width, y: rect.y + 30, out: 'right' }) as const;
const left = (rect: Rect) => ({ x: rect.x, y: rect.y + 30, out: 'left' }) as const;

const crossesInside = (rect: Rect, a: Point, b: Point): boolean =>
  Math.max(a.x, b.x) > rect.x &&
  Math.min(a.x, b.x) < rect.x + rect.width &&
  Math.max(a.y, b.y) > rect.y &&
  Math.min(a.y, b.y) < rect.y + rect.height;

describe('routeOrthogonal', () => {
  it('goes straight where nothing is in the way', () => {
    const [a, b] = [card(0, 0), card(300, 0)];
    expect(routeOrthogonal(right(a), left(b), [a, b]).points).toEqual([
      { x: 176, y: 30 },
      { x: 300, y: 30 },
    ]);
  });

  it('goes around a card between two others, and only at right angles', () => {
    const [a, b, c] = [card(0, 0), card(230, 0), card(460, 0)];
    const { points } = routeOrthogonal(right(a), left(c), [a, b, c]);
    for (const [at, point] of points.entries()) {
      const before = points[at - 1];
      if (before === undefined) continue;
      expect(point.x === before.x || point.y === before.y).toBe(true);
      expect(crossesInside(b, before, point)).toBe(false);
    }
  });

  it('goes around words where there is a way, and over them where there is none', () => {
    const [a, b] = [card(0, 0), card(460, 200)];
    const crossed = (heads: readonly Rect[]): boolean => {
      const { points } = routeOrthogonal(right(a), left(b), [a, b], heads);
      return points.some(
        (point, at) => at > 0 && heads.some((head) => crossesInside(head, points[at - 1] ?? point, point)),
      );
    };
    expect(crossed([{ x: 250, y: 60, width: 120, height: 36 }])).toBe(false);
    expect(crossed([{ x: -4000, y: 100, width: 8000, height: 36 }])).toBe(true);
  });

  it('never passes through any card of a grid', () => {
    const cards = Array.from({ length: 12 }, (_, at) => card((at % 3) * 204, Math.floor(at / 3) * 84));
    fc.assert(
      fc.property(fc.nat(11), fc.nat(11), (from, to) => {
        const [a, b] = [cards[from], cards[to]];
        if (a === undefined || b === undefined || a === b) return;
        const { points } = routeOrthogonal(right(a), left(b), cards);
        for (const [at, point] of points.entries()) {
          const before = points[at - 1];
          if (before !== undefined) expect(cards.filter((other) => crossesInside(other, before, point))).toEqual([]);
        }
      }),
    );
  });
});

describe('a measured line', () => {
  const line = measure([
    { x: 0, y: 0 },
    { x: 100, y: 0 },
    { x: 100, y: 50 },
  ]);

  it('has its ends where they were, and its middle half way along', () => {
    expect([pointAt(line, 0), pointAt(line, 1)]).toEqual([
      { x: 0, y: 0 },
      { x: 100, y: 50 },
    ]);
    expect(line.length).toBe(150);
    expect(pointAt(line, 0.5).x).toBeCloseTo(75, 5);
  });

  it('rests on its longest level stretch', () => {
    expect(line.rest).toEqual({ x: 50, y: 0, vertical: false, room: 100 });
  });
});
