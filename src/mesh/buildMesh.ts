/**
 * Builds the mesh: from the resources in force to workloads, services, endpoints and settings.
 * Applies Kubernetes' and istiod's registry rules and nothing of Envoy. Pure: the same workspace
 * and options give the same mesh; addresses follow from the seed and from names alone.
 */
import type { Diagnostic } from '../base/diagnostics/diagnostic.ts';
import type { Hostname, WorkloadId } from '../base/ids.ts';
import type { ParsedWorkspace, Resource } from '../resources/types.ts';
import { type AddressKey, assignAddresses, outsideAddress } from './addresses.ts';
import { ageDiagnostics } from './ages.ts';
import type { ParseYaml } from './embeddedYaml.ts';
import { type WrittenEndpointsOf, writtenEndpoints } from './endpointSlices.ts';
import {
  kubernetesEndpoints,
  podsOf,
  serviceEntryEndpoints,
  workloadEntryEndpoints,
  writtenServiceEndpoints,
} from './endpoints.ts';
import { groupBy } from './groupBy.ts';
import { discoveredNamespaces, type IsDiscovered, resourcesInForce } from './inForce.ts';
import {
  convertService,
  isLoadBalancer,
  needsClusterIp,
  type ServiceResource,
  type ServiceWithoutEndpoints,
} from './kubernetesServices.ts';
import { buildMeshConfig } from './meshConfig.ts';
import { buildNamespaces } from './namespaces.ts';
import { effectiveProxyConfig } from './proxyEnvironment.ts';
import { compareText, creationTimes, indexResources, resourcesOf } from './resourceIndex.ts';
import {
  autoAllocatedHosts,
  convertServiceEntry,
  oneEndpointForRoundRobin,
  type ServiceEntryResource,
} from './serviceEntries.ts';
import { serviceTargets } from './serviceTargets.ts';
import { buildTaints } from './taints.ts';
import type { Mesh, MeshConfig, MeshOptions, MeshService, Workload } from './types.ts';
import type { WorkloadEntryEndpoint } from './workloadEntries.ts';
import { buildPods, completeWorkload, type PodFacts } from './workloads.ts';

export interface BuiltMesh {
  readonly mesh: Mesh;
  readonly diagnostics: readonly Diagnostic[];
}

export function buildMesh(parsed: ParsedWorkspace, options: MeshOptions, parseYaml: ParseYaml): BuiltMesh {
  const createdAt = creationTimes(parsed, options);
  const { config, diagnostics } = buildMeshConfig(parsed.resources, parseYaml);
  const namespaces = buildNamespaces(parsed.resources);
  const isDiscovered = discoveredNamespaces(config, namespaces);
  const resources = indexResources(resourcesInForce(parsed.resources, isDiscovered), createdAt);

  const { templates, build } = buildPods(parsed, namespaces, config.trustDomain, options);
  const serviceResources = inDocumentOrder(resourcesOf({ resources }, 'core/Service'));
  const entries = resourcesOf({ resources }, 'networking.istio.io/ServiceEntry');
  const given = options.addresses ?? {};
  const addresses = assignAddresses(addressKeys(templates, serviceResources, entries), given, options.seed);
  const address = (key: AddressKey): string => addresses.get(key) ?? '';

  const pods = templates.map((t) => build(t, address(`pod ${t.namespace}/${t.name}`)));
  const kubernetes = serviceResources
    .map((resource) => convertService(resource, config, serviceAddresses(resource, addresses), createdAt(resource)))
    // Kubernetes has the Service all the same: its name resolves and its address leads somewhere.
    .map((service) => (isDiscovered(service.namespace) ? service : { ...service, exportTo: ['~'] }));
  const workloadEntries = workloadEntryEndpoints(
    resourcesOf({ resources }, 'networking.istio.io/WorkloadEntry'),
    config.trustDomain,
  );
  const written = writtenEndpoints(
    resourcesOf({ resources }, 'discovery.k8s.io/EndpointSlice'),
    resourcesOf({ resources }, 'core/Endpoints'),
  );
  const fromKubernetes = withEndpoints(kubernetes, pods, workloadEntries, written);
  const fromEntries = oneEndpointForRoundRobin(
    entries.flatMap((entry) => {
      const autoAddress = (host: string) => addresses.get(`auto ${entry.namespace}/${host}`);
      const converted = convertServiceEntry(entry, config, autoAddress, createdAt(entry));
      return converted.map(
        (service): MeshService => ({
          ...service,
          endpoints: serviceEntryEndpoints(service, entry, pods, workloadEntries, config.trustDomain),
        }),
      );
    }),
  );
  const services = inIstiodOrder([...fromKubernetes, ...fromEntries]);
  const registry: Registry = { pods, kubernetes: fromKubernetes, workloadEntries, isDiscovered };
  const workloads = completePods(registry, fromEntries, config, resources, parseYaml);

  const mesh: Mesh = {
    now: options.now,
    seed: options.seed,
    config,
    namespaces,
    workloads,
    workloadByIp: new Map([...workloads.values()].map((workload) => [workload.ip, workload])),
    services,
    serviceByHostname: groupByHostname(services),
    resources,
    createdAt,
    outsideAddress: outsideAddress(given),
    taints: buildTaints(parsed.resources, config.rootNamespace, pods),
    options,
  };
  return { mesh, diagnostics: [...diagnostics, ...ageDiagnostics(mesh)] };
}

