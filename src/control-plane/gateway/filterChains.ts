/**
 * The filter chains of one merged port.
 *
 * Upstream authority: istio pilot/pkg/networking/core/gateway.go
 * buildGatewayTCPBasedFilterChains; listener.go toFilterChainMatch.
 */
import { compareText } from '../../mesh/resourceIndex.ts';
import type { CannotTell } from '../../trace/trace.ts';
import { httpAuthzFilters, networkAuthzFilters } from '../authz/index.ts';
import type { FilterChain, FilterChainMatch } from '../envoy/listener.ts';
import type { ProxyScope } from '../scope/types.ts';
import { autoPassthroughChains } from './autoPassthrough.ts';
import { gatewayConnectionManager } from './connectionManager.ts';
import type { ServerInForce } from './gatewayInForce.ts';
import type { MergedPort, MergedServer } from './mergeGateways.ts';
import { isPassthrough, terminatesHttps, tlsMode } from './serverKind.ts';
import { passthroughChains, tcpFilters, tcpRoute } from './tcpChains.ts';
import { downstreamTlsContext } from './tlsContext.ts';
import { unmodelledTls } from './unmodelledTls.ts';

/** A `*` among the hosts matches any SNI, and no TLS at all. Envoy compares in lower case. */
function chainMatch(sniHosts: readonly string[]): FilterChainMatch {
  const serverNames = sniHosts.includes('*') ? [] : sniHosts.map((host) => host.toLowerCase()).sort(compareText);
  return { prefixRanges: [], serverNames, applicationProtocols: [] };
}

export function filterChainsOf(
  scope: ProxyScope,
  port: MergedPort,
  plainHttp: boolean,
  sniOwners: Map<string, string>,
): FilterChain[] {
  if (plainHttp) return [httpChain(scope, port)];
  return port.servers.flatMap((merged) => {
    if (terminatesHttps(merged.server)) return [httpsChain(scope, merged)];
    return tcpChains(scope, merged, sniOwners);
  });
}

function httpChain(scope: ProxyScope, port: MergedPort): FilterChain {
  const origins = port.servers.map(({ server }) => server.origin);
  const [first] = port.servers;
  const cannotTell = port.servers.find(({ server }) => server.cannotTell)?.server.cannotTell;
  return {
    match: chainMatch([]),
    filters: [
      {
        kind: 'http-connection-manager',
        hcm: gatewayConnectionManager({
          table: port.table,
          protocol: first?.server.port.protocol ?? 'HTTP',
          workload: scope.workload,
          config: scope.mesh.config,
          authz: httpAuthzFilters(scope.mesh, scope.workload),
          origins,
        }),
      },
    ],
    ...(cannotTell ? { cannotTell } : {}),
    origins,
  };
}

function httpsChain(scope: ProxyScope, { server, sniHosts, table }: MergedServer): FilterChain {
  const origins = [server.origin];
  return {
    match: chainMatch(sniHosts),
    ...tlsOf(scope, server, false),
    filters: [
      {
        kind: 'http-connection-manager',
        hcm: gatewayConnectionManager({
          table,
          protocol: server.port.protocol,
          workload: scope.workload,
          config: scope.mesh.config,
          authz: httpAuthzFilters(scope.mesh, scope.workload),
          origins,
        }),
      },
    ],
    origins,
  };
}

function tcpChains(
  scope: ProxyScope,
  { server, sniHosts }: MergedServer,
  sniOwners: Map<string, string>,
): FilterChain[] {
  if (tlsMode(server) === 'AUTO_PASSTHROUGH') return autoPassthroughChains(scope, server);
  const authz = networkAuthzFilters(scope.mesh, scope.workload);
  if (isPassthrough(server)) {
    return passthroughChains(scope, server, sniOwners).map((chain) => ({
      match: chainMatch(chain.sniHosts),
      filters: tcpFilters(authz, chain.tcpProxy),
      origins: [...chain.tcpProxy.origins],
    }));
  }
  const proxy = tcpRoute(scope, server);
  if (!proxy) return [];
  return [
    {
      match: chainMatch(server.tls ? sniHosts : []),
      ...tlsOf(scope, server, true),
      filters: tcpFilters(authz, proxy),
      origins: [server.origin, ...proxy.origins],
    },
  ];
}

function tlsOf(scope: ProxyScope, server: ServerInForce, tcp: boolean): Pick<FilterChain, 'tls' | 'cannotTell'> {
  const mode = tlsMode(server);
  if (!server.tls || !mode) return {};
  const origins = [{ resource: server.origin.resource, path: [...server.origin.path, 'tls'] }];
  const cannotTell: CannotTell | undefined = server.cannotTell ?? unmodelledTls(server, scope);
  return {
    tls: downstreamTlsContext({ tls: server.tls, mode, tcp, config: scope.mesh.config, origins }),
    ...(cannotTell ? { cannotTell } : {}),
  };
}
