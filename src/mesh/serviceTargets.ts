/**
 * The service ports that a pod serves, as its own proxy sees them: ports of Kubernetes Services
 * that select it, and of ServiceEntries of its namespace with an endpoint at its address
 * (kube/controller GetProxyServiceTargets, serviceentry/controller.go GetProxyServiceTargets). The
 * oldest service comes first, then the order of host names (model.Proxy SetServiceTargets).
 */
import { resolveTargetPort } from './endpoints.ts';
import type { ServiceWithoutEndpoints } from './kubernetesServices.ts';
import { isEmptySelector, selects } from './labels.ts';
import { compareText } from './resourceIndex.ts';
import type { MeshService, ServicePort, ServiceTarget } from './types.ts';
import type { WorkloadEntryEndpoint } from './workloadEntries.ts';
import type { PodFacts } from './workloads.ts';

export function serviceTargets(
  pod: PodFacts,
  /** Kubernetes Services that select the pod. */
  selecting: readonly ServiceWithoutEndpoints[],
  all: {
    readonly kubernetes: readonly MeshService[];
    readonly serviceEntries: readonly MeshService[];
    readonly workloadEntries: readonly WorkloadEntryEndpoint[];
  },
): readonly ServiceTarget[] {
  const entry = workloadEntryOf(pod, all.workloadEntries);
  const fromKubernetes = (): readonly TargetsOfService[] => {
    if (entry !== undefined) {
      const services = all.kubernetes.filter((service) => selectsEntry(service, entry));
      return services.map((service) => entryTargets(service, entry));
    }
    if (selecting.length > 0) return selecting.map((s) => targetsOf(s, (port) => resolveTargetPort(port, pod)));
    // Nobody selects the pod: then Services count that somebody put it behind by hand.
    return all.kubernetes
      .filter((service) => service.namespace === pod.namespace)
      .map((service) => endpointTargets(service, pod.ip));
  };
  const fromServiceEntries = all.serviceEntries
    .filter((service) => service.namespace === pod.namespace)
    .map((service) => endpointTargets(service, pod.ip));
  return [...fromKubernetes(), ...fromServiceEntries]
    .sort((a, b) => a.createdAt - b.createdAt || compareText(a.hostname, b.hostname))
    .flatMap(({ targets }) => targets);
}

interface TargetsOfService {
  readonly createdAt: number;
  readonly hostname: string;
  readonly targets: readonly ServiceTarget[];
}

/** Two ports of a Service with one target and protocol count once. */
function targetsOf(
  service: ServiceWithoutEndpoints,
  resolve: (port: ServicePort) => number | undefined,
): TargetsOfService {
  const seen = new Set<string>();
  const targets = service.ports.flatMap((servicePort): ServiceTarget[] => {
    const targetPort = resolve(servicePort);
    const key = `${targetPort} ${servicePort.protocol}`;
    if (targetPort === undefined || seen.has(key)) return [];
    seen.add(key);
    return [{ service: service.hostname, servicePort, targetPort, origin: servicePort.origin }];
  });
  return { createdAt: service.createdAt, hostname: service.hostname, targets };
}

/** A WorkloadEntry at the pod's address takes the pod's place in the Kubernetes registry. */
function workloadEntryOf(pod: PodFacts, entries: readonly WorkloadEntryEndpoint[]): WorkloadEntryEndpoint | undefined {
  const here = entries
    .filter((entry) => entry.address === pod.ip)
    .sort((a, b) => compareText(`${a.namespace}/${a.name}`, `${b.namespace}/${b.name}`));
  return (
    here.find((entry) => entry.namespace === pod.namespace && entry.name === pod.podName) ??
    here.find((entry) => entry.namespace === pod.namespace) ??
    here[0]
  );
}

const selectsEntry = (service: ServiceWithoutEndpoints, entry: WorkloadEntryEndpoint): boolean =>
  service.namespace === entry.namespace &&
  service.resolution === 'CLIENT_SIDE' &&
  !isEmptySelector(service.selector) &&
  selects(service.selector, entry.labels);

const entryTargets = (service: ServiceWithoutEndpoints, entry: WorkloadEntryEndpoint): TargetsOfService =>
  targetsOf(service, (port) => {
    if (port.protocol === 'UDP') return undefined;
    if (typeof port.targetPort === 'number') return entry.ports[port.name] ?? port.targetPort;
    return entry.ports[port.targetPort];
  });

function endpointTargets(service: MeshService, address: string): TargetsOfService {
  const targets = service.endpoints
    .filter((endpoint) => endpoint.address === address)
    .flatMap((endpoint): ServiceTarget[] => {
      const servicePort = service.ports.find((port) => port.number === endpoint.servicePort);
      if (servicePort === undefined) return [];
      return [{ service: service.hostname, servicePort, targetPort: endpoint.port, origin: servicePort.origin }];
    });
  return { createdAt: service.createdAt, hostname: service.hostname, targets };
}
