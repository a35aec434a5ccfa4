/** The index of evidence claims no more than the corpus shows. */
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { parsePlainYaml } from '../engine.ts';
import type { CaseFile } from './caseFile.ts';
import { evidenceIndex, evidenceText } from './evidence.ts';
import { renameCase, renamingOf } from './rename.ts';
import { runCase } from './runCase.ts';
import { signedNames } from './signedNames.ts';

function load(path: string): CaseFile {
  const read = parsePlainYaml(readFileSync(`conformance/${path}.yaml`, 'utf8'));
  if (!read.ok) throw new Error(read.error);
  return read.value as CaseFile;
}

const PATH = 'authz/authz-from-to-when';
const DENIED = 'rbac-check allow http denied no-match';
const file = load(PATH);

/** Every recorded status is wrong. */
const falsified: CaseFile = {
  ...file,
  variants: file.variants.map((variant) => ({
    ...variant,
    calls: (variant.calls ?? []).map((call) => ({ ...call, observed: { ...call.observed, status: 299 } })),
  })),
};

describe('the index of evidence', () => {
  let index: ReturnType<typeof evidenceIndex>;
  beforeAll(async () => {
    index = evidenceIndex([await runCase(`${PATH}.yaml`, file)]);
  });

  it('counts the calls that took a decision, and shows some of them with what was recorded', () => {
    const [calls, decided, examples] = index.kinds[DENIED] ?? [0, 0, []];
    const recorded = file.variants.flatMap(({ calls: all = [] }) =>
      all.filter(({ observed }) => JSON.stringify(observed.hops).includes('rbac_access_denied_matched_policy[none]')),
    );
    expect(calls).toBeGreaterThan(0);
    expect(decided).toBeLessThanOrEqual(calls);
    expect(calls).toBeLessThanOrEqual(recorded.length);
    for (const at of examples) {
      const example = index.calls[at];
      const variant = file.variants.find(({ name }) => name === example?.variant);
      const call = variant?.calls?.find(({ name }) => name === example?.call);
      expect(example).toMatchObject({ case: PATH, status: call?.observed.status, exit: call?.observed.curlExit });
      expect(example?.logs.join()).toContain('rbac_access_denied_matched_policy[none]');
    }
  });

  it('counts nothing that differs from the recording', async () => {
    const { kinds } = evidenceIndex([await runCase(`${PATH}.yaml`, falsified)]);
    expect(kinds[DENIED]).toBeUndefined();
  });

  it('is written as JSON that reads back as it was', () => {
    expect(JSON.parse(evidenceText(index))).toEqual(index);
  });

  it.each(['mtls/pa-scope-precedence', 'authz/authz-paths', 'seeds/seed-003-egress-gateway', 'jwt/jwt-locations'])(
    'knows kinds by no name of a mesh: %s',
    async (path) => {
      const original = load(path);
      const renaming = renamingOf(original, signedNames(original));
      if (renaming === undefined) throw new Error('nothing to rename');
      const [before, after] = await Promise.all([
        runCase(path, original),
        runCase(path, renameCase(original, renaming)),
      ]);
      expect(evidenceIndex([after]).kinds).toEqual(evidenceIndex([before]).kinds);
    },
  );
});
