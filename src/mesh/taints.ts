/**
 * What is in the mesh, would change the configuration of some proxies and is not simulated:
 * kinds recognised by name only, and ambient mode. A verdict that passes through a proxy so
 * tainted cannot be told. Telemetry changes no verdict and taints nothing.
 */
import { rememberLast } from '../base/remembered.ts';
import type { Resource } from '../resources/types.ts';
import { onlyRevision } from './inForce.ts';
import { type Labels, selects } from './labels.ts';
import type { Taint, Workload } from './types.ts';
import type { PodFacts } from './workloads.ts';

interface Selecting {
  readonly spec?: {
    readonly workloadSelector?: { readonly labels?: Labels };
    readonly selector?: { readonly matchLabels?: Labels };
    readonly targetRef?: TargetRef;
    readonly targetRefs?: readonly TargetRef[];
  };
}
interface TargetRef {
  readonly group?: string;
  readonly kind?: string;
  readonly name?: string;
}

const USE_WAYPOINT = 'istio.io/use-waypoint';

const CODES: Readonly<Record<string, Taint['code']>> = {
  'networking.istio.io/EnvoyFilter': 'wasm-or-lua',
  'extensions.istio.io/WasmPlugin': 'wasm-or-lua',
  'extensions.istio.io/TrafficExtension': 'wasm-or-lua',
};

export function buildTaints(
  resources: readonly Resource[],
  rootNamespace: string,
  pods: readonly PodFacts[],
): readonly Taint[] {
  const suspects = resources.filter(mayTaint);
  return [
    ...suspects.flatMap((resource) => extension(resource, rootNamespace)),
    ...suspects.flatMap(waypoint),
    ...suspects.flatMap((resource) => otherRevision(resource, rootNamespace, pods)),
    ...pods
      .filter(({ proxy, runsAsProxy }) => proxy === 'sidecar' && runsAsProxy)
      .map(
        ({ id, origin }): Taint => ({
          code: 'unmodelled-field',
          params: { field: 'securityContext.runAsUser', workload: id },
          origin,
          selects: (workload) => workload.id === id,
        }),
      ),
    ...pods
      .filter(({ ambient }) => ambient)
      .map(
        ({ id, origin }): Taint => ({
          code: 'ambient',
          params: { workload: id },
          origin,
          selects: (workload) => workload.id === id,
        }),
      ),
  ];
}

/** Worked out once for each resource: nearly all of them taint nothing. */
const mayTaint = rememberLast(
  (resource: Resource): boolean =>
    CODES[`${resource.group}/${resource.kind}`] !== undefined ||
    resource.labels[USE_WAYPOINT] !== undefined ||
    onlyRevision(resource) !== undefined,
);

/** Kinds that say something of proxies in their own namespace only, but for the root namespace's. */
const isLocal = ({ group, kind }: Resource): boolean =>
  group === 'security.istio.io' || kind === 'Sidecar' || kind === 'ProxyConfig';

/** A label names the revision that reads a resource; pods may name theirs by a tag, which is not known here. */
function otherRevision(resource: Resource, rootNamespace: string, pods: readonly PodFacts[]): readonly Taint[] {
  const revision = onlyRevision(resource);
  if (revision === undefined) return [];
  const local = isLocal(resource) && resource.namespace !== rootNamespace;
  const others = new Set(
    pods
      .filter((pod) => pod.proxy !== 'none' && pod.revision !== revision)
      .filter((pod) => !local || pod.namespace === resource.namespace)
      .map(({ id }) => id),
  );
  if (others.size === 0) return [];
  return [
    {
      code: 'unmodelled-field',
      params: { field: `istio.io/rev: ${revision}`, kind: resource.kind, name: resource.name },
      origin: { resource: resource.id, path: ['metadata', 'labels', 'istio.io/rev'] },
      selects: (workload) => others.has(workload.id),
    },
  ];
}

function extension(resource: Resource, rootNamespace: string): readonly Taint[] {
  const code = CODES[`${resource.group}/${resource.kind}`];
  if (code === undefined) return [];
  const spec = (resource.body as Selecting).spec ?? {};
  const selector = spec.workloadSelector?.labels ?? spec.selector?.matchLabels;
  const targets = spec.targetRefs ?? (spec.targetRef === undefined ? [] : [spec.targetRef]);
  return [
    {
      code: resource.kind === 'EnvoyFilter' ? 'unmodelled-kind' : code,
      params: { kind: resource.kind, name: resource.name, namespace: resource.namespace },
      origin: { resource: resource.id, path: [] },
      selects: (workload) => {
        if (workload.proxy === 'none') return false;
        if (resource.namespace !== rootNamespace && resource.namespace !== workload.namespace) return false;
        if (targets.length > 0) return targets.some((target) => targetsWorkload(target, workload));
        return selects(selector, workload.labels);
      },
    },
  ];
}

/** Only gateways of the Gateway API can be targets; their pods carry the gateway's name. */
const targetsWorkload = (target: TargetRef, workload: Workload): boolean =>
  target.kind === 'Gateway' && workload.labels['gateway.networking.k8s.io/gateway-name'] === target.name;

/** A waypoint takes over the policies of what is enrolled with it: nothing of ambient is simulated. */
function waypoint(resource: Resource): readonly Taint[] {
  const use = resource.labels[USE_WAYPOINT];
  if (use === undefined || use === 'none') return [];
  return [
    {
      code: 'ambient',
      params: { kind: resource.kind, name: resource.name, waypoint: use },
      origin: { resource: resource.id, path: ['metadata', 'labels', USE_WAYPOINT] },
      selects: (workload) => workload.ambient && enrols(resource, workload),
    },
  ];
}

const enrols = (resource: Resource, workload: Workload): boolean =>
  resource.kind === 'Namespace' ? resource.name === workload.namespace : resource.namespace === workload.namespace;
