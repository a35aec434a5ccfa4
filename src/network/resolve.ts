/**
 * Name resolution as a pod's resolver does it: Services by their cluster names (the short name
 * only inside the Service's namespace), a headless Service by its first pod, servers outside by
 * the names they were given. From outside the cluster only the latter exist.
 * Input: a name and who asks; output: an address, or why there is none.
 */
import type { Mesh, MeshService } from '../mesh/types.ts';
import { isIpv4 } from './cidr.ts';
import { serviceIndex } from './serviceIndex.ts';

export type Resolution =
  | { readonly kind: 'address'; readonly address: string; readonly service?: MeshService }
  | { readonly kind: 'unknown-host' };

const CLUSTER_SUFFIXES = ['', '.svc', '.svc.cluster.local'];
const MAX_ALIASES = 8;

/** `namespace` of the asking pod; `undefined` when the caller is outside the cluster. */
export function resolveHost(mesh: Mesh, namespace: string | undefined, host: string): Resolution {
  return resolve(mesh, namespace, host, MAX_ALIASES);
}

function resolve(mesh: Mesh, namespace: string | undefined, host: string, aliases: number): Resolution {
  const name = host.toLowerCase().replace(/\.$/, '');
  if (isIpv4(name)) return { kind: 'address', address: name };
  if (name === 'localhost') return { kind: 'address', address: '127.0.0.1' };
  const { externalHosts } = serviceIndex(mesh);
  const service = namespace === undefined ? undefined : serviceByDnsName(mesh, namespace, name);
  if (service) {
    if (service.type === 'ExternalName') {
      if (service.externalName === undefined || aliases === 0) return { kind: 'unknown-host' };
      return resolve(mesh, namespace, service.externalName, aliases - 1);
    }
    const address = service.headless ? firstPodAddress(service) : service.addresses[0];
    if (address !== undefined) return { kind: 'address', address, service };
  }
  const pod = namespace === undefined ? undefined : podByDnsName(mesh, namespace, name);
  if (pod !== undefined) return pod;
  const external = externalHosts.get(name);
  return external === undefined ? { kind: 'unknown-host' } : { kind: 'address', address: external };
}

/** `pod.service.namespace.svc`: pods behind a headless Service that have a name there. */
function podByDnsName(mesh: Mesh, namespace: string, name: string): Resolution | undefined {
  const dot = name.indexOf('.');
  const service = dot < 0 ? undefined : serviceByDnsName(mesh, namespace, name.slice(dot + 1));
  if (service?.headless !== true) return undefined;
  const found = service.endpoints.find(({ workload }) => {
    const dnsName = workload && mesh.workloads.get(workload)?.dnsName;
    return dnsName?.subdomain === service.name && dnsName.hostname.toLowerCase() === name.slice(0, dot);
  });
  return found && { kind: 'address', address: found.address, service };
}

const firstPodAddress = (service: MeshService): string | undefined => service.endpoints[0]?.address;

function serviceByDnsName(mesh: Mesh, namespace: string, name: string): MeshService | undefined {
  const { byName } = serviceIndex(mesh);
  if (!name.includes('.')) return byName.get(`${namespace}/${name}`);
  for (const suffix of CLUSTER_SUFFIXES) {
    if (!name.endsWith(suffix)) continue;
    const parts = name.slice(0, name.length - suffix.length).split('.');
    const [service, serviceNamespace] = parts;
    if (parts.length === 2) return byName.get(`${serviceNamespace}/${service}`);
  }
  return undefined;
}
