/**
 * What real istiod (the version that the conformance corpus ran on) answered for generated objects,
 * chosen so that its sentences occur: `istiodAnswers.jsonl`, one object and its answer a line.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parseWorkspace } from '../parseWorkspace.ts';

interface Answer {
  readonly object: { readonly kind: string };
  readonly error?: string;
  readonly warning?: string;
}

const answers = readFileSync('src/resources/validate/istiodAnswers.jsonl', 'utf8')
  .trimEnd()
  .split('\n')
  .map((line) => JSON.parse(line) as Answer);

/** Go iterates maps in random order, and the spaces in a printed message are random by build. */
function inOneOrder(text: string): string {
  const [head = '', ...causes] = text.split('\n\t* ');
  return [head, ...causes.map((cause) => cause.trimEnd()).sort()].join('\n').replace(/ +(?=\w+:)/g, ' ');
}

describe.each([...new Set(answers.map(({ object }) => object.kind))])('%s', (kind) => {
  const cases = answers
    .filter(({ object }) => object.kind === kind)
    .map((answer) => [JSON.stringify(answer.object), answer] as const);
  test.each(cases)('%s', (text, { error = '', warning = '' }) => {
    const { rejected, warnings, resources } = parseWorkspace([{ name: 'object.json', text }]);
    expect(inOneOrder(rejected[0]?.message ?? '')).toBe(inOneOrder(error));
    expect(inOneOrder(warnings[0]?.message ?? '')).toBe(inOneOrder(warning));
    expect(resources).toHaveLength(error === '' ? 1 : 0);
  });
});

test('every cause names a field inside the object', () => {
  for (const { object } of answers) {
    const { rejected, warnings } = parseWorkspace([{ name: 'object.json', text: JSON.stringify(object) }]);
    for (const { origin, range } of [...rejected, ...warnings].flatMap((finding) => finding.causes)) {
      expect(['spec', 'metadata']).toContain(origin.path[0] ?? 'spec');
      expect(range.end).toBeGreaterThan(range.start);
    }
  }
});
