/**
 * What one proxy can see: the outcome of exportTo, Sidecar resources and DestinationRule lookup.
 * Everything else in control-plane/ asks the scope instead of the mesh.
 */
import type { Hostname } from '../../base/ids.ts';
import type { Origin } from '../../base/origin.ts';
import type { Mesh, MeshService, Workload } from '../../mesh/types.ts';
import type { DestinationRuleBody } from '../../resources/kinds/destinationRule.ts';
import type { IstioEgressListener, SidecarBody } from '../../resources/kinds/sidecar.ts';
import type { Resource } from '../../resources/types.ts';
import type { VirtualServiceInForce } from '../routes/virtualServiceInForce.ts';

export type SidecarResource = Resource<'Sidecar', SidecarBody>;
export type DestinationRuleResource = Resource<'DestinationRule', DestinationRuleBody>;

export interface ProxyScope {
  readonly mesh: Mesh;
  readonly workload: Workload;
  readonly proxyType: 'sidecar' | 'gateway';
  /** One for each host, in istiod's order: what clusters are built for. Destinations of imported VirtualServices are among them. */
  readonly services: readonly MeshService[];
  readonly serviceByHost: ReadonlyMap<Hostname, MeshService>;
  /**
   * Sidecars: VirtualServices for `mesh` that the egress listeners import. Gateways: all that are
   * exported to the gateway's namespace. Delegates merged, in istiod's order of precedence.
   */
  readonly virtualServices: readonly VirtualServiceInForce[];
  /** Sidecar.egress, or one that imports everything; listeners and routes of a port follow the first that applies. */
  readonly egressListeners: readonly EgressListener[];
  /** The DestinationRule in force for a service as this proxy sees it, merged; undefined when none. */
  readonly destinationRule: (service: MeshService) => EffectiveDestinationRule | undefined;
  /** The one whose connection pool shapes the proxy's own side of a service; never one with a workloadSelector. */
  readonly inboundDestinationRule: (service: MeshService) => EffectiveDestinationRule | undefined;
  readonly outboundTrafficPolicy: {
    readonly mode: 'ALLOW_ANY' | 'REGISTRY_ONLY' | 'ALLOW_ANY_DYNAMIC_DNS';
    readonly origins: readonly Origin[];
  };
  /** The Sidecar resource in force. */
  readonly sidecar?: SidecarResource;
}

export interface EgressListener {
  /** Absent when no Sidecar says anything about egress. */
  readonly listener?: IstioEgressListener;
  readonly origins: readonly Origin[];
  /** Imported services; a listener with a port narrows them to that port. Several may share a host. */
  readonly services: readonly MeshService[];
  readonly virtualServices: readonly VirtualServiceInForce[];
}

export interface EffectiveDestinationRule {
  /** Host as resolved (exact or wildcard). */
  readonly host: string;
  readonly spec: NonNullable<DestinationRuleBody['spec']>;
  /** The rules that were merged: the one that gives trafficPolicy first. */
  readonly from: readonly DestinationRuleResource[];
  /** Which of them gives the top-level trafficPolicy, and which each subset, with its index there. */
  readonly trafficPolicyFrom?: DestinationRuleResource;
  readonly subsetFrom: ReadonlyMap<string, { readonly resource: DestinationRuleResource; readonly index: number }>;
}
