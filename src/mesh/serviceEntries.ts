/**
 * Services of ServiceEntries, as istiod converts them (serviceregistry/serviceentry/conversion.go
 * convertServices): one for each host and address, visible as exportTo says. Endpoints are
 * attached by endpoints.ts.
 */
import type { Hostname, ResourceId } from '../base/ids.ts';
import type { ServiceEntrySpec } from '../resources/kinds/serviceEntry.ts';
import type { ResourceOf } from '../resources/ofKind.ts';
import { isIpAddress } from './addresses.ts';
import { normalizeExportTo } from './exportTo.ts';
import type { ServiceWithoutEndpoints } from './kubernetesServices.ts';
import { parseProtocol } from './portProtocol.ts';
import type { MeshConfig, MeshService, ServicePort } from './types.ts';

export type ServiceEntryResource = ResourceOf<'networking.istio.io/ServiceEntry'>;

const NO_AUTO_ALLOCATION = 'networking.istio.io/enable-autoallocate-ip';

export const isDnsResolution = (resolution: MeshService['resolution']): boolean =>
  resolution === 'DNS' || resolution === 'DNS_ROUND_ROBIN';

/** Hosts for which istiod's controller allocates an address (pilot/pkg/networking/serviceentry ShouldV2AutoAllocateIP). */
export function autoAllocatedHosts(resource: ServiceEntryResource): readonly string[] {
  const spec = resource.body.spec ?? {};
  if ((spec.resolution ?? 'NONE') === 'NONE' || (spec.addresses ?? []).length > 0) return [];
  if (resource.labels[NO_AUTO_ALLOCATION]?.toLowerCase() === 'false') return [];
  return spec.hosts ?? [];
}

export function convertServiceEntry(
  resource: ServiceEntryResource,
  config: MeshConfig,
  autoAddress: (host: string) => string | undefined,
  createdAt: number,
): readonly ServiceWithoutEndpoints[] {
  const spec = resource.body.spec ?? {};
  const ports = (spec.ports ?? []).map((_, index) => convertPort(resource, index));
  const addresses = (spec.addresses ?? []).flatMap(address);
  const exportTo = normalizeExportTo(spec.exportTo, config.defaultServiceExportTo, resource.namespace);
  return (spec.hosts ?? []).flatMap((host, hostIndex) =>
    (addresses.length > 0 ? addresses : [undefined]).map((own): ServiceWithoutEndpoints => {
      const allocated = own === undefined ? autoAddress(host) : undefined;
      return {
        hostname: host as Hostname,
        registry: 'service-entry',
        namespace: resource.namespace,
        name: host,
        addresses: own === undefined ? [] : [own],
        ...(allocated === undefined ? {} : { autoAllocatedAddress: allocated }),
        headless: false,
        type: 'ClusterIP',
        externalIps: [],
        externalTrafficPolicy: 'Cluster',
        ports,
        ...(spec.workloadSelector?.labels === undefined ? {} : { selector: spec.workloadSelector.labels }),
        resolution: resolution(spec),
        meshExternal: (spec.location ?? 'MESH_EXTERNAL') === 'MESH_EXTERNAL',
        exportTo,
        subjectAltNames: spec.subjectAltNames ?? [],
        createdAt,
        labels: resource.labels,
        origin: { resource: resource.id, path: ['spec', 'hosts', hostIndex] },
        resource: resource.id,
      };
    }),
  );
}

/**
 * A host of DNS_ROUND_ROBIN keeps one endpoint for each port: that of the oldest ServiceEntry of
 * its host and namespace (mergeServicesInstancesByNamespaceHost). The services come oldest first.
 */
export function oneEndpointForRoundRobin(services: readonly MeshService[]): readonly MeshService[] {
  const taken = new Map<string, ResourceId>();
  return services.map((service) => {
    const endpoints = service.endpoints.filter((endpoint, index) => {
      const key = `${service.namespace}/${service.hostname}:${endpoint.servicePort}`;
      const owner = taken.get(key);
      if (owner === undefined) taken.set(key, service.resource);
      if (service.resolution !== 'DNS_ROUND_ROBIN') return true;
      // A second address of the same ServiceEntry repeats its endpoints.
      const first = service.endpoints.findIndex((other) => other.servicePort === endpoint.servicePort);
      return (owner === undefined || owner === service.resource) && index === first;
    });
    return endpoints.length === service.endpoints.length ? service : { ...service, endpoints };
  });
}

function resolution(spec: ServiceEntrySpec): MeshService['resolution'] {
  return spec.resolution ?? 'NONE';
}

/** An address, or a CIDR; one that covers a single address is that address. */
function address(text: string): readonly string[] {
  if (isIpAddress(text)) return [text];
  const [ip = '', bits = ''] = text.split('/');
  if (!isIpAddress(ip) || !/^\d{1,3}$/.test(bits)) return [];
  return [Number(bits) === (ip.includes(':') ? 128 : 32) ? ip : text];
}

function convertPort(resource: ServiceEntryResource, index: number): ServicePort {
  const port = resource.body.spec?.ports?.[index] ?? {};
  const number = port.number ?? 0;
  return {
    name: port.name ?? '',
    number,
    targetPort: port.targetPort === undefined || port.targetPort === 0 ? number : port.targetPort,
    protocol: parseProtocol(port.protocol),
    transport: 'TCP',
    ...(port.targetPort === undefined || port.targetPort === 0 ? {} : { declaredTargetPort: port.targetPort }),
    origin: { resource: resource.id, path: ['spec', 'ports', index] },
  };
}
