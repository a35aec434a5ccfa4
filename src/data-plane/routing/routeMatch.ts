/**
 * Which route of a virtual host takes a request: the first whose path, headers, query and claims
 * all fit. Alternatives that were passed over keep the condition that failed.
 * Upstream authority: Envoy source/common/router/config_impl.cc RouteEntryImplBase::matchRoute.
 */
import { assertNever } from '../../base/assertNever.ts';
import { compileRe2 } from '../../base/re2/compileRe2.ts';
import type { Route, RouteMatch, VirtualHost } from '../../control-plane/envoy/http.ts';
import type { Reason, Rejected } from '../../trace/step.ts';
import type { CannotTell } from '../../trace/trace.ts';
import type { HttpRequest } from '../wire.ts';
import { headerMatches, stringMatches } from './stringMatch.ts';

/** What a route may look at. */
export interface RouteInput {
  readonly request: HttpRequest;
  /** Payload of the verified token, when one was verified before routing. */
  readonly claims?: Readonly<Record<string, unknown>>;
}

export type RouteChoice =
  | { readonly kind: 'route'; readonly route: Route; readonly rejected: readonly Rejected[] }
  | { readonly kind: 'none'; readonly rejected: readonly Rejected[] }
  | { readonly kind: 'cannot-tell'; readonly why: CannotTell };

export function chooseRoute(host: VirtualHost, input: RouteInput): RouteChoice {
  const rejected: Rejected[] = [];
  for (const route of host.routes) {
    const reason = mismatch(route.match, input);
    // Whether the unmodelled part would have matched cannot be known, so later routes cannot either.
    if (route.cannotTell) return { kind: 'cannot-tell', why: route.cannotTell };
    if (reason === undefined) return { kind: 'route', route, rejected };
    const origin = route.origins[0];
    rejected.push({ name: route.name ?? '', reason, ...(origin === undefined ? {} : { origin }) });
  }
  return { kind: 'none', rejected };
}

/** The first condition that the request does not meet. */
function mismatch(match: RouteMatch, input: RouteInput): Reason | undefined {
  const { request } = input;
  const [path = ''] = request.path.split('?', 1);
  if (!pathMatches(match.path, path)) {
    return { code: 'path-differs', params: { kind: match.path.kind, wanted: match.path.value, saw: path } };
  }
  for (const header of match.headers) {
    const saw = headerValue(request, header.name);
    if (!headerMatches(header, saw)) {
      return {
        code: 'header-differs',
        params: { name: header.name, saw: saw ?? '', present: saw === undefined ? 0 : 1 },
      };
    }
  }
  for (const { name, match: wanted } of match.queryParams) {
    const saw = queryValue(request.path, name);
    if (saw === undefined || (wanted !== 'present' && !stringMatches(wanted, saw))) {
      return { code: 'query-differs', params: { name, saw: saw ?? '', present: saw === undefined ? 0 : 1 } };
    }
  }
  for (const claim of match.claims) {
    const values = claimValues(input.claims, claim.path);
    const { match: wanted } = claim;
    const fits = wanted === 'present' ? values.length > 0 : values.some((value) => stringMatches(wanted, value));
    if (fits === claim.invert) {
      return { code: 'claim-differs', params: { name: claim.path.join('.'), saw: values.join(',') } };
    }
  }
  return undefined;
}

function pathMatches(match: RouteMatch['path'], path: string): boolean {
  if (match.kind === 'regex') {
    const expression = compileRe2(match.value);
    return expression.ok && expression.value.matchesWhole(path);
  }
  const wanted = match.caseSensitive ? match.value : match.value.toLowerCase();
  const saw = match.caseSensitive ? path : path.toLowerCase();
  switch (match.kind) {
    case 'exact':
      return saw === wanted;
    case 'prefix':
      return saw.startsWith(wanted);
    case 'path-separated-prefix':
      return saw === wanted || saw.startsWith(`${wanted}/`);
    default:
      return assertNever(match);
  }
}

/** Pseudo-headers included; several values joined by a comma. */
export function headerValue(request: HttpRequest, name: string): string | undefined {
  switch (name) {
    case ':method':
      return request.method;
    case ':authority':
    case 'host':
      return request.authority;
    case ':path':
      return request.path;
    case ':scheme':
      return request.scheme;
    default: {
      const lower = name.toLowerCase();
      const values = request.headers.filter(([key]) => key === lower).map(([, value]) => value);
      return values.length === 0 ? undefined : values.join(',');
    }
  }
}

/** The first value of a query parameter, percent-decoded as Envoy does. */
export function queryValue(path: string, name: string): string | undefined {
  const at = path.indexOf('?');
  if (at < 0) return undefined;
  for (const pair of path.slice(at + 1).split('&')) {
    const equals = pair.indexOf('=');
    const key = equals < 0 ? pair : pair.slice(0, equals);
    if (percentDecoded(key) === name) return equals < 0 ? '' : percentDecoded(pair.slice(equals + 1));
  }
  return undefined;
}

function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** A claim's value as texts: strings (and elements of lists of strings) only. */
function claimValues(
  payload: Readonly<Record<string, unknown>> | undefined,
  path: readonly string[],
): readonly string[] {
  let value: unknown = payload;
  for (const key of path) {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return [];
    value = (value as Readonly<Record<string, unknown>>)[key];
  }
  if (typeof value === 'string') return [value];
  return Array.isArray(value) ? value.filter((element): element is string => typeof element === 'string') : [];
}
