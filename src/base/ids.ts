/**
 * The ids that cross layers. All are readable strings, so traces and tests stay legible.
 * ResourceId `group/Kind/namespace/name` (group `core` for the core API, namespace empty for
 * cluster-scoped kinds); WorkloadId `namespace/name`, the conformance corpus's own notation.
 */
import type { Brand } from './brand.ts';

export type ResourceId = Brand<string, 'ResourceId'>;
/** `namespace/deployment`. */
export type WorkloadId = Brand<string, 'WorkloadId'>;
/** Fully qualified host of a Service or ServiceEntry, e.g. `frontend.demo.svc.cluster.local`. */
export type Hostname = Brand<string, 'Hostname'>;
/** `spiffe://trust-domain/ns/namespace/sa/service-account`. */
export type SpiffeId = Brand<string, 'SpiffeId'>;

export const resourceId = (group: string, kind: string, namespace: string, name: string): ResourceId =>
  `${group === '' ? 'core' : group}/${kind}/${namespace}/${name}` as ResourceId;

export const workloadId = (namespace: string, name: string): WorkloadId => `${namespace}/${name}` as WorkloadId;

/** The parts of a ResourceId. */
export function resourceIdParts(id: ResourceId): { group: string; kind: string; namespace: string; name: string } {
  const [group = '', kind = '', namespace = '', ...rest] = id.split('/');
  return { group: group === 'core' ? '' : group, kind, namespace, name: rest.join('/') };
}
