import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { crumbsAt } from './crumbs.ts';

const FILE = `# what comes first
kind: Service
metadata: {name: web, namespace: shop}
---
kind: VirtualService
metadata:
  name: web
  namespace: shop
spec:
  http:
    - name: canary
      route:
        - destination:
            host: web
    - route:
        - destination: {host: other}
`;

const CASES: readonly (readonly [string, string, readonly string[]])[] = [
  ['in the first document', 'name: web, name', ['Service web', 'metadata', 'name']],
  ['at the head of a document', 'kind: VirtualService', ['VirtualService web', 'kind']],
  [
    'in an item with a name',
    'host: web\n',
    ['VirtualService web', 'spec', 'http', 'canary', 'route', '[0]', 'destination', 'host'],
  ],
  [
    'in an item without one, in flow style',
    'host: other',
    ['VirtualService web', 'spec', 'http', '[1]', 'route', '[0]', 'destination', 'host'],
  ],
];

describe('the way to an offset', () => {
  it.each(CASES)('%s', (_, at, expected) => {
    const crumbs = crumbsAt(FILE, FILE.indexOf(at) + 1);
    expect(crumbs.map(({ name }) => name)).toEqual(expected);
    for (const { kind, name, start } of crumbs) {
      if (kind === 'key') expect(FILE.slice(start).startsWith(name)).toBe(true);
    }
  });

  it('goes on in the YAML of a block scalar', () => {
    const text = `kind: ConfigMap\nmetadata: {name: istio, namespace: istio-system}\ndata:\n  mesh: |\n    defaultConfig:\n      concurrency: 2\n`;
    const crumbs = crumbsAt(text, text.indexOf('concurrency') + 1);
    expect(crumbs.map(({ name }) => name)).toEqual(['ConfigMap istio', 'data', 'mesh', 'defaultConfig', 'concurrency']);
    expect(text.slice(crumbs.at(-1)?.start)).toBe('concurrency: 2\n');
  });

  it('names the namespace of a document', () => expect(crumbsAt(FILE, FILE.length)[0]?.namespace).toBe('shop'));

  it.each([
    ['an empty file', '', 0, []],
    ['a word that is no mapping yet', 'apiV', 2, ['']],
  ] as const)('has little to say of %s', (_, text, offset, expected) => {
    expect(crumbsAt(text, offset).map(({ name }) => name)).toEqual(expected);
  });

  it('answers for any text and offset', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'a:-{}[]|"\n  ') }), fc.nat(40), (text, offset) => {
        for (const { start } of crumbsAt(text, offset)) expect(start).toBeLessThanOrEqual(text.length);
      }),
    );
  });
});
