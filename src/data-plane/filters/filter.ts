/**
 * The contract of an HTTP filter: it sees the request as the filters before it left it, may change
 * it, and either lets it go on or answers. Filters record their decision as a step.
 */

import type { Route } from '../../control-plane/envoy/http.ts';
import type { ProxyConfig } from '../../control-plane/envoy/proxyConfig.ts';
import type { Workload } from '../../mesh/types.ts';
import type { Certificate } from '../../pki/types.ts';
import type { Step } from '../../trace/step.ts';
import type { CannotTell } from '../../trace/trace.ts';
import type { HttpRequest, HttpResponse } from '../wire.ts';

export interface DownstreamInfo {
  /** Physical peer. */
  readonly directRemoteIp: string;
  readonly localIp: string;
  readonly localPort: number;
  readonly sni?: string;
  /** TLS was terminated here. */
  readonly tls: boolean;
  /** The verified (or merely presented) client certificate, leaf first. */
  readonly peerChain: readonly Certificate[];
  readonly peerValidated: boolean;
}

/** What one request carries through the filter chain of one proxy. */
export interface FilterState {
  request: HttpRequest;
  readonly downstream: DownstreamInfo;
  /** Client address after X-Forwarded-For handling. */
  readonly remoteIp: string;
  /** Dynamic metadata of jwt_authn: the verified payload. */
  jwtPayload?: Readonly<Record<string, unknown>>;
  /** Provider whose custom RBAC matched. */
  customTriggered?: string;
  /** What else filters noted for those after them: filter name, then key. */
  dynamicMetadata?: Map<string, Map<string, unknown>>;
  route?: Route;
  /** Headers for the response on the way back: `set` replaces those of its name, `add` joins them. */
  readonly responseHeaders: ResponseHeader[];
}

export interface ResponseHeader {
  readonly how: 'set' | 'add';
  readonly name: string;
  readonly value: string;
}

export interface FilterContext {
  readonly config: ProxyConfig;
  readonly workload: Workload;
  readonly now: number;
  readonly record: (step: Step) => void;
  /** Sends a request to a cluster of this proxy (ext_authz). */
  readonly sendToCluster: (cluster: string, request: HttpRequest) => UpstreamAnswer;
}

export type UpstreamAnswer =
  | { readonly kind: 'response'; readonly response: HttpResponse }
  | { readonly kind: 'failed'; readonly status: number; readonly details: string }
  | { readonly kind: 'cannot-tell'; readonly why: CannotTell };

export type FilterResult =
  | { readonly kind: 'continue' }
  | LocalReply
  | { readonly kind: 'cannot-tell'; readonly why: CannotTell };

export interface LocalReply {
  readonly kind: 'local-reply';
  readonly status: number;
  readonly body: string;
  readonly headers: readonly (readonly [string, string])[];
  /** RESPONSE_CODE_DETAILS */
  readonly details: string;
  readonly flags: readonly string[];
  /** For gRPC callers, where the status above does not give it. */
  readonly grpcStatus?: number;
}
