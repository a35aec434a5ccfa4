/**
 * What is remembered between edits changes nothing: after every edit of a series, mesh, diagnostics,
 * proxy configurations and traces are those of the same text read for the first time. Tried on
 * meshes of the corpus.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type SeededRandom, seededRandom } from '../base/seededRandom.ts';
import {
  type CompiledMesh,
  compile,
  createParseCache,
  evaluate,
  type ParseCache,
  parse,
  parsePlainYaml,
} from '../engine.ts';
import type { CaseFile, CaseVariant } from './caseFile.ts';
import { callFrom, variantInput } from './input.ts';

const CORPUS = 'conformance';
/** Edits of one kind tried on a mesh, each on top of those before. */
const EDITS_OF_A_KIND = 3;

/** A few of each area, evenly spread. */
const cases = readdirSync(CORPUS, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .flatMap(({ name: area }) => {
    const names = readdirSync(join(CORPUS, area)).filter((name) => name.endsWith('.yaml'));
    const step = Math.ceil(names.length / 2);
    return names
      .sort()
      .filter((_, index) => index % step === 0)
      .map((name) => `${area}/${name}`);
  });

const OTHER_WORD: Readonly<Record<string, string>> = {
  STRICT: 'DISABLE',
  PERMISSIVE: 'STRICT',
  DISABLE: 'PERMISSIVE',
  ISTIO_MUTUAL: 'DISABLE',
  ALLOW: 'DENY',
  DENY: 'ALLOW',
  REGISTRY_ONLY: 'ALLOW_ANY',
};

/** Changes of one document; one that does not fit a document leaves it as it is. */
const REWRITES: Readonly<Record<string, (document: string) => string>> = {
  'a mode': (text) =>
    text.replace(
      /\b(mode|action): "?(STRICT|PERMISSIVE|DISABLE|ISTIO_MUTUAL|ALLOW|DENY|REGISTRY_ONLY)\b/,
      (_, field: string, word: string) => `${field}: ${OTHER_WORD[word] ?? word}`,
    ),
  'a label': (text) => text.replace(/\b(app|version|istio-injection): [\w"-]+/, '$1: other'),
  'a port': (text) => text.replace(/\b(port|number|targetPort|containerPort): \d+/, '$1: 8123'),
  'a namespace': (text) => text.replace(/\bnamespace: ([\w-]+)/, 'namespace: $1-b'),
  'an annotation': (text) => text.replace(/^metadata:$/m, 'metadata:\n  annotations: {a: b}'),
  removal: () => '',
};

const INSERTED = [
  'apiVersion: security.istio.io/v1',
  'kind: PeerAuthentication',
  'metadata: {name: inserted, namespace: istio-system}',
  'spec: {mtls: {mode: STRICT}}',
].join('\n');

const SHUFFLES: Readonly<Record<string, (documents: readonly string[]) => readonly string[]>> = {
  'one document twice': (documents) => [...documents, documents[0] ?? ''],
  'a new one among the others': (documents) => documents.toSpliced(documents.length >> 1, 0, INSERTED),
  'another order': (documents) => [...documents.slice(1), documents[0] ?? ''],
};

/** The texts that a series of edits leads through. */
function* edited(start: readonly string[], random: SeededRandom): Iterable<readonly [string, readonly string[]]> {
  let documents = start;
  yield ['as it stands', documents];
  for (const [name, rewrite] of Object.entries(REWRITES)) {
    const candidates = documents.map((_, at) => at).filter((at) => rewrite(documents[at] ?? '') !== documents[at]);
    for (let edit = 0; edit < EDITS_OF_A_KIND && candidates.length > 0; edit++) {
      const [at] = candidates.splice(Math.floor(random.next() * candidates.length), 1);
      documents = documents.map((document, index) => (index === at ? rewrite(document) : document));
      yield [name, documents];
    }
  }
  for (const [name, shuffle] of Object.entries(SHUFFLES)) {
    documents = shuffle(documents);
    yield [name, documents];
  }
}

/** Numbers that tell only which of two is older. */
const AGES = ['order', 'createdAt'];

/** Each by its place among all of its name. */
const withAgesAsPlaces = (whole: unknown): unknown =>
  AGES.reduce((value, name) => {
    const found = new Set<number>();
    const visit = (meet: (age: number) => number): unknown =>
      JSON.parse(JSON.stringify(value), (key, inner: unknown) =>
        key === name && typeof inner === 'number' ? meet(inner) : inner,
      );
    visit((age) => {
      found.add(age);
      return age;
    });
    const places = new Map([...found].sort((a, b) => a - b).map((age, place) => [age, place]));
    return visit((age) => places.get(age) ?? age);
  }, whole);

/** All that the engine makes of a mesh, as plain data; lazy parts made, functions left out. */
function everything({ mesh, diagnostics, proxyConfig }: CompiledMesh): object {
  const { workloads, services, namespaces, config, resources, taints } = mesh;
  const ages = [...resources.values()]
    .flat()
    .map((resource) => ({ id: resource.id, createdAt: mesh.createdAt(resource) }));
  const configs = [...workloads.values()].flatMap(({ id, proxy }) => {
    if (proxy === 'none') return [];
    const { listeners, routes, clusters, secrets, nacks, taints: own } = proxyConfig(id);
    return [{ id, listeners, routes: [...routes], clusters: [...clusters], secrets: [...secrets], nacks, taints: own }];
  });
  const whole = {
    workloads: [...workloads],
    byIp: [...mesh.workloadByIp],
    services,
    byHost: [...mesh.serviceByHostname],
    namespaces: [...namespaces],
    config,
    resources: [...resources],
    taints,
    ages,
    diagnostics,
    configs,
  };
  return withAgesAsPlaces(JSON.parse(JSON.stringify(whole, plain))) as object;
}

const plain = (_: string, value: unknown): unknown =>
  value instanceof Map ? [...value] : typeof value === 'bigint' ? String(value) : value;

function tracesOf(compiled: CompiledMesh, file: CaseFile, variant: CaseVariant): unknown {
  return (variant.calls ?? []).map((call) => {
    try {
      return evaluate(compiled, callFrom(compiled, file, call));
    } catch {
      // The caller was edited away.
      return undefined;
    }
  });
}

const compiledWith = (cache: ParseCache, documents: readonly string[], input: ReturnType<typeof variantInput>) =>
  compile(parse([{ name: 'case.yaml', text: documents.join('\n---\n') }], cache), input.options);

describe('after edits, what was remembered agrees with what is read afresh', () => {
  it.each(cases)('%s', async (path) => {
    const read = parsePlainYaml(readFileSync(join(CORPUS, path), 'utf8'));
    if (!read.ok) throw new Error(read.error);
    const file = read.value as CaseFile;
    const [variant] = file.variants;
    if (variant === undefined) throw new Error('no variant');
    const input = variantInput(file, variant);
    const cache = createParseCache();
    const start = input.files.flatMap(({ text }) => text.split(/^---\s*$/m));
    const texts = [...edited(start, seededRandom(path))];
    const judged = async (kept: ParseCache | undefined) => {
      const results = [];
      for (const [edit, documents] of texts) {
        const compiled = await compiledWith(kept ?? createParseCache(), documents, input);
        results.push({ edit, traces: tracesOf(compiled, file, variant), ...everything(compiled) });
      }
      return results;
    };
    const remembered = await judged(cache);
    const afresh = await judged(undefined);
    // One by one: a difference is shown with the edit that made it.
    for (const index of texts.keys()) expect(remembered[index]).toEqual(afresh[index]);
  });
});
