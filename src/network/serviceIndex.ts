/** Lookups over a mesh's services that the network needs; built once for a mesh, on first use. */
import type { Mesh, MeshService } from '../mesh/types.ts';

interface ServiceIndex {
  /** ClusterIPs, external and load balancer addresses of Kubernetes services. */
  readonly byAddress: ReadonlyMap<
    string,
    { readonly service: MeshService; readonly via: 'cluster-ip' | 'load-balancer' }
  >;
  readonly byName: ReadonlyMap<string, MeshService>;
  /** Names of servers that play the world outside, in lower case, with their address. */
  readonly externalHosts: ReadonlyMap<string, string>;
}

const indexes = new WeakMap<object, ServiceIndex>();

export function serviceIndex(mesh: Mesh): ServiceIndex {
  const known = indexes.get(mesh.traffic);
  if (known) return known;
  const byAddress = new Map<string, { service: MeshService; via: 'cluster-ip' | 'load-balancer' }>();
  const byName = new Map<string, MeshService>();
  for (const service of mesh.services) {
    if (service.registry !== 'kubernetes') continue;
    byName.set(`${service.namespace}/${service.name}`, service);
    if (!service.headless) {
      for (const address of service.addresses) byAddress.set(address, { service, via: 'cluster-ip' });
    }
    for (const address of service.externalIps) byAddress.set(address, { service, via: 'cluster-ip' });
    if (service.loadBalancerIp !== undefined) {
      byAddress.set(service.loadBalancerIp, { service, via: 'load-balancer' });
    }
  }
  const externalHosts = new Map<string, string>();
  for (const workload of mesh.workloads.values()) {
    for (const host of (workload.externalHost ?? '').split(',')) {
      const name = host.trim().toLowerCase();
      if (name !== '') externalHosts.set(name, workload.ip);
    }
  }
  const index = { byAddress, byName, externalHosts };
  indexes.set(mesh.traffic, index);
  return index;
}
