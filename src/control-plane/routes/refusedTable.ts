/**
 * A table with a route that has no valid action is refused as a whole: a fresh proxy then has an
 * empty table, and every request is 404.
 *
 * Upstream authority: Envoy api/envoy/config/route/v3/route_components.proto (`action` is
 * required); istio pilot/pkg/networking/core/route/route.go ApplyRedirect.
 */
import type { RouteConfiguration } from '../envoy/http.ts';

const REDIRECT_CODES = [301, 302, 303, 307, 308];

export function orRefused(table: RouteConfiguration): RouteConfiguration {
  for (const [host, { routes }] of table.virtualHosts.entries()) {
    const route = routes.findIndex(({ action }) => action.kind === 'redirect' && !REDIRECT_CODES.includes(action.code));
    if (route < 0) continue;
    const nack = `Proto constraint validation failed (RouteConfigurationValidationError.VirtualHosts[${host}]: embedded message failed validation | caused by VirtualHostValidationError.Routes[${route}]: embedded message failed validation | caused by field: "action", reason: is required)`;
    return { ...table, virtualHosts: [], nack };
  }
  return table;
}
