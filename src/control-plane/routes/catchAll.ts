/**
 * The last virtual host of every sidecar table: what becomes of a Host that no service and no
 * VirtualService of this port has.
 *
 * Upstream authority: istio pilot/pkg/networking/core/httproute.go buildCatchAllVirtualHost.
 */
import type { SidecarBody } from '../../resources/kinds/sidecar.ts';
import type { Resource } from '../../resources/types.ts';
import { PASSTHROUGH } from '../clusterNames.ts';
import type { Route, RouteAction, VirtualHost } from '../envoy/http.ts';
import type { ProxyScope } from '../scope/types.ts';
import { destinationCluster } from './destination.ts';
import { NO_HEADER_OPERATIONS } from './headerOperations.ts';
import { countsAttempts } from './proxyHeaders.ts';
import { MATCH_ANY } from './routeMatch.ts';

export function catchAllVirtualHost(scope: ProxyScope): VirtualHost {
  const { mode, origins } = scope.outboundTrafficPolicy;
  if (mode === 'REGISTRY_ONLY')
    return virtualHost(scope, 'block_all', { kind: 'direct-response', status: 502 }, origins);
  if (mode === 'ALLOW_ANY_DYNAMIC_DNS') {
    return virtualHost(scope, 'allow_any_dynamic_dns', toCluster('AllowAnyDynamicDNSCluster'), origins);
  }
  return virtualHost(scope, 'allow_any', toCluster(egressProxyCluster(scope) ?? PASSTHROUGH), origins);
}

/** Sidecar.outboundTrafficPolicy.egressProxy takes the place of the original destination. */
export function egressProxyCluster(scope: ProxyScope): string | undefined {
  const sidecar = scope.sidecar as Resource<'Sidecar', SidecarBody> | undefined;
  const egressProxy = sidecar?.body.spec?.outboundTrafficPolicy?.egressProxy;
  return egressProxy ? destinationCluster(egressProxy, undefined, 0) : undefined;
}

const toCluster = (name: string): RouteAction => ({
  kind: 'forward',
  clusters: [{ name, weight: 1, requestHeaders: NO_HEADER_OPERATIONS, responseHeaders: NO_HEADER_OPERATIONS }],
  clusterNotFoundStatus: 503,
  timeoutMs: 0,
  mirrors: [],
});

function virtualHost(
  scope: ProxyScope,
  name: string,
  action: RouteAction,
  origins: VirtualHost['origins'],
): VirtualHost {
  const route: Route = {
    name,
    match: MATCH_ANY,
    action,
    requestHeaders: NO_HEADER_OPERATIONS,
    responseHeaders: NO_HEADER_OPERATIONS,
    origins,
  };
  return {
    name,
    domains: ['*'],
    routes: [route],
    requireTls: false,
    includeRequestAttemptCount: countsAttempts(scope.workload),
    origins,
  };
}
