import { describe, expect, test } from 'vitest';
import { parseGoDuration } from './goDuration.ts';

describe('durations', () => {
  test.each([
    ['1s', 1000],
    ['1.5s', 1500],
    ['1h2m3s', 3_723_000],
    ['500ms', 500],
    ['100us', 0.1],
    ['-2s', -2000],
    ['+3s', 3000],
    ['0', 0],
    ['.5s', 500],
    ['1.s', 1000],
  ])('%s is %d ms', (text, expected) => {
    expect(parseGoDuration(text)).toEqual({ ok: true, value: expected });
  });

  test.each([
    ['', 'time: invalid duration ""'],
    ['5', 'time: missing unit in duration "5"'],
    ['5x', 'time: unknown unit "x" in duration "5x"'],
    ['s', 'time: invalid duration "s"'],
    ['1s2', 'time: missing unit in duration "1s2"'],
    ['.s', 'time: invalid duration ".s"'],
    ['1toString', 'time: unknown unit "toString" in duration "1toString"'],
  ])('%j is refused in the words of Go', (text, error) => {
    expect(parseGoDuration(text)).toEqual({ ok: false, error });
  });
});
