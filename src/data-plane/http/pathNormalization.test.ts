import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalizePath } from './pathNormalization.ts';

const MODES = {
  NONE: { normalize: false, mergeSlashes: false, decodeSlashes: false },
  BASE: { normalize: true, mergeSlashes: false, decodeSlashes: false },
  MERGE: { normalize: true, mergeSlashes: true, decodeSlashes: false },
  DECODE: { normalize: true, mergeSlashes: true, decodeSlashes: true },
} as const;

const under = (mode: keyof typeof MODES, path: string): string => {
  const result = normalizePath(path, MODES[mode]);
  return result.kind === 'path' ? result.path : 'refused';
};

describe('paths under the four modes of pathNormalization', () => {
  it.each([
    ['/app/../admin', '/app/../admin', '/admin', '/admin', '/admin'],
    ['/app//', '/app//', '/app//', '/app/', '/app/'],
    ['/app/%2f', '/app/%2f', '/app/%2f', '/app/%2f', '/app/'],
    ['/app/%2E./admin', '/app/%2E./admin', '/admin', '/admin', '/admin'],
    ['/app\\admin', '/app\\admin', '/app/admin', '/app/admin', '/app/admin'],
    ['/%2Fapp%5cadmin', '/%2Fapp%5cadmin', '/%2Fapp%5cadmin', '/%2Fapp%5cadmin', '/app/admin'],
    ['/app//../admin', '/app//../admin', '/app/admin', '/app/admin', '/app/admin'],
    ['/app//../../admin', '/app//../../admin', '/admin', '/admin', '/admin'],
    ['/xyz%30..//abc', '/xyz%30..//abc', '/xyz0..//abc', '/xyz0../abc', '/xyz0../abc'],
    ['/../app/x', '/../app/x', '/app/x', '/app/x', '/app/x'],
    ['/%2561dmin', '/%2561dmin', '/%2561dmin', '/%2561dmin', '/%2561dmin'],
    ['/a/.', '/a/.', '/a/', '/a/', '/a/'],
    ['/a/..', '/a/..', '/', '/', '/'],
    ['/app#frag', '/app', '/app', '/app', '/app'],
    ['/app/%23', '/app/%23', '/app/%23', '/app/%23', '/app/%23'],
    ['/a/../b?x=/../%2f//', '/a/../b?x=/../%2f//', '/b?x=/../%2f//', '/b?x=/../%2f//', '/b?x=/../%2f//'],
    ['/x|y?a|b', '/x|y?a|b', '/x%7Cy?a|b', '/x%7Cy?a|b', '/x%7Cy?a|b'],
    ['/app/%00', '/app/%00', 'refused', 'refused', 'refused'],
  ])('%s', (path, none, base, merge, decode) => {
    expect([under('NONE', path), under('BASE', path), under('MERGE', path), under('DECODE', path)]).toEqual([
      none,
      base,
      merge,
      decode,
    ]);
  });

  const path = fc
    .array(fc.constantFrom('/', '.', '..', 'a', '%2e', '%41', '%2F', '\\', '?', '%25'), { maxLength: 12 })
    .map((parts) => `/${parts.join('')}`);

  it('a second pass changes nothing unless escapes were decoded twice over', () => {
    fc.assert(
      fc.property(path, (text) => {
        const once = under('MERGE', text);
        fc.pre(!/%25/.test(text));
        expect(under('MERGE', once)).toBe(once);
      }),
    );
  });

  it('never leaves a dot segment or a backslash in the path', () => {
    fc.assert(
      fc.property(path, (text) => {
        const [bare = ''] = under('BASE', text).split('?');
        expect(bare.split('/').filter((segment) => segment === '.' || segment === '..')).toEqual([]);
        expect(bare).not.toContain('\\');
      }),
    );
  });
});
