/**
 * What Envoy's `%COMMAND%` in a header value prints: the commands whose value follows from the
 * simulated connection, request, route and response. An empty text: there is nothing to print, and
 * a header that is nothing else is left out. Undefined: a value of the machine or the clock.
 *
 * Upstream authority: Envoy source/common/formatter/stream_info_formatter.cc,
 * source/extensions/formatter, source/common/router/header_parser.cc.
 */
import { type Accepted, downstreamFields, tlsVersionText } from '../proxy/accepted.ts';
import type { Commands, Headers } from '../routing/headerOperations.ts';
import { headerValue, queryValue } from '../routing/routeMatch.ts';
import type { HttpRequest } from '../wire.ts';
import type { Routed } from './router.ts';

/** Present once the response has come: its headers and status. */
export interface ResponseFacts {
  readonly status: number;
  readonly headers: Headers;
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
      ? plain(name, accepted, request, routed, response)
      : withParameter(name, parameter, request, response);
  };
}

function withParameter(
  name: string,
  parameter: string,
  request: HttpRequest,
  response: ResponseFacts | undefined,
): string | undefined {
  switch (name) {
    case 'REQ':
      return firstOf(parameter, (header) => headerValue(request, header));
    case 'RESP':
      return firstOf(parameter, (header) => response?.headers.find(([key]) => key === header)?.[1]);
    case 'QUERY_PARAM':
      return queryValue(request.path, parameter) ?? '';
    default:
      return undefined;
  }
}

/** `A?B`: the second header when the first is absent. */
function firstOf(names: string, lookUp: (header: string) => string | undefined): string {
  const [first = '', second] = names.split('?').map((name) => name.toLowerCase());
  return lookUp(first) ?? (second === undefined ? undefined : lookUp(second)) ?? '';
}

function plain(
  name: string,
  accepted: Accepted,
  request: HttpRequest,
  { route, cluster }: Routed,
  response: ResponseFacts | undefined,
): string | undefined {
  const { connection, session } = accepted;
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
      return response === undefined ? '-' : undefined;
    default:
      return undefined;
  }
}

export const protocolText = (version: HttpRequest['version']) =>
  version === '2' ? ('HTTP/2' as const) : version === '1.0' ? ('HTTP/1.0' as const) : ('HTTP/1.1' as const);
