/** A map that makes its values when they are asked for. */
import { expect, test, vi } from 'vitest';
import { lazyMap } from './lazyMap.ts';

const squares = () => {
  const make = vi.fn((key: number) => (key < 3 ? key * key : undefined));
  return { make, map: lazyMap({ keys: () => [2, 3, 1], make }) };
};

test('makes one value for one question, and keeps it', () => {
  const { make, map } = squares();
  expect([map.get(2), map.get(2), map.has(2)]).toEqual([4, 4, true]);
  expect(make).toHaveBeenCalledTimes(1);
});

test('has values for keys that it does not list', () => {
  expect(squares().map.get(0)).toBe(0);
});

test('enumerates in the order of the source, without keys that have no value', () => {
  const { map } = squares();
  const seen: number[] = [];
  map.forEach((value) => void seen.push(value));
  expect([...map]).toEqual([
    [2, 4],
    [1, 1],
  ]);
  expect([[...map.keys()], [...map.values()], [...map.entries()].length, map.size, seen]).toEqual([
    [2, 1],
    [4, 1],
    2,
    2,
    [4, 1],
  ]);
});
