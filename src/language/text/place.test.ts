import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { readText } from '../../resources/yaml/readText.ts';
import { splitDocuments } from '../../resources/yaml/splitDocuments.ts';
import { nodeAt, placeAt, placeIn, textAt, typingPlace } from './place.ts';
import { readDocumentText } from './readDocument.ts';
import type { TextNode } from './tree.ts';

/** `|` is the cursor. */
function typing(marked: string): string {
  const offset = marked.indexOf('|');
  const place = typingPlace(marked.slice(0, offset) + marked.slice(offset + 1), offset);
  return place === undefined ? 'nowhere' : `${place.role} ${place.path.join('.')} <${place.text}>`;
}

describe('where a word that is typed belongs', () => {
  test.each<[string, string, string]>([
    ['an empty text', '|', 'value  <>'],
    ['a first word', 'api|', 'value  <api>'],
    ['below other keys', 'a: 1\n|', 'key  <>'],
    ['a key being typed', 'a: 1\nki|', 'key ki <ki>'],
    ['between keys', 'spec:\n  a: 1\n  |\n  b: 2\n', 'key spec. <>'],
    ['a word between keys', 'spec:\n  a: 1\n  mo|\n  b: 2\n', 'key spec.mo <mo>'],
    ['before the keys of a mapping', 'spec:\n  |\n  b: 2\n', 'key spec. <>'],
    ['below an open key, further in', 'spec:\n  mtls:\n    |\n', 'value spec.mtls <>'],
    ['below an open key, at its column', 'spec:\n  mtls:\n  |\n', 'key spec. <>'],
    ['below an open key, at the outer column', 'spec:\n  mtls:\n|\n', 'key  <>'],
    ['a value', 'mode: STR|', 'value mode <STR>'],
    ['an empty value', 'spec:\n  mode: |\n  b: 1\n', 'value spec.mode <>'],
    ['a value in front of a comment', 'mode: | # why\n', 'value mode <>'],
    ['an item', 'rules:\n  - |', 'value rules.0 <>'],
    ['a further item', 'rules:\n  - a\n  - |', 'value rules.1 <>'],
    ['an item at the column of its key', 'rules:\n- a\n- |\nb: 1', 'value rules.1 <>'],
    ['a key of an item', 'rules:\n  - a: 1\n    |', 'key rules.0. <>'],
    ['below an item, at the column of the dash', 'spec:\n  rules:\n  - a: 1\n  |', 'key spec. <>'],
    ['an item of an item', 'rules:\n  - from:\n      - source:\n          |', 'value rules.0.from.0.source <>'],
    ['lists in lists', 'a:\n  - - |', 'value a.0.0 <>'],
    ['a flow key', 'a: {b: 1, |}', 'key a. <>'],
    ['a flow value', 'a: {b: |}', 'value a.b <>'],
    ['a flow item', 'hosts: [a, |]', 'value hosts.1 <>'],
    ['a first flow item', 'hosts: [|]', 'value hosts.0 <>'],
    ['a flow that is not closed', 'spec: {mtls: {mode: ST|\nb: 1\n', 'value spec.mtls.mode <ST>'],
    ['JSON keys', '{\n  "kind": "x",\n  "|"\n}', 'key  <>'],
    ['JSON values', '{"spec": {"mode": "|"}}', 'value spec.mode <>'],
    ['quoted values', "mode: 'a|b'", 'value mode <ab>'],
    ['behind a marker', '---\nkind: |\n', 'value kind <>'],
    ['behind a finished key', 'a: 1\nkind|: x\n', 'key kind <kind>'],
    ['comments', 'a: 1 # no|thing\n', 'nowhere'],
    ['comment lines', '# |\na: 1\n', 'nowhere'],
    ['block scalars', 'a: |-\n  te|xt\n'.replace('|-', '>-'), 'nowhere'],
    ['between key and colon sign', 'mode:| STRICT', 'value  <mode: STRICT>'],
  ])('%s', (_, text, expected) => {
    expect(typing(text)).toBe(expected);
  });

  it('knows the keys that are there', () => {
    expect(typingPlace('spec:\n  a: 1\n  \n  b: 2\n', 15)?.siblings).toEqual(['a', 'b']);
  });
});

describe('the token at an offset', () => {
  test.each<[string, string]>([
    ['spec:\n  mo|de: STRICT', 'key spec.mode'],
    ['spec:\n  mode: STR|ICT', 'value spec.mode'],
    ['spec:\n  mode: STRICT|', 'value spec.mode'],
    ['a:\n  - b: x\n    c: y|y\n  - d', 'value a.0.c'],
    ['a: {b: [x, y|]}', 'value a.b.1'],
    ['a: one\n  two| three\nb: 1', 'value a'],
  ])('%s', (marked, expected) => {
    const offset = marked.indexOf('|');
    const place = placeAt(marked.slice(0, offset) + marked.slice(offset + 1), offset);
    expect(`${place?.role} ${place?.path.join('.')}`).toBe(expected);
  });
});

