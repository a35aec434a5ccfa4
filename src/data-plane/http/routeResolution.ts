/**
 * From a request to a route: route table, virtual host, first matching route, and the lot among
 * weighted clusters. Envoy resolves once before the filters, and again when a filter that changes
 * what routes look at (jwt_authn with claims) clears the cache.
 */
import type { HttpConnectionManager, RouteConfiguration } from '../../control-plane/envoy/http.ts';
import type { CannotTell } from '../../trace/trace.ts';
import type { Accepted } from '../proxy/accepted.ts';
import type { Routed } from '../router/router.ts';
import { chooseRoute, type RouteInput } from '../routing/routeMatch.ts';
import { findVirtualHost } from '../routing/virtualHostMatch.ts';

export type Resolved =
  | { readonly kind: 'routed'; readonly routed: Routed }
  | { readonly kind: 'cannot-tell'; readonly why: CannotTell };

const NOTHING: Resolved = { kind: 'routed', routed: { redirectToTls: false } };

export function resolveRoute(accepted: Accepted, hcm: HttpConnectionManager, input: RouteInput): Resolved {
  const { hop, run } = accepted;
  const table = routeTable(accepted, hcm);
  const name = table?.name ?? (hcm.routes.kind === 'rds' ? hcm.routes.name : '');
  const virtualHost = table && findVirtualHost(table, input.request.authority);
  if (table === undefined || virtualHost === undefined) {
    hop.step({
      kind: 'route-matched',
      origins: table?.origins ?? [],
      routeConfiguration: name,
      rejected: otherHosts(table, input.request.authority),
    });
    return NOTHING;
  }
  if (virtualHost.requireTls && input.request.scheme !== 'https') {
    hop.step({
      kind: 'route-matched',
      origins: virtualHost.origins,
      routeConfiguration: name,
      virtualHost: virtualHost.name,
      rejected: [],
    });
    return { kind: 'routed', routed: { redirectToTls: true } };
  }
  const choice = chooseRoute(virtualHost, input);
  if (choice.kind === 'cannot-tell') return choice;
  const route = choice.kind === 'route' ? choice.route : undefined;
  hop.step({
    kind: 'route-matched',
    origins: route?.origins ?? virtualHost.origins,
    routeConfiguration: name,
    virtualHost: virtualHost.name,
    rejected: choice.rejected,
    ...(route === undefined ? {} : { route: route.name ?? '' }),
  });
  if (route === undefined) return NOTHING;
  if (route.action.kind !== 'forward') return { kind: 'routed', routed: { route, redirectToTls: false } };
  const { clusters } = route.action;
  const drawn = run.choose(
    hop,
    'weighted-cluster',
    clusters.map((cluster) => cluster.name),
    clusters.length > 1 ? clusters.map((cluster) => cluster.weight) : undefined,
  );
  const cluster = clusters[drawn];
  const countsAttempts = virtualHost.includeRequestAttemptCount;
  return {
    kind: 'routed',
    routed: { route, redirectToTls: false, countsAttempts, ...(cluster === undefined ? {} : { cluster }) },
  };
}

function routeTable({ config }: Accepted, hcm: HttpConnectionManager): RouteConfiguration | undefined {
  const table = hcm.routes.kind === 'inline' ? hcm.routes.table : config.routes.get(hcm.routes.name);
  return table?.nack === undefined ? table : { ...table, virtualHosts: [] };
}

const MAX_LISTED = 20;

/** The hosts that would have had routes; a long table is cut. */
function otherHosts(table: RouteConfiguration | undefined, authority: string) {
  return (table?.virtualHosts ?? []).slice(0, MAX_LISTED).map((host) => {
    const origin = host.origins[0];
    return {
      name: host.name,
      reason: { code: 'host-differs', params: { wanted: host.domains[0] ?? '', saw: authority } },
      ...(origin === undefined ? {} : { origin }),
    };
  });
}
