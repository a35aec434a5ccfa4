/** Secrets as proxies ask for them (SDS): who asks, by which name, who answers with what. Types only. */
import type { Diagnostic } from '../base/diagnostics/diagnostic.ts';
import type { ResourceId, WorkloadId } from '../base/ids.ts';
import type { SourceRange } from '../base/origin.ts';
import type { SecretHold, SecretPush } from '../engine.ts';
import type { Reason } from '../trace/step.ts';
import type { CertificateView } from './certificateView.ts';

export interface SdsView {
  readonly workload: WorkloadId;
  /** Pods of the workload: each asks for itself and gets the same. */
  readonly replicas: number;
  /** Chains of listeners that terminate TLS; what a gateway serves with. */
  readonly servers: readonly SdsServerView[];
  /** Every name the proxy asks for, each once. */
  readonly secrets: readonly SdsSecretView[];
}

export interface SdsServerView {
  readonly listener: string;
  /** Empty: any server name, and none. */
  readonly serverNames: readonly string[];
  /** The Gateway that asks for TLS here. */
  readonly gateway?: ResourceId;
  readonly range?: SourceRange;
  /** SDS names of what it presents. */
  readonly presents: readonly string[];
  /** SDS name of what it checks clients against; absent: it asks for no certificate. */
  readonly verifiesBy?: string;
  readonly clientCertificate: 'not-requested' | 'requested' | 'required';
  /**
   * What connections meet. `waiting`: after 15 s without an answer the listener opens, and resets
   * them; `not-listening`: the proxy refuses the whole listener.
   */
  readonly state: 'serving' | 'waiting' | 'refusing' | 'not-listening' | 'unknown';
}

export interface SdsSecretView {
  readonly name: string;
  readonly servedBy: 'istiod' | 'istio-agent';
  readonly use: 'certificate' | 'trust-bundle' | 'unknown';
  readonly state: 'delivered' | 'missing' | 'refused' | 'unknown';
  /** Chain, leaf first; or trust anchors. */
  readonly certificates: readonly CertificateView[];
  readonly crls: number;
  /** The Secret, ConfigMap or Certificate that it is read from, as far as there is one. */
  readonly from?: ResourceId;
  readonly range?: SourceRange;
  readonly why?: Reason;
  /** Envoy's own words where it refuses. */
  readonly message?: string;
  /** Clusters of the proxy that use it. */
  readonly clusters: readonly string[];
}

export interface SdsPushesView {
  /** To be handed back with the next question. */
  readonly holds: readonly SecretHold[];
  readonly pushes: readonly SecretPush[];
  /** Configuration that the gateways refuse as the text stands. */
  readonly refusals: readonly Diagnostic[];
}
export type { SecretHold, SecretPush };