/** Scalars of a plain value with the path that leads to each. */
function leaves(value: unknown, path: readonly (string | number)[] = []): [readonly (string | number)[], string][] {
  if (Array.isArray(value)) return value.flatMap((item, index) => leaves(item, [...path, index]));
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value).flatMap(([key, item]) => leaves(item, [...path, key]));
  }
  return [[path, String(value)]];
}

/** Documents whose leaves, as the YAML library finds them, are elsewhere in the tree. */
function disagreements(text: string): string[] {
  const { objects, locate, problems } = readText(text);
  if (problems.length > 0 || /[&*]\w|<<:/.test(text)) return [];
  const root = readDocumentText(text);
  return objects.flatMap(({ value, prefix }) =>
    leaves(value, prefix).flatMap(([path, leaf]) => {
      const { start, end } = locate(path);
      const written = text.slice(start, end);
      if (leaf === '' || leaf === 'null' || !/^[\w"']/.test(written)) return [];
      const place = placeIn(root, start);
      return place?.role === 'value' && place.path.join('/') === path.join('/') && place.start === start
        ? []
        : [`${path.join('.')} = ${leaf}: ${place?.role} ${place?.path.join('.')}`];
    }),
  );
}

describe('complete documents', () => {
  const folders = ['../../scenarios/catalog', '../../../conformance'].map(
    (folder) => new URL(folder, import.meta.url).pathname,
  );
  const files = folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith('.yaml'))
      .map((entry) => `${entry.parentPath}/${entry.name}`),
  );
  it('are read as the YAML library reads them: examples and cases', () => {
    expect(files.length).toBeGreaterThan(100);
    const documents = new Set(
      files
        .filter((file, index) => index % 20 === 0 || file.includes('catalog'))
        .flatMap((file) => splitDocuments(readFileSync(file, 'utf8')).map(({ text }) => text)),
    );
    expect([...documents].flatMap(disagreements).slice(0, 10)).toEqual([]);
  });

  it('are read as the YAML library reads them: anything that is JSON', () => {
    const word = fc.stringMatching(/^[a-zA-Z][a-zA-Z0-9./-]{0,8}$/);
    const { value } = fc.letrec<{ value: unknown }>((tie) => ({
      value: fc.oneof(
        { maxDepth: 4 },
        word,
        fc.array(tie('value'), { maxLength: 3 }),
        fc.dictionary(word, tie('value'), { maxKeys: 4 }),
      ),
    }));
    fc.assert(
      fc.property(fc.dictionary(word, value, { minKeys: 1 }), fc.constantFrom(undefined, 2), (object, indent) => {
        expect(disagreements(JSON.stringify(object, undefined, indent))).toEqual([]);
      }),
    );
  });
});

describe('any text, any offset', () => {
  const piece = fc.oneof(
    fc.constantFrom('- ', ': ', '\n', '  ', '    ', '{', '}', '[', ']', ',', '"', "'", '#', '|', '>', '---\n', 'key:'),
    fc.constantFrom('a', 'spec', '&x ', '*x', '!t ', '? ', '\r\n', '\t', '%d', '...', '\uFEFF'),
    fc.string({ maxLength: 3 }),
  );
  const text = fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join(''));
  const starts = (node: TextNode): number[] => {
    switch (node.kind) {
      case 'map':
        return [node.start, ...node.entries.flatMap((entry) => [entry.keyStart, ...starts(entry.value)])];
      case 'list':
        return [node.start, ...node.items.flatMap((item) => starts(item.value))];
      default:
        return [node.start];
    }
  };

  it('gets an answer within the text', () => {
    fc.assert(
      fc.property(text, fc.nat({ max: 130 }), (some, at) => {
        const offset = Math.min(at, some.length);
        for (const place of [placeAt(some, offset), typingPlace(some, offset)]) {
          if (place === undefined) continue;
          expect(place.start).toBeLessThanOrEqual(offset);
          expect(place.end).toBeGreaterThanOrEqual(offset);
          expect(place.end).toBeLessThanOrEqual(some.length);
        }
        for (const start of starts(readDocumentText(some))) {
          expect(start).toBeGreaterThanOrEqual(0);
          expect(start).toBeLessThanOrEqual(some.length);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('a deep flow does not exhaust the stack', () => {
    expect(() => placeAt('['.repeat(50_000), 10)).not.toThrow();
    expect(() => placeAt('- '.repeat(50_000), 10)).not.toThrow();
  });
});

it('reads single fields', () => {
  const root = readDocumentText('kind: Service\nmetadata: {name: web, labels: {}}\nkind: Pod\n');
  expect(textAt(root, ['metadata', 'name'])).toBe('web');
  expect(textAt(root, ['kind'])).toBe('Pod');
  expect(textAt(root, ['metadata', 'labels'])).toBeUndefined();
  expect(nodeAt(root, ['metadata', 'name', 'x'])).toBeUndefined();
});
