/**
 * Endpoints outside Kubernetes: WorkloadEntry resources, and the endpoints written inside a
 * ServiceEntry (serviceregistry/serviceentry/conversion.go convertWorkloadEntryToWorkloadInstance).
 */
import type { Origin } from '../base/origin.ts';
import type { WorkloadEntrySpec } from '../resources/kinds/workloadEntry.ts';
import type { ResourceOf } from '../resources/ofKind.ts';
import { isIpAddress } from './addresses.ts';
import type { Labels } from './labels.ts';

const TLS_MODE = 'security.istio.io/tlsMode';

export interface WorkloadEntryEndpoint {
  readonly namespace: string;
  readonly name: string;
  readonly address: string;
  readonly labels: Labels;
  readonly ports: Readonly<Record<string, number>>;
  readonly weight?: number;
  readonly locality?: string;
  readonly spiffeId?: string;
  readonly tlsMode: string;
  /** The address is a name: only DNS services can use it. */
  readonly dnsName: boolean;
  readonly origin: Origin;
}

export function fromWorkloadEntry(
  resource: ResourceOf<'networking.istio.io/WorkloadEntry'>,
  trustDomain: string,
): WorkloadEntryEndpoint {
  const spec = resource.body.spec ?? {};
  const identity = { namespace: resource.namespace, name: resource.name };
  return endpoint({ ...spec, labels: { ...spec.labels, ...resource.labels } }, identity, trustDomain, {
    resource: resource.id,
    path: ['spec'],
  });
}

export function fromInlineEndpoint(
  resource: ResourceOf<'networking.istio.io/ServiceEntry'>,
  index: number,
  trustDomain: string,
): WorkloadEntryEndpoint {
  const identity = { namespace: resource.namespace, name: `${resource.name}-${index}` };
  return endpoint(resource.body.spec?.endpoints?.[index] ?? {}, identity, trustDomain, {
    resource: resource.id,
    path: ['spec', 'endpoints', index],
  });
}

function endpoint(
  spec: WorkloadEntrySpec,
  identity: { readonly namespace: string; readonly name: string },
  trustDomain: string,
  origin: Origin,
): WorkloadEntryEndpoint {
  const labels = spec.labels ?? {};
  const account = spec.serviceAccount ?? '';
  const address = spec.address ?? '';
  return {
    ...identity,
    address,
    labels,
    ports: spec.ports ?? {},
    ...(spec.weight === undefined || spec.weight === 0 ? {} : { weight: spec.weight }),
    ...(spec.locality === undefined ? {} : { locality: spec.locality }),
    ...(account === '' ? {} : { spiffeId: `spiffe://${trustDomain}/ns/${identity.namespace}/sa/${account}` }),
    tlsMode: labels[TLS_MODE] ?? (account === '' ? 'disabled' : 'istio'),
    dnsName: address !== '' && !isIpAddress(address),
    origin,
  };
}
