/**
 * The addresses behind each service port: pods that a Service selects, WorkloadEntries, endpoints
 * written in a ServiceEntry, or the host's own name (kube controller's endpoint slices,
 * serviceentry convertServiceEntryToInstances). Every pod counts as ready.
 */
import type { ResourceOf } from '../resources/ofKind.ts';
import type { WrittenEndpoint } from './endpointSlices.ts';
import type { ServiceWithoutEndpoints } from './kubernetesServices.ts';
import { isEmptySelector, selects } from './labels.ts';
import { isDnsResolution, type ServiceEntryResource } from './serviceEntries.ts';
import type { Endpoint, ServicePort, Workload } from './types.ts';
import { fromInlineEndpoint, fromWorkloadEntry, type WorkloadEntryEndpoint } from './workloadEntries.ts';

/** What is known of a pod before it knows its services. */
export type Pod = Pick<
  Workload,
  'id' | 'namespace' | 'name' | 'podName' | 'labels' | 'ip' | 'containerPorts' | 'origin'
> & {
  /** Identity in the registry: the mesh's trust domain, whatever the pod's certificate says. */
  readonly registrySpiffeId: string;
};

const TLS_MODE = 'security.istio.io/tlsMode';

/** The pod's own port behind a service port; a name that no container port of the same transport has leads nowhere. */
export function resolveTargetPort(port: ServicePort, pod: Pick<Pod, 'containerPorts'>): number | undefined {
  if (typeof port.targetPort === 'number') return port.targetPort;
  if (/^\d+$/.test(port.targetPort)) return Number(port.targetPort);
  return pod.containerPorts.find((c) => c.name === port.targetPort && c.protocol === port.transport)?.port;
}

export const podsOf = <P extends Pick<Pod, 'namespace' | 'labels'>>(
  service: Pick<ServiceWithoutEndpoints, 'namespace' | 'selector'>,
  podsByNamespace: ReadonlyMap<string, readonly P[]>,
): readonly P[] =>
  isEmptySelector(service.selector)
    ? []
    : (podsByNamespace.get(service.namespace) ?? []).filter((pod) => selects(service.selector, pod.labels));

export function kubernetesEndpoints(
  service: ServiceWithoutEndpoints,
  pods: readonly Pod[],
  workloadEntries: readonly WorkloadEntryEndpoint[],
): readonly Endpoint[] {
  const result: Endpoint[] = [];
  for (const port of service.ports) {
    for (const pod of pods) {
      const target = resolveTargetPort(port, pod);
      if (target !== undefined) result.push(podEndpoint(pod, port, target));
    }
    // Only services with client-side load balancing take WorkloadEntries.
    if (service.resolution !== 'CLIENT_SIDE' || isEmptySelector(service.selector)) continue;
    for (const entry of workloadEntries) {
      if (entry.namespace !== service.namespace || entry.dnsName || !selects(service.selector, entry.labels)) continue;
      const named = entry.ports[typeof port.targetPort === 'number' ? port.name : port.targetPort];
      const target = named ?? (typeof port.targetPort === 'number' ? port.targetPort : undefined);
      if (target !== undefined) result.push(entryEndpoint(entry, port, target));
    }
  }
  return result;
}

/** What somebody wrote by hand is of the pod it names, or of one of its namespace with that address. */
export function writtenServiceEndpoints(
  service: ServiceWithoutEndpoints,
  written: readonly WrittenEndpoint[],
  pods: readonly Pod[],
): readonly Endpoint[] {
  if (service.resolution === 'ALIAS') return [];
  return written.flatMap(({ address, port, portName, pod: named, origin }): readonly Endpoint[] => {
    const servicePort = service.ports.find((candidate) => candidate.name === portName);
    const pod =
      named === undefined
        ? pods.find((candidate) => candidate.ip === address && candidate.namespace === service.namespace)
        : pods.find((candidate) => candidate.podName === named.name && candidate.namespace === named.namespace);
    if (servicePort === undefined || (named !== undefined && pod === undefined)) return [];
    if (pod !== undefined) return [{ ...podEndpoint(pod, servicePort, port), address, origin }];
    return [
      {
        address,
        port,
        servicePort: servicePort.number,
        servicePortName: portName,
        namespace: service.namespace,
        labels: {},
        tlsMode: 'disabled',
        origin,
      },
    ];
  });
}

