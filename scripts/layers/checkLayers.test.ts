import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { checkLayers } from './checkLayers.mjs';

const table = JSON.parse(readFileSync(new URL('../../layers.json', import.meta.url), 'utf8'));

/** The messages for one module, in a src/ that also holds a few modules to import. */
function messagesFor(path: string, text: string): string[] {
  const files = new Map([
    ['base/ids.ts', 'export const a = 1;\n'],
    ['resources/kinds/service.ts', 'export interface Service {}\n'],
    ['pki/path/validate.ts', 'export const v = 1;\n'],
    ['pki/validatePath.ts', 'export const v = 1;\n'],
    ['testing/mesh.ts', 'export const m = 1;\n'],
    [path, text],
  ]);
  return checkLayers(table, files).map((problem) => `${problem.path}:${problem.line}: ${problem.message}`);
}

describe('what a module may import', () => {
  it.each([
    ['a layer that its row names', 'mesh/a.ts', `import { a } from '../base/ids.ts';`],
    ['its own layer', 'mesh/a.ts', `import { b } from './deep/b.ts';`],
    ['types of a layer named for types', 'mesh/a.ts', `import type { Service } from '../resources/kinds/service.ts';`],
    ['inline types of it', 'mesh/a.ts', `import { type Service } from '../resources/kinds/service.ts';`],
    ['an entry of a layer named for entries', 'data-plane/a.ts', `import { v } from '../pki/validatePath.ts';`],
    ['values of it in a test', 'mesh/a.test.ts', `import { s } from '../resources/kinds/service.ts';`],
    ['the test helpers, in a test', 'mesh/a.test.ts', `import { m } from '../testing/mesh.ts';`],
    ['a package in its owner folder', 'resources/yaml/a.ts', `import { parse } from 'yaml';`],
    ['a subpath of it', 'crypto/a.ts', `import { sha256 } from '@noble/hashes/sha2.js';`],
    ['Node in the command line', 'cli/a.ts', `import { readFileSync } from 'node:fs';`],
  ])('%s', (_, path, text) => {
    expect(messagesFor(path, text)).toEqual([]);
  });

  it.each([
    [
      'a layer that is not in its row',
      'base/a.ts',
      `import { v } from '../pki/validatePath.ts';`,
      'base may not import pki',
    ],
    ['by re-export', 'base/a.ts', `export { v } from '../pki/validatePath.ts';`, 'base may not import pki'],
    ['by dynamic import', 'base/a.ts', `void import('../pki/validatePath.ts');`, 'base may not import pki'],
    ['by type import', 'base/a.ts', `type V = import('../pki/validatePath.ts').V;`, 'base may not import pki'],
    ['by URL', 'base/a.ts', `new URL('../pki/validatePath.ts', import.meta.url);`, 'base may not import pki'],
    ['by glob', 'base/a.ts', `import.meta.glob('../pki/**/*.ts');`, 'base may not import pki'],
    ['by query', 'ui/a.ts', `import W from '../engine.ts?worker';`, 'ui may not import engine.ts'],
    [
      'values of a layer named for types',
      'mesh/a.ts',
      `import { s } from '../resources/kinds/service.ts';`,
      'only types',
    ],
    [
      'insides of a layer named for entries',
      'data-plane/a.ts',
      `import { v } from '../pki/path/validate.ts';`,
      'is private',
    ],
    ['the test helpers', 'mesh/a.ts', `import { m } from '../testing/mesh.ts';`, 'for tests only'],
    ['what lies outside src', 'mesh/a.ts', `import x from '../../conformance/x.json';`, 'outside src/'],
    ['a package of another folder', 'mesh/a.ts', `import { parse } from 'yaml';`, 'only resources/yaml'],
    ['a package without an owner', 'mesh/a.ts', `import _ from 'lodash';`, 'no owner'],
    ['a package for tests', 'mesh/a.ts', `import fc from 'fast-check';`, 'tests only'],
    ['Node', 'mesh/a.ts', `import { readFileSync } from 'node:fs';`, 'node:fs is for'],
  ])('not %s', (_, path, text, message) => {
    const messages = messagesFor(path, text);
    expect(messages).toHaveLength(1);
    expect(messages[0]).toContain(`${path}:1: `);
    expect(messages[0]).toContain(message);
  });

  it('names the layers that are allowed', () => {
    expect(messagesFor('network/a.ts', `import { v } from '../pki/validatePath.ts';`)[0]).toBe(
      'network/a.ts:1: network may not import pki (pki/validatePath.ts): network may import base, mesh (layers.json)',
    );
  });

  it('refuses a folder that the table does not know', () => {
    expect(messagesFor('utils/a.ts', '')).toEqual(['utils/a.ts:1: utils has no row in layers.json']);
  });
});

describe('cycles', () => {
  it('of values are refused, however long', () => {
    const files = new Map([
      ['base/a.ts', `import { b } from './b.ts';`],
      ['base/b.ts', `import { c } from './c.ts';`],
      ['base/c.ts', `import { a } from './a.ts';`],
    ]);
    expect(checkLayers(table, files).map((problem) => problem.message)).toEqual([
      'import cycle: base/a.ts -> base/b.ts -> base/c.ts -> base/a.ts',
    ]);
  });

  it('of types are harmless', () => {
    const files = new Map([
      ['base/a.ts', `import { b } from './b.ts';`],
      ['base/b.ts', `import type { A } from './a.ts';`],
    ]);
    expect(checkLayers(table, files)).toEqual([]);
  });

  it('in the table itself are refused', () => {
    const layers = { ...table.layers, base: { trace: 'types' } };
    expect(checkLayers({ ...table, layers }, new Map())[0]?.message).toMatch(
      /^the table has a cycle: base -> .*trace -> base$/,
    );
  });
});

describe('purity of the engine', () => {
  it.each(['Date.now()', 'new Date()', 'Date()', 'Math.random()', `fetch('x')`, 'console.log(1)'])(
    'refuses %s',
    (use) => {
      expect(messagesFor('mesh/a.ts', `export const x = ${use};`)).toHaveLength(1);
    },
  );

  it.each([
    ['a date from an argument', 'mesh/a.ts', 'export const f = (t: number) => new Date(t);'],
    ['a property called like a global', 'mesh/a.ts', 'export const f = (o: { fetch: number }) => o.fetch;'],
    ['the same outside the engine', 'ui/a.ts', 'export const x = Date.now();'],
    ['the same in a test', 'mesh/a.test.ts', 'export const x = Date.now();'],
  ])('allows %s', (_, path, text) => {
    expect(messagesFor(path, text)).toEqual([]);
  });
});

describe('file length', () => {
  it('allows 400 lines and not one more', () => {
    expect(messagesFor('mesh/a.ts', '//\n'.repeat(400))).toEqual([]);
    expect(messagesFor('mesh/a.ts', '//\n'.repeat(401))).toEqual(['mesh/a.ts:400: 401 lines; split it (at most 400)']);
  });
});
