/**
 * One decision or event inside a hop. Each step says what was decided, by which configuration
 * item (Envoy's name and the resource it came from) and what was considered and rejected.
 */
import type { Origin } from '../base/origin.ts';
import type { TlsHandshakeStep } from './tlsStep.ts';
import type { CannotTell } from './trace.ts';

export type Step =
  | DnsStep
  | CaptureStep
  | ConnectStep
  | LoadBalanceStep
  | ListenerStep
  | FilterChainStep
  | TlsHandshakeStep
  | HttpReceivedStep
  | RouteStep
  | ClusterStep
  | EndpointStep
  | TransportSocketStep
  | JwtStep
  | RbacStep
  | ExtAuthzStep
  | FilterActionStep
  | RetryStep
  | SecretStep
  | ForwardedStep
  | RespondedStep
  | ConnectionEndedStep
  | CannotTellStep;

/** An alternative that was looked at and not taken. */
export interface Rejected {
  readonly name: string;
  readonly origin?: Origin;
  readonly reason: Reason;
}

/** A reason code with parameters; i18n has the sentence (`reason.<code>`). */
export interface Reason {
  readonly code: string;
  readonly params: Readonly<Record<string, string | number>>;
}

interface StepBase {
  /** The resources (and fields) that decided, most decisive first. */
  readonly origins: readonly Origin[];
  /** Milliseconds since the call began, where time has passed that has meaning: a delay, a time-out. Absent: 0. */
  readonly at?: number;
}

