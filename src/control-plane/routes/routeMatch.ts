/**
 * One `http[].match[]` entry -> Envoy's route match. What can be decided when the configuration is
 * built (gateways, port, sourceLabels, sourceNamespace) is not here but in virtualServiceRoutes.
 *
 * Upstream authority: istio pilot/pkg/networking/core/route/route.go TranslateRouteMatch,
 * IsCatchAllRoute; pkg/jwt/routing.go ToRoutingClaim.
 */

import { compareText } from '../../mesh/resourceIndex.ts';
import type { HttpMatchRequest, StringMatch as IstioStringMatch } from '../../resources/kinds/virtualService.ts';
import type { HeaderMatcher, RouteMatch } from '../envoy/http.ts';
import { translateStringMatch, translateValueMatch } from './stringMatch.ts';
import type { VirtualServiceInForce } from './virtualServiceInForce.ts';

export const MATCH_ANY: RouteMatch = {
  path: { kind: 'prefix', value: '/', caseSensitive: true },
  headers: [],
  queryParams: [],
  claims: [],
};

const CLAIMS_HEADER = '@request.auth.claims';

/** The claim that a header name like `@request.auth.claims[group][id]` stands for. */
export function routingClaim(header: string): readonly string[] | undefined {
  if (!header.toLowerCase().startsWith(CLAIMS_HEADER)) return undefined;
  const rest = header.slice(CLAIMS_HEADER.length);
  if (rest.startsWith('.') && rest.length > 1) return rest.slice(1).split('.');
  if (rest.startsWith('[') && rest.endsWith(']') && rest.length > 2) return rest.slice(1, -1).split('][');
  return undefined;
}

export function translateMatch(
  match: HttpMatchRequest | undefined,
  semantics: VirtualServiceInForce['semantics'],
): RouteMatch {
  if (match === undefined) return MATCH_ANY;
  const claims: RouteMatch['claims'][number][] = [];
  const named: HeaderMatcher[] = [];
  const addAll = (headers: Readonly<Record<string, IstioStringMatch>> | undefined, invert: boolean) => {
    for (const [name, value] of Object.entries(headers ?? {})) {
      const claim = routingClaim(name);
      if (claim) claims.push({ path: claim, match: translateStringMatch(value) ?? 'present', invert });
      else named.push(headerMatcher(name, value, invert));
    }
  };
  addAll(match.headers, false);
  addAll(match.withoutHeaders, true);
  named.sort((a, b) => compareText(a.name, b.name));
  return {
    path: translatePath(match, semantics),
    headers: [
      ...named,
      ...pseudoHeader(':method', match.method),
      ...pseudoHeader(':authority', match.authority),
      ...pseudoHeader(':scheme', match.scheme),
    ],
    queryParams: Object.entries(match.queryParams ?? {}).map(([name, value]) => ({
      name,
      match: translateValueMatch(value),
    })),
    claims,
  };
}

function headerMatcher(name: string, value: IstioStringMatch, invert: boolean): HeaderMatcher {
  const match = translateValueMatch(value);
  return { name: name.toLowerCase(), match, invert, treatMissingAsEmpty: invert && match !== 'present' };
}

const pseudoHeader = (name: string, match: IstioStringMatch | undefined): HeaderMatcher[] =>
  match === undefined ? [] : [{ name, match: translateValueMatch(match), invert: false, treatMissingAsEmpty: false }];

function translatePath(match: HttpMatchRequest, semantics: VirtualServiceInForce['semantics']): RouteMatch['path'] {
  const caseSensitive = match.ignoreUriCase !== true;
  const { exact, prefix, regex } = match.uri ?? {};
  if (exact !== undefined) return { kind: 'exact', value: exact, caseSensitive };
  if (prefix !== undefined) {
    return semantics !== 'istio' && prefix !== '/'
      ? { kind: 'path-separated-prefix', value: prefix.replace(/\/$/, ''), caseSensitive }
      : { kind: 'prefix', value: prefix, caseSensitive };
  }
  if (regex !== undefined) return { kind: 'regex', value: regex };
  return { kind: 'prefix', value: '/', caseSensitive };
}

/** Matches every request: routes after it are never reached. */
export function isCatchAll(match: RouteMatch): boolean {
  const anyPath =
    match.path.kind === 'regex' ? match.path.value === '.*' : match.path.kind !== 'exact' && match.path.value === '/';
  return anyPath && match.headers.length === 0 && match.queryParams.length === 0 && match.claims.length === 0;
}