export function serviceEntryEndpoints(
  service: ServiceWithoutEndpoints,
  resource: ServiceEntryResource,
  pods: readonly Pod[],
  workloadEntries: readonly WorkloadEntryEndpoint[],
  trustDomain: string,
): readonly Endpoint[] {
  const spec = resource.body.spec ?? {};
  const dns = isDnsResolution(service.resolution);
  if (spec.workloadSelector !== undefined) {
    const selector = spec.workloadSelector.labels;
    const chosenPods = pods
      .filter((pod) => pod.namespace === resource.namespace && selects(selector, pod.labels))
      .sort((a, b) => (a.name < b.name ? -1 : 1));
    const chosenEntries = workloadEntries
      .filter((e) => e.namespace === resource.namespace && selects(selector, e.labels) && (dns || !e.dnsName))
      .sort((a, b) => (a.name < b.name ? -1 : 1));
    return service.ports.flatMap((port) => [
      ...chosenPods.map((pod) => podEndpoint(pod, port, namedContainerPort(pod, port) ?? numericTarget(port))),
      ...chosenEntries.map((entry) => entryEndpoint(entry, port, entryPort(entry, port))),
    ]);
  }
  const inline = spec.endpoints ?? [];
  if (inline.length === 0 && dns) return service.ports.map((port) => hostItself(service, port));
  const entries = inline.map((_, index) => fromInlineEndpoint(resource, index, trustDomain));
  return service.ports.flatMap((port) => entries.map((entry) => entryEndpoint(entry, port, entryPort(entry, port))));
}

export const workloadEntryEndpoints = (
  resources: readonly ResourceOf<'networking.istio.io/WorkloadEntry'>[],
  trustDomain: string,
): readonly WorkloadEntryEndpoint[] => resources.map((resource) => fromWorkloadEntry(resource, trustDomain));

/** A pod behind a ServiceEntry answers on its container port of the service port's name. */
const namedContainerPort = (pod: Pod, port: ServicePort): number | undefined =>
  port.name === '' ? undefined : pod.containerPorts.find((c) => c.name === port.name && c.protocol === 'TCP')?.port;

const numericTarget = (port: ServicePort): number => Number(port.targetPort);

/** The entry's own port of that name, else the ServiceEntry's targetPort or number. */
const entryPort = (entry: WorkloadEntryEndpoint, port: ServicePort): number => {
  const own = entry.ports[port.name];
  return own !== undefined && own > 0 ? own : numericTarget(port);
};

function podEndpoint(pod: Pod, port: ServicePort, target: number): Endpoint {
  return {
    address: pod.ip,
    port: target,
    servicePort: port.number,
    servicePortName: port.name,
    workload: pod.id,
    namespace: pod.namespace,
    labels: pod.labels,
    spiffeId: pod.registrySpiffeId,
    tlsMode: pod.labels[TLS_MODE] ?? 'disabled',
    origin: pod.origin,
  };
}

function entryEndpoint(entry: WorkloadEntryEndpoint, port: ServicePort, target: number): Endpoint {
  return {
    address: entry.address,
    port: target,
    servicePort: port.number,
    servicePortName: port.name,
    namespace: entry.namespace,
    labels: entry.labels,
    ...(entry.spiffeId === undefined ? {} : { spiffeId: entry.spiffeId }),
    ...(entry.locality === undefined ? {} : { locality: entry.locality }),
    ...(entry.weight === undefined ? {} : { weight: entry.weight }),
    tlsMode: entry.tlsMode,
    origin: entry.origin,
  };
}

/** DNS resolution without endpoints: the host's own name is looked up. */
const hostItself = (service: ServiceWithoutEndpoints, port: ServicePort): Endpoint => ({
  address: service.hostname,
  port: numericTarget(port),
  servicePort: port.number,
  servicePortName: port.name,
  namespace: service.namespace,
  labels: {},
  tlsMode: 'disabled',
  origin: service.origin,
});
