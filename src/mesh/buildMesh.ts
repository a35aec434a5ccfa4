/**
 * Builds the mesh: from the resources in force to workloads, services, endpoints and settings.
 * Applies Kubernetes' and istiod's registry rules and nothing of Envoy. Pure: the same workspace
 * and options give the same mesh; addresses follow from the seed and from names alone. What an edit
 * does not touch keeps its object (base/remembered.ts), so that layers above can remember by it.
 */
import type { Diagnostic } from '../base/diagnostics/diagnostic.ts';
import type { Hostname, WorkloadId } from '../base/ids.ts';
import { rememberLast, stableList } from '../base/remembered.ts';
import { sameData } from '../base/sameData.ts';
import type { ResourceOf } from '../resources/ofKind.ts';
import type { ParsedWorkspace } from '../resources/types.ts';
import { type AddressKey, assignAddresses, outsideAddress } from './addresses.ts';
import { ageDiagnostics } from './ages.ts';
import type { ParseYaml } from './embeddedYaml.ts';
import {
  type EndpointSliceResource,
  type EndpointsResource,
  type WrittenEndpoint,
  type WrittenEndpointsOf,
  writtenEndpoints,
} from './endpointSlices.ts';
import {
  kubernetesEndpoints,
  podsOf,
  serviceEntryEndpoints,
  workloadEntryEndpoints,
  writtenServiceEndpoints,
} from './endpoints.ts';
import { groupBy } from './groupBy.ts';
import { discoveredNamespaces, type IsDiscovered, resourcesInForce } from './inForce.ts';
import { installationOf } from './installation.ts';
import {
  convertService,
  isLoadBalancer,
  needsClusterIp,
  type ServiceResource,
  type ServiceWithoutEndpoints,
} from './kubernetesServices.ts';
import { buildMeshConfig } from './meshConfig.ts';
import { buildNamespaces } from './namespaces.ts';
import { type PodTemplateOf, podTemplates } from './podTemplates.ts';
import { effectiveProxyConfig } from './proxyEnvironment.ts';
import { ageOf, compareText, defaultAges, indexResources, resourcesOf } from './resourceIndex.ts';
import {
  autoAllocatedHosts,
  convertServiceEntry,
  oneEndpointForRoundRobin,
  type ServiceEntryResource,
} from './serviceEntries.ts';
import { rememberFace } from './serviceFace.ts';
import { serviceTargets } from './serviceTargets.ts';
import { buildTaints } from './taints.ts';
import type { Mesh, MeshConfig, MeshOptions, MeshService, Workload } from './types.ts';
import type { WorkloadEntryEndpoint } from './workloadEntries.ts';
import { buildPod, completeWorkload, type PodFacts } from './workloads.ts';

export interface BuiltMesh {
  readonly mesh: Mesh;
  readonly diagnostics: readonly Diagnostic[];
}

/** `plainYaml`: YAML inside a string that is no configuration of Istio's. */
export function buildMesh(
  parsed: ParsedWorkspace,
  options: MeshOptions,
  parseYaml: ParseYaml,
  plainYaml: ParseYaml = parseYaml,
): BuiltMesh {
  const ages = defaultAges(options);
  const installation = installationOf(parsed.resources, plainYaml);
  const { config, diagnostics } = buildMeshConfig(parsed.resources, installation, parseYaml);
  const namespaces = buildNamespaces(parsed.resources);
  const isDiscovered = discoveredNamespaces(config, namespaces);
  const resources = indexResources(resourcesInForce(parsed.resources, isDiscovered), ages);
  const { addresses = NO_ADDRESSES, trustDomains = NO_TRUST_DOMAINS, now, seed } = options;
  const registry = buildRegistry(
    config,
    namespaces,
    isDiscovered,
    stableList(podTemplates(parsed.resources)),
    resourcesOf({ resources }, 'core/Service'),
    resourcesOf({ resources }, 'networking.istio.io/ServiceEntry'),
    resourcesOf({ resources }, 'networking.istio.io/WorkloadEntry'),
    resourcesOf({ resources }, 'discovery.k8s.io/EndpointSlice'),
    resourcesOf({ resources }, 'core/Endpoints'),
    resourcesOf({ resources }, 'networking.istio.io/ProxyConfig'),
    addresses,
    trustDomains,
    seed,
    ages.base,
    ages.step,
    parseYaml,
  );
  const { pods, workloads, workloadByIp, services, serviceByHostname } = registry;
  const mesh: Mesh = {
    now,
    seed,
    config,
    namespaces,
    workloads,
    workloadByIp,
    services,
    serviceByHostname,
    resources,
    traffic: trafficOf(stableList([registry, ...withoutPolicies(resources)]), now, seed, ages.base, ages.step),
    createdAt: (resource) => ageOf(resource, ages),
    outsideAddress: outsideAddress(addresses),
    ...(installation === undefined ? {} : { installation }),
    taints: buildTaints(parsed.resources, config.rootNamespace, pods),
    options,
  };
  return { mesh, diagnostics: [...diagnostics, ...ageDiagnostics(mesh)] };
}

