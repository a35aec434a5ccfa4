import fc from 'fast-check';
import { expect, test } from 'vitest';
import { keptDocuments, lastRead, type PlacedDocument } from './keptDocuments.ts';
import { splitDocuments } from './yaml/splitDocuments.ts';

const placed = (text: string): PlacedDocument[] =>
  splitDocuments(text).map((document) => ({ ...document, read: { objects: [], problems: [] } }));

/** The texts of the documents of `after` that are found by their place in `before`. */
function keptOf(before: string, after: string): string[] {
  const kept = keptDocuments(lastRead(before, placed(before)), after);
  return splitDocuments(after).flatMap(({ start, text }) => kept(start, text.length)?.text ?? []);
}

const file = (...documents: readonly string[]): string => documents.map((text) => `---\n${text}\n`).join('');

test.each([
  ['nothing changed', file('a', 'b', 'c'), file('a', 'b', 'c'), 3],
  ['one in the middle edited', file('a', 'b', 'c'), file('a', 'bb', 'c'), 2],
  ['the last edited', file('a', 'b', 'c'), file('a', 'b', 'd'), 2],
  // The marker before it counts to the beginning: the neighbour is left to be found by its text.
  ['one inserted', file('a', 'b', 'c'), file('a', 'x', 'b', 'c'), 2],
  ['one removed', file('a', 'b', 'c', 'd'), file('a', 'c', 'd'), 2],
  ['two joined', file('a', 'b', 'c'), file('a', 'b').replace('---\nb', 'b') + file('c'), 1],
  ['read for the first time', '', file('a'), 0],
])('%s', (_, before, after, count) => {
  expect(keptOf(before, after)).toHaveLength(count);
});

test('what is found is what stands there, whatever the edit', () => {
  const piece = fc.constantFrom('a', 'b', '---\n', '\n---\n', '...\n', '%YAML 1.2\n', '# c\n', '\n', 'a'.repeat(5000));
  const text = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(''));
  fc.assert(
    fc.property(text, text, text, text, (beginning, one, other, end) => {
      const before = beginning + one + end;
      const after = beginning + other + end;
      const kept = keptDocuments(lastRead(before, placed(before)), after);
      for (const document of splitDocuments(after)) {
        const found = kept(document.start, document.text.length);
        if (found !== undefined) expect(found.text).toBe(document.text);
      }
    }),
  );
});
