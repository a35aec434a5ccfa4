/**
 * Which AuthorizationPolicies and RequestAuthentications reach which proxy: by namespace (root or
 * own), then by selector or targetRefs. All that reach it are in force together; none replaces
 * another. Authority: istio pilot/pkg/model/policyattachment.go ShouldAttachPolicy, and the
 * lookups in authorization.go and authentication.go.
 */
import { selects } from '../../mesh/labels.ts';
import type { Mesh, Workload } from '../../mesh/types.ts';
import type { PolicyTargetReference, WorkloadSelector } from '../../resources/kinds/shared/selector.ts';
import type { ResourceMeta } from '../../resources/types.ts';

/** What the two kinds have in common. */
export interface AttachablePolicy extends ResourceMeta {
  readonly body: {
    readonly spec?: {
      readonly selector?: WorkloadSelector;
      readonly targetRef?: PolicyTargetReference;
      readonly targetRefs?: readonly PolicyTargetReference[];
    };
  };
}

const GATEWAY_NAME_LABEL = 'gateway.networking.k8s.io/gateway-name';
/** Waypoints are made by their own controller, which says so on the pod. */
const MANAGED_LABEL = 'gateway.istio.io/managed';
const WAYPOINT_CONTROLLER = 'istio.io-mesh-controller';

const isWaypoint = (workload: Workload): boolean => workload.labels[MANAGED_LABEL] === WAYPOINT_CONTROLLER;

/** `targetRef` counts only where there are no targetRefs. */
function targetRefs(policy: AttachablePolicy): readonly PolicyTargetReference[] {
  const { targetRef, targetRefs: several = [] } = policy.body.spec ?? {};
  return several.length > 0 || targetRef === undefined ? several : [targetRef];
}

/** Whether a policy that was found in a namespace of the proxy applies to it. */
export function isAttached(policy: AttachablePolicy, workload: Workload): boolean {
  const gateway = workload.labels[GATEWAY_NAME_LABEL];
  const targets = targetRefs(policy);
  if (targets.length === 0) {
    // A waypoint enforces only what targets it; ztunnel enforces the rest.
    if (gateway !== undefined && isWaypoint(workload)) return false;
    return selects(policy.body.spec?.selector?.matchLabels, workload.labels);
  }
  if (gateway === undefined || policy.namespace !== workload.namespace) return false;
  return targets.some(
    (target) =>
      target.group === 'gateway.networking.k8s.io' &&
      target.kind === 'Gateway' &&
      target.name === gateway &&
      (!target.namespace || target.namespace === workload.namespace),
  );
}

export type PoliciesByNamespace<P extends AttachablePolicy> = ReadonlyMap<string, readonly P[]>;

export function groupByNamespace<P extends AttachablePolicy>(policies: readonly P[]): PoliciesByNamespace<P> {
  const index = new Map<string, P[]>();
  for (const policy of policies) {
    const list = index.get(policy.namespace);
    if (list === undefined) index.set(policy.namespace, [policy]);
    else list.push(policy);
  }
  return index;
}

/** The policies in force on a proxy, namespace by namespace in the order given. */
export function attachedPolicies<P extends AttachablePolicy>(
  index: PoliciesByNamespace<P>,
  workload: Workload,
  order: 'root-first' | 'own-first',
  mesh: Pick<Mesh, 'config'>,
): readonly P[] {
  const { rootNamespace } = mesh.config;
  const own = workload.namespace;
  const namespaces = order === 'root-first' ? [rootNamespace, own] : [own, rootNamespace];
  return [...new Set(namespaces)].flatMap((namespace) =>
    (index.get(namespace) ?? []).filter((policy) => isAttached(policy, workload)),
  );
}
