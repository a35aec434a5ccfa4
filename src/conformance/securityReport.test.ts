/**
 * The security dashboards against what real istiod and Envoy did: facts of the recorded meshes by
 * name, and over the whole corpus that no door says what a verdict contradicts.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  type CompiledMesh,
  compile,
  enumerate,
  evaluate,
  loadAnalysis,
  parse,
  parsePlainYaml,
  type Trace,
} from '../engine.ts';
import type { CaseFile } from './caseFile.ts';
import { callFrom, variantInput } from './input.ts';

type Report = Awaited<ReturnType<typeof reportOf>>;

const AREAS = ['seeds', 'mtls'];

function readCase(path: string): CaseFile {
  const read = parsePlainYaml(readFileSync(`conformance/${path}`, 'utf8'));
  if (!read.ok) throw new Error(read.error);
  return read.value as CaseFile;
}

async function compiledVariant(file: CaseFile, name: string): Promise<CompiledMesh> {
  const variant = file.variants.find((candidate) => candidate.name === name);
  if (variant === undefined) throw new Error(`no variant ${name}`);
  const input = variantInput(file, variant);
  return compile(parse(input.files), input.options);
}

async function reportOf(compiled: CompiledMesh, file?: CaseFile, variant?: string) {
  const calls = file?.variants.find(({ name }) => name === variant)?.calls ?? [];
  const { securityReport } = await loadAnalysis();
  return securityReport(
    compiled.mesh,
    compiled.proxyConfig,
    calls.map((call) => ({ id: call.name, trace: evaluate(compiled, callFrom(compiled, file as CaseFile, call)) })),
  );
}

const statusOf = (report: Report, workload: string): string[] => [
  ...new Set(report.doors.filter((door) => door.workload === workload).map(({ status }) => status)),
];

describe('Online Boutique, as the tutorial goes', () => {
  const file = readCase('seeds/seed-004-boutique.yaml');
  const find = (part: string): string => {
    const found = file.variants.find(({ name }) => name.includes(part));
    if (found === undefined) throw new Error(`no variant with ${part}: ${file.variants.map(({ name }) => name)}`);
    return found.name;
  };
  const reportFor = async (part: string): Promise<Report> =>
    reportOf(await compiledVariant(file, find(part)), file, find(part));
  const sidecars = (report: Report) => report.doors.filter(({ namespace }) => namespace === 'demo');

  it('all of demo is strict under the namespace policy, which is in force everywhere', async () => {
    const report = await reportFor('2-namespace-strict');
    expect(new Set(sidecars(report).map(({ status }) => status))).toEqual(new Set(['strict']));
    expect(new Set(sidecars(report).map(({ level }) => level))).toEqual(new Set(['namespace']));
    expect(report.policies).toMatchObject([{ name: 'namespace-policy', state: 'in-force', scope: 'namespace' }]);
    // The plain calls were turned away; what crossed between workloads is mutual TLS.
    const passed = report.edges.filter(
      ({ from, to, end }) => from !== 'outside' && to.startsWith('demo/') && end !== 'refused',
    );
    expect(passed.length).toBeGreaterThan(0);
    expect(new Set(passed.map(({ carriage }) => carriage))).toEqual(new Set(['mutual-tls']));
    expect(report.edges.some(({ carriage, end }) => carriage === 'plain' && end === 'refused')).toBe(true);
  });

  it('all is permissive once it is deleted', async () => {
    const report = await reportFor('3-namespace-policy-deleted');
    expect(new Set(sidecars(report).map(({ status, level }) => `${status} ${level}`))).toEqual(
      new Set(['permissive default']),
    );
    expect(report.policies).toEqual([]);
  });

  it('only frontend is strict under its own policy', async () => {
    const report = await reportFor('4b');
    expect(statusOf(report, 'demo/frontend')).toEqual(['strict']);
    expect(statusOf(report, 'demo/cartservice')).toEqual(['permissive']);
    expect(report.policies).toMatchObject([{ name: 'frontend', selects: ['demo/frontend'], state: 'in-force' }]);
  });

  it('the mesh-wide policy reaches demo from the root namespace', async () => {
    const report = await reportFor('6-mesh-wide-strict');
    expect(new Set(sidecars(report).map(({ status, level }) => `${status} ${level}`))).toEqual(
      new Set(['strict mesh']),
    );
  });
});

describe('precedence', () => {
  const file = readCase('seeds/seed-004-precedence.yaml');
  const audit = async (variant: string) =>
    (await reportOf(await compiledVariant(file, variant))).policies.map(
      ({ namespace, name, state }) => `${namespace}/${name} ${state}`,
    );
  it('names policies that select nothing, that never count, and that others replace', async () => {
    expect(await audit('selector-matches-nothing')).toContainEqual(expect.stringMatching(/ selects-nothing$/));
    expect(await audit('root-namespace-with-selector-is-ignored')).toContainEqual(
      expect.stringMatching(/ root-selector$/),
    );
    const [mesh, namespace] = [
      await audit('mesh-strict-namespace-permissive'),
      await audit('mesh-strict-workload-permissive'),
    ];
    expect(mesh).toContainEqual(expect.stringMatching(/^istio-system\/.* (shadowed|partly)$/));
    expect(namespace).toContainEqual(expect.stringMatching(/^istio-system\/.* partly$/));
  });

  it('a port exception counts by the port of the workload', async () => {
    const report = await reportOf(await compiledVariant(file, 'strict-with-port-exception'));
    expect(report.doors.filter(({ level }) => level === 'port').map(({ port }) => port)).toEqual([8080]);
  });
});

it('a namespace without sidecars is protected by no policy', async () => {
  const file = readCase('seeds/seed-004-before-injection.yaml');
  const variants = file.variants.map(({ name }) => name);
  const reports = await Promise.all(variants.map(async (name) => reportOf(await compiledVariant(file, name))));
  const policies = reports.flatMap((report) => report.policies.filter(({ namespace }) => namespace === 'demo'));
  expect(policies.length).toBeGreaterThan(0);
  expect(new Set(policies.map(({ state }) => state))).toEqual(new Set(['only-without-proxy']));
  expect(new Set(reports.flatMap((report) => statusOf(report, 'demo/frontend')))).toEqual(new Set(['no-proxy']));
});

/** What arrived at inbound sidecars as plain text, and whether it got past the filter chains. */
function plainArrivals(trace: Trace): { workload: string; port: number; taken: boolean }[] {
  return trace.hops.flatMap(({ party, steps }) =>
    party.kind === 'proxy' && party.role === 'sidecar-inbound'
      ? steps.flatMap((step) =>
          step.kind === 'filter-chain-matched' && step.seen.transportProtocol === 'raw_buffer'
            ? [{ workload: party.workload, port: step.seen.destinationPort, taken: step.filterChain !== undefined }]
            : [],
        )
      : [],
  );
}

describe('no verdict contradicts a door', () => {
  it.each(AREAS)(
    'of %s',
    async (area) => {
      const contradictions: string[] = [];
      let checked = 0;
      for (const name of readdirSync(`conformance/${area}`).filter((entry) => entry.endsWith('.yaml'))) {
        const file = readCase(`${area}/${name}`);
        for (const variant of file.variants) {
          const compiled = await compiledVariant(file, variant.name);
          const doors = new Map(
            (await reportOf(compiled)).doors.map((door) => [`${door.workload} ${door.port}`, door.status]),
          );
          for (const call of variant.calls ?? []) {
            for (const { workload, port, taken } of enumerate(compiled, callFrom(compiled, file, call)).flatMap(
              plainArrivals,
            )) {
              const status = doors.get(`${workload} ${port}`);
              checked += status === undefined ? 0 : 1;
              if ((status === 'strict' && taken) || ((status === 'permissive' || status === 'disable') && !taken)) {
                contradictions.push(
                  `${name} ${variant.name} ${call.name}: ${workload}:${port} ${status}, taken ${taken}`,
                );
              }
            }
          }
        }
      }
      expect(contradictions).toEqual([]);
      expect(checked).toBeGreaterThan(0);
    },
    120_000,
  );
});