export interface DnsStep extends StepBase {
  readonly kind: 'dns';
  readonly host: string;
  readonly address?: string;
  /** The question was dropped; else the name is not known when there is no address. */
  readonly unanswered?: true;
}
export interface CaptureStep extends StepBase {
  readonly kind: 'capture';
  readonly direction: 'outbound' | 'inbound';
  readonly captured: boolean;
  /** The iptables rule that decided, by the ids of the mTLS spec: O1..O9, or the inbound condition. */
  readonly rule: string;
  readonly toPort?: number;
}
export interface ConnectStep extends StepBase {
  readonly kind: 'connect';
  readonly address: string;
  readonly port: number;
  readonly result: 'established' | 'refused' | 'timeout' | 'unreachable';
}
export interface LoadBalanceStep extends StepBase {
  readonly kind: 'load-balance';
  readonly service: string;
  readonly from: string;
  readonly to: string;
  readonly rejected: readonly Rejected[];
}
export interface ListenerStep extends StepBase {
  readonly kind: 'listener-matched';
  /** Absent: nothing listens there. */
  readonly listener?: string;
  readonly address: string;
  readonly rejected: readonly Rejected[];
}
export interface FilterChainStep extends StepBase {
  readonly kind: 'filter-chain-matched';
  /** Absent: no chain matched and the connection is closed. */
  readonly filterChain?: string;
  /** What the listener filters found out. */
  readonly seen: {
    readonly destinationPort: number;
    readonly transportProtocol: 'tls' | 'raw_buffer';
    readonly serverName?: string;
    readonly applicationProtocols: readonly string[];
  };
  readonly rejected: readonly Rejected[];
}
export interface HttpReceivedStep extends StepBase {
  readonly kind: 'http-received';
  readonly method: string;
  readonly authority: string;
  /** As received, and as it is after normalisation. */
  readonly path: string;
  readonly normalizedPath: string;
  readonly version: '1.0' | '1.1' | '2';
  /** Peer identity of this hop's downstream, from its verified certificate. */
  readonly peer?: string;
}
export interface RouteStep extends StepBase {
  readonly kind: 'route-matched';
  readonly routeConfiguration: string;
  readonly virtualHost?: string;
  readonly route?: string;
  readonly rejected: readonly Rejected[];
}
export interface ClusterStep extends StepBase {
  readonly kind: 'cluster-selected';
  readonly cluster: string;
  /** The cluster does not exist on this proxy (NC). */
  readonly missing: boolean;
  /** DestinationRule that shaped it, subset, and so on are in origins. */
  readonly rejected: readonly Rejected[];
}
export interface EndpointStep extends StepBase {
  readonly kind: 'endpoint-selected';
  readonly endpoint?: string;
  readonly workload?: string;
  readonly candidates: readonly string[];
}
export interface TransportSocketStep extends StepBase {
  readonly kind: 'transport-socket';
  readonly socket: 'raw_buffer' | 'tls';
  /** Why, e.g. auto mTLS by the endpoint's label, or a DestinationRule's mode. */
  readonly reason: Reason;
  readonly sni?: string;
  readonly alpn?: readonly string[];
}
export interface JwtStep extends StepBase {
  readonly kind: 'jwt-check';
  readonly result: 'no-token' | 'accepted' | 'refused' | 'bypassed';
  readonly status?: number;
  readonly message?: string;
  /** Each token, each check, in the order made. */
  readonly checks: readonly {
    readonly provider: string;
    readonly location: string;
    readonly check: string;
    readonly passed: boolean;
    readonly wanted?: string;
    readonly saw?: string;
    readonly origin?: Origin;
  }[];
  readonly principal?: string;
}
export interface RbacStep extends StepBase {
  readonly kind: 'rbac-check';
  readonly phase: 'custom' | 'audit' | 'deny' | 'allow';
  readonly layer: 'http' | 'network';
  readonly decision: 'allowed' | 'denied' | 'triggered' | 'not-triggered' | 'logged';
  /** The reported policy id (`ns[..]-policy[..]-rule[..]`) or `none`. */
  readonly matchedPolicy?: string;
  /** Custom: who is asked when triggered, and why a match denies when that cannot be. */
  readonly provider?: string;
  readonly badProvider?: Reason;
  /** Every rule looked at, in Envoy's order. A filter without enforced policies has none. */
  readonly rules: readonly RbacRuleEvaluation[];
  /** Rules of attached policies that are not in this filter, e.g. HTTP-only ones on a TCP port. */
  readonly dropped: readonly Rejected[];
  /** What dry-run policies would have decided. */
  readonly shadow?: {
    readonly decision: 'allowed' | 'denied';
    readonly matchedPolicy?: string;
    readonly rules: readonly RbacRuleEvaluation[];
  };
}
export interface RbacRuleEvaluation {
  readonly policyId: string;
  readonly origin: Origin;
  readonly matched: boolean;
  /** Of a rule that matched: the values (or negated fields) that held. */
  readonly heldBy: readonly Origin[];
  /**
   * Of a rule that did not: the fields that failed, in the alternative of `from` and of `to` that
   * came nearest. The first is what to tell; how many there are is how far the call was from a match.
   */
  readonly failed: readonly RbacFailedField[];
  /** Fields that the proxy ignores on this kind of port, so that the rule matches more than it says. */
  readonly ignored: readonly Origin[];
}
export interface RbacFailedField {
  /** As the policy spells it: `principals`, `notPaths`, `when[request.headers[x]]`. */
  readonly field: string;
  /** The field forbids its values, and the call has one of them. */
  readonly negated: boolean;
  readonly wanted: readonly string[];
  /** Absent: the call has no such thing (no certificate, no token, no header). */
  readonly saw?: string;
  readonly origin: Origin;
}
export interface ExtAuthzStep extends StepBase {
  readonly kind: 'ext-authz';
  readonly provider: string;
  readonly layer: 'http' | 'network';
  readonly result: 'allowed' | 'denied' | 'error' | 'error-allowed';
  readonly status?: number;
  /** Who gave the answer (the authorizer, what the workspace says it answers), or why there was none. */
  readonly reason: Reason;
}
/** A filter or route that acted: fault, cors, redirect, direct response, header or path rewrite. */
export interface FilterActionStep extends StepBase {
  readonly kind: 'filter-action';
  readonly filter: string;
  readonly action: Reason;
}
export interface RetryStep extends StepBase {
  readonly kind: 'retry';
  readonly attempt: number;
  readonly because: string;
}
/** SDS: who asks for which secret by which name, who answers, with what. */
export interface SecretStep extends StepBase {
  readonly kind: 'secret';
  readonly name: string;
  readonly source: 'istiod' | 'istio-agent';
  /** `kept`: of an earlier answer, by a proxy that has run since. */
  readonly state: 'delivered' | 'missing' | 'refused-by-proxy' | 'kept';
  readonly reason?: Reason;
}
export interface ForwardedStep extends StepBase {
  readonly kind: 'forwarded';
  readonly to: string;
  readonly protocol: 'http' | 'tcp';
}
export interface RespondedStep extends StepBase {
  readonly kind: 'responded';
  readonly status: number;
  readonly details?: string;
  readonly flags: readonly string[];
  readonly local: boolean;
}
export interface ConnectionEndedStep extends StepBase {
  readonly kind: 'connection-ended';
  readonly how: 'closed' | 'reset' | 'timeout';
  readonly reason: Reason;
}
export interface CannotTellStep extends StepBase {
  readonly kind: 'cannot-tell';
  readonly why: CannotTell;
}
