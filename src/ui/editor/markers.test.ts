import fc from 'fast-check';
import { expect, it } from 'vitest';
import { differenceOf, toMarkers } from './markers.ts';

it('the difference of two texts, applied, gives the second', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), fc.string(), fc.string(), (head, old, now, tail) => {
      const before = head + old + tail;
      const after = head + now + tail;
      const change = differenceOf(before, after);
      const applied =
        change === undefined ? before : before.slice(0, change.start) + change.text + before.slice(change.end);
      expect(applied).toBe(after);
    }),
  );
});

it('touches nothing but what differs', () => {
  expect(differenceOf('mode: PERMISSIVE\n', 'mode: STRICT\n')).toEqual({ start: 6, end: 16, text: 'STRICT' });
});

it('marks only the file that is open', () => {
  const range = { file: 'a.yaml', start: 0, end: 1, startLine: 1, startColumn: 1, endLine: 1, endColumn: 2 };
  const diagnostics = [
    { code: 'missing-kind', severity: 'error', params: {}, range },
    { code: 'missing-kind', severity: 'warning', params: {}, range: { ...range, file: 'b.yaml' } },
    { code: 'missing-kind', severity: 'error', params: {} },
  ] as const;
  expect(toMarkers(diagnostics, 'a.yaml', ({ code }) => code)).toEqual([
    {
      severity: 8,
      message: 'missing-kind',
      code: 'missing-kind',
      startLineNumber: 1,
      startColumn: 1,
      endLineNumber: 1,
      endColumn: 2,
    },
  ]);
});
