/** What the API server would hand out: objects of the mesh by kind, namespace, name and label. */
import type { CompiledMesh, Resource, Workload } from '../../engine.ts';
import { isSecret, issuedSecrets } from './issuedSecrets.ts';
import { type ConsoleKind, POD } from './kinds.ts';

export interface ConsoleObject {
  readonly kind: ConsoleKind;
  readonly namespace: string;
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly created?: number;
  /** Cells between NAME and AGE. */
  readonly cells: readonly string[];
  /** The object as JSON. */
  readonly manifest: () => Readonly<Record<string, unknown>>;
  readonly resource?: Resource;
}

export interface Selection {
  /** Absent: every namespace. */
  readonly namespace?: string;
  readonly names: readonly string[];
  /** `app=web,tier!=cache`. */
  readonly labels?: string;
}

export function objectsOf(compiled: CompiledMesh, kind: ConsoleKind, selection: Selection): readonly ConsoleObject[] {
  const all =
    kind === POD
      ? pods(compiled)
      : [...resources(compiled, kind), ...(isSecret(kind) ? issuedSecrets(compiled, kind) : [])];
  return all
    .filter(
      ({ namespace, name, labels }) =>
        (kind.clusterScoped === true || selection.namespace === undefined || namespace === selection.namespace) &&
        (selection.names.length === 0 || selection.names.includes(name)) &&
        matches(selection.labels, labels),
    )
    .sort((a, b) => compare(a.namespace, b.namespace) || compare(a.name, b.name));
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function resources(compiled: CompiledMesh, kind: ConsoleKind): ConsoleObject[] {
  return compiled.parsed.resources
    .filter((resource) => resource.kind === kind.kind && resource.group === kind.group)
    .map((resource) => ({
      kind,
      namespace: resource.namespace,
      name: resource.name,
      labels: resource.labels,
      ...(resource.creationTimestamp === undefined ? {} : { created: resource.creationTimestamp }),
      cells: kind.cells?.(resource.body as Readonly<Record<string, unknown>>, resource, compiled) ?? [],
      manifest: () => manifestOf(resource),
      resource,
    }));
}

function manifestOf(resource: Resource): Readonly<Record<string, unknown>> {
  const { group, version, kind, name, namespace, labels, annotations, body, creationTimestamp } = resource;
  return {
    apiVersion: group === '' ? version : `${group}/${version}`,
    kind,
    metadata: {
      name,
      ...(namespace === '' ? {} : { namespace }),
      ...(Object.keys(labels).length === 0 ? {} : { labels }),
      ...(Object.keys(annotations).length === 0 ? {} : { annotations }),
      ...(creationTimestamp === undefined
        ? {}
        : { creationTimestamp: new Date(creationTimestamp).toISOString().replace('.000Z', 'Z') }),
    },
    ...(body as Readonly<Record<string, unknown>>),
  };
}

function pods({ mesh }: CompiledMesh): ConsoleObject[] {
  return [...mesh.workloads.values()]
    .filter(({ externalHost }) => externalHost === undefined)
    .map((workload) => ({
      kind: POD,
      namespace: workload.namespace,
      name: workload.podName,
      labels: workload.labels,
      cells: [workload.proxy === 'sidecar' ? '2/2' : '1/1', 'Running', '0'],
      manifest: () => podManifest(workload),
    }));
}

function podManifest(workload: Workload): Readonly<Record<string, unknown>> {
  const { podName, namespace, labels, serviceAccount, ip, proxy } = workload;
  const own = proxy === 'gateway' ? [] : [{ name: 'app' }];
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: podName, namespace, labels },
    spec: {
      serviceAccountName: serviceAccount,
      containers: [...own, ...(proxy === 'none' ? [] : [{ name: 'istio-proxy' }])],
    },
    status: { phase: 'Running', podIP: ip },
  };
}

/** Equality-based selectors; `in` and `notin` as kubectl spells them. */
function matches(selector: string | undefined, labels: Readonly<Record<string, string>>): boolean {
  if (selector === undefined || selector === '') return true;
  return selector.split(/,(?![^(]*\))/).every((term) => {
    const set = /^\s*([^\s!=]+)\s+(in|notin)\s+\(([^)]*)\)\s*$/.exec(term);
    if (set !== null) {
      const [, key = '', operator, values = ''] = set;
      const isIn = values.split(',').some((value) => value.trim() === labels[key]);
      return operator === 'in' ? isIn : !isIn;
    }
    const equal = /^\s*([^\s!=]+)\s*(==?|!=)\s*(.*?)\s*$/.exec(term);
    if (equal !== null) return (labels[equal[1] ?? ''] === equal[3]) === (equal[2] !== '!=');
    const key = term.trim();
    return key.startsWith('!') ? !(key.slice(1) in labels) : key in labels;
  });
}
