/** networking.istio.io DestinationRule: how a client's proxy talks to a host. */
import { type Infer, list, map, object, string } from '../schema/schema.ts';
import { istioKind } from './shared/kindDefinition.ts';
import { workloadSelector } from './shared/selector.ts';
import { trafficPolicy } from './shared/trafficPolicy.ts';

const subset = object({ name: string, labels: map(string), trafficPolicy });
export type Subset = Infer<typeof subset>;

export const destinationRule = istioKind({
  group: 'networking.istio.io',
  versions: ['v1', 'v1beta1', 'v1alpha3'],
  kind: 'DestinationRule',
  spec: object({ host: string, trafficPolicy, subsets: list(subset), exportTo: list(string), workloadSelector }),
});
export type DestinationRuleBody = Infer<typeof destinationRule.body>;
export type DestinationRuleSpec = NonNullable<DestinationRuleBody['spec']>;
