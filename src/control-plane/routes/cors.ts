/**
 * `corsPolicy` of a rule -> Envoy's CORS filter for that route.
 *
 * Upstream authority: istio pilot/pkg/networking/core/route/route.go TranslateCORSPolicy.
 */
import type { Origin } from '../../base/origin.ts';
import { parseDurationMs } from '../../mesh/duration.ts';
import type { CorsPolicy as IstioCorsPolicy } from '../../resources/kinds/virtualService.ts';
import type { CorsPolicy, StringMatch } from '../envoy/http.ts';
import { translateStringMatch } from './stringMatch.ts';

export function translateCors(cors: IstioCorsPolicy, origin: Origin): CorsPolicy {
  const allowOrigins = cors.allowOrigins?.length
    ? cors.allowOrigins.map(translateStringMatch)
    : (cors.allowOrigin ?? []).map((value): StringMatch => ({ kind: 'exact', value, ignoreCase: false }));
  const maxAgeMs = parseDurationMs(cors.maxAge);
  return {
    allowOrigins: allowOrigins.filter((match) => match !== undefined),
    allowMethods: (cors.allowMethods ?? []).join(','),
    allowHeaders: (cors.allowHeaders ?? []).join(','),
    exposeHeaders: (cors.exposeHeaders ?? []).join(','),
    maxAge: maxAgeMs === undefined ? '' : String(Math.trunc(maxAgeMs / 1000)),
    ...(cors.allowCredentials === undefined ? {} : { allowCredentials: cors.allowCredentials }),
    forwardNotMatchingPreflights: cors.unmatchedPreflights !== 'IGNORE',
    origin,
  };
}
