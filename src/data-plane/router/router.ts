/**
 * The router filter: what a route does with a request that all other filters let through. Answers
 * itself (no route, redirect, direct response, unknown cluster) or forwards to a cluster with the
 * route's rewrites, time-out and retries. Upstream authority: Envoy source/common/router/router.cc.
 */
import { assertNever } from '../../base/assertNever.ts';
import type { Route, RouteAction, WeightedCluster } from '../../control-plane/envoy/http.ts';
import type { CannotTell } from '../../trace/trace.ts';
import type { LocalReply } from '../filters/filter.ts';
import { replaced } from '../http/clientAddress.ts';
import { localReply } from '../http/localReply.ts';
import type { Accepted } from '../proxy/accepted.ts';
import {
  applyHeaderOperations,
  type Commands,
  type Headers,
  type HeadersChanged,
  hasOperations,
} from '../routing/headerOperations.ts';
import { redirectLocation, rewrittenPath } from '../routing/rewrite.ts';
import { headerValue } from '../routing/routeMatch.ts';
import type { Cause, HttpRequest, HttpResponse } from '../wire.ts';
import { requestUpstream, type UpstreamFacts } from './upstreamRequest.ts';

export interface Routed {
  readonly route?: Route;
  /** The cluster that the lot fell on; absent when the route forwards nowhere. */
  readonly cluster?: WeightedCluster;
  /** The virtual host wants the number of the attempt sent along. */
  readonly countsAttempts?: boolean;
  /** The virtual host wants TLS and the request came without. */
  readonly redirectToTls: boolean;
}

export type RouterOutcome =
  | { readonly kind: 'response'; readonly response: HttpResponse; readonly facts: UpstreamFacts }
  | { readonly kind: 'local'; readonly reply: LocalReply; readonly facts: UpstreamFacts; readonly cause: Cause }
  | { readonly kind: 'silence'; readonly facts: UpstreamFacts }
  | { readonly kind: 'cannot-tell'; readonly why: CannotTell };

const NO_FACTS: UpstreamFacts = { flags: [] };

export function routeRequest(
  accepted: Accepted,
  request: HttpRequest,
  routed: Routed,
  alpnFilter: boolean,
): RouterOutcome {
  const { hop } = accepted;
  const answer = (reply: LocalReply): RouterOutcome => ({
    kind: 'local',
    reply,
    facts: NO_FACTS,
    cause: { kind: 'answered', hop: hop.id },
  });
  if (routed.redirectToTls) {
    hop.step(acted('https-redirect', routed));
    const location = `https://${request.authority}${request.path}`;
    return answer(localReply(301, '', 'direct_response', [], [['location', location]]));
  }
  const { route } = routed;
  if (route === undefined) return answer(localReply(404, '', 'route_not_found', ['NR']));
  const { action } = route;
  switch (action.kind) {
    case 'redirect': {
      hop.step(acted('redirect', routed));
      const location: readonly [string, string] = ['location', redirectLocation(route, action, request)];
      return answer(localReply(action.code, '', 'direct_response', [], [location]));
    }
    case 'direct-response':
      hop.step(acted('direct-response', routed));
      return answer(localReply(action.status, action.body ?? '', 'direct_response'));
    case 'forward':
      return forward(accepted, request, route, action, routed, alpnFilter);
    default:
      return assertNever(action);
  }
}

const acted = (code: string, { route }: Routed) => ({
  kind: 'filter-action' as const,
  origins: route?.origins ?? [],
  filter: 'router',
  action: { code, params: {} },
});

type Forward = Extract<RouteAction, { kind: 'forward' }>;

function forward(
  accepted: Accepted,
  request: HttpRequest,
  route: Route,
  action: Forward,
  { cluster: weighted, countsAttempts = false }: Routed,
  alpnFilter: boolean,
): RouterOutcome {
  const { hop, config } = accepted;
  const name = weighted?.name ?? '';
  const cluster = config.clusters.get(name);
  hop.step({
    kind: 'cluster-selected',
    origins: [...(cluster?.origins ?? []), ...route.origins],
    cluster: name,
    missing: cluster === undefined,
    rejected: [],
  });
  if (cluster === undefined) {
    const reply = localReply(action.clusterNotFoundStatus, '', 'cluster_not_found', ['NC']);
    return { kind: 'local', reply, facts: NO_FACTS, cause: { kind: 'failed', hop: hop.id } };
  }
  const outgoing = finalize(accepted, request, route, action, weighted);
  if (outgoing.kind === 'cannot-tell') return outgoing;
  mirror(accepted, outgoing.request, action, alpnFilter);
  const outcome = requestUpstream(accepted, cluster, outgoing.request, {
    timeoutMs: action.timeoutMs,
    alpnFilter,
    countsAttempts,
    ...(action.retry === undefined ? {} : { retry: action.retry }),
  });
  switch (outcome.kind) {
    case 'cannot-tell':
    case 'silence':
      return outcome;
    case 'failed':
      return {
        kind: 'local',
        reply: outcome.reply,
        facts: outcome.facts,
        cause: outcome.cause ?? { kind: 'failed', hop: hop.id },
      };
    case 'response':
      return outcome;
  }
}

