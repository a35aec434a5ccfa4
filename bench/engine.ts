/**
 * The engine's budgets: cold parse, one edit to a new verdict, one call, one proxy's whole
 * configuration, all pairs; at 100, 300 and 1,000 workloads cut from scale-1000.yaml.
 */
import { readFileSync } from 'node:fs';
import type { WorkloadId } from '../src/base/ids.ts';
import {
  type Call,
  type CompiledMesh,
  compile,
  createParseCache,
  evaluate,
  type ParseCache,
  parse,
} from '../src/engine.ts';
import type { Benchmark } from './measure.ts';

const OPTIONS = { now: Date.UTC(2026, 10, 23), seed: 'bench' };
const whole = readFileSync('bench/scale-1000.yaml', 'utf8');

/** The first `share` of the namespaces with all that is in them. */
function part(workloads: number): string {
  if (workloads >= 1000) return whole;
  const namespaces = Math.round((workloads / 1000) * 50);
  const keep = new Set(Array.from({ length: namespaces }, (_, i) => `ns-${i}`));
  return whole
    .split(/^---\n/m)
    .filter((document) => {
      const namespace = /^ {2}namespace: (\S+)/m.exec(document)?.[1] ?? /^ {2}name: (ns-\d+)$/m.exec(document)?.[1];
      return namespace === undefined || keep.has(namespace);
    })
    .join('---\n');
}

const files = (text: string) => [{ name: 'scale.yaml', text }];

/** A call between the first two workloads with a Service. */
function someCall(compiled: CompiledMesh): Call {
  const [from] = compiled.mesh.workloads.keys();
  const service = compiled.mesh.services.find(({ endpoints }) => endpoints.some(({ workload }) => workload !== from));
  if (from === undefined || service === undefined) throw new Error('no workloads in the benchmark mesh');
  return httpCall(from, service.hostname, service.ports[0]?.number ?? 80);
}

const httpCall = (from: WorkloadId, host: string, port: number): Call => ({
  from,
  container: 'app',
  request: {
    kind: 'http',
    url: `http://${host}:${port}/`,
    method: 'GET',
    headers: [],
    httpVersion: '1.1',
    pathAsIs: false,
    tls: { insecure: false },
  },
});

interface Prepared {
  readonly text: string;
  readonly cache: ParseCache;
  readonly compiled: CompiledMesh;
  readonly call: Call;
}

const prepared = new Map<number, Promise<Prepared>>();

function prepare(workloads: number): Promise<Prepared> {
  const known = prepared.get(workloads);
  if (known !== undefined) return known;
  const made = (async () => {
    const text = part(workloads);
    const cache = createParseCache();
    const compiled = await compile(parse(files(text), cache), OPTIONS);
    const call = someCall(compiled);
    evaluate(compiled, call);
    return { text, cache, compiled, call };
  })();
  prepared.set(workloads, made);
  return made;
}

let edit = 0;

/** One document in the middle of the text, changed as somebody would while typing. */
const EDITS: Readonly<Record<string, (text: string, value: string) => string>> = {
  'a policy': (text, value) =>
    inDocument(text, 'AuthorizationPolicy', /(\n {2}name: \S+)\n/, `$1\n  labels: {edit: ${value}}\n`),
  'a pod': (text, value) =>
    inDocument(text, 'Deployment', /(template:\s+metadata:\s+labels:)(\s+)/, `$1$2edit: ${value}$2`),
  'a policy inserted': (text, value) => inserted(text, value),
  'a Service': (text, value) => inDocument(text, 'Service', /(\n {2}name: \S+)\n/, `$1\n  labels: {edit: ${value}}\n`),
};

function inDocument(text: string, kind: string, place: RegExp, replacement: string): string {
  const documents = text.split(/^---\n/m);
  const ofKind = documents.flatMap((document, index) => (document.includes(`\nkind: ${kind}\n`) ? [index] : []));
  const at = ofKind[Math.floor(ofKind.length / 2)];
  const changed = at === undefined ? undefined : documents[at]?.replace(place, replacement);
  if (at === undefined || changed === undefined || changed === documents[at]) throw new Error(`no ${kind} to edit`);
  documents[at] = changed;
  return documents.join('---\n');
}

/** In the middle of the text, where those after it are the younger ones. */
function inserted(text: string, name: string): string {
  const documents = text.split(/^---\n/m);
  const policy = [
    'apiVersion: security.istio.io/v1',
    'kind: AuthorizationPolicy',
    `metadata: {name: ${name}, namespace: ns-1}`,
    'spec: {selector: {matchLabels: {app: nothing}}}',
  ];
  return documents.toSpliced(documents.length >> 1, 0, `${policy.join('\n')}\n`).join('---\n');
}

const forSize = (workloads: number): Benchmark[] => [
  {
    name: `cold parse and validation: ${workloads} workloads`,
    repeat: 3,
    body: () => `${parse(files(part(workloads))).resources.length} resources`,
  },
  ...Object.entries(EDITS).map(
    ([what, rewrite]): Benchmark => ({
      name: `one edit to a new verdict, ${what}: ${workloads} workloads`,
      repeat: 25,
      async body() {
        const { text, cache, call } = await prepare(workloads);
        const compiled = await compile(parse(files(rewrite(text, `e${edit++}`)), cache), OPTIONS);
        return evaluate(compiled, call).disposition.kind;
      },
    }),
  ),
  {
    name: `one call, configuration at hand (x100): ${workloads} workloads`,
    repeat: 5,
    async body() {
      const { compiled, call } = await prepare(workloads);
      let kind = '';
      for (let i = 0; i < 100; i++) kind = evaluate(compiled, call).disposition.kind;
      return kind;
    },
  },
  {
    name: `whole configuration of one proxy: ${workloads} workloads`,
    repeat: 3,
    async body() {
      const compiled = await compile(parse(files(part(workloads)), (await prepare(workloads)).cache), OPTIONS);
      const [first] = compiled.mesh.workloads.keys();
      const config = compiled.proxyConfig(first as WorkloadId);
      const clusters = [...config.clusters.values()].length;
      const routes = [...config.routes.values()].reduce((sum, table) => sum + table.virtualHosts.length, 0);
      return `${config.listeners.length} listeners, ${clusters} clusters, ${routes} virtual hosts`;
    },
  },
];

export const engineBenchmarks: readonly Benchmark[] = [
  ...[100, 300, 1000].flatMap(forSize),
  {
    name: 'one caller to every Service: 1000 workloads',
    repeat: 1,
    async body() {
      const { compiled } = await prepare(1000);
      const [from] = compiled.mesh.workloads.keys();
      let allowed = 0;
      for (const { hostname, ports } of compiled.mesh.services) {
        const trace = evaluate(compiled, httpCall(from as WorkloadId, hostname, ports[0]?.number ?? 80));
        if (trace.disposition.kind === 'served') allowed++;
      }
      return `${allowed} of ${compiled.mesh.services.length} served`;
    },
  },
];
