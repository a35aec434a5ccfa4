/**
 * The route table of one outbound port of a sidecar: a virtual host for every host of every
 * VirtualService and every remaining service on that port, then the catch-all. Of two
 * VirtualServices for one host the older owns the host alone.
 *
 * Table names: `80` is the shared listener of all HTTP services on a port; `host:80` the listener
 * of one service whose protocol is detected (one virtual host, no catch-all); `http_proxy` an
 * explicit proxy, where Host must name the port.
 *
 * Upstream authority: istio pilot/pkg/networking/core/httproute.go
 * buildSidecarOutboundHTTPRouteConfig, BuildSidecarOutboundVirtualHosts, dedupeDomains;
 * route/route.go BuildSidecarVirtualHostWrapper.
 */
import type { Origin } from '../../base/origin.ts';
import { compareText } from '../../mesh/resourceIndex.ts';
import type { MeshService, ServicePort } from '../../mesh/types.ts';
import type { Route, RouteConfiguration, VirtualHost } from '../envoy/http.ts';
import type { ProxyScope } from '../scope/types.ts';
import { catchAllVirtualHost } from './catchAll.ts';
import { defaultServiceRoute } from './defaultRoute.ts';
import { MESH_GATEWAY } from './hostnames.ts';
import { isHttpOrDetected } from './protocols.ts';
import { countsAttempts } from './proxyHeaders.ts';
import { orRefused } from './refusedTable.ts';
import { meshVirtualServices, virtualServicesOfPort } from './sidecarVirtualServices.ts';
import { serviceDomains } from './virtualHostDomains.ts';
import { specOf, type VirtualServiceInForce } from './virtualServiceInForce.ts';
import { virtualServiceRoutes } from './virtualServiceRoutes.ts';

export const HTTP_PROXY_TABLE = 'http_proxy';

/** Hosts that share one list of routes on one port. */
interface HostGroup {
  readonly port: number;
  readonly services: readonly MeshService[];
  /** Hosts of a VirtualService that no service of the port has. */
  readonly otherHosts: readonly string[];
  readonly routes: readonly Route[];
  readonly origins: readonly Origin[];
}

export function sidecarRouteConfiguration(scope: ProxyScope, rdsName: string): RouteConfiguration {
  const colon = rdsName.indexOf(':');
  const detected = colon >= 0;
  const port = rdsName === HTTP_PROXY_TABLE ? 0 : Number(rdsName.slice(colon + 1));
  const virtualHosts = outboundVirtualHosts(scope, port);
  return orRefused({
    name: rdsName,
    virtualHosts: detected
      ? onlyVirtualHost(virtualHosts, rdsName, rdsName.slice(0, colon))
      : [...virtualHosts.sort((a, b) => compareText(a.name, b.name)), catchAllVirtualHost(scope)],
    ignorePortInHostMatching: true,
    origins: [],
  });
}

/** A listener with protocol detection serves one service: its virtual host takes every Host. */
function onlyVirtualHost(virtualHosts: readonly VirtualHost[], rdsName: string, host: string): VirtualHost[] {
  const own = virtualHosts.filter(({ domains }) => domains.includes(rdsName) || domains.includes(host));
  const [first] = own;
  return first && own.length === 1 ? [{ ...first, domains: ['*'] }] : own;
}

function outboundVirtualHosts(scope: ProxyScope, port: number): VirtualHost[] {
  const services = servicesOfPort(scope, port);
  const groups = hostGroups(scope, services, port);
  const known = new Set(groups.flatMap((group) => group.services.map((service) => service.hostname.toLowerCase())));
  const names = new Set<string>();
  const taken = new Set<string>();
  const virtualHosts: VirtualHost[] = [];
  const add = (group: HostGroup, host: string, service: MeshService | undefined) => {
    const name = `${host}:${group.port}`;
    if (names.has(name)) return;
    names.add(name);
    const all = service ? serviceDomains(service, scope.workload, scope.mesh) : { domains: [host], derived: NONE };
    const domains: string[] = [];
    for (const form of all.domains) {
      const plain = form.toLowerCase();
      // An explicit proxy (port 0) is asked for `host:port`; only port 80 may go without.
      const forms = port !== 0 ? [plain] : service ? [plain, `${plain}:${group.port}`] : [plain];
      for (const domain of forms) {
        if (taken.has(domain) || (all.derived.has(form) && known.has(plain))) continue;
        taken.add(domain);
        if (port !== 0 || group.port === 80 || domain !== plain) domains.push(domain);
      }
    }
    if (domains.length === 0) return;
    virtualHosts.push({
      name,
      domains,
      routes: group.routes,
      requireTls: false,
      includeRequestAttemptCount: countsAttempts(scope.workload),
      origins: group.origins,
    });
  };
  for (const group of groups) {
    if (port !== 0 && group.port !== port) continue;
    for (const host of group.otherHosts) add(group, host.toLowerCase(), undefined);
    for (const service of group.services) add(group, service.hostname, service);
  }
  return virtualHosts;
}