const NO_ADDRESSES: NonNullable<MeshOptions['addresses']> = {};
const NO_TRUST_DOMAINS: NonNullable<MeshOptions['trustDomains']> = {};

/** Kinds that say who may call, and nothing of where calls go. */
const POLICIES = new Set([
  'security.istio.io/AuthorizationPolicy',
  'security.istio.io/PeerAuthentication',
  'security.istio.io/RequestAuthentication',
]);

const withoutPolicies = (resources: Mesh['resources']): readonly object[] =>
  [...resources].filter(([kind]) => !POLICIES.has(kind)).map(([, list]) => list);

/** One object for as long as all of this is the same. */
const trafficOf = rememberLast(
  (_parts: readonly object[], _now: number, _seed: string, _base: number, _step: number): object => ({}),
);

/** Workloads and services: what istiod's registries know. */
interface Registry {
  readonly pods: readonly PodFacts[];
  readonly workloads: Mesh['workloads'];
  readonly workloadByIp: Mesh['workloadByIp'];
  readonly services: Mesh['services'];
  readonly serviceByHostname: Mesh['serviceByHostname'];
}

const buildRegistry = rememberLast(
  (
    config: MeshConfig,
    namespaces: Mesh['namespaces'],
    isDiscovered: IsDiscovered,
    templates: readonly PodTemplateOf[],
    serviceResources: readonly ServiceResource[],
    entries: readonly ServiceEntryResource[],
    entriesOfWorkloads: readonly ResourceOf<'networking.istio.io/WorkloadEntry'>[],
    slices: readonly EndpointSliceResource[],
    endpoints: readonly EndpointsResource[],
    proxyConfigs: readonly ResourceOf<'networking.istio.io/ProxyConfig'>[],
    given: NonNullable<MeshOptions['addresses']>,
    trustDomains: NonNullable<MeshOptions['trustDomains']>,
    seed: string,
    base: number,
    step: number,
    parseYaml: ParseYaml,
  ): Registry => {
    const ages = { base, step };
    const addresses = addressesOf(given, seed, JSON.stringify(addressKeys(templates, serviceResources, entries)));
    const pods = stableList(
      templates.map((template) =>
        buildPod(template, addresses.get(podKey(template)) ?? '', namespaces, config.trustDomain, trustDomains),
      ),
    );
    const kubernetes = inDocumentOrder(serviceResources).map((resource) => {
      const { service, loadBalancer } = serviceKeys(resource);
      const [own, balanced] = [addresses.get(service), addresses.get(loadBalancer)];
      return serviceOf(resource, config, own, balanced, ageOf(resource, ages), isDiscovered(resource.namespace));
    });
    const workloadEntries = workloadEntriesOf(entriesOfWorkloads, config.trustDomain);
    const written = writtenEndpoints(slices, endpoints);
    const behind = kubernetes.map(selecting(pods));
    const fromKubernetes = stableList(withEndpoints(kubernetes, behind, pods, workloadEntries, written));
    const fromEntries = oneEndpointForRoundRobin(
      entries.flatMap((entry) => {
        const allocated = autoAllocatedHosts(entry).map((host) => addresses.get(autoKey(entry, host)) ?? '');
        const age = ageOf(entry, ages);
        const selectable = entry.body.spec?.workloadSelector === undefined ? NOBODY : { pods, workloadEntries };
        return entryServices(entry, config, allocated.join(), age, selectable.pods, selectable.workloadEntries);
      }),
    );
    const services = inIstiodOrder(stableList([...fromKubernetes, ...fromEntries]));
    const known: Known = { pods, kubernetes: fromKubernetes, behind, workloadEntries, isDiscovered };
    const workloads = completePods(known, fromEntries, config, proxyConfigs, parseYaml);
    return {
      pods,
      workloads,
      workloadByIp: new Map([...workloads.values()].map((workload) => [workload.ip, workload])),
      services,
      serviceByHostname: groupByHostname(services),
    };
  },
);

