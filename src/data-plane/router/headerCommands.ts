/**
 * What Envoy's `%COMMAND%` in a header value prints: the commands whose value follows from the
 * simulated connection, request, route and response. An empty text: there is nothing to print, and
 * a header that is nothing else is left out. Undefined: a value of the machine or the clock.
 *
 * Upstream authority: Envoy source/common/formatter/stream_info_formatter.cc,
 * source/extensions/formatter, source/common/router/header_parser.cc.
 */
import { resourceIdParts } from '../../base/ids.ts';
import { type Accepted, downstreamFields, tlsVersionText } from '../proxy/accepted.ts';
import type { Commands, Headers } from '../routing/headerOperations.ts';
import { headerValue, queryValue } from '../routing/routeMatch.ts';
import type { HttpRequest } from '../wire.ts';
import type { Routed } from './router.ts';
import { type UpstreamFacts, upstreamVersion } from './upstreamRequest.ts';

/** Present once the response has come: its headers and status, and where it came from. */
export interface ResponseFacts {
  readonly status: number;
  readonly headers: Headers;
  readonly details: string;
  readonly flags: readonly string[];
  readonly upstream: UpstreamFacts;
}

export function headerCommands(
  accepted: Accepted,
  request: HttpRequest,
  routed: Routed,
  response?: ResponseFacts,
): Commands {
  return (command) => {
    const [, name = '', parameter] = /^([A-Z0-9_]+)(?:\((.*)\))?$/.exec(command) ?? [];
    return parameter === undefined
      ? (ofUpstream(name, accepted, request, routed, response) ?? plain(name, accepted, request, routed, response))
      : withParameter(name, parameter, request, routed, response);
  };
}

function withParameter(
  name: string,
  parameter: string,
  request: HttpRequest,
  { route }: Routed,
  response: ResponseFacts | undefined,
): string | undefined {
  switch (name) {
    case 'REQ':
      return firstOf(parameter, (header) => headerValue(request, header));
    case 'RESP':
      return firstOf(parameter, (header) => response?.headers.find(([key]) => key === header)?.[1]);
    case 'QUERY_PARAM':
      return queryValue(request.path, parameter) ?? '';
    case 'CEL':
      return parameter === 'request.path' ? request.path : undefined;
    case 'METADATA':
      return parameter === 'ROUTE:istio:config' ? configPath(route) : undefined;
    // What no filter of the chain has written.
    case 'PER_REQUEST_STATE':
    case 'FILTER_STATE':
    case 'DYNAMIC_METADATA':
    case 'UPSTREAM_METADATA':
      return OWN_STATE.test(parameter) ? undefined : '';
    default:
      return undefined;
  }
}

/** Keys that Envoy's and Istio's filters write, and the peers' metadata. */
const OWN_STATE = /envoy|istio|wasm|peer/i;

/** istiod's mark on a route: the VirtualService it was made of. */
function configPath(route: Routed['route']): string | undefined {
  const made = route?.origins.find(({ resource }) => resourceIdParts(resource).kind === 'VirtualService');
  if (made === undefined) return undefined;
  const { namespace, name } = resourceIdParts(made.resource);
  return `/apis/networking.istio.io/v1/namespaces/${namespace}/virtual-service/${name}`;
}

/** `A?B`: the second header when the first is absent. */
function firstOf(names: string, lookUp: (header: string) => string | undefined): string {
  const [first = '', second] = names.split('?').map((name) => name.toLowerCase());
  return lookUp(first) ?? (second === undefined ? undefined : lookUp(second)) ?? '';
}

/** Of whom the request goes to; before the response there is nothing to print but the number of the attempt. */
function ofUpstream(
  name: string,
  { config }: Accepted,
  request: HttpRequest,
  { cluster }: Routed,
  response: ResponseFacts | undefined,
): string | undefined {
  const {
    upstreamHost = '',
    upstreamTls = '',
    upstreamFailure = '',
    attempt = 1,
  } = response?.upstream ?? { flags: [] };
  const [address = '', port = ''] = upstreamHost.split(':');
  switch (name) {
    case 'UPSTREAM_HOST':
    case 'UPSTREAM_REMOTE_ADDRESS':
      return upstreamHost;
    case 'UPSTREAM_REMOTE_ADDRESS_WITHOUT_PORT':
      return address;
    case 'UPSTREAM_REMOTE_PORT':
      return port;
    case 'UPSTREAM_TLS_VERSION':
      return upstreamTls;
    case 'UPSTREAM_TRANSPORT_FAILURE_REASON':
      return upstreamFailure;
    case 'UPSTREAM_REQUEST_ATTEMPT_COUNT':
      return String(attempt);
    case 'UPSTREAM_PROTOCOL': {
      const target = config.clusters.get(cluster?.name ?? '');
      if (upstreamHost === '' || target === undefined || upstreamFailure !== '') return '';
      return protocolText(upstreamVersion(target, request));
    }
    default:
      return undefined;
  }
}

function plain(
  name: string,
  accepted: Accepted,
  request: HttpRequest,
  { route, cluster }: Routed,
  response: ResponseFacts | undefined,
): string | undefined {
  const { connection, session, workload } = accepted;
  const { filterChain = '', sni = '', peer = '' } = downstreamFields(accepted);
  switch (name) {
    case 'PROTOCOL':
      return protocolText(request.version);
    case 'RESPONSE_CODE':
      return String(response?.status ?? 0);
    case 'DOWNSTREAM_REMOTE_ADDRESS_WITHOUT_PORT':
    case 'DOWNSTREAM_DIRECT_REMOTE_ADDRESS_WITHOUT_PORT':
      return connection.sourceIp;
    case 'DOWNSTREAM_LOCAL_ADDRESS_WITHOUT_PORT':
      return connection.destinationIp;
    case 'DOWNSTREAM_LOCAL_PORT':
      return String(connection.destinationPort);
    case 'DOWNSTREAM_TLS_VERSION':
      return session === undefined ? '' : tlsVersionText(session.version);
    case 'DOWNSTREAM_PEER_URI_SAN':
      return peer;
    case 'REQUESTED_SERVER_NAME':
      return sni;
    case 'FILTER_CHAIN_NAME':
      return filterChain;
    case 'ROUTE_NAME':
      return route?.name ?? '';
    case 'UPSTREAM_CLUSTER_RAW':
      return cluster?.name ?? '';
    case 'UPSTREAM_CLUSTER':
      // istiod ends the name for statistics with a semicolon, and that is what is printed.
      return cluster === undefined ? '' : `${cluster.name};`;
    case 'VIRTUAL_CLUSTER_NAME':
      return '';
    case 'RESPONSE_FLAGS':
      return response === undefined || response.flags.length === 0 ? '-' : response.flags.join(',');
    case 'RESPONSE_CODE_DETAILS':
      return response?.details ?? '';
    case 'HOSTNAME':
      return workload.podName;
    case 'DOWNSTREAM_LOCAL_URI_SAN':
      return session === undefined ? '' : undefined;
    // TLS that failed carries no request; fingerprints are not taken.
    case 'DOWNSTREAM_TRANSPORT_FAILURE_REASON':
    case 'CONNECTION_TERMINATION_DETAILS':
    case 'TLS_JA3_FINGERPRINT':
    case 'TLS_JA4_FINGERPRINT':
      return '';
    default:
      return undefined;
  }
}

export const protocolText = (version: HttpRequest['version']) =>
  version === '2' ? ('HTTP/2' as const) : version === '1.0' ? ('HTTP/1.0' as const) : ('HTTP/1.1' as const);
