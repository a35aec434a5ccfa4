/**
 * Addresses behind a Service that somebody wrote by hand: EndpointSlices with the Service's name as
 * a label, and Endpoints of a Service without selector, which Kubernetes mirrors into slices
 * (serviceregistry/kube/controller/endpointslice.go). What a Service selects comes by itself.
 */
import type { Origin } from '../base/origin.ts';
import type { ResourceOf } from '../resources/ofKind.ts';
import { groupBy } from './groupBy.ts';
import type { ServiceWithoutEndpoints } from './kubernetesServices.ts';
import { isEmptySelector } from './labels.ts';

export type EndpointSliceResource = ResourceOf<'discovery.k8s.io/EndpointSlice'>;
export type EndpointsResource = ResourceOf<'core/Endpoints'>;

/** One address with one port; the port's name leads to the Service's port. */
export interface WrittenEndpoint {
  readonly address: string;
  readonly portName: string;
  readonly port: number;
  /** The pod it says it is; without one the pod with that address is looked up. */
  readonly pod?: { readonly name: string; readonly namespace: string };
  readonly origin: Origin;
}

interface WrittenPort {
  readonly name?: string;
  readonly port?: number;
}
interface TargetRef {
  readonly kind?: string;
  readonly name?: string;
  readonly namespace?: string;
}

const SERVICE_NAME = 'kubernetes.io/service-name';
const MANAGED_BY = 'endpointslice.kubernetes.io/managed-by';
/** Made from the Service's selector: what this module's caller does itself. */
const SELECTOR_CONTROLLER = 'endpointslice-controller.k8s.io';
const SKIP_MIRROR = 'endpointslice.kubernetes.io/skip-mirror';

export type WrittenEndpointsOf = (
  service: Pick<ServiceWithoutEndpoints, 'name' | 'namespace' | 'selector'>,
) => readonly WrittenEndpoint[];

export function writtenEndpoints(
  slices: readonly EndpointSliceResource[],
  mirrored: readonly EndpointsResource[],
): WrittenEndpointsOf {
  const bySlice = groupBy(
    slices.filter(({ body, labels }) => body.addressType !== 'FQDN' && labels[MANAGED_BY] !== SELECTOR_CONTROLLER),
    (slice) => `${slice.namespace}/${slice.labels[SERVICE_NAME] ?? ''}`,
  );
  const byEndpoints = groupBy(
    mirrored.filter((endpoints) => endpoints.labels[SKIP_MIRROR] !== 'true'),
    (endpoints) => `${endpoints.namespace}/${endpoints.name}`,
  );
  return ({ name, namespace, selector }) => {
    const key = `${namespace}/${name}`;
    const own = (bySlice.get(key) ?? []).flatMap(fromSlice);
    if (!isEmptySelector(selector)) return withoutRepeats(own);
    return withoutRepeats([...own, ...(byEndpoints.get(key) ?? []).flatMap(fromEndpoints)]);
  };
}

/** Slices may overlap. */
const withoutRepeats = (list: readonly WrittenEndpoint[]): readonly WrittenEndpoint[] => [
  ...new Map(list.map((endpoint) => [`${endpoint.address} ${endpoint.portName}`, endpoint])).values(),
];

const fromSlice = (slice: EndpointSliceResource): readonly WrittenEndpoint[] =>
  (slice.body.endpoints ?? []).flatMap((endpoint, index) => {
    if (endpoint.conditions?.ready === false) return [];
    const origin: Origin = { resource: slice.id, path: ['endpoints', index] };
    return (endpoint.addresses ?? []).flatMap((address) =>
      withPorts(address, slice.body.ports, endpoint.targetRef, slice.namespace, origin),
    );
  });

const fromEndpoints = (resource: EndpointsResource): readonly WrittenEndpoint[] =>
  (resource.body.subsets ?? []).flatMap((subset, index) =>
    (subset.addresses ?? []).flatMap(({ ip = '', targetRef }, at) => {
      const origin: Origin = { resource: resource.id, path: ['subsets', index, 'addresses', at] };
      return withPorts(ip, subset.ports, targetRef, resource.namespace, origin);
    }),
  );

const withPorts = (
  address: string,
  ports: readonly WrittenPort[] | undefined,
  targetRef: TargetRef | undefined,
  namespace: string,
  origin: Origin,
): readonly WrittenEndpoint[] =>
  (ports ?? []).map(({ name = '', port = 0 }) => ({
    address,
    portName: name,
    port,
    ...(targetRef?.kind === 'Pod'
      ? { pod: { name: targetRef.name ?? '', namespace: targetRef.namespace ?? namespace } }
      : {}),
    origin,
  }));
