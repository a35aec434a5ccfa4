/**
 * Clusters behind the inbound listener: the application on each declared port, and whatever port
 * undeclared traffic came for. All are plain text; the source address 127.0.0.6 keeps the
 * connection out of the capture rules (cluster.go buildInboundClusters, cluster_builder.go
 * buildInboundCluster, buildInboundPassthroughCluster).
 */
import type { Origin } from '../../base/origin.ts';
import { isHttp2Protocol } from '../../mesh/portProtocol.ts';
import { BLACKHOLE, INBOUND_PASSTHROUGH, inboundCluster, PASSTHROUGH } from '../clusterNames.ts';
import type { Cluster } from '../envoy/cluster.ts';
import { type InboundPort, inboundPorts } from '../listeners/inboundPorts.ts';
import { hasIngress } from '../scope/sidecarSelection.ts';
import type { ProxyScope } from '../scope/types.ts';
import {
  type ConnectionPool,
  circuitBreaker,
  connectTimeoutMs,
  inboundConnectionPool,
  meshConnectionPool,
} from './connectionPool.ts';
import { reason } from './reasons.ts';

const LOOPBACK = '127.0.0.1';
const POD_ADDRESS = ['0.0.0.0', ''];
export const INBOUND_SOURCE = '127.0.0.6';

export const inboundClusterNames = (scope: ProxyScope): readonly string[] =>
  inboundPorts(scope).map(({ port }) => inboundCluster(port));

export function inboundClusterOf(scope: ProxyScope, name: string): Cluster | undefined {
  const port = inboundPorts(scope).find((candidate) => inboundCluster(candidate.port) === name);
  return port && forPort(scope, port);
}

function forPort(scope: ProxyScope, port: InboundPort): Cluster | undefined {
  const target = targetOf(scope, port);
  if (target === 'invalid') return undefined;
  const { workload, mesh } = scope;
  const pool = inboundConnectionPool(scope, port);
  const endpoint = target && {
    address: target.address,
    port: target.port,
    workload: workload.id,
    weight: 1,
    priority: 0,
    origins: port.origins,
  };
  return {
    name: inboundCluster(port.port),
    type: endpoint === undefined ? 'ORIGINAL_DST' : 'STATIC',
    endpoints: endpoint === undefined ? [] : [endpoint],
    transport: { kind: 'raw', why: reason('inbound-plain-text'), origins: [] },
    upstreamHttp: upstreamHttp(port, pool),
    connectTimeoutMs: connectTimeoutMs(mesh.config, pool),
    ...circuitBreaker(pool),
    ...(target?.address === LOOPBACK ? {} : { bindSource: INBOUND_SOURCE }),
    ...(target?.unix === true
      ? { cannotTell: { code: 'unmodelled-field' as const, params: { field: 'ingress.defaultEndpoint', host: '' } } }
      : {}),
    origins: port.origins,
  };
}

function upstreamHttp({ protocol }: InboundPort, pool: ConnectionPool): Cluster['upstreamHttp'] {
  if (pool?.value.http?.useClientProtocol === true) return 'use-downstream';
  if (isHttp2Protocol(protocol)) return 'http2';
  return protocol === 'Unsupported' ? 'use-downstream' : 'http1';
}

interface Target {
  readonly address: string;
  readonly port: number;
  readonly unix?: boolean;
}

/** Where the connection goes; undefined: to the address it came for. */
function targetOf(scope: ProxyScope, port: InboundPort): Target | undefined | 'invalid' {
  if (!hasIngress(scope.sidecar)) {
    return scope.mesh.config.inboundTrafficPolicy === 'LOCALHOST' ? { address: LOOPBACK, port: port.port } : undefined;
  }
  const ingress = (scope.sidecar?.body.spec?.ingress ?? []).find((entry) => entry.port?.number === port.port);
  const endpoint = ingress?.defaultEndpoint ?? '';
  if (endpoint === '') return undefined;
  if (endpoint.startsWith('unix://')) return { address: endpoint, port: 0, unix: true };
  const colon = endpoint.lastIndexOf(':');
  const number = Number(endpoint.slice(colon + 1));
  if (colon < 0 || !Number.isInteger(number) || endpoint.slice(colon + 1) === '') return 'invalid';
  const host = endpoint.slice(0, colon);
  if (POD_ADDRESS.includes(host)) return { address: scope.workload.ip, port: number };
  return host === LOOPBACK ? { address: LOOPBACK, port: number } : undefined;
}

const fixed = (
  scope: ProxyScope,
  name: string,
  more: Pick<Cluster, 'type' | 'upstreamHttp' | 'transport'> & Partial<Cluster>,
  origins: readonly Origin[] = [],
): Cluster => ({
  name,
  endpoints: [],
  connectTimeoutMs: scope.mesh.config.connectTimeoutMs,
  origins,
  ...more,
});

/** Clusters that every proxy of its type has. */
export function fixedClusters(scope: ProxyScope): ReadonlyMap<string, () => Cluster> {
  const raw = (code: Parameters<typeof reason>[0]) => ({ kind: 'raw' as const, why: reason(code), origins: [] });
  const blackHole: readonly [string, () => Cluster] = [
    BLACKHOLE,
    () => fixed(scope, BLACKHOLE, { type: 'STATIC', upstreamHttp: 'http1', transport: raw('no-upstream') }),
  ];
  if (scope.proxyType === 'gateway') return new Map([blackHole]);
  const originalDestination = {
    type: 'ORIGINAL_DST',
    upstreamHttp: 'use-downstream',
    connectTimeoutMs: connectTimeoutMs(scope.mesh.config, meshConnectionPool(scope.mesh.config)),
  } as const;
  const clusters: (readonly [string, () => Cluster])[] = [
    blackHole,
    [PASSTHROUGH, () => fixed(scope, PASSTHROUGH, { ...originalDestination, transport: raw('passthrough') })],
    [
      INBOUND_PASSTHROUGH,
      () =>
        fixed(scope, INBOUND_PASSTHROUGH, {
          ...originalDestination,
          transport: raw('inbound-plain-text'),
          bindSource: INBOUND_SOURCE,
        }),
    ],
  ];
  if (scope.outboundTrafficPolicy.mode === 'ALLOW_ANY_DYNAMIC_DNS') {
    clusters.push([DYNAMIC_DNS, () => dynamicDns(scope, raw('passthrough'))]);
  }
  return new Map(clusters);
}

export const DYNAMIC_DNS = 'AllowAnyDynamicDNSCluster';

const dynamicDns = (scope: ProxyScope, transport: Cluster['transport']): Cluster =>
  fixed(
    scope,
    DYNAMIC_DNS,
    {
      type: 'DYNAMIC_FORWARD_PROXY',
      upstreamHttp: 'use-downstream',
      transport,
      cannotTell: { code: 'unmodelled-field', params: { field: 'ALLOW_ANY_DYNAMIC_DNS', host: '*' } },
    },
    scope.outboundTrafficPolicy.origins,
  );
