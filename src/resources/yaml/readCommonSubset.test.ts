import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { aliasTargets } from './aliases.ts';
import { composeDocument } from './composeDocument.ts';
import { readCommonSubset } from './readCommonSubset.ts';
import { splitDocuments } from './splitDocuments.ts';
import { toPlain } from './toPlain.ts';

/** What the library gives; undefined where it has anything to complain about. */
function byLibrary(text: string): { value: unknown } | undefined {
  const { document, problems } = composeDocument(text);
  if (document === undefined || problems.length > 0) return undefined;
  const plain = toPlain(text, document, aliasTargets(document));
  return plain.problems.length > 0 ? undefined : { value: plain.value };
}

describe('the common subset', () => {
  test.each<[string, unknown]>([
    ['a: 1\nb: two # c\n', { a: 1, b: 'two' }],
    ['---\na:\n  b:\n    - c\n    - d: e\n      f: g\n', { a: { b: ['c', { d: 'e', f: 'g' }] } }],
    ['a:\n- b\n-\n  c: d\n', { a: ['b', { c: 'd' }] }],
    ['a: {b: [c, "d", 1], "e": {f: g:80}}\n', { a: { b: ['c', 'd', 1], e: { f: 'g:80' } } }],
    ['a: |\n  x\n\n   y\nb: |-\n  z\n\n', { a: 'x\n\n y\n', b: 'z' }],
    ['a:\nb: ""\n# end', { a: null, b: '' }],
    ['a: http://b.c/d#e\n', { a: 'http://b.c/d#e' }],
  ])('%j', (text, value) => {
    expect(readCommonSubset(text)).toEqual({ value });
    expect(byLibrary(text)).toEqual({ value });
  });

  test.each([
    'a: &x 1',
    'a: *x',
    'a: !!str 1',
    '? a',
    'a: >\n  b',
    'a: b\n  c',
    'a: "b\\n"',
    'a: 1\na: 2',
    'a: b: c',
    '\ta: 1',
    'a',
    'a: [b',
    '%YAML 1.2',
  ])('%j is left to the library', (text) => {
    expect(readCommonSubset(text)).toBeUndefined();
  });
});

describe('whatever it gives, the library gives too', () => {
  const agree = (text: string) => {
    const value = readCommonSubset(text);
    if (value !== undefined) expect({ text, read: value }).toEqual({ text, read: byLibrary(text) });
    return value !== undefined;
  };

  test('for the documents of the corpus, most of which it reads', () => {
    let read = 0;
    let all = 0;
    for (const area of readdirSync('conformance', { withFileTypes: true })) {
      if (!area.isDirectory()) continue;
      for (const file of readdirSync(`conformance/${area.name}`).slice(0, 8)) {
        const cases = byLibrary(readFileSync(`conformance/${area.name}/${file}`, 'utf8'))?.value as {
          manifests: string;
        };
        for (const { text } of splitDocuments(cases.manifests)) {
          all++;
          if (agree(text)) read++;
        }
      }
    }
    expect(read / all).toBeGreaterThan(0.9);
  });

  const scalar = fc.constantFrom(
    ...[
      'a',
      'b c',
      '"q"',
      "'s'",
      '1',
      '1.5',
      'yes',
      'null',
      '~',
      '',
      '0x1F',
      '010',
      '10.0.0.1',
      'a:b',
      'a: b',
      'a #c',
      'a# b',
      '"a\\nb"',
      "'it''s'",
      '*x',
      '&x a',
      '{}',
      '[]',
      '[ ]',
      '{a: 1}',
      '[a, b]',
      '[a, {b: c}]',
      '{a, b}',
      '{"a":1}',
      '{"a" : 1}',
      '{a:1}',
      '[a,]',
      '[a b, c  d]',
      '[a: b]',
      '- x',
      '-1',
      '-a',
      '@a',
      '|',
      '|-',
      '|+',
      '>-',
      '?',
      '-',
      ':',
      '<<',
      '.inf',
      '# c',
      ' # c',
      '"a" # c',
      '"a"# c',
      '"a" b',
      '[a] # c',
      '[a]# c',
      '{a: "b"} c',
      'a]',
      'a}',
      'a, b',
      '[a #b]',
      '{y: 1}',
      '{80: a}',
      '{~: a}',
      '---',
      '...',
      'é',
      '[é]',
      '[-1, - 2]',
      '[/a/*]',
      '{a: , b: c}',
      '{a: b:c}',
      '{a: b: c}',
      "['a''b']",
      '[$a, (b)]',
    ],
  );
  const key = fc.constantFrom(
    'a',
    'b',
    'c',
    '"k"',
    "'z'",
    '80',
    'y',
    'a b',
    'x-y',
    'a/b',
    '<<',
    '~',
    '"a b"',
    '-',
    '- a',
    '? a',
    '&x k',
    '-k',
    '.k',
    'null',
  );
  const line = fc.oneof(
    fc.tuple(key, scalar).map(([k, s]) => `${k}: ${s}`),
    key.map((k) => `${k}:`),
    scalar.map((s) => `- ${s}`),
    fc.tuple(key, scalar).map(([k, s]) => `- ${k}: ${s}`),
    fc.constantFrom(
      '-',
      '- -',
      '- - a',
      '# comment',
      '',
      'text',
      '  ',
      '---',
      '...',
      ' # c',
      'a:b',
      '"a":',
      '- "a": b',
      '-  a: b',
      '-  b',
    ),
  );
  const indented = fc.tuple(fc.constantFrom(0, 0, 2, 2, 2, 4, 4, 1, 3, 6), line).map(([n, l]) => ' '.repeat(n) + l);

  test('for lines thrown together', () => {
    const text = fc
      .tuple(fc.array(indented, { minLength: 1, maxLength: 8 }), fc.constantFrom('', '\n', '\n\n'))
      .map(([lines, end]) => lines.join('\n') + end);
    fc.assert(
      fc.property(text, (t) => {
        agree(t);
      }),
      { numRuns: 5000 },
    );
  });

  test('for text in flow style', () => {
    const piece = fc.constantFrom(
      ...[
        'a',
        'b c',
        '"q"',
        "'s'",
        ',',
        ', ',
        ': ',
        ':',
        '[',
        ']',
        '{',
        '}',
        ' ',
        '1',
        '-',
        '- ',
        '#',
        ' #',
        '*',
        '&',
        '/',
        '"',
        "'",
      ],
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        agree(`k: [${pieces.join('')}]`);
        agree(`k: {${pieces.join('')}}\nl: m\n`);
        agree(`k: ${pieces.join('')}`);
      }),
      { numRuns: 3000 },
    );
  });

  test('for JSON', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), fc.constantFrom(0, 2), fc.boolean(), (json, space, marker) => {
        agree(`${marker ? '---\n' : ''}${JSON.stringify({ value: json }, null, space)}\n`);
      }),
      { numRuns: 500 },
    );
    expect(agree('{"a": 1, "a": 2}')).toBe(false);
    expect(agree('{"a": {"b": [1, "c\\u0041"]}}\n')).toBe(true);
  });

  test('for any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (t) => {
        agree(t);
        agree(`a: ${t}`);
        agree(`a:\n- ${t}\n`);
      }),
      { numRuns: 1000 },
    );
  });
});
