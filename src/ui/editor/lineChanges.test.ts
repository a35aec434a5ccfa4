import { expect, it } from 'vitest';
import { type LineChange, revertEdit } from './lineChanges.ts';

const change = (original: readonly [number, number], modified: readonly [number, number]): LineChange => ({
  originalStartLineNumber: original[0],
  originalEndLineNumber: original[1],
  modifiedStartLineNumber: modified[0],
  modifiedEndLineNumber: modified[1],
});

it.each<[string, string, string, LineChange]>([
  ['a changed line', 'a\nb\nc\n', 'a\nX\nc\n', change([2, 2], [2, 2])],
  ['added lines', 'a\nc\n', 'a\nX\nY\nc\n', change([1, 0], [2, 3])],
  ['removed lines', 'a\nb\nb\nc\n', 'a\nc\n', change([2, 3], [1, 0])],
  ['a first line that was added', 'a\n', 'X\na\n', change([0, 0], [1, 1])],
  ['a first line that was removed', 'X\na\n', 'a\n', change([1, 1], [0, 0])],
  ['a last line without an end', 'a\nb', 'a\nX\nY', change([2, 2], [2, 3])],
  ['a last line that was removed', 'a\nb\n', 'a\n', change([2, 2], [1, 0])],
  ['a last line that was removed with its end', 'a\nb', 'a\nX\nb', change([1, 0], [2, 2])],
  ['everything', 'a\nb\n', '', change([1, 2], [1, 1])],
])('taking back %s gives the older text', (_, before, after, lines) => {
  const { start, end, text } = revertEdit(before, after, lines);
  expect(after.slice(0, start) + text + after.slice(end)).toBe(before);
});
