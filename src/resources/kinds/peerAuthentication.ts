/** security.istio.io PeerAuthentication: which mTLS a workload's proxy accepts. */
import { enumOf, type Infer, object, portMap } from '../schema/schema.ts';
import { istioKind } from './shared/kindDefinition.ts';
import { workloadSelector } from './shared/selector.ts';

const mutualTls = object({
  mode: enumOf('istio.security.v1beta1.PeerAuthentication.MutualTLS.Mode', [
    'UNSET',
    'DISABLE',
    'PERMISSIVE',
    'STRICT',
  ]),
});
export type MutualTls = Infer<typeof mutualTls>;
export type MutualTlsMode = NonNullable<MutualTls['mode']>;

export const peerAuthentication = istioKind({
  group: 'security.istio.io',
  versions: ['v1', 'v1beta1'],
  kind: 'PeerAuthentication',
  spec: object({ selector: workloadSelector, mtls: mutualTls, portLevelMtls: portMap(mutualTls) }),
});
export type PeerAuthenticationBody = Infer<typeof peerAuthentication.body>;
export type PeerAuthenticationSpec = NonNullable<PeerAuthenticationBody['spec']>;
