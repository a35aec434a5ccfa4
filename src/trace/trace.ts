/**
 * What happened to a call: plain data, no prose. Trace > Hop > Step.
 *
 * A hop is one party that handled bytes (client, proxy, application, or the network between);
 * hops are listed in the order in which they were entered, `parent` is the hop that sent to it.
 * Invariants (checked by `checkTrace`): every parent precedes its child; a hop's last step agrees
 * with its `end`; the disposition agrees with the outcome. Same input, clock and seed: same trace.
 */
import type { WorkloadId } from '../base/ids.ts';
import type { AccessLogEntry } from './accessLog.ts';
import type { Call } from './call.ts';
import type { ClientOutcome } from './outcome.ts';
import type { Step } from './step.ts';

export const TRACE_VERSION = 1;

export interface Trace {
  readonly version: typeof TRACE_VERSION;
  readonly call: Call;
  readonly hops: readonly Hop[];
  readonly outcome: ClientOutcome;
  readonly disposition: Disposition;
  /** Lots that were drawn (weights, several endpoints, fault percentages) and what could have come instead. */
  readonly choices: readonly ChoiceMade[];
}

export type HopId = number;

export interface Hop {
  readonly id: HopId;
  readonly parent?: HopId;
  readonly party: Party;
  /** 1 for the first attempt; proxies that retry produce later attempts. */
  readonly attempt: number;
  readonly steps: readonly Step[];
  /** What the proxy logs for this hop; tcp_proxy and connection-level entries included. Absent: it logs nothing. */
  readonly log?: AccessLogEntry;
  readonly end: 'answered' | 'forwarded' | 'refused' | 'failed' | 'cannot-tell';
}

export type Party =
  | { readonly kind: 'client'; readonly workload?: WorkloadId; readonly container: 'app' | 'istio-proxy' }
  | {
      readonly kind: 'proxy';
      readonly workload: WorkloadId;
      readonly role: 'sidecar-outbound' | 'sidecar-inbound' | 'gateway';
    }
  | { readonly kind: 'application'; readonly workload: WorkloadId; readonly port: number }
  /** Load balancer or kube-proxy: chooses where the connection really goes. */
  | { readonly kind: 'network'; readonly via: 'load-balancer' | 'cluster-ip'; readonly service: string };

/** In one word what became of the call. */
export type Disposition =
  /** The application that was meant answered, whatever its status. */
  | { readonly kind: 'served'; readonly by: WorkloadId; readonly status?: number }
  /** Somebody on the way answered instead (redirect, direct response, 404, 503 ...), not as a refusal. */
  | { readonly kind: 'answered'; readonly hop: HopId; readonly status: number }
  /** A policy, a certificate check or a filter chain refused it. */
  | { readonly kind: 'refused'; readonly hop: HopId; readonly by: Refuser }
  /** It broke: nothing listens, no endpoint, protocol mismatch, time-out. */
  | { readonly kind: 'failed'; readonly hop?: HopId }
  | { readonly kind: 'cannot-tell'; readonly reasons: readonly CannotTell[] };

export type Refuser =
  | 'no-filter-chain'
  | 'server-certificate'
  | 'client-certificate'
  | 'tls-parameters'
  | 'authorization'
  | 'authentication'
  | 'external-authorizer';

/** Why no verdict is given: something that would decide is not modelled. */
export interface CannotTell {
  readonly code: CannotTellCode;
  readonly params: Readonly<Record<string, string>>;
  readonly hop?: HopId;
}

export type CannotTellCode =
  | 'unmodelled-kind'
  | 'unmodelled-field'
  | 'unmodelled-protocol'
  | 'unknown-world'
  /** A NetworkPolicy forbids it, and nobody says whether the network enforces them. */
  | 'network-plugin'
  | 'too-many-hops'
  | 'wasm-or-lua'
  | 'ambient';

export interface ChoiceMade {
  readonly kind: 'endpoint' | 'weighted-cluster' | 'fault' | 'kube-proxy' | 'race';
  readonly hop?: HopId;
  readonly options: readonly string[];
  readonly chosen: number;
}
