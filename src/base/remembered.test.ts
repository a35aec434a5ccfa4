import { describe, expect, it } from 'vitest';
import { rememberLast, stableList } from './remembered.ts';
import { sameData } from './sameData.ts';

describe('a remembered function', () => {
  const key = { name: 'key' };

  it('is asked again only when an argument is another one', () => {
    let asked = 0;
    const make = rememberLast((_: object, a: number, b: object) => ({ made: ++asked, a, b }));
    const b = {};
    expect(make(key, 1, b)).toBe(make(key, 1, b));
    expect(make(key, 2, b)).not.toBe(make(key, 1, {}));
    expect(make({ ...key }, 1, b).made).toBe(asked);
  });

  it('knows two that take turns', () => {
    let asked = 0;
    const make = rememberLast((_: object, turn: string) => ({ turn, made: ++asked }));
    const [one, other] = [make(key, 'one'), make(key, 'other')];
    expect([make(key, 'one'), make(key, 'other')]).toEqual([one, other]);
    expect(asked).toBe(2);
  });

  it('gives what it gave last when the new value is like it', () => {
    const make = rememberLast((_: object, n: number) => ({ even: n % 2 === 0 }), sameData);
    const first = make(key, 2);
    expect(make(key, 4)).toBe(first);
    expect(make(key, 5)).toEqual({ even: false });
  });
});

describe('a stable list', () => {
  const [a, b, c] = [{ a: 1 }, { b: 1 }, { c: 1 }];

  it('is the list there was, when it holds the same items', () => {
    const whole = stableList([a, b, c]);
    const part = stableList([a, b]);
    expect(stableList([a, b, c])).toBe(whole);
    expect(stableList([a, b])).toBe(part);
    expect(stableList([a, c, b])).not.toBe(whole);
    expect(stableList([a, b, { ...c }])).not.toBe(whole);
  });

  it('is one list when it is empty', () => {
    expect(stableList([])).toBe(stableList([]));
  });
});

describe('the same data', () => {
  it.each<[string, unknown, unknown, boolean]>([
    ['primitives', 1, 1, true],
    ['not a number', Number.NaN, Number.NaN, true],
    ['records, in any order', { a: 1, b: [2] }, { b: [2], a: 1 }, true],
    ['a field more', { a: 1 }, { a: 1, b: undefined }, false],
    ['another field', { a: undefined }, { b: undefined }, false],
    ['a list and a record', [], {}, false],
    ['a shorter list', [1], [1, 2], false],
    ['nothing and a record', null, {}, false],
    ['what is no plain data', new Map([[1, 2]]), new Map([[1, 3]]), false],
    ['alike, but no plain data', new Set(), new Set(), false],
  ])('%s', (_, a, b, same) => {
    expect(sameData(a, b)).toBe(same);
    expect(sameData(b, a)).toBe(same);
  });
});