const podKey = rememberLast(({ namespace, name }: PodTemplateOf): AddressKey => `pod ${namespace}/${name}`);
const autoKey = ({ namespace }: ServiceEntryResource, host: string): AddressKey => `auto ${namespace}/${host}`;

const serviceKeys = rememberLast(
  ({ namespace, name }: ServiceResource): Record<'service' | 'loadBalancer', AddressKey> => ({
    service: `service ${namespace}/${name}`,
    loadBalancer: `load balancer ${namespace}/${name}`,
  }),
);

function addressKeys(
  templates: readonly PodTemplateOf[],
  services: readonly ServiceResource[],
  entries: readonly ServiceEntryResource[],
): readonly AddressKey[] {
  const keys = new Set<AddressKey>();
  for (const template of templates) keys.add(podKey(template));
  for (const resource of services) {
    const { service, loadBalancer } = serviceKeys(resource);
    if (needsClusterIp(resource.body.spec)) keys.add(service);
    if (isLoadBalancer(resource.body.spec)) keys.add(loadBalancer);
  }
  for (const entry of entries) for (const host of autoAllocatedHosts(entry)) keys.add(autoKey(entry, host));
  return [...keys];
}

const addressesOf = rememberLast((given: NonNullable<MeshOptions['addresses']>, seed: string, keys: string) =>
  assignAddresses(JSON.parse(keys) as AddressKey[], given, seed),
);

const serviceOf = rememberLast(
  (
    resource: ServiceResource,
    config: MeshConfig,
    clusterIp: string | undefined,
    loadBalancerIp: string | undefined,
    createdAt: number,
    isDiscovered: boolean,
  ): ServiceWithoutEndpoints => {
    const service = convertService(resource, config, { clusterIp, loadBalancerIp }, createdAt);
    // Kubernetes has the Service all the same: its name resolves and its address leads somewhere.
    return isDiscovered ? service : { ...service, exportTo: ['~'] };
  },
  sameData,
);

const workloadEntriesOf = rememberLast(workloadEntryEndpoints);

const entryServices = rememberLast(
  (
    entry: ServiceEntryResource,
    config: MeshConfig,
    /** By host, in the order of the hosts that need one. */
    allocated: string,
    createdAt: number,
    pods: readonly PodFacts[],
    workloadEntries: readonly WorkloadEntryEndpoint[],
  ): readonly MeshService[] => {
    const addresses = new Map(autoAllocatedHosts(entry).map((host, index) => [host, allocated.split(',')[index]]));
    return convertServiceEntry(entry, config, (host) => addresses.get(host), createdAt).map((service) => ({
      ...service,
      endpoints: serviceEntryEndpoints(service, entry, pods, workloadEntries, config.trustDomain),
    }));
  },
  sameData,
);

const NONE: readonly never[] = [];
const NOBODY = { pods: NONE, workloadEntries: NONE };

/** The pods that a Service selects. */
function selecting(pods: readonly PodFacts[]): (service: ServiceWithoutEndpoints) => readonly PodFacts[] {
  const podsByNamespace = groupBy(pods, (pod) => pod.namespace);
  return (service) => stableList(podsOf(service, podsByNamespace));
}

