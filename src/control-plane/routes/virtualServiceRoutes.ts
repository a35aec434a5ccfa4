/**
 * The http rules of one VirtualService -> Envoy's routes, for one proxy, one port and one set of
 * gateway names. Conditions that are known beforehand (gateways, port, sourceLabels,
 * sourceNamespace) drop a match entry here; a catch-all ends the list. An empty result means that
 * the VirtualService says nothing here, and the caller behaves as if it did not exist.
 *
 * Upstream authority: istio pilot/pkg/networking/core/route/route.go
 * BuildHTTPRoutesForVirtualService, TranslateRoute, sourceMatchHTTP, GetRouteOperation.
 */
import type { Origin } from '../../base/origin.ts';
import type { Workload } from '../../mesh/types.ts';
import type { HttpRetry } from '../../resources/kinds/shared/httpRetry.ts';
import type { HttpMatchRequest, HttpRoute } from '../../resources/kinds/virtualService.ts';
import type { CannotTell } from '../../trace/trace.ts';
import type { Route, RouteAction, RouteMatch } from '../envoy/http.ts';
import { translateCors } from './cors.ts';
import type { LookupService } from './destination.ts';
import { translateFault } from './fault.ts';
import { joinOperations, translateHeaders } from './headerOperations.ts';
import { translateAction } from './routeAction.ts';
import { isCatchAll, translateMatch } from './routeMatch.ts';
import { type RuleOrigins, specOf, type VirtualServiceInForce } from './virtualServiceInForce.ts';

export interface RouteContext {
  readonly workload: Workload;
  /** What `match.gateways` may name: `mesh`, or the gateway whose server this is. */
  readonly gatewayName: string;
  readonly listenerPort: number;
  readonly tls: boolean;
  readonly lookupService: LookupService;
  readonly defaultRetries: HttpRetry | undefined;
}

export function virtualServiceRoutes(virtualService: VirtualServiceInForce, context: RouteContext): Route[] {
  const routes: Route[] = [];
  for (const [index, rule] of (specOf(virtualService).http ?? []).entries()) {
    const origins = virtualService.httpOrigins[index] ?? { rule: [], matches: [] };
    const entries = rule.match?.length ? rule.match.map((match, i) => ({ match, i })) : [{ match: undefined, i: -1 }];
    for (const { match, i } of entries) {
      if (!appliesHere(match, context)) continue;
      const route = translateRule(virtualService, rule, match, originsOf(origins, i), origins, context);
      routes.push(route);
      if (isCatchAll(route.match)) return routes;
    }
    // Without conditions the rule takes everything, whether or not it became a route here.
    if (!rule.match?.length) return routes;
  }
  return routes;
}

const originsOf = (origins: RuleOrigins, match: number): readonly Origin[] =>
  origins.matches[match] ? [...origins.matches[match], ...origins.rule] : origins.rule;

/** `gateways` in an entry makes its sourceLabels and sourceNamespace void. */
export function appliesHere(match: HttpMatchRequest | undefined, context: RouteContext): boolean {
  if (match === undefined) return true;
  if (match.port && match.port !== context.listenerPort) return false;
  if (match.gateways?.length) return match.gateways.includes(context.gatewayName);
  const { labels, namespace } = context.workload;
  if (!Object.entries(match.sourceLabels ?? {}).every(([key, value]) => labels[key] === value)) return false;
  return !match.sourceNamespace || match.sourceNamespace === namespace;
}

function translateRule(
  virtualService: VirtualServiceInForce,
  rule: HttpRoute,
  match: HttpMatchRequest | undefined,
  origins: readonly Origin[],
  ruleOrigins: RuleOrigins,
  context: RouteContext,
): Route {
  const name = match?.name ? `${rule.name ?? ''}.${match.name}` : rule.name;
  const headers = translateHeaders(rule.headers);
  const routeMatch = translateMatch(match, virtualService.semantics);
  const translated = translateAction(rule, routeMatch, {
    lookupService: context.lookupService,
    listenerPort: context.listenerPort,
    tls: context.tls,
    semantics: virtualService.semantics,
    defaultRetries: context.defaultRetries,
    authority: headers.authority,
  });
  const at = (field: string): Origin => within(ruleOrigins.rule[0], field, virtualService);
  const fault = translateFault(rule.fault, at('fault'));
  const cannotTell = unmodelledPart(virtualService, ruleOrigins, routeMatch);
  return {
    ...(name ? { name } : {}),
    match: routeMatch,
    action: translated.action,
    ...(fault ? { fault } : {}),
    ...(rule.corsPolicy ? { cors: translateCors(rule.corsPolicy, at('corsPolicy')) } : {}),
    requestHeaders: joinOperations(headers.request, translated.requestHeaders),
    responseHeaders: joinOperations(headers.response, translated.responseHeaders),
    decorator: operationName(routeMatch, translated.action, virtualService.name, context.listenerPort),
    ...(cannotTell ? { cannotTell } : {}),
    origins,
  };
}

const within = (origin: Origin | undefined, field: string, otherwise: VirtualServiceInForce): Origin =>
  origin ? { resource: origin.resource, path: [...origin.path, field] } : { resource: otherwise.id, path: [] };

function unmodelledPart(
  virtualService: VirtualServiceInForce,
  origins: RuleOrigins,
  match: RouteMatch,
): CannotTell | undefined {
  const emptyClaim = match.claims.some((claim) => claim.match === 'present');
  const field = origins.unmodelled?.field ?? (emptyClaim ? 'headers' : undefined);
  if (field === undefined) return undefined;
  return {
    code: 'unmodelled-field',
    params: {
      kind: virtualService.kind,
      namespace: virtualService.namespace,
      name: virtualService.name,
      field,
      reason: origins.unmodelled?.reason ?? 'not-built',
    },
  };
}

/** What the route calls its requests in traces; gateways and sidecars send it along as x-envoy-decorator-operation. */
function operationName(match: RouteMatch, action: RouteAction, virtualService: string, port: number): string {
  const { path } = match;
  const operation =
    path.kind === 'prefix' ? `${path.value}*` : path.kind === 'path-separated-prefix' ? '/*' : path.value;
  const only = action.kind === 'forward' && action.clusters.length === 1 ? action.clusters[0] : undefined;
  const [, clusterPort, , host] = only?.name.split('|') ?? [];
  return host === undefined ? `${virtualService}:${port}${operation}` : `${host}:${clusterPort}${operation}`;
}
