/**
 * Everything that can be found, one row each: what stands on the canvas, documents that do not
 * (policies, issuers ...), and the steps of the call on show. `find` keeps those that an expression
 * means, in this order.
 */
import { resourceIdParts } from '../../base/ids.ts';
import type { SourceRange } from '../../base/origin.ts';
import type { Trace } from '../../trace/trace.ts';
import type { MeshGraph } from '../../worker/meshGraph.ts';
import type { OutlineEntry } from '../../worker/protocol.ts';
import { authorityNode, namespaceNode, OUTSIDE, serviceNode, workloadNode } from '../nodeIds.ts';
import { authorityName } from '../selectors/authorityName.ts';
import type { FindExpression, FindKey, FindTerm } from './findExpression.ts';

export interface Findable {
  readonly id: string;
  /** Lower case, as `kind:` takes it; the first is its own. */
  readonly kinds: readonly string[];
  readonly label: string;
  readonly namespace: string;
  readonly name: string;
  /** What words are looked for in, lower case. */
  readonly text: string;
  readonly mtls?: string;
  readonly injection?: boolean;
  readonly proxy?: string;
  readonly serviceAccount?: string;
  readonly labels?: Readonly<Record<string, string>>;
  /** It refused a call: one of the saved ones, or the one on show. */
  readonly denied: boolean;
  /** The canvas nodes that light up. */
  readonly nodes: readonly string[];
  readonly range?: SourceRange;
  /** Of the call on show. */
  readonly step?: { readonly hop: number; readonly index: number };
}

/** A step of the call on show, as the page words it. */
export interface FindableStep {
  readonly hop: number;
  readonly index: number;
  readonly line: string;
  readonly kind: string;
  readonly node: string | undefined;
  readonly decided: boolean;
}

export interface Findings {
  readonly graph: MeshGraph;
  readonly outline: readonly OutlineEntry[];
  readonly steps: readonly FindableStep[];
  /** Of the saved calls and of the one on show. */
  readonly traces: readonly Trace[];
}

export function findables({ graph, outline, steps, traces }: Findings): readonly Findable[] {
  const refusing = refusingWorkloads(traces);
  const drawn = new Set<string>();
  const rows: Findable[] = [
    row({ id: OUTSIDE, kinds: ['outside'], label: OUTSIDE, namespace: '', name: OUTSIDE, nodes: [OUTSIDE] }),
  ];
  for (const { name, injection, mtls, range } of graph.namespaces) {
    drawn.add(`Namespace//${name}`);
    const nodes = range === undefined ? [] : [namespaceNode(name)];
    rows.push(
      row({
        id: `ns:${name}`,
        kinds: ['namespace'],
        label: name,
        namespace: name,
        name,
        mtls,
        injection,
        nodes,
        range,
      }),
    );
  }
  for (const workload of graph.workloads) {
    const { id, namespace, name, controller, proxy, serviceAccount, labels, mtls, range, externalHost } = workload;
    drawn.add(`${controller}/${namespace}/${name}`);
    const isGateway = proxy === 'gateway';
    rows.push(
      row({
        id: workloadNode(id),
        kinds: [
          isGateway ? 'gateway' : externalHost === undefined ? 'workload' : 'external',
          'workload',
          controller.toLowerCase(),
        ],
        label: externalHost ?? id,
        namespace,
        name,
        more: [externalHost ?? '', serviceAccount],
        ...(proxy === 'none' ? {} : { mtls }),
        proxy,
        serviceAccount,
        labels,
        denied: refusing.has(id),
        nodes: [workloadNode(id)],
        range,
      }),
    );
  }
  for (const { id, namespace, name, type, hostname, registry, workloads, range } of graph.services) {
    if (registry !== 'kubernetes') continue;
    drawn.add(`Service/${namespace}/${name}`);
    const nodes = type === 'LoadBalancer' ? [serviceNode(id)] : workloads.map(workloadNode);
    rows.push(
      row({
        id: serviceNode(id),
        kinds: ['service', type.toLowerCase()],
        label: `Service ${id}`,
        namespace,
        name,
        more: [hostname],
        nodes,
        range,
      }),
    );
  }
  for (const authority of graph.authorities) {
    const { id, resource, range } = authority;
    const made = resource === undefined ? undefined : resourceIdParts(resource);
    if (made !== undefined) drawn.add(`${made.kind}/${made.namespace}/${made.name}`);
    rows.push(
      row({
        id: authorityNode(id),
        kinds: ['ca', ...(made === undefined ? [] : [made.kind.toLowerCase()])],
        label: `CA ${authorityName(authority)}`,
        namespace: made?.namespace ?? '',
        name: authorityName(authority),
        more: [authority.name],
        nodes: [authorityNode(id)],
        range,
      }),
    );
  }
  for (const { kind, namespace, name, range, resource } of outline) {
    if (drawn.has(`${kind}/${namespace}/${name}`)) continue;
    const group = resource?.split('/')[0] ?? '';
    rows.push(
      row({
        id: `doc:${range.file}:${range.start}`,
        kinds: [kind.toLowerCase(), ...(POLICY_GROUP.test(group) ? ['policy'] : [])],
        label: `${kind} ${namespace === '' ? name : `${namespace}/${name}`}`,
        namespace,
        name,
        more: [kind],
        nodes: namespace === '' ? [] : [namespaceNode(namespace)],
        range,
      }),
    );
  }
  for (const { hop, index, line, kind, node, decided } of steps) {
    rows.push({
      ...row({
        id: `step:${hop}:${index}`,
        kinds: ['step', kind],
        label: line,
        namespace: namespaceOfNode(node),
        name: kind,
        nodes: node === undefined ? [] : [node],
      }),
      denied: decided,
      step: { hop, index },
    });
  }
  return rows;
}