function withEndpoints(
  services: readonly ServiceWithoutEndpoints[],
  behind: readonly (readonly PodFacts[])[],
  pods: readonly PodFacts[],
  workloadEntries: readonly WorkloadEntryEndpoint[],
  written: WrittenEndpointsOf,
): readonly MeshService[] {
  return services.map((service, index) => {
    const byHand = stableList(written(service));
    const selected = behind[index] ?? NONE;
    const withThem = serviceWithEndpoints(
      service,
      selected,
      workloadEntries,
      byHand,
      byHand.length === 0 ? NONE : pods,
    );
    return rememberFace(withThem, service);
  });
}

const serviceWithEndpoints = rememberLast(
  (
    service: ServiceWithoutEndpoints,
    selected: readonly PodFacts[],
    workloadEntries: readonly WorkloadEntryEndpoint[],
    written: readonly WrittenEndpoint[],
    allPods: readonly PodFacts[],
  ): MeshService => ({
    ...service,
    endpoints: [
      ...kubernetesEndpoints(service, selected, workloadEntries),
      ...writtenServiceEndpoints(service, written, allPods),
    ],
  }),
  sameData,
);

/** What is known before services and workloads know each other. */
interface Known {
  readonly pods: readonly PodFacts[];
  readonly kubernetes: readonly MeshService[];
  /** The pods behind each of these. */
  readonly behind: readonly (readonly PodFacts[])[];
  readonly workloadEntries: readonly WorkloadEntryEndpoint[];
  readonly isDiscovered: IsDiscovered;
}

function completePods(
  { pods, kubernetes, behind, workloadEntries, isDiscovered }: Known,
  serviceEntries: readonly MeshService[],
  config: MeshConfig,
  proxyConfigs: readonly ResourceOf<'networking.istio.io/ProxyConfig'>[],
  parseYaml: ParseYaml,
): ReadonlyMap<WorkloadId, Workload> {
  const selectedBy = new Map<PodFacts, MeshService[]>(pods.map((pod) => [pod, []]));
  kubernetes.forEach((service, index) => {
    for (const pod of behind[index] ?? NONE) selectedBy.get(pod)?.push(service);
  });
  const entriesByNamespace = groupBy(serviceEntries, ({ namespace }) => namespace);
  return new Map(
    pods.map((pod) => {
      const selecting = stableList(selectedBy.get(pod) ?? NONE);
      const atHand = workloadEntries.some((entry) => entry.address === pod.ip);
      return [
        pod.id,
        completed(
          pod,
          selecting,
          // Services that do not select the pod matter only to one that none selects, or that an entry stands for.
          selecting.length > 0 && !atHand ? NONE : kubernetes,
          stableList(entriesByNamespace.get(pod.namespace) ?? NONE),
          atHand ? workloadEntries : NONE,
          isDiscovered(pod.namespace),
          config,
          proxyConfigs,
          parseYaml,
        ),
      ];
    }),
  );
}

const completed = rememberLast(
  (
    pod: PodFacts,
    selecting: readonly MeshService[],
    kubernetes: readonly MeshService[],
    serviceEntries: readonly MeshService[],
    workloadEntries: readonly WorkloadEntryEndpoint[],
    isDiscovered: boolean,
    config: MeshConfig,
    proxyConfigs: readonly ResourceOf<'networking.istio.io/ProxyConfig'>[],
    parseYaml: ParseYaml,
  ): Workload => {
    const targets = isDiscovered ? serviceTargets(pod, selecting, { kubernetes, serviceEntries, workloadEntries }) : [];
    return completeWorkload(pod, selecting, targets, effectiveProxyConfig(pod, config, proxyConfigs, parseYaml));
  },
  sameData,
);

/** By creation, name, namespace. */
const inIstiodOrder = rememberLast((services: readonly MeshService[]): readonly MeshService[] =>
  [...services].sort(
    (a, b) => a.createdAt - b.createdAt || compareText(a.name, b.name) || compareText(a.namespace, b.namespace),
  ),
);

function groupByHostname(services: readonly MeshService[]): ReadonlyMap<Hostname, readonly MeshService[]> {
  return groupBy(services, (service) => service.hostname);
}

const inDocumentOrder = rememberLast((resources: readonly ServiceResource[]): readonly ServiceResource[] =>
  [...resources].sort((a, b) => a.order - b.order),
);
