/** The security dashboards as plain data: mTLS by workload and port, edges, policies. */
import type { ResourceId, WorkloadId } from '../../base/ids.ts';
import type { Origin } from '../../base/origin.ts';
import type { Hop, Trace } from '../../trace/trace.ts';

/** What a door of a workload takes. */
export type DoorStatus =
  | 'strict'
  | 'permissive'
  | 'disable'
  /** A gateway's server: by its own TLS settings, PeerAuthentication does not reach it. */
  | 'gateway-mutual'
  | 'gateway-tls'
  | 'gateway-plain'
  | 'gateway-passthrough'
  /** A listener of a Sidecar resource ends TLS by settings of its own. */
  | 'own-tls'
  /** Nothing in the pod speaks mutual TLS: policies protect nothing here. */
  | 'no-proxy'
  /** Traffic to the port goes round the proxy. */
  | 'not-captured'
  | 'cannot-tell';

export interface MtlsRow {
  readonly workload: WorkloadId;
  readonly namespace: string;
  readonly name: string;
  /** Absent: any port; the workload declares none. */
  readonly port?: number;
  readonly portName?: string;
  readonly status: DoorStatus;
  /** What decided, most decisive first; [] is a built-in default. */
  readonly origins: readonly Origin[];
  readonly level: MtlsLevel;
  /** PeerAuthentications that were looked at, narrowest first, and what became of each. */
  readonly considered: readonly ConsideredMode[];
  /** Kinds that are not modelled and select the workload. */
  readonly unmodelled: readonly string[];
}

export type MtlsLevel = 'default' | 'mesh' | 'namespace' | 'workload' | 'port' | 'gateway' | 'none';

export interface ConsideredMode {
  readonly policy: ResourceId;
  readonly level: 'mesh' | 'namespace' | 'workload';
  readonly outcome: 'decides' | 'inherits' | 'overridden' | 'younger' | 'root-selector';
  readonly mode: string;
}

/** One way that bytes of the saved calls take from one place to another. */
export interface EdgeRow {
  readonly from: 'outside' | WorkloadId;
  /** A workload, or a Service that no call got beyond. */
  readonly to: string;
  readonly carriage: Carriage;
  /** How the party at the far end left it. */
  readonly end: Hop['end'];
  /** The resources that decided on the encryption at the near end, or on the refusal. */
  readonly origins: readonly Origin[];
  /** Ids of the calls that go this way. */
  readonly calls: readonly string[];
}

export type Carriage =
  | 'plain'
  | 'tls'
  | 'mutual-tls'
  | 'tls-in-tls'
  /** A handshake was tried and failed: nothing crossed. */
  | 'no-handshake'
  | 'cannot-tell';

export interface TracedCall {
  readonly id: string;
  readonly trace: Trace;
}

export interface PolicyRow {
  readonly resource: ResourceId;
  readonly kind: 'PeerAuthentication' | 'RequestAuthentication' | 'AuthorizationPolicy';
  readonly namespace: string;
  readonly name: string;
  readonly scope: 'mesh' | 'namespace' | 'workload' | 'gateway';
  /** STRICT, DENY, an issuer: what it says in a word. */
  readonly summary: string;
  /** Workloads with a proxy that it reaches. */
  readonly selects: readonly WorkloadId[];
  /** Workloads that it means but that have no proxy to enforce it. */
  readonly unprotected: readonly WorkloadId[];
  readonly state: PolicyState;
  /** The policies that leave it without effect. */
  readonly by: readonly ResourceId[];
}

export type PolicyState =
  | 'in-force'
  /** In force on some of those it selects, replaced on others. */
  | 'partly'
  | 'selects-nothing'
  | 'only-without-proxy'
  /** Others decide wherever it applies. */
  | 'shadowed'
  /** It says nothing of its own (UNSET, no rule that matters). */
  | 'says-nothing'
  /** A selector in the root namespace never counts. */
  | 'root-selector'
  /** CUSTOM or AUDIT: its effect lies with a provider. */
  | 'by-provider';

export interface SecurityReport {
  readonly doors: readonly MtlsRow[];
  readonly edges: readonly EdgeRow[];
  readonly policies: readonly PolicyRow[];
}
