/**
 * TCP chains of one service port on a sidecar's outbound side: VirtualService `tls` rules for ports
 * declared TLS or HTTPS, `tcp` rules for all others, else straight to the service's cluster
 * (networking/core/tls.go buildSidecarOutboundTLSFilterChainOpts,
 * buildSidecarOutboundTCPFilterChainOpts).
 */
import type { Hostname } from '../../base/ids.ts';
import type { Origin } from '../../base/origin.ts';
import { selects } from '../../mesh/labels.ts';
import { isTlsProtocol } from '../../mesh/portProtocol.ts';
import type { MeshService, PortProtocol } from '../../mesh/types.ts';
import type { RouteDestination, TlsMatchAttributes } from '../../resources/kinds/virtualService.ts';
import { outboundCluster } from '../clusterNames.ts';
import type { NetworkFilter } from '../envoy/listener.ts';
import { destinationCluster } from '../routes/destination.ts';
import { hostsOverlap, isWildcard, MESH_GATEWAY } from '../routes/hostnames.ts';
import { type RuleOrigins, specOf, type VirtualServiceInForce } from '../routes/virtualServiceInForce.ts';
import type { ProxyScope } from '../scope/types.ts';
import { WILDCARD } from './inboundPorts.ts';
import type { OutboundChain } from './outboundChain.ts';

export interface TcpChainInput {
  readonly service: MeshService;
  /** The listener's port: the service's, or the one a Sidecar's egress listener names. */
  readonly port: { readonly number: number; readonly protocol: PortProtocol; readonly origin: Origin };
  readonly bind: string;
  /** Address of the service as this proxy sees it; 0.0.0.0 when it has none. */
  readonly serviceAddress: string;
  /** Set when the service's address is a network: the listener is on 0.0.0.0 and matches by destination. */
  readonly cidrs: readonly string[];
  readonly virtualServices: readonly VirtualServiceInForce[];
}

export function outboundTcpChains(scope: ProxyScope, input: TcpChainInput): readonly OutboundChain[] {
  const relevant = input.virtualServices.filter((virtualService) =>
    (specOf(virtualService).hosts ?? []).some((host) => hostsOverlap(host, input.service.hostname)),
  );
  return isTlsProtocol(input.port.protocol) ? tlsChains(scope, input, relevant) : tcpChains(scope, input, relevant);
}

function tlsChains(
  scope: ProxyScope,
  input: TcpChainInput,
  virtualServices: readonly VirtualServiceInForce[],
): readonly OutboundChain[] {
  const chains: OutboundChain[] = [];
  const seen = new Set<string>();
  // A match with subnets of its own leaves them in force for the matches after it.
  let { cidrs } = input;
  for (const virtualService of virtualServices) {
    for (const [index, rule] of (specOf(virtualService).tls ?? []).entries()) {
      if (!rule.route?.length) continue;
      for (const [matchIndex, match] of (rule.match ?? []).entries()) {
        if (!appliesTo(scope, match, input.port.number)) continue;
        if (match.destinationSubnets?.length) cidrs = match.destinationSubnets;
        const key = `${(match.sniHosts ?? []).join()}|${(match.destinationSubnets ?? []).join()}`;
        if (seen.has(key)) continue;
        seen.add(key);
        const origins = originsOf(virtualService.tlsOrigins[index], matchIndex);
        chains.push(
          chain({ sniHosts: match.sniHosts ?? [], cidrs, filters: routed(scope, input, rule.route, origins), origins }),
        );
      }
    }
  }
  if (chains.length > 0) return chains;
  const sniHosts = needsSni(input) ? [input.service.hostname] : [];
  return [toService(input, sniHosts)];
}

/** Without an address of its own a service can be told apart by SNI alone. */
const needsSni = ({ service, bind, serviceAddress, cidrs }: TcpChainInput): boolean =>
  cidrs.length > 0 ||
  (serviceAddress === WILDCARD && bind === WILDCARD) ||
  (isWildcard(service.hostname) && service.resolution === 'DYNAMIC_DNS');

