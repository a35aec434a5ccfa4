/**
 * The workloads that a resource's selector selects, by the rule of its kind; the labels that a
 * selector being written can choose from.
 */
import { selects } from '../../mesh/labels.ts';
import type { Mesh, Workload } from '../../mesh/types.ts';
import { labelsOf, type ReferencePlace } from './reference.ts';

/** Where workloads may be that a resource of this kind and namespace selects. */
function scopeOf(mesh: Mesh, kind: string, namespace: string): readonly Workload[] {
  const all = [...mesh.workloads.values()];
  // Gateway looks in every namespace; policies of the root namespace reach the whole mesh.
  const isMeshWide = kind === 'Gateway' || (POLICIES.has(kind) && namespace === mesh.config.rootNamespace);
  return isMeshWide ? all : all.filter((workload) => workload.namespace === namespace);
}

const POLICIES: ReadonlySet<string> = new Set([
  'AuthorizationPolicy',
  'RequestAuthentication',
  'PeerAuthentication',
  'Telemetry',
  'EnvoyFilter',
  'WasmPlugin',
  'ProxyConfig',
]);

const SELECTOR_PATHS: Readonly<Record<string, readonly string[]>> = {
  AuthorizationPolicy: ['spec', 'selector', 'matchLabels'],
  RequestAuthentication: ['spec', 'selector', 'matchLabels'],
  PeerAuthentication: ['spec', 'selector', 'matchLabels'],
  Telemetry: ['spec', 'selector', 'matchLabels'],
  WasmPlugin: ['spec', 'selector', 'matchLabels'],
  ProxyConfig: ['spec', 'selector', 'matchLabels'],
  Sidecar: ['spec', 'workloadSelector', 'labels'],
  EnvoyFilter: ['spec', 'workloadSelector', 'labels'],
  ServiceEntry: ['spec', 'workloadSelector', 'labels'],
  Service: ['spec', 'selector'],
  Gateway: ['spec', 'selector'],
};

/** Kinds for which no selector means nothing, rather than everything. */
const NEEDS_SELECTOR: ReadonlySet<string> = new Set(['Service', 'ServiceEntry']);

export const hasSelector = (kind: string): boolean => SELECTOR_PATHS[kind] !== undefined;

/** Undefined: resources of this kind select no workloads. */
export function selectedWorkloads({
  mesh,
  kind,
  namespace,
  valueAt,
}: Omit<ReferencePlace, 'path'>): readonly Workload[] | undefined {
  const path = SELECTOR_PATHS[kind];
  if (path === undefined) return undefined;
  const selector = labelsOf(valueAt(path));
  if (Object.keys(selector).length === 0 && NEEDS_SELECTOR.has(kind)) return [];
  return scopeOf(mesh, kind, namespace).filter(({ labels }) => selects(selector, labels));
}

/** Labels that injection adds; nobody selects by them. */
const ADDED = /^(?:security\.istio\.io\/tlsMode|service\.istio\.io\/|pod-template-hash$|istio\.io\/rev$)/;

/** Keys and values of labels that a selector in this place can name. */
export function labelChoices({ mesh, kind, namespace }: ReferencePlace): ReadonlyMap<string, ReadonlySet<string>> {
  const choices = new Map<string, Set<string>>();
  const inScope = kind === 'VirtualService' || kind === 'DestinationRule' ? [] : scopeOf(mesh, kind, namespace);
  const workloads = inScope.length > 0 ? inScope : [...mesh.workloads.values()];
  for (const { labels } of workloads) {
    for (const [key, value] of Object.entries(labels)) {
      if (ADDED.test(key)) continue;
      const values = choices.get(key) ?? new Set();
      choices.set(key, values.add(value));
    }
  }
  return choices;
}
