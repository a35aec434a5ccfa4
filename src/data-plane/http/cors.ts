/**
 * The CORS filter: it answers preflights that its policy knows and marks other answers.
 * Upstream authority: Envoy source/extensions/filters/http/cors/cors_filter.cc.
 */
import type { CorsPolicy } from '../../control-plane/envoy/http.ts';
import type { FilterResult } from '../filters/filter.ts';
import { headerValue } from '../routing/routeMatch.ts';
import { stringMatches } from '../routing/stringMatch.ts';
import type { HttpRequest } from '../wire.ts';
import { localReply } from './localReply.ts';

export interface CorsOutcome {
  readonly result: FilterResult;
  /** Headers for the upstream's response. */
  readonly responseHeaders: readonly (readonly [string, string])[];
  /** Absent: the filter had nothing to do. */
  readonly acted?: 'preflight-answered' | 'origin-allowed' | 'origin-not-allowed';
}

const CONTINUE: FilterResult = { kind: 'continue' };

export function corsFilter(policy: CorsPolicy | undefined, request: HttpRequest): CorsOutcome {
  const origin = headerValue(request, 'origin') ?? '';
  if (policy === undefined || origin === '') return { result: CONTINUE, responseHeaders: [] };
  const allowed = policy.allowOrigins.some(
    (match) => (match.kind === 'exact' && match.value === '*') || stringMatches(match, origin),
  );
  const preflight =
    request.method === 'OPTIONS' && (headerValue(request, 'access-control-request-method') ?? '') !== '';
  // A preflight that is not forwarded is answered in any case; what is missing is the origin.
  if (!allowed && (!preflight || policy.forwardNotMatchingPreflights)) {
    return { result: CONTINUE, responseHeaders: [], acted: 'origin-not-allowed' };
  }
  const common: [string, string][] = allowed ? [['access-control-allow-origin', origin]] : [];
  if (policy.allowCredentials) common.push(['access-control-allow-credentials', 'true']);
  if (allowed && policy.exposeHeaders !== '') common.push(['access-control-expose-headers', policy.exposeHeaders]);
  if (!preflight) {
    return { result: CONTINUE, responseHeaders: common, acted: 'origin-allowed' };
  }
  if (policy.allowMethods !== '') common.push(['access-control-allow-methods', policy.allowMethods]);
  if (policy.allowHeaders !== '') common.push(['access-control-allow-headers', policy.allowHeaders]);
  if (policy.maxAge !== '') common.push(['access-control-max-age', policy.maxAge]);
  const acted = allowed ? 'preflight-answered' : 'origin-not-allowed';
  return { result: localReply(200, '', 'cors_response', [], common), responseHeaders: [], acted };
}
