/**
 * Which AuthorizationPolicies and RequestAuthentications reach which proxy: by namespace (root or
 * own), then by selector or targetRefs. All that reach it are in force together; none replaces
 * another. Authority: istio pilot/pkg/model/policyattachment.go ShouldAttachPolicy, and the
 * lookups in authorization.go and authentication.go.
 */
import { rememberLast } from '../../base/remembered.ts';
import { type Labels, selects } from '../../mesh/labels.ts';
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

/** One policy with what decides where it applies, read once. */
interface Entry<P> {
  readonly policy: P;
  /** Place in istiod's order. */
  readonly order: number;
  readonly selector: Labels | undefined;
  readonly targets: readonly PolicyTargetReference[];
}

/** Policies of one namespace, found by one label of their selector; `open` have none. */
interface NamespacePolicies<P> {
  readonly open: Entry<P>[];
  readonly byLabel: Map<string, Entry<P>[]>;
}

export type PoliciesByNamespace<P extends AttachablePolicy> = ReadonlyMap<string, NamespacePolicies<P>>;

const labelKey = (name: string, value: string): string => `${name}=${value}`;

export const groupByNamespace = <P extends AttachablePolicy>(policies: readonly P[]): PoliciesByNamespace<P> =>
  // The index of a list holds what the list holds; the memory only forgets its type.
  grouped(policies) as PoliciesByNamespace<P>;

const grouped = rememberLast(indexOf<AttachablePolicy>);

function indexOf<P extends AttachablePolicy>(policies: readonly P[]): PoliciesByNamespace<P> {
  const index = new Map<string, NamespacePolicies<P>>();
  policies.forEach((policy, order) => {
    const own: NamespacePolicies<P> = index.get(policy.namespace) ?? { open: [], byLabel: new Map() };
    index.set(policy.namespace, own);
    const { selector, targetRef, targetRefs: several = [] } = policy.body.spec ?? {};
    // `targetRef` counts only where there are no targetRefs.
    const targets = several.length > 0 || targetRef === undefined ? several : [targetRef];
    const entry: Entry<P> = { policy, order, selector: selector?.matchLabels, targets };
    const [first] = Object.entries(entry.selector ?? {});
    if (first === undefined || targets.length > 0) own.open.push(entry);
    else own.byLabel.set(labelKey(...first), [...(own.byLabel.get(labelKey(...first)) ?? []), entry]);
  });
  return index;
}

/** Whether a policy that was found in a namespace of the proxy applies to it. */
function isAttached<P extends AttachablePolicy>({ policy, selector, targets }: Entry<P>, workload: Workload): boolean {
  const gateway = workload.labels[GATEWAY_NAME_LABEL];
  if (targets.length === 0) {
    // A waypoint enforces only what targets it; ztunnel enforces the rest.
    if (gateway !== undefined && isWaypoint(workload)) return false;
    return selects(selector, workload.labels);
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
  return [...new Set(namespaces)].flatMap((namespace) => {
    const policies = index.get(namespace);
    if (policies === undefined) return [];
    const candidates = [...policies.open];
    for (const name in workload.labels)
      candidates.push(...(policies.byLabel.get(labelKey(name, workload.labels[name] ?? '')) ?? []));
    return candidates
      .filter((entry) => isAttached(entry, workload))
      .sort((a, b) => a.order - b.order)
      .map(({ policy }) => policy);
  });
}
