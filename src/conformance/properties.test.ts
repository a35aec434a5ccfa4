/**
 * Properties that hold for every mesh, tried on the corpus: the order of documents, unrelated
 * namespaces, and what a stricter mTLS mode may change.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../base/seededRandom.ts';
import { type Call, compile, enumerate, parse, parsePlainYaml, type Trace, type WorkspaceFile } from '../engine.ts';
import type { CaseFile, CaseVariant } from './caseFile.ts';
import { callFrom, variantInput } from './input.ts';

const CORPUS = 'conformance';
const AREAS = ['mtls', 'routing', 'random', 'authz', 'gateway'];

function load(path: string): CaseFile {
  const read = parsePlainYaml(readFileSync(path, 'utf8'));
  if (!read.ok) throw new Error(`${path}: ${read.error}`);
  return read.value as CaseFile;
}

/** Every third case of each area: enough to be telling, quick enough for every run. */
const cases = AREAS.flatMap((area) =>
  readdirSync(join(CORPUS, area))
    .sort()
    .filter((_, i) => i % 3 === 0)
    .map((name) => [`${area}/${name}`, join(CORPUS, area, name)] as const),
);

const verdictOf = ({ outcome }: Trace): unknown =>
  outcome.kind === 'http' ? [outcome.status, outcome.curlExit, outcome.servedBy, outcome.body] : outcome;

async function verdicts(file: CaseFile, variant: CaseVariant, files: readonly WorkspaceFile[]): Promise<string[]> {
  const compiled = await compile(parse(files), variantInput(file, variant).options);
  return (variant.calls ?? []).map((call) => {
    const all = enumerate(compiled, callFrom(compiled, file, call)).map((trace) => JSON.stringify(verdictOf(trace)));
    return `${call.name}: ${[...new Set(all)].sort().join(' or ')}`;
  });
}

const documentsOf = (files: readonly WorkspaceFile[]): string[] =>
  files.flatMap(({ text }) => text.split(/^---\s*$/m)).filter((text) => text.trim() !== '');

/** Ages written out, as the corpus counts them, so that order need not tell. */
function withAges(documents: readonly string[]): { readonly istio: string[]; readonly others: string[] } {
  const istio: string[] = [];
  const others: string[] = [];
  for (const document of documents) {
    const read = parsePlainYaml(document);
    const object = (read.ok ? read.value : undefined) as { apiVersion?: string; metadata?: object } | undefined;
    if (object === undefined || object === null) continue;
    if (object.apiVersion?.includes('istio.io/') !== true) others.push(document);
    else {
      const creationTimestamp = new Date(Date.UTC(2026, 0, 1) + istio.length * 60_000)
        .toISOString()
        .replace('.000', '');
      istio.push(JSON.stringify({ ...object, metadata: { creationTimestamp, ...object.metadata } }));
    }
  }
  return { istio, others };
}

function shuffled<T>(items: readonly T[], seed: string): T[] {
  const random = seededRandom(seed);
  return items
    .map((item) => ({ item, at: random.next() }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item);
}

describe('the order of documents changes no verdict, given ages and addresses', () => {
  it.each(cases)('%s', async (name, path) => {
    const file = load(path);
    const [variant] = file.variants;
    if (variant === undefined) throw new Error('no variant');
    const { files } = variantInput(file, variant);
    const { istio, others } = withAges(documentsOf(files));
    const text = [...shuffled(istio, name), ...others].join('\n---\n');
    expect(await verdicts(file, variant, [{ name: 'shuffled.yaml', text }])).toEqual(
      await verdicts(file, variant, files),
    );
  });
});

const UNRELATED = `
apiVersion: v1
kind: Namespace
metadata: {name: unrelated-zz, labels: {istio-injection: enabled}}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: bystander, namespace: unrelated-zz}
spec:
  selector: {matchLabels: {app: bystander}}
  template:
    metadata: {labels: {app: bystander}}
    spec:
      serviceAccountName: bystander
      containers: [{name: app, image: app, ports: [{containerPort: 8123}]}]
---
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: {name: default, namespace: unrelated-zz}
spec: {mtls: {mode: STRICT}}
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: {name: nothing, namespace: unrelated-zz}
spec: {}
`;

describe('an unrelated namespace changes no verdict', () => {
  it.each(cases)('%s', async (_name, path) => {
    const file = load(path);
    const [variant] = file.variants;
    if (variant === undefined) throw new Error('no variant');
    const { files } = variantInput(file, variant);
    expect(await verdicts(file, variant, [...files, { name: 'unrelated.yaml', text: UNRELATED }])).toEqual(
      await verdicts(file, variant, files),
    );
  });
});

describe('PERMISSIVE accepts whatever STRICT and DISABLE accept of a caller without a sidecar', () => {
  const MESH = readFileSync(join(CORPUS, 'seeds/seed-004-boutique.yaml'), 'utf8');
  const policy = (mode: string): string =>
    `apiVersion: security.istio.io/v1\nkind: PeerAuthentication\nmetadata: {name: default, namespace: istio-system}\nspec: {mtls: {mode: ${mode}}}\n`;
  it('on every call of Online Boutique', async () => {
    const read = parsePlainYaml(MESH);
    if (!read.ok) throw new Error(read.error);
    const file = read.value as CaseFile;
    const [variant] = file.variants;
    if (variant === undefined) throw new Error('no variant');
    const input = variantInput(file, variant);
    const served = async (mode: string): Promise<boolean[]> => {
      const compiled = await compile(parse([...input.files, { name: 'mode.yaml', text: policy(mode) }]), input.options);
      return (variant.calls ?? []).map((call) =>
        isServed(enumerate(compiled, callFrom(compiled, file, call) satisfies Call)),
      );
    };
    const [strict, permissive, disable] = [await served('STRICT'), await served('PERMISSIVE'), await served('DISABLE')];
    for (const [i, call] of (variant.calls ?? []).entries()) {
      expect({ call: call.name, permissive: permissive[i] }).toEqual({
        call: call.name,
        permissive: permissive[i] === true || strict[i] === true || disable[i] === true,
      });
    }
    expect(strict).toContain(false);
  });
});

const isServed = (traces: readonly Trace[]): boolean =>
  traces.every(({ disposition }) => disposition.kind === 'served');
