/**
 * The custom CA cases with nothing given from outside: cert-manager's objects, mesh configuration and
 * ProxyConfigs in the manifests alone decide who signs for whom, and the verdicts stay what real
 * istiod and Envoy answered.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parsePlainYaml } from '../engine.ts';
import type { CaseFile } from './caseFile.ts';
import { runCase } from './runCase.ts';

const FOLDER = 'conformance/seeds';
const files = readdirSync(FOLDER).filter((name) => name.startsWith('seed-001-'));

describe('certificates that the mesh issues by itself', () => {
  it.each(files)('%s', async (name) => {
    const read = parsePlainYaml(readFileSync(`${FOLDER}/${name}`, 'utf8'));
    if (!read.ok) throw new Error(read.error);
    const { workloadCAs, ...file } = read.value as CaseFile;
    expect(workloadCAs).toBeDefined();
    const { variants } = await runCase(name, file);
    const calls = variants.flatMap((variant) => variant.calls.map((call) => ({ variant: variant.variant, ...call })));
    expect(calls.length).toBeGreaterThan(0);
    expect(calls.filter(({ outcome }) => outcome !== 'agrees')).toEqual([]);
  });
});