function tcpChains(
  scope: ProxyScope,
  input: TcpChainInput,
  virtualServices: readonly VirtualServiceInForce[],
): readonly OutboundChain[] {
  const chains: OutboundChain[] = [];
  let coversService = false;
  for (const virtualService of virtualServices) {
    for (const [index, rule] of (specOf(virtualService).tcp ?? []).entries()) {
      if (!rule.route?.length) continue;
      const ruleOrigins = virtualService.tcpOrigins[index];
      const toRule = (cidrs: readonly string[], matchIndex: number): OutboundChain => {
        const origins = originsOf(ruleOrigins, matchIndex);
        return chain({ sniHosts: [], cidrs, filters: routed(scope, input, rule.route ?? [], origins), origins });
      };
      if (!rule.match?.length) return [...chains, toRule(input.cidrs, -1)];
      const subnets: string[] = [];
      for (const [matchIndex, match] of rule.match.entries()) {
        if (!appliesTo(scope, match, input.port.number)) continue;
        if (!match.destinationSubnets?.length) return [...chains, toRule(input.cidrs, matchIndex)];
        subnets.push(...match.destinationSubnets);
      }
      if (subnets.length === 0) continue;
      chains.push(toRule(subnets, -1));
      if ([...subnets].sort().join() === [...input.cidrs].sort().join()) coversService = true;
    }
  }
  return coversService ? chains : [...chains, toService(input, [])];
}

/** Conditions that are known when the configuration is made. */
function appliesTo(
  { workload }: ProxyScope,
  match: Pick<TlsMatchAttributes, 'gateways' | 'sourceLabels' | 'port' | 'sourceNamespace'>,
  port: number,
): boolean {
  return (
    (!match.gateways?.length || match.gateways.includes(MESH_GATEWAY)) &&
    selects(match.sourceLabels, workload.labels) &&
    (!match.port || match.port === port) &&
    (!match.sourceNamespace || match.sourceNamespace === workload.namespace)
  );
}

const originsOf = (rule: RuleOrigins | undefined, match: number): readonly Origin[] => [
  ...(rule?.matches[match] ?? []),
  ...(rule?.rule ?? []),
];

const chain = (of: {
  readonly sniHosts: readonly string[];
  readonly cidrs: readonly string[];
  readonly filters: readonly NetworkFilter[];
  readonly origins: readonly Origin[];
}): OutboundChain => ({
  sniHosts: of.sniHosts,
  destinationCidrs: of.cidrs,
  applicationProtocols: [],
  filters: of.filters,
  origins: of.origins,
});

/** A service with a single port is meant by that port, whatever the listener's. */
function toService(input: TcpChainInput, sniHosts: readonly string[]): OutboundChain {
  const { service, port, cidrs } = input;
  const only = service.ports.length === 1 ? service.ports[0] : undefined;
  const name = outboundCluster(only?.number ?? port.number, undefined, service.hostname);
  return chain({
    sniHosts,
    cidrs,
    filters: [tcpProxy([{ name, weight: 1 }], name, [port.origin])],
    origins: [port.origin],
  });
}

function routed(
  scope: ProxyScope,
  input: TcpChainInput,
  routes: readonly RouteDestination[],
  origins: readonly Origin[],
): readonly NetworkFilter[] {
  const clusters = routes.map(({ destination, weight }) => ({
    name: destinationCluster(
      destination,
      scope.serviceByHost.get((destination?.host ?? '') as Hostname),
      input.port.number,
    ),
    weight: weight ?? 0,
  }));
  const [only] = clusters;
  if (clusters.length === 1 && only !== undefined) return [tcpProxy([{ ...only, weight: 1 }], only.name, origins)];
  const weighted = clusters.filter(({ weight }) => weight > 0);
  return [tcpProxy(weighted, weighted[0]?.name ?? '', origins)];
}

const tcpProxy = (
  clusters: readonly { readonly name: string; readonly weight: number }[],
  statPrefix: string,
  origins: readonly Origin[],
): NetworkFilter => ({ kind: 'tcp-proxy', tcpProxy: { clusters, statPrefix, origins } });
