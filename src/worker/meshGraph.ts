/**
 * The mesh as a picture needs it: who is there, in which room, with what at its door. Derived from
 * the Mesh and the effective mTLS settings; ordered as the documents are. Types only.
 */
import type { ResourceId, WorkloadId } from '../base/ids.ts';
import type { SourceRange } from '../base/origin.ts';

export type MtlsMode = 'STRICT' | 'PERMISSIVE' | 'DISABLE';

export interface MeshGraph {
  readonly namespaces: readonly GraphNamespace[];
  readonly workloads: readonly GraphWorkload[];
  readonly services: readonly GraphService[];
  readonly authorities: readonly GraphAuthority[];
  /** The outside of the cluster: where calls `from: 'outside'` start. */
  readonly outsideAddress: string;
}

export interface GraphNamespace {
  readonly name: string;
  /** Sidecars are injected by the namespace's label. */
  readonly injection: boolean;
  /** What PeerAuthentication says for a workload here that nothing narrower selects. */
  readonly mtls: MtlsMode;
  /** The PeerAuthentication that says so; absent: the built-in default. */
  readonly mtlsBy?: ResourceId;
  /** Security policies for all of it; in the root namespace, for the whole mesh. */
  readonly policies?: readonly ResourceId[];
  /** Absent when the namespace is only mentioned, not declared. */
  readonly range?: SourceRange;
}

export interface GraphWorkload {
  readonly id: WorkloadId;
  readonly namespace: string;
  readonly name: string;
  /** Deployment, StatefulSet, DaemonSet, Pod ... */
  readonly controller: string;
  readonly resource: ResourceId;
  readonly serviceAccount: string;
  readonly ip: string;
  readonly proxy: 'none' | 'sidecar' | 'gateway';
  /** For gateways: which side they serve, as far as their Gateway resources say. */
  readonly gateway?: 'ingress' | 'egress' | 'both';
  readonly ambient: boolean;
  readonly spiffeId?: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly ports: readonly GraphPort[];
  /** Effective mode for ports without one of their own. */
  readonly mtls: MtlsMode;
  readonly mtlsBy?: ResourceId;
  /** Security policies that select it by its labels. */
  readonly policies?: readonly ResourceId[];
  /** A server of the world outside, with this DNS name. */
  readonly externalHost?: string;
  /** Something that selects it is not modelled: verdicts through it may be "cannot tell". */
  readonly tainted: boolean;
  readonly range?: SourceRange;
}

export interface GraphPort {
  readonly port: number;
  readonly name?: string;
  /** What the application speaks. */
  readonly protocol: 'http' | 'tcp' | 'https';
  readonly mtls: MtlsMode;
}

export interface GraphService {
  /** `namespace/name`. */
  readonly id: string;
  readonly namespace: string;
  readonly name: string;
  readonly hostname: string;
  readonly registry: 'kubernetes' | 'service-entry';
  readonly type: 'ClusterIP' | 'NodePort' | 'LoadBalancer' | 'ExternalName';
  readonly clusterIp?: string;
  readonly loadBalancerIp?: string;
  readonly meshExternal: boolean;
  readonly ports: readonly { readonly name: string; readonly port: number; readonly protocol: string }[];
  readonly workloads: readonly WorkloadId[];
  readonly resource: ResourceId;
  readonly range?: SourceRange;
}

export interface GraphAuthority {
  readonly id: string;
  readonly name: string;
  /** istiod's own, one plugged in through a Secret or signer, or one that only issues for outside. */
  readonly kind: 'istiod' | 'custom' | 'signer' | 'external';
  readonly trustDomain?: string;
  readonly certifies: readonly WorkloadId[];
  /** The issuer, or the Secret that istiod's own was plugged in through; absent: no document makes it. */
  readonly resource?: ResourceId;
  /** Of an issuer: the issuer itself, its Secret, the Certificate that wrote it, that one's issuer ... */
  readonly provenance?: readonly {
    readonly kind: 'Issuer' | 'ClusterIssuer' | 'Certificate' | 'Secret';
    readonly name: string;
    readonly resource?: ResourceId;
  }[];
  readonly range?: SourceRange;
}
