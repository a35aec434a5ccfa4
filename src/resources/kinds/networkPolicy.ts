/** networking.k8s.io NetworkPolicy: what the network below the mesh lets through. */
import { any, type Infer, ignored, int32, intOrString, list, object, string } from '../schema/schema.ts';
import { kubernetesKind } from './shared/kindDefinition.ts';
import { labelSelector } from './shared/selector.ts';

const peer = object({
  podSelector: labelSelector,
  namespaceSelector: labelSelector,
  ipBlock: object({ cidr: string, except: list(string) }),
});
const ports = list(object({ protocol: string, port: intOrString, endPort: int32 }));

export const networkPolicy = kubernetesKind({
  group: 'networking.k8s.io',
  versions: ['v1'],
  kind: 'NetworkPolicy',
  body: object({
    spec: object({
      podSelector: labelSelector,
      policyTypes: list(string),
      ingress: list(object({ from: list(peer), ports })),
      egress: list(object({ to: list(peer), ports })),
    }),
    status: ignored('status', any),
  }),
});
export type NetworkPolicyBody = Infer<typeof networkPolicy.body>;
