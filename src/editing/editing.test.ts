/** Minimal edits: the field says what was wanted, and every other byte is as it was. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { resourceId } from '../base/ids.ts';
import type { FieldPath } from '../base/origin.ts';
import { addDocuments, removeResource } from './documents.ts';
import { locateObject } from './located.ts';
import { removeField } from './removeField.ts';
import { setField } from './setField.ts';
import { applyEdits, type TextEdit } from './textEdit.ts';

const id = resourceId('security.istio.io', 'PeerAuthentication', 'shop', 'p');
const HEAD = 'apiVersion: security.istio.io/v1\nkind: PeerAuthentication\nmetadata: {name: p, namespace: shop}\n';

function edited(
  text: string,
  change: (object: NonNullable<ReturnType<typeof locateObject>>) => TextEdit | undefined,
): string {
  const files = [{ name: 'a.yaml', text }];
  const object = locateObject(files, id);
  if (object === undefined) throw new Error(`not found in ${text}`);
  const edit = change(object);
  return edit === undefined ? text : (applyEdits(files, [edit])[0]?.text ?? '');
}

describe('setField', () => {
  it.each<[string, string, FieldPath, unknown, string]>([
    [
      'replaces a scalar and keeps its comment',
      'spec:\n  mtls:\n    mode: PERMISSIVE # for now\n',
      ['spec', 'mtls', 'mode'],
      'STRICT',
      'spec:\n  mtls:\n    mode: STRICT # for now\n',
    ],
    [
      'replaces a scalar in flow style',
      'spec: {mtls: {mode: PERMISSIVE}}\n',
      ['spec', 'mtls', 'mode'],
      'STRICT',
      'spec: {mtls: {mode: STRICT}}\n',
    ],
    [
      'adds a key behind its siblings',
      'spec:\n  mtls:\n    mode: STRICT\n# end\n',
      ['spec', 'selector'],
      { matchLabels: { app: 'a' } },
      'spec:\n  mtls:\n    mode: STRICT\n  selector:\n    matchLabels:\n      app: a\n# end\n',
    ],
    [
      'adds a key in flow style',
      'spec: {mtls: {mode: STRICT}}\n',
      ['spec', 'selector', 'matchLabels', 'app'],
      'a',
      'spec: {mtls: {mode: STRICT}, selector: {matchLabels: {app: a}}}\n',
    ],
    ['fills an empty value', 'spec:\n', ['spec', 'mtls', 'mode'], 'STRICT', 'spec:\n  mtls:\n    mode: STRICT\n'],
    ['makes what the path lacks', '', ['spec', 'mtls', 'mode'], 'STRICT', 'spec:\n  mtls:\n    mode: STRICT\n'],
    ['fills an empty flow map', 'spec: {}\n', ['spec', 'mtls'], { mode: 'STRICT' }, 'spec: {mtls: {mode: STRICT}}\n'],
    [
      'appends to a list',
      'spec:\n  rules:\n  - a: 1\n  - b: 2\n',
      ['spec', 'rules', 2],
      { c: 3 },
      'spec:\n  rules:\n  - a: 1\n  - b: 2\n  - c: 3\n',
    ],
    [
      'appends to a flow list',
      'spec: {hosts: [a, b]}\n',
      ['spec', 'hosts', 2],
      '*.c',
      'spec: {hosts: [a, b, "*.c"]}\n',
    ],
    [
      'replaces a block',
      'spec:\n  mtls:\n    mode: STRICT\n  other: 1\n',
      ['spec', 'mtls'],
      { mode: 'DISABLE' },
      'spec:\n  mtls:\n    mode: DISABLE\n  other: 1\n',
    ],
  ])('%s', (_title, body, path, value, expected) => {
    expect(edited(HEAD + body, (object) => setField(object, path, value))).toBe(HEAD + expected);
  });

  it('keeps line ends of its document', () => {
    const text = `${HEAD}spec:\n  a: 1\n`.replaceAll('\n', '\r\n');
    expect(edited(text, (object) => setField(object, ['spec', 'mtls', 'mode'], 'STRICT'))).toBe(
      `${HEAD}spec:\n  a: 1\n  mtls:\n    mode: STRICT\n`.replaceAll('\n', '\r\n'),
    );
  });
});

describe('removeField', () => {
  it.each<[string, string, FieldPath, string]>([
    [
      'takes its lines',
      'spec:\n  a: 1\n  mtls:\n    mode: STRICT\n  b: 2\n',
      ['spec', 'mtls'],
      'spec:\n  a: 1\n  b: 2\n',
    ],
    ['takes its comma', 'spec: {a: 1, b: 2, c: 3}\n', ['spec', 'b'], 'spec: {a: 1, c: 3}\n'],
    ['takes the comma before the last', 'spec: {hosts: [a, b]}\n', ['spec', 'hosts', 1], 'spec: {hosts: [a]}\n'],
    [
      'takes a list item',
      'spec:\n  rules:\n  - a: 1\n    b: 2\n  - c: 3\n',
      ['spec', 'rules', 0],
      'spec:\n  rules:\n  - c: 3\n',
    ],
    [
      'moves up what follows the first key of an item',
      'spec:\n  rules:\n  - a: 1\n    b: 2\n',
      ['spec', 'rules', 0, 'a'],
      'spec:\n  rules:\n  - b: 2\n',
    ],
    [
      'takes what would be empty with it',
      'spec:\n  x: 1\n  mtls:\n    mode: STRICT\n',
      ['spec', 'mtls', 'mode'],
      'spec:\n  x: 1\n',
    ],
  ])('%s', (_title, body, path, expected) => {
    expect(edited(HEAD + body, (object) => removeField(object, path))).toBe(HEAD + expected);
  });
});

describe('documents', () => {
  const other = '# first\napiVersion: v1\nkind: Namespace\nmetadata: {name: shop}\n';
  it('are added behind a marker', () => {
    const files = [{ name: 'a.yaml', text: other }];
    expect(applyEdits(files, [addDocuments(files, 'a.yaml', [{ kind: 'X', metadata: { name: 'z' } }])])[0]?.text).toBe(
      `${other}---\nkind: X\nmetadata:\n  name: z\n`,
    );
  });
  it('are taken out with their marker, the others untouched', () => {
    const text = `${other}---\n${HEAD}---\n${other}`;
    const files = [{ name: 'a.yaml', text }];
    const edit = removeResource(files, id);
    expect(edit && applyEdits(files, [edit])[0]?.text).toBe(`${other}---\n${other}`);
  });
  it('leave a List by their item', () => {
    const text = `kind: List\napiVersion: v1\nitems:\n- kind: Namespace\n  apiVersion: v1\n  metadata: {name: a}\n- ${HEAD.trimEnd().replaceAll('\n', '\n  ')}\n`;
    const files = [{ name: 'a.yaml', text }];
    const edit = removeResource(files, id);
    expect(edit && applyEdits(files, [edit])[0]?.text).toBe(
      'kind: List\napiVersion: v1\nitems:\n- kind: Namespace\n  apiVersion: v1\n  metadata: {name: a}\n',
    );
  });
});

const key = fc.stringMatching(/^[a-z][a-zA-Z0-9.-]{0,6}$/);
const scalar = fc.oneof(fc.stringMatching(/^[ -~]{0,12}$/), fc.integer(), fc.boolean());
const value = fc.letrec((tie) => ({
  node: fc.oneof(
    { depthSize: 'small' },
    scalar,
    fc.dictionary(key, tie('node'), { minKeys: 1, maxKeys: 4 }),
    fc.array(tie('node'), { minLength: 1, maxLength: 3 }),
  ),
})).node;
const styles: ((spec: unknown) => string)[] = [
  (object) => stringify(object, { lineWidth: 0 }),
  (object) => stringify(object, { lineWidth: 0, indentSeq: false }).replaceAll('\n', '\r\n'),
  (object) => stringify(object, { lineWidth: 0, collectionStyle: 'flow' }),
  (object) => JSON.stringify(object, undefined, 1),
];

/** Every path that exists, and beside each map a new key. */
function paths(node: unknown, at: FieldPath = []): FieldPath[] {
  if (typeof node !== 'object' || node === null) return [at];
  const own = Array.isArray(node) ? [[...at, node.length]] : [[...at, 'zz']];
  const entries: [string | number, unknown][] = Array.isArray(node) ? [...node.entries()] : Object.entries(node);
  return [at, ...own, ...entries.flatMap(([step, child]) => paths(child, [...at, step]))];
}

