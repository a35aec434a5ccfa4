/** networking.istio.io WorkloadEntry: one endpoint outside Kubernetes. */
import { type Infer, map, object, string, uint32, unmodelled } from '../schema/schema.ts';
import { istioKind } from './shared/kindDefinition.ts';

/** Also an endpoint of a ServiceEntry and the template of a WorkloadGroup. */
export const workloadEntrySpec = object({
  address: string,
  ports: map(uint32),
  labels: map(string),
  network: unmodelled('multi-cluster', string),
  locality: unmodelled('locality', string),
  weight: uint32,
  serviceAccount: string,
});
export type WorkloadEntrySpec = Infer<typeof workloadEntrySpec>;

export const workloadEntry = istioKind({
  group: 'networking.istio.io',
  versions: ['v1', 'v1beta1', 'v1alpha3'],
  kind: 'WorkloadEntry',
  spec: workloadEntrySpec,
});
export type WorkloadEntryBody = Infer<typeof workloadEntry.body>;
