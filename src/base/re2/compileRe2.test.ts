import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compileRe2 } from './compileRe2.ts';

const whole = (pattern: string, text: string) => {
  const compiled = compileRe2(pattern);
  return compiled.ok ? compiled.value.matchesWhole(text) : compiled.error;
};

describe('whole match', () => {
  test.each([
    ['a.c', 'abc', true],
    ['a.c', 'xabc', false],
    ['a.c', 'abcx', false],
    ['a|ab', 'ab', true],
    ['.*', 'a\nb', false],
    ['(?s).*', 'a\nb', true],
    ['(?i)GET', 'get', true],
    ['/api/[^/]+', '/api/v1', true],
    ['/api/[^/]+', '/api/v1/x', false],
    ['\\d{3}', '123', true],
    ['[[:alpha:]]+', 'abc', true],
    ['', '', true],
    ['', 'a', false],
  ])('%s on %j is %s', (pattern, text, expected) => {
    expect(whole(pattern, text)).toBe(expected);
  });
});

describe('errors are in the words of RE2', () => {
  test.each([
    ['[a', 'error parsing regexp: missing closing ]: `[a`'],
    ['(?!x)', 'error parsing regexp: invalid or unsupported Perl syntax: `(?!`'],
    ['(a', 'error parsing regexp: missing closing ): `(a`'],
    ['*', 'error parsing regexp: missing argument to repetition operator: `*`'],
    ['a{1001}', 'error parsing regexp: invalid repeat count: `{1001}`'],
    ['\\', 'error parsing regexp: trailing backslash at end of expression'],
  ])('%s', (pattern, error) => {
    expect(whole(pattern, '')).toBe(error);
  });

  test('an expression beyond the size limits is refused, not compiled', () => {
    expect(whole('a'.repeat(20_000), '')).toMatch(/longer than/);
    expect(compileRe2('((a{100}){100}){100}').ok).toBe(false);
  });
});

describe('global replacement', () => {
  test.each([
    ['^/service/([^/]+)(/.*)$', '/service/foo/v1/api', '\\2/instance/\\1', '/v1/api/instance/foo'],
    ['one', '/xxx/one/yyy/one/zzz', 'two', '/xxx/two/yyy/two/zzz'],
    ['a*', 'baac', '-', '-b-c-'],
    ['x', 'axb', '\\\\', 'a\\b'],
    ['(a)|(b)', 'b', '[\\1\\2]', '[b]'],
    ['z', 'abc', '-', 'abc'],
  ])('%s in %s by %s', (pattern, text, rewrite, expected) => {
    const compiled = compileRe2(pattern);
    expect(compiled.ok && compiled.value.replaceAll(text, rewrite)).toBe(expected);
  });
});

test('no text throws, as pattern or as input', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 40 }), fc.string({ maxLength: 60 }), (pattern, text) => {
      const compiled = compileRe2(pattern);
      if (compiled.ok) compiled.value.matchesWhole(text);
      else expect(compiled.error).not.toBe('');
    }),
    { numRuns: 300 },
  );
});

test('nested repetition costs linear time', () => {
  const compiled = compileRe2('(a*)*b');
  expect(compiled.ok && compiled.value.matchesWhole('a'.repeat(20_000))).toBe(false);
});
