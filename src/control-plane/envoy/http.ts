/** Envoy-shaped HTTP connection manager and routes. Same rule: every item has its origins. */
import type { Origin } from '../../base/origin.ts';
import type { CannotTell } from '../../trace/trace.ts';
import type { HttpExtAuthz, HttpJwtAuthn, HttpRbac } from './authz.ts';

export interface HttpConnectionManager {
  /** An inline table, or the RDS name to look up in ProxyConfig.routes. */
  readonly routes:
    | { readonly kind: 'inline'; readonly table: RouteConfiguration }
    | { readonly kind: 'rds'; readonly name: string };
  readonly httpFilters: readonly HttpFilter[];
  readonly pathNormalization: {
    readonly normalize: boolean;
    readonly mergeSlashes: boolean;
    readonly decodeSlashes: boolean;
  };
  readonly useRemoteAddress: boolean;
  readonly xffNumTrustedHops: number;
  readonly forwardClientCert: 'SANITIZE' | 'SANITIZE_SET' | 'APPEND_FORWARD' | 'FORWARD_ONLY' | 'ALWAYS_FORWARD_ONLY';
  /** Which parts of XFCC this proxy writes. */
  readonly xfccDetails: {
    readonly subject: boolean;
    readonly cert: boolean;
    readonly dns: boolean;
    readonly uri: boolean;
  };
  /** The `server` header: `istio-envoy`; client sidecars overwrite with `envoy`. */
  readonly serverHeader: {
    readonly name: string;
    readonly transformation: 'OVERWRITE' | 'APPEND_IF_ABSENT' | 'PASS_THROUGH';
  };
  readonly acceptHttp10: boolean;
  readonly direction: 'inbound' | 'outbound';
  readonly origins: readonly Origin[];
}

export type HttpFilter =
  | { readonly kind: 'rbac'; readonly rbac: HttpRbac }
  | { readonly kind: 'jwt-authn'; readonly jwt: HttpJwtAuthn }
  | { readonly kind: 'ext-authz'; readonly extAuthz: HttpExtAuthz }
  | { readonly kind: 'fault' }
  | { readonly kind: 'cors' }
  | { readonly kind: 'alpn' }
  | { readonly kind: 'grpc-stats' }
  | { readonly kind: 'grpc-web' }
  | { readonly kind: 'router' };

export interface RouteConfiguration {
  readonly name: string;
  readonly virtualHosts: readonly VirtualHost[];
  readonly ignorePortInHostMatching: boolean;
  /** Envoy refuses the table: it stays empty and answers 404 to everything. */
  readonly nack?: string;
  readonly origins: readonly Origin[];
}

export interface VirtualHost {
  readonly name: string;
  /** Lower case; exact, `*.suffix`, `prefix.*` or `*`. */
  readonly domains: readonly string[];
  readonly routes: readonly Route[];
  readonly requireTls: boolean;
  readonly includeRequestAttemptCount: boolean;
  readonly origins: readonly Origin[];
}

export interface Route {
  /** ROUTE_NAME in the log. */
  readonly name?: string;
  readonly match: RouteMatch;
  readonly action: RouteAction;
  readonly fault?: Fault;
  readonly cors?: CorsPolicy;
  readonly requestHeaders: HeaderOperations;
  readonly responseHeaders: HeaderOperations;
  /** x-envoy-decorator-operation that this route's server side writes (`svc.ns.svc.cluster.local:80/*`). */
  readonly decorator?: string;
  /** The route depends on something that is not modelled: a request that matches or passes over it cannot be judged. */
  readonly cannotTell?: CannotTell;
  readonly origins: readonly Origin[];
}

export interface HeaderOperations {
  readonly set: readonly (readonly [string, string])[];
  readonly add: readonly (readonly [string, string])[];
  readonly remove: readonly string[];
}

export interface RouteMatch {
  readonly path:
    | {
        readonly kind: 'prefix' | 'exact' | 'path-separated-prefix';
        readonly value: string;
        readonly caseSensitive: boolean;
      }
    /** RE2, whole path. */
    | { readonly kind: 'regex'; readonly value: string };
  /** Header conditions; method, authority and scheme are pseudo-headers. */
  readonly headers: readonly HeaderMatcher[];
  readonly queryParams: readonly { readonly name: string; readonly match: StringMatch | 'present' }[];
  /** On verified JWT claims (gateways). */
  readonly claims: readonly {
    readonly path: readonly string[];
    readonly match: StringMatch | 'present';
    readonly invert: boolean;
  }[];
}

export type StringMatch =
  | { readonly kind: 'exact' | 'prefix' | 'suffix' | 'contains'; readonly value: string; readonly ignoreCase: boolean }
  | { readonly kind: 'regex'; readonly value: string };

export interface HeaderMatcher {
  readonly name: string;
  readonly match: StringMatch | 'present';
  readonly invert: boolean;
  /** A missing header counts as empty (withoutHeaders). */
  readonly treatMissingAsEmpty: boolean;
}

export type RouteAction =
  | {
      readonly kind: 'forward';
      readonly clusters: readonly WeightedCluster[];
      /** Status when the cluster does not exist: 503, or 500 for Gateway API routes. */
      readonly clusterNotFoundStatus: number;
      readonly rewrite?: PathRewrite;
      readonly hostRewrite?: string;
      readonly timeoutMs: number;
      readonly retry?: RetryPolicy;
      readonly mirrors: readonly { readonly cluster: string; readonly percent: number }[];
    }
  | {
      readonly kind: 'redirect';
      readonly code: number;
      readonly scheme?: string;
      readonly host?: string;
      readonly port?: number;
      readonly path?: string;
      readonly prefixRewrite?: string;
      readonly stripQuery: boolean;
    }
  | { readonly kind: 'direct-response'; readonly status: number; readonly body?: string };

export interface WeightedCluster {
  readonly name: string;
  readonly weight: number;
  readonly hostRewrite?: string;
  readonly requestHeaders: HeaderOperations;
  readonly responseHeaders: HeaderOperations;
}

export type PathRewrite =
  | { readonly kind: 'prefix'; readonly value: string }
  | { readonly kind: 'full'; readonly value: string }
  | { readonly kind: 'regex'; readonly pattern: string; readonly substitution: string };

export interface RetryPolicy {
  readonly attempts: number;
  readonly retryOn: readonly string[];
  readonly retriableStatusCodes: readonly number[];
  readonly perTryTimeoutMs?: number;
}

export interface Fault {
  readonly delay?: { readonly percent: number; readonly ms: number };
  readonly abort?: { readonly percent: number; readonly httpStatus?: number; readonly grpcStatus?: string };
  readonly origin: Origin;
}

export interface CorsPolicy {
  readonly allowOrigins: readonly StringMatch[];
  readonly allowMethods: string;
  readonly allowHeaders: string;
  readonly exposeHeaders: string;
  readonly maxAge: string;
  readonly allowCredentials?: boolean;
  readonly forwardNotMatchingPreflights: boolean;
  readonly origin: Origin;
}
