/** Hosts, their ports and subsets: what routes and destinations name. */
import { CLUSTER_DOMAIN, isWildcard, resolveShortName } from '../../control-plane/routes/hostnames.ts';
import { resourcesOf } from '../../mesh/resourceIndex.ts';
import type { Mesh, MeshService } from '../../mesh/types.ts';
import { byName, type ReferencePlace, siblingText, type Target, textOf } from './reference.ts';

const whatOf = ({ registry, namespace, name }: MeshService): string =>
  `${registry === 'kubernetes' ? 'Service' : 'ServiceEntry'} ${namespace}/${name}`;

/** Hosts as istiod resolves them: a name without a dot is of the resource's own namespace. */
export function hosts({ mesh, namespace }: ReferencePlace): Target[] {
  return mesh.services.map((service) => {
    const { hostname, name, registry } = service;
    const origin = byName(service.resource);
    const isOwn = registry === 'kubernetes' && service.namespace === namespace;
    return isOwn
      ? { value: name, also: [hostname], origin, what: whatOf(service) }
      : { value: hostname, origin, what: whatOf(service) };
  });
}

/** Of VirtualServices: hosts of the mesh, and those that Gateways open. */
export function routeHosts(place: ReferencePlace): Target[] {
  const opened = resourcesOf(place.mesh, 'networking.istio.io/Gateway').flatMap((gateway) =>
    (gateway.body.spec?.servers ?? []).flatMap((server, index) =>
      (server.hosts ?? []).map(
        (host): Target => ({
          value: host.slice(host.indexOf('/') + 1),
          origin: { resource: gateway.id, path: ['spec', 'servers', index, 'hosts'] },
          what: `Gateway ${gateway.namespace}/${gateway.name}`,
        }),
      ),
    ),
  );
  return [...hosts(place), ...opened];
}

/** Where no namespace is around to resolve a short name in: `[namespace/]host` of mesh configuration. */
export function wholeHosts({ mesh }: ReferencePlace): Target[] {
  return mesh.services.map((service) => ({
    value: service.hostname,
    also: [`${service.namespace}/${service.hostname}`],
    origin: byName(service.resource),
    what: whatOf(service),
  }));
}

/** `namespace/host` of a Sidecar's egress. */
export function scopedHosts({ mesh, namespace }: ReferencePlace): Target[] {
  const built = ['./*', '*/*', '~/*', `${mesh.config.rootNamespace}/*`].map((value) => ({ value, what: 'Sidecar' }));
  const services = mesh.services.map((service) => ({
    value: `${service.namespace === namespace ? '.' : service.namespace}/${service.hostname}`,
    also: [`${service.namespace}/${service.hostname}`, `*/${service.hostname}`],
    origin: byName(service.resource),
    what: whatOf(service),
  }));
  return [...built, ...services];
}

/** Hosts that VirtualServices have for a Gateway to open. */
export function gatewayHosts({ mesh }: ReferencePlace): Target[] {
  const routed = resourcesOf(mesh, 'networking.istio.io/VirtualService').flatMap((virtualService) =>
    (virtualService.body.spec?.hosts ?? []).map(
      (host, index): Target => ({
        value: host,
        also: [`${virtualService.namespace}/${host}`, `./${host}`, `*/${host}`],
        origin: { resource: virtualService.id, path: ['spec', 'hosts', index] },
        what: `VirtualService ${virtualService.namespace}/${virtualService.name}`,
      }),
    ),
  );
  return [{ value: '*', what: 'Gateway' }, ...routed];
}

export function serviceOfHost(mesh: Mesh, host: string, namespace: string): MeshService | undefined {
  const fqdn = resolveShortName(host, namespace);
  const exact = mesh.services.find(({ hostname }) => hostname === fqdn);
  return exact ?? mesh.services.find(({ hostname }) => isWildcard(hostname) && fqdn.endsWith(hostname.slice(1)));
}

/** The host that a port or subset belongs to: beside it, or around it. */
function hostAround(place: ReferencePlace): string {
  const { path, valueAt, kind } = place;
  for (let up = 1; up <= path.length; up++) {
    const host = siblingText(place, 'host', up);
    if (host !== '') return host;
  }
  return kind === 'DestinationRule' ? textOf(valueAt(['spec', 'host'])) : '';
}

export function subsets(place: ReferencePlace): Target[] {
  const { mesh, namespace } = place;
  const host = resolveShortName(hostAround(place), namespace);
  return resourcesOf(mesh, 'networking.istio.io/DestinationRule').flatMap((rule) => {
    if (resolveShortName(rule.body.spec?.host ?? '', rule.namespace) !== host) return [];
    return (rule.body.spec?.subsets ?? []).map(
      (subset, index): Target => ({
        value: subset.name ?? '',
        origin: { resource: rule.id, path: ['spec', 'subsets', index, 'name'] },
        what: `DestinationRule ${rule.namespace}/${rule.name}`,
      }),
    );
  });
}

export function hostPorts(place: ReferencePlace): Target[] {
  return portsOf(serviceOfHost(place.mesh, hostAround(place), place.namespace));
}

/** Backends of Gateway API routes are Services by name. */
export function backends(place: ReferencePlace): Target[] {
  const namespace = siblingText(place, 'namespace') || place.namespace;
  return place.mesh.services
    .filter((service) => service.registry === 'kubernetes' && service.namespace === namespace)
    .map((service) => ({ value: service.name, origin: byName(service.resource), what: whatOf(service) }));
}

export function backendPorts(place: ReferencePlace): Target[] {
  const namespace = siblingText(place, 'namespace') || place.namespace;
  const hostname = `${siblingText(place, 'name')}.${namespace}.svc.${CLUSTER_DOMAIN}`;
  return portsOf(place.mesh.services.find((service) => service.hostname === hostname));
}

const portsOf = (service: MeshService | undefined): Target[] =>
  (service?.ports ?? []).map(({ number, name, protocol, origin }) => ({
    value: String(number),
    origin,
    what: [name, protocolText(protocol)].filter((part) => part !== '').join(' '),
  }));

/** A port whose protocol nobody wrote is sniffed. */
export const protocolText = (protocol: string): string => (protocol === 'Unsupported' ? '' : protocol);

/** What a resource targets: a Gateway of the Gateway API, a Service or a ServiceEntry. */
export function policyTargets(place: ReferencePlace): Target[] {
  const wanted = siblingText(place, 'kind');
  const namespace = siblingText(place, 'namespace') || place.namespace;
  const keys = [
    'gateway.networking.k8s.io/Gateway',
    'core/Service',
    'networking.istio.io/ServiceEntry',
    'gateway.networking.k8s.io/GatewayClass',
  ] as const;
  return keys.flatMap((key) =>
    resourcesOf(place.mesh, key)
      .filter(({ kind }) => wanted === '' || wanted === kind)
      .filter((resource) => resource.namespace === namespace || resource.namespace === '')
      .map((resource) => ({
        value: resource.name,
        origin: byName(resource.id),
        what: `${resource.kind} ${namespace}`,
      })),
  );
}
