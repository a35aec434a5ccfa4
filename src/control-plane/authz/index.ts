/**
 * The authorization and request-authentication filters of one proxy, in Envoy's order. Listener
 * builders put them in: HTTP filters between metadata exchange and grpc/alpn/fault/cors, network
 * filters before tcp_proxy. Sidecar outbound and AUTO_PASSTHROUGH chains get none: do not ask.
 */

import type { Mesh, Workload } from '../../mesh/types.ts';
import type { HttpFilter } from '../envoy/http.ts';
import type { NetworkFilter } from '../envoy/listener.ts';

/** istiod's feature flags that change these filters; absent: istiod's defaults. */
export interface AuthzContext {
  /** PILOT_ENABLE_MULTIPLE_CUSTOM_AUTHZ_PROVIDERS */
  readonly multipleCustomProviders?: boolean;
}

/** CUSTOM (rbac and ext-authz), jwt-authn, AUDIT, DENY, ALLOW; only those that exist. */
export function httpAuthzFilters(_mesh: Mesh, _workload: Workload, _context: AuthzContext = {}): readonly HttpFilter[] {
  return [];
}

/** CUSTOM (network-rbac and network-ext-authz), AUDIT, DENY, ALLOW; only those that exist. */
export function networkAuthzFilters(
  _mesh: Mesh,
  _workload: Workload,
  _context: AuthzContext = {},
): readonly NetworkFilter[] {
  return [];
}