const POLICY_GROUP = /^(security|networking)\.istio\.io$/;

const namespaceOfNode = (node: string | undefined): string => /^(?:wl|svc):([^/]+)\//.exec(node ?? '')?.[1] ?? '';

interface RowParts extends Omit<Findable, 'text' | 'denied' | 'range'> {
  readonly denied?: boolean;
  readonly range?: SourceRange | undefined;
  readonly more?: readonly string[];
}

function row({ more = [], denied = false, range, ...parts }: RowParts): Findable {
  const text = [parts.label, parts.namespace, parts.name, ...more].join(' ').toLowerCase();
  return { ...parts, denied, text, ...(range === undefined ? {} : { range }) };
}

function refusingWorkloads(traces: readonly Trace[]): ReadonlySet<string> {
  const refusing = new Set<string>();
  for (const { disposition, hops } of traces) {
    if (disposition.kind !== 'refused') continue;
    const party = hops.find(({ id }) => id === disposition.hop)?.party;
    if (party?.kind === 'proxy' || party?.kind === 'application') refusing.add(party.workload);
  }
  return refusing;
}

/** An empty expression means nothing, not everything. */
export function find(rows: readonly Findable[], { terms }: FindExpression): readonly Findable[] {
  return terms.length === 0 ? [] : rows.filter((candidate) => terms.every((term) => holds(term, candidate)));
}

export function holds(term: FindTerm, candidate: Findable): boolean {
  return term.values.some((value) => isSo(term.key, value, candidate)) !== term.negated;
}

function isSo(key: FindKey | undefined, value: string, candidate: Findable): boolean {
  switch (key) {
    case undefined:
      return candidate.text.includes(value);
    case 'ns':
      return candidate.namespace.toLowerCase() === value;
    case 'kind':
      return candidate.kinds.some((kind) => kind.startsWith(value));
    case 'name':
      return candidate.name.toLowerCase().includes(value);
    case 'mtls':
      return candidate.mtls?.toLowerCase() === value;
    case 'injection':
      return candidate.injection !== undefined && candidate.injection === (value === 'on');
    case 'proxy':
      return candidate.proxy === value;
    case 'sa':
      return candidate.serviceAccount?.toLowerCase() === value;
    case 'label':
      return Object.entries(candidate.labels ?? {}).some(
        ([name, content]) => `${name}=${content}`.toLowerCase() === value || name.toLowerCase() === value,
      );
    case 'denied':
      return candidate.denied === (value === 'true');
  }
}

/** Values that this mesh has, for completion. */
export function vocabularyOf(rows: readonly Findable[]): Partial<Readonly<Record<FindKey, readonly string[]>>> {
  const distinct = (values: readonly string[]): string[] => [...new Set(values)].filter((value) => value !== '').sort();
  return {
    ns: distinct(rows.map(({ namespace }) => namespace)),
    kind: distinct(rows.flatMap(({ kinds }) => kinds)),
    name: distinct(rows.filter(({ step }) => step === undefined).map(({ name }) => name)),
    sa: distinct(rows.map(({ serviceAccount }) => serviceAccount ?? '')),
    label: distinct(
      rows.flatMap(({ labels = {} }) => Object.entries(labels).map(([name, value]) => `${name}=${value}`)),
    ),
  };
}
