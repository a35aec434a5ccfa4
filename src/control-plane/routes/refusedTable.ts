/**
 * A table that Envoy's checks of its own fields refuse is refused as a whole: a fresh proxy then has
 * an empty table, and every request is 404. istiod's webhook lets through a redirect with a code
 * that is none, an abort with status 600, and header values with formatting commands unknown to Envoy.
 *
 * Upstream authority: Envoy api/envoy/config/route/v3/route_components.proto (`action` is
 * required), api/envoy/extensions/filters/http/fault/v3/fault.proto (`http_status`); istio
 * pilot/pkg/networking/core/route/route.go ApplyRedirect, TranslateFault.
 */
import type { Route, RouteConfiguration } from '../envoy/http.ts';
import { headerFormatRefusal } from './headerFormat.ts';

const REDIRECT_CODES = [301, 302, 303, 307, 308];

export function orRefused(table: RouteConfiguration): RouteConfiguration {
  // The message is checked field by field first; faults lie in it sealed, and are opened afterwards.
  const nack =
    firstRefusal(table, withoutAction) ?? firstRefusal(table, abortOutOfRange) ?? firstRefusal(table, badHeaderFormat);
  return nack === undefined ? table : { ...table, virtualHosts: [], nack };
}

type Check = (route: Route, virtualHost: number, index: number) => string | undefined;

function firstRefusal({ virtualHosts }: RouteConfiguration, check: Check): string | undefined {
  for (const [host, { routes }] of virtualHosts.entries()) {
    for (const [index, route] of routes.entries()) {
      const nack = check(route, host, index);
      if (nack !== undefined) return nack;
    }
  }
  return undefined;
}

const withoutAction: Check = ({ action }, host, index) =>
  action.kind === 'redirect' && !REDIRECT_CODES.includes(action.code)
    ? `Proto constraint validation failed (RouteConfigurationValidationError.VirtualHosts[${host}]: embedded message failed validation | caused by VirtualHostValidationError.Routes[${index}]: embedded message failed validation | caused by field: "action", reason: is required)`
    : undefined;

const badHeaderFormat: Check = ({ action, requestHeaders, responseHeaders }) =>
  [
    requestHeaders,
    responseHeaders,
    ...(action.kind === 'forward'
      ? action.clusters.flatMap((cluster) => [cluster.requestHeaders, cluster.responseHeaders])
      : []),
  ]
    .flatMap(({ set, add }) => [...set, ...add])
    .map(([, value]) => headerFormatRefusal(value))
    .find((refusal) => refusal !== undefined);

function abortOutOfRange({ fault }: Route): string | undefined {
  const status = fault?.abort?.httpStatus;
  return status !== undefined && (status < 200 || status >= 600)
    ? 'Proto constraint validation failed (HTTPFaultValidationError.Abort: embedded message failed validation | caused by FaultAbortValidationError.HttpStatus: value must be inside range [200, 600))'
    : undefined;
}
