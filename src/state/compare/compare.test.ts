import { describe, expect, it } from 'vitest';
import type { Workspace } from '../workspace/workspace.ts';
import { EMPTY_DRAFT, WORKSPACE_SCHEMA } from '../workspace/workspace.ts';
import { changesBetween, isNothing } from './changes.ts';
import { documentsOf } from './documents.ts';

const document = (kind: string, name: string, namespace?: string): string =>
  `kind: ${kind}\nmetadata:\n  labels:\n    name: misleading\n  name: ${name}\n${namespace === undefined ? '' : `  namespace: ${namespace}\n`}`;

describe('the documents of a text', () => {
  it.each<[string, string, readonly (string | undefined)[]]>([
    [
      'in block style',
      `${document('Service', 'web', 'shop')}---\n${document('Namespace', 'shop')}`,
      ['Service shop/web', 'Namespace shop'],
    ],
    [
      'in flow style',
      'kind: Service\nmetadata: {namespace: shop, name: web, labels: {app: x}}\n',
      ['Service shop/web'],
    ],
    [
      'in JSON',
      '{\n  "kind": "Service",\n  "metadata": {\n    "name": "web",\n    "namespace": "shop"\n  }\n}',
      ['Service shop/web'],
    ],
    ['with quotes and comments', 'kind: "Service" # a\nmetadata: # b\n  # c\n  name: "web" # d\n', ['Service web']],
    [
      'with CRLF',
      'kind: Service\r\nmetadata:\r\n  name: web\r\n---\r\nkind: Namespace\r\nmetadata:\r\n  name: a\r\n',
      ['Service web', 'Namespace a'],
    ],
    ['without a name', 'kind: List\nitems: []\n', ['List']],
    ['that say nothing', 'just: text\n', [undefined]],
    ['of comments alone', '# nothing\n---\n\n', []],
  ])('%s', (_, text, names) => {
    expect(documentsOf(text).map(({ name }) => name)).toEqual(names);
  });
});

const workspace = (files: Readonly<Record<string, string>>, change: Partial<Workspace> = {}): Workspace => ({
  schema: WORKSPACE_SCHEMA,
  name: 'mine',
  files: Object.entries(files).map(([name, text]) => ({ name, text })),
  calls: [],
  positions: {},
  world: { now: '2026-11-23T00:00:00Z', seed: 's', addresses: {}, pems: {}, tokens: {} },
  ...change,
});

describe('what changed', () => {
  const web = document('Service', 'web', 'shop');
  const db = document('Service', 'db', 'shop');

  it('is told by file and document', () => {
    const before = workspace({ 'a.yaml': `${web}---\n${db}`, 'gone.yaml': db, 'same.yaml': web });
    const after = workspace({
      'a.yaml': `${web}spec: {}\n---\n${document('Namespace', 'shop')}`,
      'same.yaml': web,
      'new.yaml': db,
    });
    expect(changesBetween(before, after).files).toEqual([
      {
        file: 'a.yaml',
        kind: 'changed',
        documents: [
          { kind: 'changed', name: 'Service shop/web' },
          { kind: 'added', name: 'Namespace shop' },
          { kind: 'removed', name: 'Service shop/db' },
        ],
      },
      { file: 'new.yaml', kind: 'added', documents: [{ kind: 'added', name: 'Service shop/db' }] },
      { file: 'gone.yaml', kind: 'removed', documents: [{ kind: 'removed', name: 'Service shop/db' }] },
    ]);
  });

  it('is a file without documents where only a comment between them changed', () => {
    const changes = changesBetween(workspace({ a: `# one\n---\n${web}` }), workspace({ a: `# two\n---\n${web}` }));
    expect(changes.files).toEqual([{ file: 'a', kind: 'changed', documents: [] }]);
  });

  it.each<[string, Partial<Workspace>, boolean]>([
    ['positions: nothing', { positions: { outside: { x: 1, y: 2 } } }, true],
    ['the order of files', { files: [...workspace({ b: '', a: web }).files] }, false],
    ['calls', { calls: [{ ...EMPTY_DRAFT, id: '1', name: 'x' }] }, false],
    ['the clock', { world: { ...workspace({}).world, now: '2027-01-01T00:00:00Z' } }, false],
  ])('%s', (_, change, nothing) => {
    const before = workspace({ a: web, b: '' });
    expect(isNothing(changesBetween(before, { ...before, ...change }))).toBe(nothing);
  });
});
