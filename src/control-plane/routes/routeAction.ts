/**
 * What a rule does with a request: redirect, direct response, or forward to one or several
 * clusters with rewrites, time-out, retries and mirrors.
 *
 * Upstream authority: istio pilot/pkg/networking/core/route/route.go applyHTTPRouteDestination,
 * ApplyRedirect, ApplyDirectResponse.
 */

import { parseDurationMs } from '../../mesh/duration.ts';
import type { HttpRetry } from '../../resources/kinds/shared/httpRetry.ts';
import type { HttpDirectResponse, HttpRedirect, HttpRewrite, HttpRoute } from '../../resources/kinds/virtualService.ts';
import type { HeaderOperations, PathRewrite, RouteAction, RouteMatch, WeightedCluster } from '../envoy/http.ts';
import { destinationCluster, type LookupService } from './destination.ts';
import { NO_HEADER_OPERATIONS, translateHeaders } from './headerOperations.ts';
import { retryPolicy } from './retryPolicy.ts';
import type { VirtualServiceInForce } from './virtualServiceInForce.ts';

export interface ActionContext {
  readonly lookupService: LookupService;
  readonly listenerPort: number;
  /** The listener terminates TLS. */
  readonly tls: boolean;
  readonly semantics: VirtualServiceInForce['semantics'];
  /** meshConfig.defaultHttpRetryPolicy */
  readonly defaultRetries: HttpRetry | undefined;
  /** Host that the rule's own header operations ask for. */
  readonly authority: string | undefined;
}

export interface TranslatedAction {
  readonly action: RouteAction;
  /** Header operations of a rule's only destination join the rule's own. */
  readonly requestHeaders: HeaderOperations;
  readonly responseHeaders: HeaderOperations;
}

const withoutHeaders = (action: RouteAction): TranslatedAction => ({
  action,
  requestHeaders: NO_HEADER_OPERATIONS,
  responseHeaders: NO_HEADER_OPERATIONS,
});

export function translateAction(rule: HttpRoute, match: RouteMatch, context: ActionContext): TranslatedAction {
  if (rule.redirect) return redirect(rule.redirect, context);
  if (rule.directResponse) return withoutHeaders(directResponse(rule.directResponse));
  return forward(rule, match, context);
}

function redirect(from: HttpRedirect, context: ActionContext): TranslatedAction {
  const code = from.redirectCode || 301;
  const scheme = from.scheme || (context.tls ? 'https' : 'http');
  let port = from.port ?? (from.derivePort === 'FROM_REQUEST_PORT' ? context.listenerPort : 0);
  if ((port === 80 && scheme === 'http') || (port === 443 && scheme === 'https')) port = 0;
  return withoutHeaders({
    kind: 'redirect',
    code,
    ...(from.scheme ? { scheme: from.scheme } : {}),
    ...(from.authority ? { host: from.authority } : {}),
    ...(port ? { port } : {}),
    ...(from.prefixRewrite ? { prefixRewrite: from.prefixRewrite } : from.uri ? { path: from.uri } : {}),
    stripQuery: false,
  });
}

function directResponse(from: HttpDirectResponse): RouteAction {
  const body = from.body?.string ?? (from.body?.bytes === undefined ? undefined : decodeBase64(from.body.bytes));
  return { kind: 'direct-response', status: from.status ?? 0, ...(body === undefined ? {} : { body }) };
}

const decodeBase64 = (text: string): string =>
  new TextDecoder().decode(Uint8Array.from(atob(text), (character) => character.charCodeAt(0)));

function forward(rule: HttpRoute, match: RouteMatch, context: ActionContext): TranslatedAction {
  const destinations = rule.route ?? [];
  const only = destinations.length === 1 ? destinations[0] : undefined;
  const clusterOf = (destination: Parameters<typeof destinationCluster>[0]) =>
    destinationCluster(destination, context.lookupService(destination?.host ?? ''), context.listenerPort);
  const onlyHeaders = translateHeaders(only?.headers);
  const clusters: WeightedCluster[] = only
    ? [{ name: clusterOf(only.destination), weight: 1, ...NO_OPERATIONS }]
    : destinations
        .filter((destination) => (destination.weight ?? 0) !== 0)
        .map((destination) => {
          const headers = translateHeaders(destination.headers);
          return {
            name: clusterOf(destination.destination),
            weight: destination.weight ?? 0,
            ...(headers.authority ? { hostRewrite: headers.authority } : {}),
            requestHeaders: headers.request,
            responseHeaders: headers.response,
          };
        });
  const hostRewrite = rule.rewrite?.authority || context.authority || onlyHeaders.authority;
  const rewrite = pathRewrite(rule.rewrite, match, context.semantics);
  const retry = retryPolicy(rule.retries ?? context.defaultRetries);
  return {
    action: {
      kind: 'forward',
      clusters,
      clusterNotFoundStatus: context.semantics === 'gateway-api' ? 500 : 503,
      ...(rewrite ? { rewrite } : {}),
      ...(hostRewrite ? { hostRewrite } : {}),
      timeoutMs: parseDurationMs(rule.timeout) ?? 0,
      ...(retry ? { retry } : {}),
      mirrors: mirrorsOf(rule).map(({ destination, percent }) => ({ cluster: clusterOf(destination), percent })),
    },
    requestHeaders: onlyHeaders.request,
    responseHeaders: onlyHeaders.response,
  };
}

const NO_OPERATIONS = { requestHeaders: NO_HEADER_OPERATIONS, responseHeaders: NO_HEADER_OPERATIONS };

/** A regular expression wins over `uri`; how `uri` applies depends on the kind of path match (Envoy). */
function pathRewrite(
  rewrite: HttpRewrite | undefined,
  match: RouteMatch,
  semantics: VirtualServiceInForce['semantics'],
): PathRewrite | undefined {
  const regex = rewrite?.uriRegexRewrite;
  if (regex) return { kind: 'regex', pattern: regex.match ?? '', substitution: regex.rewrite ?? '' };
  if (!rewrite?.uri) return undefined;
  if (semantics === 'gateway-api' && rewrite.uri === '/') {
    // Replacing a whole segment prefix by `/` must not leave `//`.
    const prefix = match.path.kind === 'path-separated-prefix' ? match.path.value : '';
    return { kind: 'regex', pattern: `^${escapeRegex(prefix)}(/?)(.*)`, substitution: '/\\2' };
  }
  return { kind: 'prefix', value: rewrite.uri };
}

const escapeRegex = (text: string): string => text.replace(/[\\.+*?()|[\]{}^$]/g, '\\$&');

function mirrorsOf(rule: HttpRoute) {
  const mirrors: { readonly destination: NonNullable<HttpRoute['mirror']>; readonly percent: number }[] = [];
  const add = (destination: HttpRoute['mirror'], percent: number) => {
    if (destination && percent > 0) mirrors.push({ destination, percent });
  };
  add(rule.mirror, rule.mirrorPercentage ? (rule.mirrorPercentage.value ?? 0) : (rule.mirrorPercent ?? 100));
  for (const { destination, percentage } of rule.mirrors ?? [])
    add(destination, percentage ? (percentage.value ?? 0) : 100);
  return mirrors;
}