function addressKeys(
  templates: readonly { readonly namespace: string; readonly name: string }[],
  services: readonly ServiceResource[],
  entries: readonly ServiceEntryResource[],
): readonly AddressKey[] {
  const keys = new Set<AddressKey>();
  for (const { namespace, name } of templates) keys.add(`pod ${namespace}/${name}`);
  for (const { namespace, name, body } of services) {
    if (needsClusterIp(body.spec)) keys.add(`service ${namespace}/${name}`);
    if (isLoadBalancer(body.spec)) keys.add(`load balancer ${namespace}/${name}`);
  }
  for (const entry of entries)
    for (const host of autoAllocatedHosts(entry)) keys.add(`auto ${entry.namespace}/${host}`);
  return [...keys];
}

const serviceAddresses = (resource: ServiceResource, addresses: ReadonlyMap<AddressKey, string>) => ({
  clusterIp: addresses.get(`service ${resource.namespace}/${resource.name}`),
  loadBalancerIp: addresses.get(`load balancer ${resource.namespace}/${resource.name}`),
});

function withEndpoints(
  services: readonly ServiceWithoutEndpoints[],
  pods: readonly PodFacts[],
  workloadEntries: readonly WorkloadEntryEndpoint[],
  written: WrittenEndpointsOf,
): readonly MeshService[] {
  const podsByNamespace = groupBy(pods, (pod) => pod.namespace);
  return services.map((service) => ({
    ...service,
    endpoints: [
      ...kubernetesEndpoints(service, podsOf(service, podsByNamespace), workloadEntries),
      ...writtenServiceEndpoints(service, written(service), pods),
    ],
  }));
}

/** What is known before services and workloads know each other. */
interface Registry {
  readonly pods: readonly PodFacts[];
  readonly kubernetes: readonly MeshService[];
  readonly workloadEntries: readonly WorkloadEntryEndpoint[];
  readonly isDiscovered: IsDiscovered;
}

function completePods(
  { pods, kubernetes, workloadEntries, isDiscovered }: Registry,
  serviceEntries: readonly MeshService[],
  config: MeshConfig,
  resources: ReadonlyMap<string, readonly Resource[]>,
  parseYaml: ParseYaml,
): ReadonlyMap<WorkloadId, Workload> {
  const podsByNamespace = groupBy(pods, (pod) => pod.namespace);
  const selectedBy = new Map<PodFacts, MeshService[]>(pods.map((pod) => [pod, []]));
  for (const service of kubernetes) {
    for (const pod of podsOf(service, podsByNamespace)) selectedBy.get(pod)?.push(service);
  }
  const proxyConfigs = resourcesOf({ resources }, 'networking.istio.io/ProxyConfig');
  return new Map(
    pods.map((pod) => {
      const selecting = selectedBy.get(pod) ?? [];
      const all = { kubernetes, serviceEntries, workloadEntries };
      const targets = isDiscovered(pod.namespace) ? serviceTargets(pod, selecting, all) : [];
      const proxyConfig = effectiveProxyConfig(pod, config, proxyConfigs, parseYaml);
      return [pod.id, completeWorkload(pod, selecting, targets, proxyConfig)];
    }),
  );
}

/** By creation, name, namespace. */
const inIstiodOrder = (services: readonly MeshService[]): readonly MeshService[] =>
  [...services].sort(
    (a, b) => a.createdAt - b.createdAt || compareText(a.name, b.name) || compareText(a.namespace, b.namespace),
  );

function groupByHostname(services: readonly MeshService[]): ReadonlyMap<Hostname, readonly MeshService[]> {
  return groupBy(services, (service) => service.hostname);
}

const inDocumentOrder = <R extends Resource>(resources: readonly R[]): readonly R[] =>
  [...resources].sort((a, b) => a.order - b.order);
