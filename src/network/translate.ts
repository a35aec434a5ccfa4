/**
 * Where a connection to a service address really goes: kube-proxy for ClusterIPs, and load
 * balancers, which here keep the caller's address. The first endpoint in document order answers
 * (the network model of the conformance corpus); Envoy's own load balancing is not this.
 */
import type { Endpoint, Mesh, MeshService } from '../mesh/types.ts';
import { serviceIndex } from './serviceIndex.ts';

export type Translation =
  /** Not a service address: the connection goes where it was sent. */
  | { readonly kind: 'none' }
  | {
      readonly kind: 'translated';
      readonly service: MeshService;
      readonly via: 'cluster-ip' | 'load-balancer';
      readonly to: Endpoint;
      readonly others: readonly Endpoint[];
    }
  /** A service address, but no such port, or nobody behind it. */
  | {
      readonly kind: 'dead';
      readonly service: MeshService;
      readonly via: 'cluster-ip' | 'load-balancer';
      readonly why: 'no-such-port' | 'no-endpoints';
    };

export function translateServiceAddress(mesh: Mesh, address: string, port: number): Translation {
  const found = serviceIndex(mesh).byAddress.get(address);
  if (!found) return { kind: 'none' };
  const { service, via } = found;
  if (!service.ports.some((p) => p.number === port && p.protocol !== 'UDP')) {
    return { kind: 'dead', service, via, why: 'no-such-port' };
  }
  const [to, ...others] = service.endpoints.filter((endpoint) => endpoint.servicePort === port);
  if (!to) return { kind: 'dead', service, via, why: 'no-endpoints' };
  return { kind: 'translated', service, via, to, others };
}

/** The address that `connectTo: ns/name` means: the Service's load balancer, else its ClusterIP, else the workload. */
export function addressOf(mesh: Mesh, name: string): string | undefined {
  const service = serviceIndex(mesh).byName.get(name);
  if (service) return service.loadBalancerIp ?? service.addresses[0];
  for (const workload of mesh.workloads.values()) if (workload.id === name) return workload.ip;
  return undefined;
}
