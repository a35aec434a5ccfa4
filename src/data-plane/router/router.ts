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
import { applyHeaderOperations, type HeadersChanged, hasOperations } from '../routing/headerOperations.ts';
import { redirectLocation, rewrittenPath } from '../routing/rewrite.ts';
import type { Cause, HttpRequest, HttpResponse } from '../wire.ts';
import { headerCommands, type ResponseFacts } from './headerCommands.ts';
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
  routed: Routed,
  alpnFilter: boolean,
): RouterOutcome {
  const { cluster: weighted, countsAttempts = false } = routed;
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
  const outgoing = finalize(accepted, request, route, action, routed);
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
function finalize(accepted: Accepted, request: HttpRequest, route: Route, action: Forward, routed: Routed): Finalized {
  const { cluster: weighted } = routed;
  const commands = headerCommands(accepted, request, routed);
  let { headers } = request;
  for (const operations of [weighted?.requestHeaders, route.requestHeaders]) {
    if (operations === undefined || !hasOperations(operations)) continue;
    const changed = applyHeaderOperations(headers, operations, commands);
    if (changed.kind === 'cannot-tell') return changed;
    // Whoever reads a header drops the white space around its value.
    headers = changed.headers.map(([key, value]) => [key, value.trim()] as const);
  }
  const authority = action.hostRewrite ?? weighted?.hostRewrite ?? request.authority;
  if (action.rewrite === undefined) return { kind: 'request', request: { ...request, headers, authority } };
  const path = rewrittenPath(route, action.rewrite, request.path);
  // What was asked for goes along: the next proxy names it in its challenges.
  headers = replaced(headers, 'x-envoy-original-path', request.path);
  return { kind: 'request', request: { ...request, headers, authority, path } };
}

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
  response: ResponseFacts,
): HeadersChanged {
  let result: HeadersChanged = { kind: 'headers', headers: response.headers };
  for (const operations of [routed.cluster?.responseHeaders, routed.route?.responseHeaders]) {
    if (operations === undefined || !hasOperations(operations) || result.kind === 'cannot-tell') continue;
    const commands = headerCommands(accepted, request, routed, { ...response, headers: result.headers });
    result = applyHeaderOperations(result.headers, operations, commands);
  }
  return result;
}
