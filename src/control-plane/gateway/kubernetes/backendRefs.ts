/**
 * `backendRefs` -> destinations. A backend that is missing, of an unknown kind, or in another
 * namespace without a grant, keeps its share of the traffic and answers 500; a reference that is
 * malformed makes the whole route void.
 *
 * Upstream authority: istio pilot/pkg/config/kube/gateway/conversion.go buildDestination,
 * buildHTTPDestination, buildTCPDestination.
 */
import { resourcesOf } from '../../../mesh/resourceIndex.ts';
import type { Mesh } from '../../../mesh/types.ts';
import type { Destination } from '../../../resources/kinds/virtualService.ts';
import { CLUSTER_DOMAIN } from '../../routes/hostnames.ts';
import { referenceGranted } from './referenceGrants.ts';

export interface BackendReference {
  readonly group?: string;
  readonly kind?: string;
  readonly name?: string;
  readonly namespace?: string;
  readonly port?: number;
  readonly weight?: number;
}

export interface BackendContext {
  readonly mesh: Mesh;
  readonly routeKind: string;
  readonly namespace: string;
  /** Routes on gateways need grants across namespaces; those in the mesh do not. */
  readonly needsGrant: boolean;
}

/** No host: whatever goes there is answered 500. */
const NOWHERE: Destination = {};

/** Undefined: the route is void. */
export function backendDestination(reference: BackendReference, context: BackendContext): Destination | undefined {
  const { group = '', kind = 'Service', name = '', namespace = context.namespace, port } = reference;
  if (context.needsGrant && namespace !== context.namespace) {
    const from = { group: 'gateway.networking.k8s.io', kind: context.routeKind, namespace: context.namespace };
    if (!referenceGranted(context.mesh, { from, to: { group, kind, namespace, name } })) return NOWHERE;
  }
  const isService = group === '' && kind === 'Service';
  const isImport = group === 'multicluster.x-k8s.io' && kind === 'ServiceImport';
  const isHostname = group === 'networking.istio.io' && kind === 'Hostname';
  if (!isService && !isImport && !isHostname) return NOWHERE;
  if (isService && name.includes('.')) return undefined;
  if (isHostname && reference.namespace !== undefined) return undefined;
  if (port === undefined) return undefined;
  return { host: isHostname ? name : `${name}.${namespace}.svc.${CLUSTER_DOMAIN}`, port: { number: port } };
}

/** Whether a mirror's backend exists: a mirror to nowhere is left out. */
export function backendExists(reference: BackendReference, context: BackendContext): boolean {
  const { kind = 'Service', name = '', namespace = context.namespace } = reference;
  if (kind === 'Hostname') return context.mesh.services.some(({ hostname }) => hostname === name);
  return resourcesOf(context.mesh, 'core/Service').some(
    (service) => service.name === name && service.namespace === namespace,
  );
}

export const weightOf = ({ weight }: BackendReference): number => weight ?? 1;

/** Without weight nobody gets anything; a single backend needs no weight. */
export function weighted<B extends BackendReference>(
  backends: readonly B[],
): readonly { readonly backend: B; readonly weight: number }[] {
  const used = backends.filter((backend) => weightOf(backend) !== 0);
  return used.map((backend) => ({ backend, weight: used.length === 1 ? 0 : weightOf(backend) }));
}
