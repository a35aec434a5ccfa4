/**
 * The cluster of one service port, or of one subset of it (cluster.go buildOutboundClusters,
 * cluster_builder.go applyDestinationRule, buildSubsetCluster). Undefined where istiod makes none:
 * a DNS service without endpoints, a subset that no DestinationRule has.
 */
import { isHttp2Protocol, protocolClass } from '../../mesh/portProtocol.ts';
import type { Endpoint, Mesh, MeshService, ServicePort } from '../../mesh/types.ts';
import type { ConnectionPoolSettings } from '../../resources/kinds/shared/trafficPolicy.ts';
import type { CannotTell } from '../../trace/trace.ts';
import { outboundCluster as clusterName, outboundSni } from '../clusterNames.ts';
import type { Cluster } from '../envoy/cluster.ts';
import { isWildcard } from '../routes/hostnames.ts';
import {
  type EffectiveTrafficPolicy,
  effectiveTrafficPolicy,
  endpointTlsMode,
  type SubsetInForce,
  subsetOf,
  tlsMode,
} from '../scope/trafficPolicy.ts';
import type { EffectiveDestinationRule, ProxyScope } from '../scope/types.ts';
import { autoMtls } from './autoMtls.ts';
import { clusterEndpoints } from './clusterEndpoints.ts';
import { circuitBreaker, connectTimeoutMs, meshConnectionPool } from './connectionPool.ts';
import { localityPreference } from './locality.ts';
import { reason } from './reasons.ts';
import { acceptedIdentities, endpointsOfPort } from './serviceEndpoints.ts';
import { upstreamTransport } from './upstreamTls.ts';

export interface ClusterKey {
  readonly service: MeshService;
  readonly port: ServicePort;
  /** '' for the service as a whole. */
  readonly subset: string;
  /** For a gateway that passes mesh mTLS on by SNI: same endpoints, never TLS of its own. */
  readonly sniRouted: boolean;
}

export function outboundClusterOf(scope: ProxyScope, key: ClusterKey): Cluster | undefined {
  const { mesh } = scope;
  const { service, port } = key;
  if (service.resolution === 'ALIAS' || protocolClass(port.protocol) === 'none') return undefined;
  const rule = scope.destinationRule(service);
  const subset = key.subset === '' ? undefined : subsetOf(rule, key.subset);
  if (key.subset !== '' && subset === undefined) return undefined;

  const policy = effectiveTrafficPolicy(rule, port.number, subset, meshConnectionPool(mesh.config));
  const type = clusterType(scope, key, rule, policy, subset);
  if (type === undefined) return undefined;
  const held = endpointsOfPort(mesh, service, port.number);
  const all = clusterEndpoints(mesh, type, service, port, subset, endpointTlsMode(rule, port.number, subset));
  // What is passed on by SNI is mesh mTLS: only endpoints that speak it are offered.
  const endpoints = key.sniRouted ? all.filter((endpoint) => endpoint.tlsMode !== undefined) : all;
  if ((type === 'STRICT_DNS' || type === 'LOGICAL_DNS') && endpoints.length === 0) return undefined;

  const pool = policy.connectionPool;
  const upstreamHttp = upstreamProtocol(scope, port, pool?.value);
  // istiod looks at the raw policy of the level, not at the one in force for the port.
  const inspected = subset === undefined ? rule?.spec.trafficPolicy : subset.subset.trafficPolicy;
  const transport = key.sniRouted
    ? { kind: 'raw' as const, why: reason('sni-routed'), origins: [] }
    : upstreamTransport({
        config: mesh.config,
        proxyType: scope.proxyType,
        tls: policy.tls,
        ruleHasSelector: rule?.spec.workloadSelector !== undefined,
        auto: autoMtls(mesh, service, held, inspected?.loadBalancer?.simple === 'PASSTHROUGH'),
        originalDestination: type === 'ORIGINAL_DST',
        http2: upstreamHttp === 'http2',
        meshSni: outboundSni(port.number, key.subset, service.hostname),
        identities: acceptedIdentities(mesh, service),
        fromServiceEntry: service.registry === 'service-entry',
      });
  const cannotTell = unmodelled(mesh, service, policy, type, held);
  const portOverride = service.resolution === 'NONE' ? port.declaredTargetPort : undefined;
  return {
    name: nameOf(key),
    type,
    endpoints,
    ...(type === 'ORIGINAL_DST' && portOverride !== undefined ? { originalDstPortOverride: portOverride } : {}),
    transport,
    upstreamHttp,
    connectTimeoutMs: connectTimeoutMs(mesh.config, pool),
    ...circuitBreaker(pool),
    ...(cannotTell === undefined ? {} : { cannotTell }),
    origins: [
      ...(subset === undefined ? [] : [{ resource: subset.resource.id, path: subset.path }]),
      ...(rule?.from ?? []).map(({ id }) => ({ resource: id, path: [] })),
      port.origin,
    ],
  };
}

