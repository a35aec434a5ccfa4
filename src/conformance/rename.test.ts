/** Metamorphic: what real istiod and Envoy answered still agrees when everything has another name. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parsePlainYaml } from '../engine.ts';
import type { CaseFile } from './caseFile.ts';
import { agreeing } from './ratchet.ts';
import { renameCase, renamingOf } from './rename.ts';
import { runCase } from './runCase.ts';
import { signedNames } from './signedNames.ts';

const CORPUS = 'conformance';

const files = readdirSync(CORPUS, { withFileTypes: true, recursive: true })
  .filter((entry) => entry.isFile() && entry.name.endsWith('.yaml'))
  .map((entry) => join(entry.parentPath, entry.name))
  .sort();

/** Cases in which a name is more than a name. */
const EXCEPTIONS: Readonly<Record<string, string>> = {
  'authz-namespaces.yaml': 'a star in the middle of a value spells only parts of the names',
  'authz-source-fields-1.yaml': 'a star in the middle of a value spells only parts of the names',
  'seed-002-request-authentication.yaml': 'a namespace is spelled like a token that is not one',
};

describe('agreement does not depend on names and ports', () => {
  const areas = [...new Set(files.map((path) => path.split('/').at(-2) ?? ''))].filter((area) => area !== 'lint');
  let renamedCases = 0;
  it.each(areas)(
    '%s',
    async (area) => {
      for (const path of files.filter((file) => file.includes(`/${area}/`))) {
        const read = parsePlainYaml(readFileSync(path, 'utf8'));
        if (!read.ok) throw new Error(`${path}: ${read.error}`);
        const original = read.value as CaseFile;
        if ((path.split('/').at(-1) ?? '') in EXCEPTIONS) continue;
        const renaming = renamingOf(original, signedNames(original));
        if (renaming === undefined || renaming.names.size === 0) continue;
        renamedCases++;
        const [before, after] = await Promise.all([
          runCase(path, original),
          runCase(path, renameCase(original, renaming)),
        ]);
        const calls = (lines: readonly string[]): string[] =>
          lines.filter((line) => / (verdict|explanation)$/.test(line));
        const count = (lines: readonly string[]): number => calls(lines).length;
        expect({ path, agreeing: count(agreeing([after])) }).toEqual({ path, agreeing: count(agreeing([before])) });
      }
    },
    120_000,
  );

  it('renames most of the corpus', () => {
    expect(renamedCases).toBeGreaterThan(130);
  });
});
