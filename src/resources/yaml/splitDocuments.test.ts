import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { splitDocuments } from './splitDocuments.ts';

const texts = (text: string) => splitDocuments(text).map((document) => document.text);

describe('documents of a stream', () => {
  test.each<[string, string, string[]]>([
    ['one', 'a: 1\n', ['a: 1\n']],
    ['two', 'a: 1\n---\nb: 2\n', ['a: 1\n', '---\nb: 2\n']],
    ['leading marker', '---\na: 1\n---\nb: 2', ['---\na: 1\n', '---\nb: 2']],
    ['marker with a comment', 'a: 1\n--- # next\nb: 2', ['a: 1\n', '--- # next\nb: 2']],
    ['content on the marker line', 'a\n--- {b: 2}\n', ['a\n', '--- {b: 2}\n']],
    ['CRLF', 'a: 1\r\n---\r\nb: 2\r\n', ['a: 1\r\n', '---\r\nb: 2\r\n']],
    ['end marker', 'a: 1\n...\nb: 2\n', ['a: 1\n...\n', 'b: 2\n']],
    ['directive stays with its document', 'a: 1\n...\n%YAML 1.2\n---\nb: 2', ['a: 1\n...\n', '%YAML 1.2\n---\nb: 2']],
    ['four dashes are text', 'a: |\n  x\n  ----\n  y\n', ['a: |\n  x\n  ----\n  y\n']],
    ['indented dashes are text', 'a: |\n  ---\n  y\n', ['a: |\n  ---\n  y\n']],
    ['marker ends a block scalar', 'a: |\n  x\n---\nb: 1\n', ['a: |\n  x\n', '---\nb: 1\n']],
    ['marker at the very end', 'a: 1\n---', ['a: 1\n', '---']],
    ['empty', '', []],
  ])('%s', (_, text, expected) => {
    expect(texts(text)).toEqual(expected);
  });
});

test('the pieces are the whole text in order', () => {
  const lines = fc.constantFrom(
    'a: 1',
    '---',
    '--- x',
    '...',
    '# c',
    '%YAML 1.2',
    '',
    ' ---',
    '- b',
    '|',
    '----',
    '\r',
  );
  fc.assert(
    fc.property(fc.array(lines), (parts) => {
      const text = parts.join('\n');
      const documents = splitDocuments(text);
      expect(documents.map((document) => document.text).join('')).toBe(text);
      for (const { start, text: piece } of documents) expect(text.slice(start, start + piece.length)).toBe(piece);
    }),
  );
});

test('parsed apart, the pieces give what the whole stream gives', () => {
  const values = fc.constantFrom(
    'a: 1',
    'b: [x, y]',
    'c: |\n  block\n  ---x',
    'd: "quoted"',
    '- 1\n- 2',
    '# only a comment',
  );
  const separators = fc.constantFrom('---\n', '--- # c\n', '...\n---\n');
  fc.assert(
    fc.property(fc.array(fc.tuple(separators, values), { minLength: 1 }), (parts) => {
      const text = parts.map(([separator, value]) => `${separator}${value}\n`).join('');
      const values = (source: string) => {
        const documents = parseAllDocuments(source);
        return (Array.isArray(documents) ? documents : []).map((document) => document.toJS() as unknown);
      };
      const apart = splitDocuments(text).flatMap((document) => values(document.text));
      expect(apart.filter((value) => value !== null)).toEqual(values(text).filter((value) => value !== null));
    }),
  );
});
