/**
 * Which host of a cluster a request or connection goes to. Input: the cluster, the downstream
 * connection (for original-destination clusters) and the hosts already tried; output: an address.
 * Several equal hosts are a lot; a retry avoids hosts that failed while others are left.
 * Upstream authority: Envoy source/common/upstream/{load_balancer_base,original_dst_cluster}.cc.
 */
import type { Cluster, ClusterEndpoint } from '../../control-plane/envoy/cluster.ts';
import { isIpv4 } from '../../network/cidr.ts';
import { resolveHost } from '../../network/resolve.ts';
import type { CannotTell } from '../../trace/trace.ts';
import { filterLookup } from '../packetFilter.ts';
import type { Accepted } from '../proxy/accepted.ts';

export interface Target {
  readonly address: string;
  readonly port: number;
  /** Absent for original-destination clusters. */
  readonly endpoint?: ClusterEndpoint;
}

export type Selection =
  | { readonly kind: 'target'; readonly target: Target }
  | { readonly kind: 'no-host' }
  | { readonly kind: 'cannot-tell'; readonly why: CannotTell };

export const targetId = (target: Target): string => `${target.address}:${target.port}`;

export function selectEndpoint(accepted: Accepted, cluster: Cluster, tried: readonly string[]): Selection {
  if (cluster.type === 'DYNAMIC_FORWARD_PROXY') {
    return { kind: 'cannot-tell', why: { code: 'unmodelled-protocol', params: { cluster: cluster.name } } };
  }
  const lookups = cluster.endpoints.some(({ dnsName }) => dnsName !== undefined && !isIpv4(dnsName));
  const lookedUp = lookups ? filterLookup(accepted.run, accepted.workload) : undefined;
  if (lookedUp?.kind === 'cannot-tell') return lookedUp;
  const all =
    cluster.type === 'ORIGINAL_DST'
      ? [originalDestination(accepted, cluster)]
      : hosts(accepted, cluster, lookedUp?.kind !== 'dropped');
  const fresh = all.filter((target) => !tried.includes(targetId(target)));
  const candidates = fresh.length > 0 ? fresh : all;
  const drawn = accepted.run.choose(
    accepted.hop,
    'endpoint',
    candidates.map(targetId),
    candidates.map((target) => target.endpoint?.weight ?? 1),
  );
  const target = candidates[drawn];
  accepted.hop.step({
    kind: 'endpoint-selected',
    origins: target?.endpoint?.origins ?? cluster.origins,
    candidates: all.map(targetId),
    ...(target === undefined ? {} : { endpoint: targetId(target) }),
    ...(target?.endpoint?.workload === undefined ? {} : { workload: target.endpoint.workload }),
  });
  return target === undefined ? { kind: 'no-host' } : { kind: 'target', target };
}

function originalDestination({ connection }: Accepted, cluster: Cluster): Target {
  return { address: connection.destinationIp, port: cluster.originalDstPortOverride ?? connection.destinationPort };
}

/** The hosts of the best priority that has any; without DNS, those with addresses. */
function hosts(accepted: Accepted, cluster: Cluster, dns: boolean): readonly Target[] {
  const { mesh } = accepted.run.env;
  const reachable = cluster.endpoints.flatMap((endpoint): Target[] => {
    if (endpoint.dnsName === undefined) return [{ address: endpoint.address, port: endpoint.port, endpoint }];
    if (!dns && !isIpv4(endpoint.dnsName)) return [];
    const resolved = resolveHost(mesh, accepted.workload.namespace, endpoint.dnsName);
    return resolved.kind === 'address' ? [{ address: resolved.address, port: endpoint.port, endpoint }] : [];
  });
  const best = Math.min(...reachable.map((target) => target.endpoint?.priority ?? 0));
  return reachable.filter((target) => (target.endpoint?.priority ?? 0) === best);
}
