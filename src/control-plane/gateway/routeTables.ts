/**
 * The route table of a gateway's HTTP server (or of all plain HTTP servers of a port): a virtual
 * host for every host that a server and a bound VirtualService share. VirtualServices for one host
 * are joined, catch-alls last. A server without any still answers: 404, or the redirect to https.
 *
 * Upstream authority: istio pilot/pkg/networking/core/gateway.go buildGatewayHTTPRouteConfig,
 * collapseDuplicateRoutes; route/route.go SortVHostRoutes.
 */
import type { Origin } from '../../base/origin.ts';
import { compareText } from '../../mesh/resourceIndex.ts';
import type { Route, RouteConfiguration, VirtualHost } from '../envoy/http.ts';
import { compareSpecificity, hostsForNamespace, intersectHosts } from '../routes/hostnames.ts';
import { countsAttempts } from '../routes/proxyHeaders.ts';
import { orRefused } from '../routes/refusedTable.ts';
import { isCatchAll } from '../routes/routeMatch.ts';
import { specOf, type VirtualServiceInForce } from '../routes/virtualServiceInForce.ts';
import { virtualServiceRoutes } from '../routes/virtualServiceRoutes.ts';
import type { ProxyScope } from '../scope/types.ts';
import { lookupServiceFor, virtualServicesFor } from './boundVirtualServices.ts';
import type { ServerInForce } from './gatewayInForce.ts';

interface HostEntry {
  readonly name: string;
  routes: readonly Route[];
  requireTls: boolean;
  origins: readonly Origin[];
}

export function gatewayRouteTable(
  scope: ProxyScope,
  name: string,
  servers: readonly ServerInForce[],
): RouteConfiguration {
  const hosts = new Map<string, HostEntry>();
  const built = new Map<string, readonly Route[]>();
  for (const server of servers) {
    const redirect = server.tls?.httpsRedirect === true;
    for (const virtualService of virtualServicesFor(scope, server.gateway)) {
      const shared = intersectHosts(
        hostsForNamespace(server.hosts, virtualService.namespace),
        specOf(virtualService).hosts ?? [],
      );
      if (shared.length === 0) continue;
      // The first server that a VirtualService meets in this table decides port and scheme for all.
      const key = `${server.gateway} ${virtualService.namespace}/${virtualService.name}`;
      const routes = built.get(key) ?? routesOf(scope, virtualService, server);
      if (routes.length === 0) continue;
      built.set(key, routes);
      for (const host of shared) addHost(hosts, host.toLowerCase(), server, routes, redirect, virtualService);
    }
    if (!redirect) continue;
    for (const host of server.hosts) addHost(hosts, host.toLowerCase(), server, [], true, undefined);
  }
  return orRefused({
    name,
    virtualHosts: hosts.size === 0 ? [nothingHere(servers)] : virtualHosts(hosts, countsAttempts(scope.workload)),
    ignorePortInHostMatching: true,
    origins: servers.map(({ origin }) => origin),
  });
}

const routesOf = (scope: ProxyScope, virtualService: VirtualServiceInForce, server: ServerInForce): readonly Route[] =>
  virtualServiceRoutes(virtualService, {
    workload: scope.workload,
    gatewayName: server.gateway,
    listenerPort: server.port.number,
    tls: server.tls !== undefined,
    lookupService: lookupServiceFor(scope, virtualService.namespace),
    defaultRetries: scope.mesh.config.defaultHttpRetryPolicy,
  });

function addHost(
  hosts: Map<string, HostEntry>,
  host: string,
  server: ServerInForce,
  routes: readonly Route[],
  redirect: boolean,
  virtualService: VirtualServiceInForce | undefined,
): void {
  const origins = virtualService ? [{ resource: virtualService.id, path: [] }, server.origin] : [server.origin];
  const entry = hosts.get(host);
  if (!entry) {
    hosts.set(host, { name: `${host}:${server.port.number}`, routes, requireTls: redirect, origins });
    return;
  }
  entry.routes = [...entry.routes, ...routes];
  entry.requireTls ||= redirect;
  entry.origins = [...entry.origins, ...origins];
}

const nothingHere = (servers: readonly ServerInForce[]): VirtualHost => ({
  name: `blackhole:${servers[0]?.port.number ?? 0}`,
  domains: ['*'],
  routes: [],
  requireTls: false,
  includeRequestAttemptCount: false,
  origins: servers.map(({ origin }) => origin),
});

/** Hosts with the very same routes share one virtual host, named after the most exact of them. */
function virtualHosts(hosts: ReadonlyMap<string, HostEntry>, includeRequestAttemptCount: boolean): VirtualHost[] {
  const result: { domains: string[]; readonly entry: HostEntry }[] = [];
  for (const host of [...hosts.keys()].sort(compareSpecificity)) {
    const entry = hosts.get(host);
    if (!entry) continue;
    const same = result.find(({ entry: other }) => other.requireTls === entry.requireTls && sameRoutes(other, entry));
    if (same) same.domains.push(host);
    else result.push({ domains: [host], entry });
  }
  return result
    .map(({ domains, entry }) => ({
      name: entry.name,
      domains,
      routes: [
        ...entry.routes.filter((route) => !isCatchAll(route.match)),
        ...entry.routes.filter((route) => isCatchAll(route.match)),
      ],
      requireTls: entry.requireTls,
      includeRequestAttemptCount,
      origins: entry.origins,
    }))
    .sort((a, b) => compareText(a.name, b.name));
}

const sameRoutes = (a: HostEntry, b: HostEntry): boolean =>
  a.routes.length === b.routes.length && a.routes.every((route, index) => route === b.routes[index]);
