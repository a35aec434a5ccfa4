import fc from 'fast-check';
import { expect, it } from 'vitest';
import { stringify } from 'yaml';
import { aliasTargets } from './aliases.ts';
import { composeDocument } from './composeDocument.ts';
import { locateNode } from './locateNode.ts';
import { plainExtent } from './plainExtent.ts';
import { readCommonSubset } from './readCommonSubset.ts';

function byLibrary(text: string) {
  const { document } = composeDocument(text);
  return document === undefined ? undefined : locateNode({ document, aliases: aliasTargets(document), text }, []);
}

const word = fc.stringMatching(/^[a-zA-Z][a-z0-9./-]{0,8}$/);
const scalar = fc.oneof(word, fc.integer(), fc.boolean(), fc.constant(null), fc.constant(''), fc.constant('a: b'));
const value = fc.letrec((tie) => ({
  any: fc.oneof({ depthSize: 'small' }, scalar, fc.array(tie('any'), { maxLength: 3 }), tie('map')),
  map: fc.dictionary(word, tie('any'), { minKeys: 1, maxKeys: 4 }),
})).map;

it('is the range that the library gives, of every plain document that it is sure of', () => {
  let sure = 0;
  fc.assert(
    fc.property(
      value,
      fc.constantFrom('', '---\n', '--- \n', '\n\n', '---\n\n'),
      fc.constantFrom('', '\n', '  \n', '\n\n \n'),
      fc.constantFrom(2, 4),
      (object, head, tail, indent) => {
        const text = `${head}${stringify(object, { indent }).trimEnd()}${tail}`;
        const extent = readCommonSubset(text) === undefined ? undefined : plainExtent(text);
        if (extent === undefined) return;
        sure += 1;
        expect(extent).toEqual(byLibrary(text));
      },
    ),
    { numRuns: 400 },
  );
  expect(sure).toBeGreaterThan(100);
});

it.each([
  ['a comment behind', 'a: 1\n# end\n'],
  ['a literal block', 'a: |\n  b\n\n'],
  ['an empty last value', 'a: 1\nb:\n'],
  ['flow style', '{a: 1}\n'],
  ['nothing', '---\n'],
])('is not sure of %s', (_, text) => {
  expect(plainExtent(text)).toBeUndefined();
});
