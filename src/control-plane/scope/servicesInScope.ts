/**
 * Which services a proxy knows: those exported to its namespace, cut down to what an egress
 * listener imports, one namespace for each host; then joined over all listeners, together with the
 * destinations of imported VirtualServices (pilot/pkg/model/sidecar.go selectServices,
 * collectImportedServices, appendSidecarServices).
 */
import type { Hostname } from '../../base/ids.ts';
import { isExportedTo } from '../../mesh/exportTo.ts';
import { sameLabels } from '../../mesh/labels.ts';
import { parseProtocol } from '../../mesh/portProtocol.ts';
import type { Mesh, MeshService } from '../../mesh/types.ts';
import type { IstioEgressListener } from '../../resources/kinds/sidecar.ts';
import type { Destination } from '../../resources/kinds/virtualService.ts';
import { specOf, type VirtualServiceInForce } from '../routes/virtualServiceInForce.ts';
import type { EgressHosts } from './egressHosts.ts';
import type { EgressListener } from './types.ts';

/** Services exported by name come before those that are public. */
export function exportedServices(mesh: Mesh, namespace: string): readonly MeshService[] {
  const named: MeshService[] = [];
  const everyone: MeshService[] = [];
  for (const service of mesh.services) {
    if (!isExportedTo(service.exportTo, namespace)) continue;
    (service.exportTo.includes('*') ? everyone : named).push(service);
  }
  return [...named, ...everyone];
}

/** A listener with a port shows only that port; an explicit HTTP proxy shows all. */
export const matchesByPort = (listener: IstioEgressListener | undefined): boolean =>
  (listener?.port?.number ?? 0) !== 0 && parseProtocol(listener?.port?.protocol) !== 'HTTP_PROXY';

export function importedServices(
  exported: readonly MeshService[],
  hosts: EgressHosts,
  listener: IstioEgressListener | undefined,
  namespace: string,
): readonly MeshService[] {
  if (hosts.everything && !matchesByPort(listener)) return oneNamespaceForEachHost(exported, namespace);
  const imported: MeshService[] = [];
  for (const service of hosts.allExact ? oneOfEachHost(exported) : exported) {
    if (!hosts.importsService(service.namespace, service.hostname)) continue;
    const visible = matchesByPort(listener) ? onlyPort(service, listener?.port?.number ?? 0) : service;
    if (visible !== undefined) imported.push(visible);
  }
  return oneNamespaceForEachHost(imported, namespace);
}

/** Of one host and namespace: the Kubernetes Service, else the oldest ServiceEntry and its first address. */
function oneOfEachHost(services: readonly MeshService[]): readonly MeshService[] {
  const chosen = new Map<string, MeshService>();
  for (const service of services) {
    const key = `${service.namespace}/${service.hostname}`;
    const known = chosen.get(key);
    if (known === undefined || (known.registry !== 'kubernetes' && service.registry === 'kubernetes')) {
      chosen.set(key, service);
    }
  }
  return services.filter((service) => chosen.get(`${service.namespace}/${service.hostname}`) === service);
}

function onlyPort(service: MeshService, number: number): MeshService | undefined {
  const port = service.ports.find((candidate) => candidate.number === number);
  if (port === undefined) return undefined;
  return service.ports.length === 1 ? service : { ...service, ports: [port] };
}

/** The proxy's own namespace, else one with a Kubernetes Service, else the oldest. */
function oneNamespaceForEachHost(services: readonly MeshService[], own: string): readonly MeshService[] {
  const chosen = new Map<Hostname, { readonly namespace: string; readonly kubernetes: boolean }>();
  for (const { hostname, namespace, registry } of services) {
    const kubernetes = registry === 'kubernetes';
    const known = chosen.get(hostname);
    const better =
      known === undefined ||
      namespace === own ||
      (!known.kubernetes && kubernetes && (namespace === own || known.namespace !== own));
    if (better) chosen.set(hostname, { namespace, kubernetes });
  }
  return services.filter((service) => chosen.get(service.hostname)?.namespace === service.namespace);
}

