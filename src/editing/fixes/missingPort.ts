/** Ports that there are instead: of the Service that a route leads to, of the pods that a Service selects. */
import type { Origin } from '../../base/origin.ts';
import { selects } from '../../mesh/labels.ts';
import type { Mesh } from '../../mesh/types.ts';
import { destinationAt } from './destination.ts';

/** `path` ends in `port.number` of a destination. */
export function portsOfRoute(mesh: Mesh, { resource, path }: Origin): string[] {
  const destination = destinationAt(mesh, { resource, path: path.slice(0, -2) });
  const services = mesh.services.filter(({ hostname }) => hostname === destination?.full);
  return services.flatMap(({ ports }) => ports.map(({ number }) => String(number)));
}

export function containerPorts({ services, workloads }: Mesh, { resource }: Origin): string[] {
  const service = services.find((one) => one.resource === resource);
  const pods = [...workloads.values()].filter(
    ({ namespace, labels }) => namespace === service?.namespace && selects(service.selector, labels),
  );
  return pods.flatMap((pod) => pod.containerPorts.flatMap(({ name }) => name ?? []));
}
