import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { YAML_LIMITS } from './limits.ts';
import { readText } from './readText.ts';
import { splitDocuments } from './splitDocuments.ts';

const value = (text: string) => readText(text).objects[0]?.value;
const codes = (text: string) => readText(text).problems.map((problem) => problem.code);

describe('values as the API server reads them', () => {
  test.each<[string, string, unknown]>([
    ['block and flow', 'a: {b: [1, two]}\nc:\n- d: e\n', { a: { b: [1, 'two'] }, c: [{ d: 'e' }] }],
    ['JSON', '{"a": {"b": [1, true, null, "x"]}}', { a: { b: [1, true, null, 'x'] } }],
    ['quoted words stay text', `a: "yes"\nb: 'no'\nc: "1"`, { a: 'yes', b: 'no', c: '1' }],
    ['plain words do not', 'a: yes\nb: off\nc: 0755', { a: true, b: false, c: 493 }],
    ['a key may be a word for true', 'y: 1', { true: 1 }],
    ['numeric keys are text', '80: a\n0x10: b\ntrue: c', { '80': 'a', '16': 'b', true: 'c' }],
    ['literal block', 'a: |\n  x\n  y\nb: |-\n  z', { a: 'x\ny\n', b: 'z' }],
    ['folded block', 'a: >-\n  x\n  y\n', { a: 'x y' }],
    ['CRLF', 'a: 1\r\nb: |\r\n  x\r\n  y\r\n', { a: 1, b: 'x\ny\n' }],
    ['byte order mark', '\uFEFFa: 1', { a: 1 }],
    ['comments', '# head\na: 1 # tail\n# end\n', { a: 1 }],
    ['anchor and alias', 'a: &x {b: 1}\nc: *x\n', { a: { b: 1 }, c: { b: 1 } }],
    ['the last anchor of a name before the alias', 'a: &x 1\nb: *x\nc: &x 2\nd: *x', { a: 1, b: 1, c: 2, d: 2 }],
    ['merge key', 'a: &x {b: 1, c: 2}\nd:\n  <<: *x\n  c: 3\n', { a: { b: 1, c: 2 }, d: { b: 1, c: 3 } }],
    [
      'several merged: the earlier wins',
      'p: &p {k: 1}\nq: &q {k: 2}\nr: {<<: [*p, *q]}',
      { p: { k: 1 }, q: { k: 2 }, r: { k: 1 } },
    ],
    ['explicit string tag', 'a: !!str 1', { a: '1' }],
    ['empty value', 'a:\nb: ~', { a: null, b: null }],
    ['a key named __proto__', '{"__proto__": 1}', JSON.parse('{"__proto__": 1}')],
  ])('%s', (_, text, expected) => {
    expect(readText(text).problems).toEqual([]);
    expect(value(text)).toEqual(expected);
  });

  test('of a key that is written twice the last counts, and it is reported', () => {
    expect(value('a: 1\na: 2')).toEqual({ a: 2 });
    expect(readText('a: 1\na: 2').problems).toMatchObject([{ code: 'duplicate-key', params: { key: 'a' }, start: 5 }]);
  });
});

describe('lists', () => {
  test('items are objects of their own, with their paths', () => {
    const text = 'kind: List\nitems:\n- {kind: A}\n- kind: BList\n  items: [{kind: B}]\n- 5\n';
    expect(readText(text).objects).toEqual([
      { value: { kind: 'A' }, prefix: ['items', 0] },
      { value: { kind: 'B' }, prefix: ['items', 1, 'items', 0] },
      { value: 5, prefix: ['items', 2] },
    ]);
  });
  test('an empty text has none', () => {
    for (const text of ['', '# c\n', '---\n', '--- # c\n...\n'])
      expect(readText(text)).toMatchObject({ objects: [], problems: [] });
  });
});