const NONE: ReadonlySet<string> = new Set();

/** Services by host, each with only the port in question (port 0: all ports). */
function servicesOfPort(scope: ProxyScope, port: number): Map<string, MeshService> {
  const services = new Map<string, MeshService>();
  for (const service of scope.services) {
    const ports = port === 0 ? service.ports : service.ports.filter(({ number }) => number === port).slice(0, 1);
    if (ports.length > 0) services.set(service.hostname.toLowerCase(), port === 0 ? service : { ...service, ports });
  }
  return services;
}

function hostGroups(scope: ProxyScope, services: ReadonlyMap<string, MeshService>, port: number): HostGroup[] {
  const index = meshVirtualServices(scope);
  const groups: HostGroup[] = [];
  const claimed = new Set<string>();
  for (const virtualService of virtualServicesOfPort(index, services, port)) {
    const routes = virtualServiceRoutes(virtualService, {
      workload: scope.workload,
      gatewayName: MESH_GATEWAY,
      listenerPort: port,
      tls: false,
      lookupService: (host) => services.get(host),
      defaultRetries: scope.mesh.config.defaultHttpRetryPolicy,
    });
    if (routes.length === 0) continue;
    const { matching, otherHosts } = index.split(virtualService, services);
    const allowed = gatewayApiMayRoute(virtualService, matching, scope);
    if (allowed === undefined) continue;
    const byPort = groupByPort(allowed);
    // Hosts that are no service at all are served on port 80 only.
    if (byPort.size === 0 && port === 80) byPort.set(80, []);
    const origins = [{ resource: virtualService.id, path: [] }];
    for (const [groupPort, group] of byPort) {
      groups.push({ port: groupPort, services: group, otherHosts, routes, origins });
      for (const service of group) claimed.add(service.hostname);
    }
  }
  for (const host of [...services.keys()].sort()) {
    const service = services.get(host);
    if (!service || claimed.has(service.hostname) || service.resolution === 'ALIAS') continue;
    for (const servicePort of service.ports) {
      if (!isHttpOrDetected(servicePort.protocol)) continue;
      groups.push(serviceGroup(scope, service, servicePort));
    }
  }
  return groups;
}

const serviceGroup = (scope: ProxyScope, service: MeshService, port: ServicePort): HostGroup => ({
  port: port.number,
  services: [service],
  otherHosts: [],
  routes: [defaultServiceRoute(service, port, scope.mesh)],
  origins: [service.origin],
});

function groupByPort(services: readonly MeshService[]): Map<number, MeshService[]> {
  const byPort = new Map<number, MeshService[]>();
  for (const service of services) {
    for (const { number, protocol } of service.ports) {
      if (!isHttpOrDetected(protocol)) continue;
      const list = byPort.get(number);
      if (list) list.push(service);
      else byPort.set(number, [service]);
    }
  }
  return byPort;
}

/** A Gateway API route on a Service counts only in the Service's namespace, or for callers in the route's own. */
function gatewayApiMayRoute(
  virtualService: VirtualServiceInForce,
  matching: readonly MeshService[],
  scope: ProxyScope,
): readonly MeshService[] | undefined {
  if (virtualService.semantics !== 'gateway-api') return matching;
  const { namespace } = virtualService;
  const allowed = matching.filter(
    (service) => service.namespace === namespace || scope.workload.namespace === namespace,
  );
  return allowed.length === 0 && specOf(virtualService).hosts?.length ? undefined : allowed;
}
