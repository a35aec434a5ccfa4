/** networking.istio.io ServiceEntry: a host that the mesh knows beside the Kubernetes Services. */
import { enumOf, type Infer, list, object, string, uint32 } from '../schema/schema.ts';
import { istioKind } from './shared/kindDefinition.ts';
import { labelsSelector } from './shared/selector.ts';
import { workloadEntrySpec } from './workloadEntry.ts';

const servicePort = object({ number: uint32, protocol: string, name: string, targetPort: uint32 });
export type ServiceEntryPort = Infer<typeof servicePort>;

export const serviceEntry = istioKind({
  group: 'networking.istio.io',
  versions: ['v1', 'v1beta1', 'v1alpha3'],
  kind: 'ServiceEntry',
  spec: object({
    hosts: list(string),
    addresses: list(string),
    ports: list(servicePort),
    location: enumOf('istio.networking.v1alpha3.ServiceEntry.Location', ['MESH_EXTERNAL', 'MESH_INTERNAL']),
    resolution: enumOf('istio.networking.v1alpha3.ServiceEntry.Resolution', [
      'NONE',
      'STATIC',
      'DNS',
      'DNS_ROUND_ROBIN',
      'DYNAMIC_DNS',
    ]),
    endpoints: list(workloadEntrySpec),
    workloadSelector: labelsSelector,
    exportTo: list(string),
    subjectAltNames: list(string),
  }),
});
export type ServiceEntryBody = Infer<typeof serviceEntry.body>;
export type ServiceEntrySpec = NonNullable<ServiceEntryBody['spec']>;
export type ServiceEntryResolution = NonNullable<ServiceEntrySpec['resolution']>;