function withValue(node: unknown, path: FieldPath, wanted: unknown): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return wanted;
  if (Array.isArray(node)) return Object.assign([...node], { [step]: withValue(node[Number(step)], rest, wanted) });
  const record = node as Record<string, unknown>;
  return { ...record, [step]: withValue(record[step], rest, wanted) };
}

describe('round trip', () => {
  it('reads back what was set, in every style, beside an untouched document', () => {
    fc.assert(
      fc.property(
        fc.dictionary(key, value, { minKeys: 1, maxKeys: 4 }),
        value,
        fc.nat(),
        fc.nat(3),
        (spec, wanted, pick, style) => {
          const object = {
            apiVersion: 'security.istio.io/v1',
            kind: 'PeerAuthentication',
            metadata: { name: 'p', namespace: 'shop' },
            spec,
          };
          const before = '# untouched\na: &x [1, 2] # keep\n---\n';
          const text = before + (styles[style]?.(object) ?? '');
          const all = paths(spec);
          const path: FieldPath = ['spec', ...(all[pick % all.length] ?? [])];
          const after = edited(text, (located) => setField(located, path, wanted));
          expect(after.startsWith(before)).toBe(true);
          expect(parse(after.slice(before.length))).toEqual(withValue(object, path, wanted));
        },
      ),
      { numRuns: 400 },
    );
  });
});