describe('broken documents', () => {
  test('are reported where they break', () => {
    const { objects, problems } = readText('a: 1\nb: [1, 2\nc: 3\n');
    expect(objects).toEqual([]);
    expect(problems[0]).toMatchObject({ code: 'yaml-syntax' });
    expect(problems[0]?.start).toBeGreaterThan(4);
  });
  test.each([
    ['a value', 'a: b\nc: {{ .Values.c }}\n', '{{ .Values.c }}'],
    ['a condition around lines', '{{- if .Values.a }}\na: b\n{{- end }}\n', '{{- if .Values.a }}'],
    ['an include among fields', 'a:\n  {{- include "x" . | nindent 2 }}\n', '{{- include "x" . | nindent 2 }}'],
  ])('the source of a Helm chart is called so: %s', (_, text, action) => {
    const { problems } = readText(text);
    expect(problems).toMatchObject([{ code: 'yaml-template', params: { action } }]);
    expect(text.slice(problems[0]?.start, problems[0]?.end)).toBe(action);
  });
  test.each([
    ['in a string', 'a: "{{ $labels.x }}"'],
    ['inside a plain scalar', 'a: x-{{ .Release.Name }}'],
    ['in a block scalar', 'a: |\n  {{ range . }}\n'],
    ['in a comment', '# {{ .Values.a }}\na: b\n'],
  ])('a template action %s is no problem', (_, text) => {
    expect(readText(text).problems).toEqual([]);
  });
  test.each([
    ['unknown alias', 'a: *x'],
    ['alias inside its own anchor', 'a: &x [*x]'],
    ['not a number in JSON', 'a: .inf'],
    ['merge of a scalar', 'a: {<<: 5}'],
    ['tab as indentation', 'a:\n\tb: 1'],
    ['unterminated quote', 'a: "b'],
    ['mapping as a key', '? {a: 1}\n: 2'],
  ])('%s', (_, text) => {
    expect(codes(text)).toContain('yaml-syntax');
    expect(readText(text).objects).toEqual([]);
  });
});

describe('hostile texts end quickly and are refused', () => {
  const bomb = ['a: &a [x, x, x, x, x, x, x, x, x, x]', ...'bcdefghi'].map((line, index) =>
    index === 0
      ? line
      : `${line}: &${line} [${Array(10)
          .fill(`*${String.fromCharCode(96 + index)}`)
          .join(', ')}]`,
  );
  test.each<[string, string, string]>([
    ['nested flow sequences', '['.repeat(100_000), 'yaml-too-deep'],
    ['nested flow mappings', '{a: '.repeat(50_000), 'yaml-too-deep'],
    ['nested block sequences', '- '.repeat(50_000), 'yaml-too-deep'],
    ['nested block mappings', Array.from({ length: 200 }, (_, i) => `${' '.repeat(i)}a:`).join('\n'), 'yaml-too-deep'],
    ['nested JSON', `${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}`, 'yaml-too-deep'],
    ['alias bomb', bomb.join('\n'), 'yaml-alias-bomb'],
    ['stray brackets', '}'.repeat(1_000_000), 'yaml-syntax'],
    ['one document after the other without a marker', '[]'.repeat(500_000), 'yaml-syntax'],
    ['open quotes', '"\n'.repeat(500_000), 'yaml-syntax'],
    ['more tokens than a document has', `[${'a,'.repeat(YAML_LIMITS.tokens / 2)}`, 'yaml-too-large'],
  ])('%s', (_, text, code) => {
    expect(codes(text)).toContain(code);
    expect(readText(text).objects).toEqual([]);
  });

  test('depth up to the limit is fine', () => {
    const depth = YAML_LIMITS.depth - 1;
    expect(codes(`${'['.repeat(depth)}${']'.repeat(depth)}`)).toEqual([]);
  });
});

describe('any text', () => {
  const alphabet = fc.constantFrom(
    ...[
      'a',
      ': ',
      ':',
      '- ',
      '\n',
      '  ',
      '{',
      '}',
      '[',
      ']',
      ',',
      '"',
      "'",
      '|',
      '>',
      '#',
      '&x',
      '*x',
      '!',
      '!!str ',
      '%',
      '@',
      '`',
      '?',
      '? ',
      '\t',
      '\r\n',
      '---',
      '...',
      '<<',
      '0',
      '~',
      '\\',
      '\u0000',
      '\uFEFF',
      '\u2028',
      '💡',
    ],
  );
  test('is read without throwing', () => {
    const anyText = fc.oneof(
      fc.array(alphabet, { maxLength: 60 }).map((parts) => parts.join('')),
      fc.string({ maxLength: 200, unit: 'binary' }),
    );
    fc.assert(
      fc.property(anyText, (text) => {
        for (const document of splitDocuments(text)) {
          const { problems, objects, locate } = readText(document.text);
          for (const { start, end } of [...problems, locate(['a', 0, 'b'])]) {
            expect(start).toBeGreaterThanOrEqual(0);
            expect(end).toBeGreaterThanOrEqual(start);
            expect(end).toBeLessThanOrEqual(document.text.length);
          }
          expect(() => JSON.stringify(objects)).not.toThrow();
        }
      }),
      { numRuns: 2000 },
    );
  });

  test('that is JSON gives the same value', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), (json) => {
        const text = JSON.stringify({ value: json });
        const expected: unknown = JSON.parse(text);
        expect(value(text)).toEqual(expected);
      }),
      { numRuns: 500 },
    );
  });
});