/** The union over all egress listeners, one service for each host. */
export function joinServices(
  mesh: Mesh,
  listeners: readonly EgressListener[],
  namespace: string,
): { readonly services: readonly MeshService[]; readonly byHost: ReadonlyMap<Hostname, MeshService> } {
  const services: MeshService[] = [];
  const indexByHost = new Map<Hostname, number>();
  const add = (service: MeshService): void => {
    const index = indexByHost.get(service.hostname);
    const existing = index === undefined ? undefined : services[index];
    if (index === undefined || existing === undefined) {
      indexByHost.set(service.hostname, services.length);
      services.push(service);
    } else {
      services[index] = join(existing, service);
    }
  };
  for (const listener of listeners) {
    for (const service of listener.services) add(service);
    for (const virtualService of listener.virtualServices) {
      for (const [host, ports] of destinationsOf(virtualService, namespace)) {
        const service = destinationService(mesh, host, namespace);
        const visible = service && narrowToDestination(service, listener.listener, ports);
        if (visible !== undefined) add(visible);
      }
    }
  }
  const byHost = new Map(services.map((service) => [service.hostname, service]));
  return { services, byHost };
}

/** Two services of one host: Kubernetes first, then the earlier; alike ones join their ports. */
export function join(existing: MeshService, incoming: MeshService): MeshService {
  if (existing === incoming) return existing;
  if (existing.registry !== incoming.registry) return incoming.registry === 'kubernetes' ? incoming : existing;
  const numbers = new Set(existing.ports.map((port) => port.number));
  const more = incoming.ports.filter((port) => !numbers.has(port.number));
  if (more.length === 0 || !alike(existing, incoming)) return existing;
  // A joined port does not bring the target port of its ServiceEntry along.
  const joined = more.map(({ declaredTargetPort: _own, ...port }) => port);
  return { ...existing, ports: [...existing.ports, ...joined] };
}

const alike = (a: MeshService, b: MeshService): boolean =>
  a.namespace === b.namespace &&
  a.resolution === b.resolution &&
  sameLabels(a.labels, b.labels) &&
  sameLabels(a.selector, b.selector) &&
  a.exportTo.length === b.exportTo.length &&
  a.exportTo.every((entry) => b.exportTo.includes(entry));

/** Hosts a VirtualService sends to, with the ports it names; 0 stands for "any port". */
function destinationsOf(virtualService: VirtualServiceInForce, namespace: string): Map<string, Set<number>> {
  const result = new Map<string, Set<number>>();
  const add = (destination: Destination | undefined): void => {
    if (destination === undefined) return;
    const host = destination.host ?? '';
    const ports = result.get(host) ?? new Set();
    result.set(host, ports);
    ports.add(destination.port?.number ?? 0);
  };
  const { http = [], tls = [], tcp = [] } = specOf(virtualService);
  for (const rule of http) {
    const sources = (rule.match ?? []).map((match) => match.sourceNamespace ?? '').filter((source) => source !== '');
    if (sources.length > 0 && !sources.includes(namespace)) continue;
    for (const { destination } of rule.route ?? []) add(destination);
    add(rule.mirror);
    for (const { destination } of rule.mirrors ?? []) add(destination);
  }
  for (const rule of [...tcp, ...tls]) for (const { destination } of rule.route ?? []) add(destination);
  return result;
}

/** The service a destination means: the proxy's own namespace first, then Kubernetes, then the oldest visible. */
function destinationService(mesh: Mesh, host: string, namespace: string): MeshService | undefined {
  const candidates = mesh.serviceByHostname.get(host as Hostname) ?? [];
  const own = candidates.find((service) => service.namespace === namespace);
  if (own !== undefined) return own;
  const visible = candidates.filter((service) => isExportedTo(service.exportTo, namespace));
  return visible.find((service) => service.registry === 'kubernetes') ?? visible[0];
}

function narrowToDestination(
  service: MeshService,
  listener: IstioEgressListener | undefined,
  ports: ReadonlySet<number>,
): MeshService | undefined {
  if (matchesByPort(listener)) return onlyPort(service, listener?.port?.number ?? 0);
  if (ports.size === 0 || ports.has(0)) return service;
  const wanted = service.ports.filter((port) => ports.has(port.number));
  if (wanted.length === service.ports.length) return service;
  return wanted.length === 0 ? undefined : { ...service, ports: wanted };
}
