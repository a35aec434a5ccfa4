/**
 * What one proxy can see: the outcome of exportTo, Sidecar resources and DestinationRule lookup.
 * Everything else in control-plane/ asks the scope instead of the mesh.
 */
import type { Hostname } from '../../base/ids.ts';
import type { Origin } from '../../base/origin.ts';
import type { DestinationRuleBody } from '../../resources/kinds/destinationRule.ts';
import type { Mesh, MeshService, Workload } from '../../mesh/types.ts';
import type { Resource } from '../../resources/types.ts';
import type { VirtualServiceInForce } from '../routes/virtualServiceInForce.ts';

export interface ProxyScope {
  readonly mesh: Mesh;
  readonly workload: Workload;
  readonly proxyType: 'sidecar' | 'gateway';
  /** Visible services in istiod's order; `ports` already narrowed by Sidecar egress listeners. */
  readonly services: readonly MeshService[];
  readonly serviceByHost: ReadonlyMap<Hostname, MeshService>;
  /** Visible VirtualServices of `mergeDelegates`, in istiod's order (creation, name, namespace), all gateways. */
  readonly virtualServices: readonly VirtualServiceInForce[];
  /** The DestinationRule in force for a service as this proxy sees it, merged; undefined when none. */
  readonly destinationRule: (service: MeshService) => EffectiveDestinationRule | undefined;
  readonly outboundTrafficPolicy: { readonly mode: 'ALLOW_ANY' | 'REGISTRY_ONLY' | 'ALLOW_ANY_DYNAMIC_DNS'; readonly origins: readonly Origin[] };
  /** The Sidecar resource in force. */
  readonly sidecar?: Resource;
}

export interface EffectiveDestinationRule {
  /** Host as resolved (exact or wildcard). */
  readonly host: string;
  readonly spec: NonNullable<DestinationRuleBody['spec']>;
  /** The rules that were merged, deciding one first. */
  readonly from: readonly Resource<'DestinationRule', DestinationRuleBody>[];
}
