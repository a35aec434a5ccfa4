/**
 * Filter chains of servers that are not HTTP: TCP servers and TLS servers that terminate (one
 * chain, from the first matching `tcp` rule), and PASSTHROUGH servers (one chain for each matching
 * entry of a `tls` rule). A server for which nothing matches has no chain at all.
 *
 * Upstream authority: istio pilot/pkg/networking/core/gateway.go createGatewayTCPFilterChainOpts,
 * buildGatewayNetworkFiltersFromTCPRoutes, buildGatewayNetworkFiltersFromTLSRoutes.
 */
import type { Origin } from '../../base/origin.ts';
import type { RouteDestination } from '../../resources/kinds/virtualService.ts';
import type { NetworkFilter, TcpProxy } from '../envoy/listener.ts';
import { destinationCluster } from '../routes/destination.ts';
import { type RuleOrigins, specOf, type VirtualServiceInForce } from '../routes/virtualServiceInForce.ts';
import type { ProxyScope } from '../scope/types.ts';
import { sharesHost, virtualServicesFor } from './boundVirtualServices.ts';
import type { ServerInForce } from './gatewayInForce.ts';
import { isPassthrough } from './serverKind.ts';

export interface TcpChain {
  readonly sniHosts: readonly string[];
  readonly tcpProxy: TcpProxy;
}

interface L4Match {
  readonly port?: number;
  readonly gateways?: readonly string[];
}

const matches = (match: L4Match, server: ServerInForce): boolean =>
  (!match.port || match.port === server.port.number) &&
  (!match.gateways?.length || match.gateways.includes(server.gateway));

/** The first rule in order decides; host conditions beyond an overlap play no part. */
export function tcpRoute(scope: ProxyScope, server: ServerInForce): TcpProxy | undefined {
  for (const virtualService of virtualServicesFor(scope, server.gateway)) {
    if (!sharesHost(server, virtualService)) continue;
    const spec = specOf(virtualService);
    for (const [index, rule] of (spec.tcp ?? []).entries()) {
      if (rule.match?.length && !rule.match.some((match) => matches(match, server))) continue;
      if (rule.route?.length)
        return tcpProxy(scope, virtualService, virtualService.tcpOrigins[index], rule.route, server);
    }
    // Only TLSRoutes leave `tls` rules that a terminating server follows.
    if (virtualService.semantics !== 'gateway-api' || isPassthrough(server)) continue;
    for (const [index, rule] of (spec.tls ?? []).entries()) {
      if (!rule.match?.some((match) => matches(match, server)) || !rule.route?.length) continue;
      return tcpProxy(scope, virtualService, virtualService.tlsOrigins[index], rule.route, server);
    }
  }
  return undefined;
}

/** @param sniOwners Hosts already routed on this port by earlier rules, with their address. */
export function passthroughChains(
  scope: ProxyScope,
  server: ServerInForce,
  sniOwners: Map<string, string>,
): TcpChain[] {
  const chains: TcpChain[] = [];
  for (const virtualService of virtualServicesFor(scope, server.gateway)) {
    if (!sharesHost(server, virtualService)) continue;
    for (const [index, rule] of (specOf(virtualService).tls ?? []).entries()) {
      if (!rule.route?.length) continue;
      const origins = virtualService.tlsOrigins[index];
      for (const [matchIndex, match] of (rule.match ?? []).entries()) {
        if (!matches(match, server)) continue;
        const sniHosts = match.sniHosts ?? [];
        if (sniHosts.some((host) => sniOwners.get(host) === server.bind)) continue;
        for (const host of sniHosts) sniOwners.set(host, server.bind);
        const own: RuleOrigins | undefined = origins && {
          ...origins,
          rule: [...(origins.matches[matchIndex] ?? []), ...origins.rule],
        };
        chains.push({ sniHosts, tcpProxy: tcpProxy(scope, virtualService, own, rule.route, server) });
      }
    }
  }
  return chains;
}

function tcpProxy(
  scope: ProxyScope,
  virtualService: VirtualServiceInForce,
  ruleOrigins: RuleOrigins | undefined,
  destinations: readonly RouteDestination[],
  server: ServerInForce,
): TcpProxy {
  const clusterOf = ({ destination }: RouteDestination) =>
    destinationCluster(
      destination,
      scope.services.find(({ hostname }) => hostname === destination?.host),
      server.port.number,
    );
  const [only] = destinations;
  const origins: readonly Origin[] = [...(ruleOrigins?.rule ?? []), server.origin];
  if (only && destinations.length === 1) {
    const name = clusterOf(only);
    return { clusters: [{ name, weight: 1 }], statPrefix: name, origins };
  }
  return {
    clusters: destinations
      .filter(({ weight }) => (weight ?? 0) > 0)
      .map((destination) => ({ name: clusterOf(destination), weight: destination.weight ?? 0 })),
    statPrefix: `${virtualService.name}.${virtualService.namespace}`,
    origins,
  };
}

export const tcpFilters = (authz: readonly NetworkFilter[], proxy: TcpProxy): readonly NetworkFilter[] => [
  ...authz,
  { kind: 'tcp-proxy', tcpProxy: proxy },
];
