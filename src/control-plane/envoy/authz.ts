/**
 * Envoy's RBAC, jwt_authn and ext_authz filters as istiod configures them. What a rule tests keeps
 * the field of the policy it came from, so that a denial can say which field failed, with what it
 * saw and what it wanted. Trees are smaller than Envoy's own: istiod repeats the conditions of
 * `when` in every branch of `from` and `to`; here each stands once, with the same truth value.
 */
import type { WorkloadId } from '../../base/ids.ts';
import type { Origin } from '../../base/origin.ts';
import type { Reason } from '../../trace/step.ts';
import type { StringMatch } from './http.ts';

export interface HttpRbac {
  readonly phase: 'custom' | 'audit' | 'deny' | 'allow';
  /** What `rules` do. A `custom` filter has only shadow rules, unless its provider is unusable: then it denies. */
  readonly action: 'allow' | 'deny' | 'log';
  /** In Envoy's order, by id. Absent: nothing is enforced. An empty list with `allow` denies everything. */
  readonly rules?: readonly RbacPolicy[];
  /** Dry-run policies; for `custom` the rules that make the authorizer be asked. */
  readonly shadowRules?: readonly RbacPolicy[];
  /** For `custom`: the provider whose ext_authz a match triggers. */
  readonly provider?: string;
  /** For `custom`: why the provider is unusable, so that matching requests are denied. */
  readonly badProvider?: Reason;
  /** Rules of attached policies that are not in this filter. */
  readonly dropped: readonly DroppedRule[];
  /** Every policy that contributed, in force on this proxy. */
  readonly origins: readonly Origin[];
}

export type NetworkRbac = HttpRbac;

/** A rule that istiod leaves out of a filter. */
export interface DroppedRule {
  readonly policyId: string;
  readonly origin: Origin;
  readonly why: Reason;
  /** The field that is at fault. */
  readonly field: Origin;
}

/** One rule of one AuthorizationPolicy. */
export interface RbacPolicy {
  /** `ns[foo]-policy[bar]-rule[0]` */
  readonly id: string;
  readonly matcher: RbacMatcher;
  /** The rule, e.g. ['spec', 'rules', 0]; of a policy without rules, `spec`. */
  readonly origin: Origin;
  /** Fields that istiod ignores on this kind of chain, which widens the rule (HTTP-only fields of DENY on TCP). */
  readonly ignored: readonly { readonly field: string; readonly origin: Origin }[];
}

export type RbacMatcher =
  | { readonly kind: 'any' }
  | { readonly kind: 'never' }
  | { readonly kind: 'and'; readonly of: readonly RbacMatcher[] }
  | { readonly kind: 'or'; readonly of: readonly RbacMatcher[] }
  | RbacField;

/** One field of a source, an operation or a condition: one of its values matches or, negated, none does. */
export interface RbacField {
  readonly kind: 'field';
  /** As the policy spells it: `principals`, `notPaths`, `when[request.headers[x]]`. */
  readonly name: string;
  readonly negated: boolean;
  readonly origin: Origin;
  readonly anyOf: readonly RbacValue[];
}

export interface RbacValue {
  /** As written. */
  readonly wanted: string;
  readonly test: RbacTest;
  readonly origin: Origin;
}

export type RbacTest =
  /** The peer's certificate; several matches where trust-domain aliases multiply the value. */
  | { readonly on: 'authenticated'; readonly anyOf: readonly StringMatch[] }
  | { readonly on: 'direct-remote-ip' | 'remote-ip' | 'destination-ip'; readonly cidr: string }
  | { readonly on: 'destination-port'; readonly port: number }
  | { readonly on: 'sni'; readonly match: StringMatch }
  /** Pseudo-headers included. */
  | { readonly on: 'header'; readonly name: string; readonly match: StringMatch | 'present' }
  | { readonly on: 'path'; readonly match: StringMatch }
  /** Envoy's URI template: `*` is one segment, `**` the rest. */
  | { readonly on: 'path-template'; readonly template: string }
  | { readonly on: 'request-principal'; readonly issuer: StringMatch; readonly subject: StringMatch }
  /** A claim of the verified token: a string, or an element of a list of strings. */
  | { readonly on: 'jwt-claim'; readonly path: readonly string[]; readonly match: StringMatch }
  | {
      readonly on: 'dynamic-metadata';
      readonly filter: string;
      readonly key: string;
      readonly match: StringMatch;
      readonly list: boolean;
    };

export interface HttpJwtAuthn {
  /** Sorted by issuer as istiod does; several are combined as "any of them, or all that found a token". */
  readonly providers: readonly JwtProvider[];
  readonly bypassCorsPreflight: boolean;
  readonly clearRouteCache: boolean;
}

export interface JwtProvider {
  /** `origins-0` ... */
  readonly name: string;
  readonly issuer: string;
  readonly audiences: readonly string[];
  /** All three empty: the Authorization header with `Bearer ` and the query parameter access_token. */
  readonly fromHeaders: readonly { readonly name: string; readonly prefix: string }[];
  readonly fromParams: readonly string[];
  readonly fromCookies: readonly string[];
  readonly forward: boolean;
  readonly payloadHeader?: string;
  readonly claimHeaders: readonly { readonly header: string; readonly claim: string }[];
  readonly spaceDelimitedClaims: readonly string[];
  readonly keys: JwtKeySource;
  /** The rule, e.g. ['spec', 'jwtRules', 0]. */
  readonly origin: Origin;
}

export type JwtKeySource =
  /** In the policy itself. */
  | { readonly kind: 'inline'; readonly jwks: string; readonly origin: Origin }
  /** istiod fetched it: the workspace says what the URI answers. */
  | { readonly kind: 'fetched'; readonly jwks: string; readonly uri: string; readonly origin: Origin }
  /** istiod could not fetch: it puts in a throw-away key, so every token fails. */
  | { readonly kind: 'unreachable'; readonly uri: string; readonly origin: Origin };

export interface HttpExtAuthz {
  readonly provider: string;
  readonly protocol: 'http' | 'grpc';
  readonly cluster: string;
  /** Host name of the provider's service; the authority of gRPC checks. */
  readonly hostname: string;
  readonly pathPrefix: string;
  readonly failOpen: boolean;
  readonly statusOnError: number;
  readonly timeoutMs: number;
  /** HTTP: request headers that are sent besides method, path, host and authorization. */
  readonly requestHeaders: readonly StringMatch[];
  readonly headersToAdd: readonly (readonly [name: string, value: string])[];
  /** HTTP: the authorizer's headers that go to the application on allow. */
  readonly upstreamHeaders: readonly StringMatch[];
  /** HTTP: those that go to the caller on deny; empty: all. */
  readonly clientHeaders: readonly StringMatch[];
  readonly clientHeadersOnSuccess: readonly StringMatch[];
  /** What workloads that play an authorizer answer (annotation meshverdict.dev/ext-authz). */
  readonly answers: ReadonlyMap<WorkloadId, ExtAuthzAnswer>;
  readonly origin: Origin;
}

export type ExtAuthzAnswer =
  | { readonly kind: 'allow' }
  | { readonly kind: 'deny'; readonly status: number }
  /** It breaks: an HTTP 500, or a failed RPC. */
  | { readonly kind: 'error' };

export type NetworkExtAuthz = HttpExtAuthz;
