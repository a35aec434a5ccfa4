/**
 * Services of the Kubernetes registry, as istiod converts them (serviceregistry/kube/conversion.go
 * ConvertService): hosts, ports with their protocol, resolution, visibility. Endpoints are
 * attached by endpoints.ts.
 */
import type { Hostname } from '../base/ids.ts';
import type { ServiceSpec } from '../resources/kinds/service.ts';
import type { ResourceOf } from '../resources/ofKind.ts';
import { normalizeExportTo } from './exportTo.ts';
import { kubernetesPortProtocol } from './portProtocol.ts';
import type { MeshConfig, MeshService, ServicePort } from './types.ts';

export type ServiceResource = ResourceOf<'core/Service'>;
/** A service whose endpoints are still to be found. */
export type ServiceWithoutEndpoints = Omit<MeshService, 'endpoints'>;

const EXPORT_TO = 'networking.istio.io/exportTo';
const CANONICAL_ACCOUNTS = 'alpha.istio.io/canonical-serviceaccounts';
const KUBERNETES_ACCOUNTS = 'alpha.istio.io/kubernetes-serviceaccounts';

export const serviceHostname = (name: string, namespace: string, domainSuffix: string): Hostname =>
  `${name}.${namespace}.svc.${domainSuffix}` as Hostname;

export const isHeadless = (spec: ServiceSpec | undefined): boolean => spec?.clusterIP === 'None';

export const isExternalName = (spec: ServiceSpec | undefined): boolean =>
  spec?.type === 'ExternalName' && (spec.externalName ?? '') !== '';

/** Whether the Service has an address of its own, which has to be given or derived. */
export const needsClusterIp = (spec: ServiceSpec | undefined): boolean => !isHeadless(spec) && !isExternalName(spec);

export const isLoadBalancer = (spec: ServiceSpec | undefined): boolean => spec?.type === 'LoadBalancer';

export function convertService(
  resource: ServiceResource,
  config: MeshConfig,
  addresses: { readonly clusterIp?: string | undefined; readonly loadBalancerIp?: string | undefined },
  createdAt: number,
): ServiceWithoutEndpoints {
  const spec = resource.body.spec ?? {};
  const external = isExternalName(spec);
  const loadBalancerIp =
    resource.body.status?.loadBalancer?.ingress?.[0]?.ip ?? (spec.loadBalancerIP || addresses.loadBalancerIp);
  return {
    hostname: serviceHostname(resource.name, resource.namespace, config.domainSuffix),
    registry: 'kubernetes',
    namespace: resource.namespace,
    name: resource.name,
    addresses: clusterIps(spec, addresses.clusterIp),
    headless: isHeadless(spec),
    type: serviceType(spec),
    ...(isLoadBalancer(spec) && loadBalancerIp !== undefined ? { loadBalancerIp } : {}),
    ...(spec.loadBalancerSourceRanges === undefined ? {} : { loadBalancerSourceRanges: spec.loadBalancerSourceRanges }),
    ...(external ? { externalName: spec.externalName ?? '' } : {}),
    externalIps: spec.externalIPs ?? [],
    externalTrafficPolicy: spec.externalTrafficPolicy === 'Local' ? 'Local' : 'Cluster',
    ports: (spec.ports ?? []).map((_, index) => convertPort(resource, index)),
    ...(spec.selector === undefined ? {} : { selector: spec.selector }),
    resolution: external ? 'ALIAS' : isHeadless(spec) ? 'NONE' : 'CLIENT_SIDE',
    meshExternal: external,
    exportTo: exportTo(resource, config),
    subjectAltNames: declaredAccounts(resource, config),
    createdAt,
    labels: resource.labels,
    origin: { resource: resource.id, path: ['spec'] },
    resource: resource.id,
  };
}

function clusterIps(spec: ServiceSpec, assigned: string | undefined): readonly string[] {
  if (!needsClusterIp(spec)) return [];
  const given = spec.clusterIP === undefined || spec.clusterIP === '' ? assigned : spec.clusterIP;
  return given === undefined ? [] : [given];
}

function serviceType(spec: ServiceSpec): MeshService['type'] {
  switch (spec.type) {
    case 'NodePort':
    case 'LoadBalancer':
    case 'ExternalName':
      return spec.type;
    default:
      return 'ClusterIP';
  }
}

function convertPort(resource: ServiceResource, index: number): ServicePort {
  const port = resource.body.spec?.ports?.[index] ?? {};
  const number = port.port ?? 0;
  const targetPort = port.targetPort;
  return {
    name: port.name ?? '',
    number,
    targetPort: targetPort === undefined || targetPort === '' || targetPort === 0 ? number : targetPort,
    protocol: kubernetesPortProtocol({ ...port, port: number }),
    transport: port.protocol === 'UDP' ? 'UDP' : 'TCP',
    ...(port.appProtocol === undefined ? {} : { appProtocol: port.appProtocol }),
    origin: { resource: resource.id, path: ['spec', 'ports', index] },
  };
}

function exportTo(resource: ServiceResource, config: MeshConfig): readonly string[] {
  const annotation = resource.annotations[EXPORT_TO];
  const entries = annotation === undefined || annotation === '' ? [] : annotation.split(',').map((ns) => ns.trim());
  return normalizeExportTo(entries, config.defaultServiceExportTo, resource.namespace);
}

/** Identities that the Service itself declares, beside those of its pods. */
function declaredAccounts(resource: ServiceResource, config: MeshConfig): readonly string[] {
  const list = (name: string) => (resource.annotations[name] ?? '').split(',').filter((entry) => entry !== '');
  return [
    ...list(CANONICAL_ACCOUNTS),
    ...list(KUBERNETES_ACCOUNTS).map((sa) => `spiffe://${config.trustDomain}/ns/${resource.namespace}/sa/${sa}`),
  ];
}