type Finalized =
  | { readonly kind: 'request'; readonly request: HttpRequest }
  | { readonly kind: 'cannot-tell'; readonly why: CannotTell };

/** The request as it leaves: header operations (weighted cluster's first), host and path rewrites. */
function finalize(
  accepted: Accepted,
  request: HttpRequest,
  route: Route,
  action: Forward,
  weighted: WeightedCluster | undefined,
): Finalized {
  const commands = commandsFor(accepted, request);
  let { headers } = request;
  for (const operations of [weighted?.requestHeaders, route.requestHeaders]) {
    if (operations === undefined || !hasOperations(operations)) continue;
    const changed = applyHeaderOperations(headers, operations, commands);
    if (changed.kind === 'cannot-tell') return changed;
    headers = changed.headers;
  }
  const authority = action.hostRewrite ?? weighted?.hostRewrite ?? request.authority;
  if (action.rewrite === undefined) return { kind: 'request', request: { ...request, headers, authority } };
  const path = rewrittenPath(route, action.rewrite, request.path);
  // What was asked for goes along: the next proxy names it in its challenges.
  headers = replaced(headers, 'x-envoy-original-path', request.path);
  return { kind: 'request', request: { ...request, headers, authority, path } };
}

/** Envoy's substitution commands that have a meaning without a real connection. */
function commandsFor({ connection, session }: Accepted, request: HttpRequest): Commands {
  return (command) => {
    const header = /^REQ\(([^)?:]+|:[a-z]+)\)$/.exec(command)?.[1];
    if (header !== undefined) return headerValue(request, header.toLowerCase()) ?? '';
    switch (command) {
      case 'PROTOCOL':
        return protocolText(request.version);
      case 'DOWNSTREAM_REMOTE_ADDRESS_WITHOUT_PORT':
      case 'DOWNSTREAM_DIRECT_REMOTE_ADDRESS_WITHOUT_PORT':
        return connection.sourceIp;
      case 'DOWNSTREAM_LOCAL_ADDRESS_WITHOUT_PORT':
        return connection.destinationIp;
      case 'DOWNSTREAM_TLS_VERSION':
        return session === undefined ? '' : `TLSv${session.version}`;
      default:
        return undefined;
    }
  };
}

export const protocolText = (version: HttpRequest['version']) =>
  version === '2' ? ('HTTP/2' as const) : version === '1.0' ? ('HTTP/1.0' as const) : ('HTTP/1.1' as const);

/** Copies that nobody waits for; their answers are thrown away. */
function mirror(accepted: Accepted, request: HttpRequest, action: Forward, alpnFilter: boolean): void {
  for (const { cluster: name, percent } of action.mirrors) {
    const cluster = accepted.config.clusters.get(name);
    if (cluster === undefined || percent <= 0) continue;
    const drawn = accepted.run.choose(accepted.hop, 'fault', ['mirrored', 'not-mirrored'], [percent, 100 - percent]);
    if (drawn !== 0) continue;
    const [host = '', port] = request.authority.split(':');
    const authority = port === undefined ? `${host}-shadow` : `${host}-shadow:${port}`;
    requestUpstream(accepted, cluster, { ...request, authority }, { timeoutMs: action.timeoutMs, alpnFilter });
  }
}

/** The route's response header operations, the weighted cluster's first; local replies get them too. */
export function withRouteHeaders(
  accepted: Accepted,
  request: HttpRequest,
  routed: Routed,
  headers: Headers,
): HeadersChanged {
  let result: HeadersChanged = { kind: 'headers', headers };
  for (const operations of [routed.cluster?.responseHeaders, routed.route?.responseHeaders]) {
    if (operations === undefined || !hasOperations(operations) || result.kind === 'cannot-tell') continue;
    result = applyHeaderOperations(result.headers, operations, commandsFor(accepted, request));
  }
  return result;
}
