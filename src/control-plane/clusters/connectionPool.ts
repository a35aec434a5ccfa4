/**
 * The connection pool settings of a cluster: the DestinationRule's, else the mesh's
 * defaultTrafficPolicy; on the inbound side a Sidecar's own come before both
 * (cluster_traffic_policy.go applyDefaultTrafficPolicy, cluster_builder.go buildInboundCluster).
 */
import { parseDurationMs } from '../../mesh/duration.ts';
import type { MeshConfig } from '../../mesh/types.ts';
import type { ConnectionPoolSettings } from '../../resources/kinds/shared/trafficPolicy.ts';
import type { Cluster } from '../envoy/cluster.ts';
import type { InboundPort } from '../listeners/inboundPorts.ts';
import { effectiveTrafficPolicy, type Sourced } from '../scope/trafficPolicy.ts';
import type { ProxyScope } from '../scope/types.ts';

export type ConnectionPool = Sourced<ConnectionPoolSettings> | undefined;

export function meshConnectionPool({ raw, origin }: MeshConfig): ConnectionPool {
  const value = raw.defaultTrafficPolicy?.connectionPool;
  if (value === undefined || origin === undefined) return undefined;
  return { value, origin: { ...origin, path: [...origin.path, 'defaultTrafficPolicy', 'connectionPool'] } };
}

export function inboundConnectionPool(scope: ProxyScope, port: InboundPort): ConnectionPool {
  const { sidecar, mesh } = scope;
  const ingress = sidecar?.body.spec?.ingress ?? [];
  const index = ingress.findIndex((entry) => entry.port?.number === port.port);
  const own = ingress[index]?.connectionPool;
  if (sidecar !== undefined && own !== undefined) {
    return { value: own, origin: { resource: sidecar.id, path: ['spec', 'ingress', index, 'connectionPool'] } };
  }
  const general = sidecar?.body.spec?.inboundConnectionPool;
  if (sidecar !== undefined && general !== undefined) {
    return { value: general, origin: { resource: sidecar.id, path: ['spec', 'inboundConnectionPool'] } };
  }
  const service = port.service && scope.serviceByHost.get(port.service);
  const rule = service && scope.inboundDestinationRule(service);
  return effectiveTrafficPolicy(rule, port.servicePort, undefined, meshConnectionPool(mesh.config)).connectionPool;
}

export const connectTimeoutMs = (config: MeshConfig, pool: ConnectionPool): number =>
  parseDurationMs(pool?.value.tcp?.connectTimeout) ?? config.connectTimeoutMs;

/** Envoy's thresholds; what istiod leaves out is as good as unlimited there. Zero is not set. */
export function circuitBreaker(pool: ConnectionPool): Pick<Cluster, 'circuitBreaker'> {
  const { tcp, http } = pool?.value ?? {};
  const limits = {
    ...limit('maxConnections', tcp?.maxConnections),
    ...limit('maxPendingRequests', http?.http1MaxPendingRequests),
    ...limit('maxRequests', http?.http2MaxRequests),
  };
  return pool === undefined || Object.keys(limits).length === 0
    ? {}
    : { circuitBreaker: { ...limits, origin: pool.origin } };
}

const limit = (name: 'maxConnections' | 'maxPendingRequests' | 'maxRequests', value: number | undefined) =>
  value === undefined || value <= 0 ? {} : { [name]: value };
