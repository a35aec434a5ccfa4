/**
 * Routes that exist without any VirtualService: of a service on the client's side, of a port on
 * the server's side. Their name in the log is `default`.
 *
 * Upstream authority: istio pilot/pkg/networking/core/route/route.go BuildDefaultHTTPOutboundRoute,
 * BuildDefaultHTTPInboundRoute; httproute.go buildSidecarInboundHTTPRouteConfig.
 */
import type { Origin } from '../../base/origin.ts';
import type { Mesh, MeshService, PortProtocol, ServicePort } from '../../mesh/types.ts';
import { outboundCluster } from '../clusterNames.ts';
import type { Route, RouteConfiguration } from '../envoy/http.ts';
import { NO_HEADER_OPERATIONS } from './headerOperations.ts';
import { inboundRetryPolicy, retryPolicy } from './retryPolicy.ts';
import { MATCH_ANY } from './routeMatch.ts';

const DEFAULT_ROUTE_NAME = 'default';

function defaultRoute(
  cluster: string,
  operation: string,
  retry: ReturnType<typeof retryPolicy>,
  origins: readonly Origin[],
): Route {
  return {
    name: DEFAULT_ROUTE_NAME,
    match: MATCH_ANY,
    action: {
      kind: 'forward',
      clusters: [
        { name: cluster, weight: 1, requestHeaders: NO_HEADER_OPERATIONS, responseHeaders: NO_HEADER_OPERATIONS },
      ],
      clusterNotFoundStatus: 503,
      timeoutMs: 0,
      ...(retry ? { retry } : {}),
      mirrors: [],
    },
    requestHeaders: NO_HEADER_OPERATIONS,
    responseHeaders: NO_HEADER_OPERATIONS,
    decorator: operation,
    origins,
  };
}

/** What a request to a service takes when no VirtualService speaks of the service. */
export const defaultServiceRoute = (service: MeshService, port: ServicePort, mesh: Mesh): Route =>
  defaultRoute(
    outboundCluster(port.number, undefined, service.hostname),
    `${service.hostname}:${port.number}/*`,
    retryPolicy(mesh.config.defaultHttpRetryPolicy),
    [port.origin],
  );

export interface InboundRouteInput {
  /** `inbound|8080||`, InboundPassthroughCluster ... */
  readonly cluster: string;
  /** Host of the Service (the oldest of those that share the port); '' for passthrough chains, `name.namespace` of a Sidecar for its ingress. */
  readonly instanceHostname: string;
  /** Port of that Service. */
  readonly servicePort: number;
  readonly protocol: PortProtocol;
  readonly origins: readonly Origin[];
}

/** The inline table of an inbound HTTP chain: one virtual host, one route to the application. */
export function inboundRouteConfiguration(mesh: Mesh, input: InboundRouteInput): RouteConfiguration {
  const grpc = input.protocol === 'GRPC' || input.protocol === 'GRPC-Web';
  const retry = grpc ? undefined : inboundRetryPolicy(mesh.config.raw.defaultInboundHttpRetryPolicy);
  const route = defaultRoute(input.cluster, `${input.instanceHostname}:${input.servicePort}/*`, retry, input.origins);
  return {
    name: input.cluster,
    virtualHosts: [
      {
        name: `inbound|http|${input.servicePort}`,
        domains: ['*'],
        routes: [route],
        requireTls: false,
        includeRequestAttemptCount: false,
        origins: input.origins,
      },
    ],
    ignorePortInHostMatching: false,
    origins: input.origins,
  };
}
