import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rankDocuments } from './documentRanks.ts';

/** Documents by name; one name is one document. */
function workspace() {
  const documents = new Map<string, object>();
  const known = new WeakMap<object, number>();
  return (names: string): readonly number[] =>
    rankDocuments(
      [...names].map((name) => {
        const document = documents.get(name) ?? { name };
        documents.set(name, document);
        return document;
      }),
      known,
    );
}

test.each([
  ['read for the first time', 'abc', [0, 1, 2]],
  ['one edited', 'axc', [0, 1, 2]],
  ['the first edited', 'xbc', [0, 1, 2]],
  ['the last edited', 'abx', [0, 1, 2]],
  ['one inserted', 'axbc', [0, 0.5, 1, 2]],
  ['some inserted before all', 'xybc', [-1, 0, 1, 2]],
  ['some appended', 'abcxy', [0, 1, 2, 3, 4]],
  ['one removed', 'ac', [0, 2]],
  ['the last moved to the front: the others stay', 'cab', [-1, 0, 1]],
  ['the first moved to the end: the others stay', 'bca', [1, 2, 3]],
  ['one standing twice', 'abca', [0, 1, 2, 3]],
  ['all others', 'xyz', [0, 1, 2]],
  ['none left', '', []],
])('%s', (_, names, ranks) => {
  const rank = workspace();
  rank('abc');
  expect(rank(names)).toEqual(ranks);
});

test('halving the same gap over and over comes to an end, and ranks rise still', () => {
  const rank = workspace();
  rank('ab');
  let names = 'ab';
  for (let index = 0; index < 2000; index++) {
    names = `a${String.fromCharCode(0x4000 + index)}${names.slice(1)}`;
    const ranks = rank(names);
    expect(ranks.every((value, place) => place === 0 || value > (ranks[place - 1] ?? 0))).toBe(true);
  }
});

test('whatever the edits, ranks rise along the documents', () => {
  const text = fc.array(fc.constantFrom(...'abcdefgh'), { maxLength: 12 }).map((names) => names.join(''));
  fc.assert(
    fc.property(fc.array(text, { maxLength: 8 }), (texts) => {
      const rank = workspace();
      for (const names of texts) {
        const ranks = rank(names);
        expect(ranks).toHaveLength(names.length);
        expect(ranks.every((value, place) => place === 0 || value > (ranks[place - 1] ?? 0))).toBe(true);
      }
    }),
  );
});
