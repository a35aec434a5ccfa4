/** Suggestions over refused calls of the corpus: accepted by the webhook, and the call goes through. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parsePlainYaml } from '../engine.ts';
import type { CaseFile } from './caseFile.ts';
import { measureSuggestions } from './suggestions.ts';

/** Each shows another kind of refusal; the whole corpus is measured by `npm run suggestions`. */
const FILES = [
  'authz/authz-scope.yaml',
  'authz/authz-not-principals.yaml',
  'authz/authz-tcp-l4.yaml',
  'authz/authz-paths.yaml',
  'authz/authz-gateway-client-certificate.yaml',
  'random/random-1-003.yaml',
];

describe('what one change would allow it', () => {
  it.each(FILES)(
    '%s',
    async (name) => {
      const path = `conformance/${name}`;
      const read = parsePlainYaml(readFileSync(path, 'utf8'));
      if (!read.ok) throw new Error(read.error);
      const figures = await measureSuggestions(path, read.value as CaseFile);
      expect(figures.refused).toBeGreaterThan(0);
      expect(figures.helpless).toEqual([]);
      // Narrow edits come first: most open nothing but the call itself.
      const sorted = [...figures.opened].sort((a, b) => a - b);
      expect(sorted[Math.floor(sorted.length / 2)]).toBeLessThanOrEqual(2);
    },
    60_000,
  );
});