const nameOf = ({ service, port, subset, sniRouted }: ClusterKey): string =>
  (sniRouted ? outboundSni : clusterName)(port.number, subset, service.hostname);

function clusterType(
  scope: ProxyScope,
  key: ClusterKey,
  rule: EffectiveDestinationRule | undefined,
  policy: EffectiveTrafficPolicy,
  subset: SubsetInForce | undefined,
): Cluster['type'] | undefined {
  const discovery = discoveryType(scope, key.service);
  if (discovery === 'DYNAMIC_FORWARD_PROXY') {
    const { protocol } = key.port;
    const supported = protocol === 'HTTP' || protocol === 'TLS' || protocol === 'GRPC' || protocol === 'HTTP2';
    return supported && subset === undefined ? discovery : undefined;
  }
  // A subset starts from what the service's own cluster became.
  const ownPolicy = subset === undefined ? policy : effectiveTrafficPolicy(rule, key.port.number, undefined, undefined);
  const asService = isPassthrough(ownPolicy) ? 'ORIGINAL_DST' : discovery;
  if (subset === undefined) return asService;
  const bySubset = subset.subset.trafficPolicy?.loadBalancer?.simple === 'PASSTHROUGH' || isPassthrough(policy);
  return bySubset ? 'ORIGINAL_DST' : asService;
}

const isPassthrough = (policy: EffectiveTrafficPolicy): boolean => policy.loadBalancer?.value.simple === 'PASSTHROUGH';

/** Gateways have no original destination: services without addresses become empty EDS clusters. */
function discoveryType(scope: ProxyScope, service: MeshService): Cluster['type'] {
  switch (service.resolution) {
    case 'DNS':
      return 'STRICT_DNS';
    case 'DNS_ROUND_ROBIN':
      return 'LOGICAL_DNS';
    case 'NONE':
      return scope.proxyType === 'gateway' ? 'EDS' : 'ORIGINAL_DST';
    case 'DYNAMIC_DNS':
      return isWildcard(service.hostname) ? 'DYNAMIC_FORWARD_PROXY' : 'EDS';
    default:
      return 'EDS';
  }
}

function upstreamProtocol(
  scope: ProxyScope,
  port: ServicePort,
  pool: ConnectionPoolSettings | undefined,
): Cluster['upstreamHttp'] {
  const http = pool?.http;
  if (http?.useClientProtocol === true) return 'use-downstream';
  if (isHttp2Protocol(port.protocol)) return 'http2';
  if (scope.proxyType === 'sidecar' && port.protocol === 'Unsupported') return 'use-downstream';
  if (http?.h2UpgradePolicy === 'UPGRADE') return 'http2';
  if (http?.h2UpgradePolicy === 'DO_NOT_UPGRADE') return 'http1';
  return scope.mesh.config.h2Upgrade && protocolClass(port.protocol) === 'HTTP' ? 'http2' : 'http1';
}

/** Settings that would change what this cluster does and are not simulated. */
function unmodelled(
  mesh: Mesh,
  service: MeshService,
  policy: EffectiveTrafficPolicy,
  type: Cluster['type'],
  endpoints: readonly Endpoint[],
): CannotTell | undefined {
  const field = (name: string): CannotTell => ({
    code: 'unmodelled-field',
    params: { field: name, host: service.hostname },
  });
  if (policy.tunnel !== undefined) return field('trafficPolicy.tunnel');
  if (policy.proxyProtocol !== undefined) return field('trafficPolicy.proxyProtocol');
  const tls = policy.tls?.value;
  if (tls?.caCrl && (tlsMode(tls) === 'SIMPLE' || tlsMode(tls) === 'MUTUAL') && !tls.credentialName) {
    return field('trafficPolicy.tls.caCrl');
  }
  const locality = localityPreference(mesh.config, policy.loadBalancer?.value, endpoints);
  if (locality !== undefined) return field(`loadBalancer.${locality}`);
  return type === 'DYNAMIC_FORWARD_PROXY' ? field('resolution: DYNAMIC_DNS') : undefined;
}
