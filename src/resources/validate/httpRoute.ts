/** One HTTP route of a VirtualService (validateHTTPRoute). */
import type { FieldPath } from '../../base/origin.ts';
import { goQuote } from '../go/quote.ts';
import { atoi } from '../go/strconv.ts';
import type { HttpRetry } from '../kinds/shared/httpRetry.ts';
import type { Headers, HttpMatchRequest, HttpRewrite, HttpRoute } from '../kinds/virtualService.ts';
import { all, asList, each, eachEntry, error, type Findings, NOTHING, warning, withoutWarnings } from './faults.ts';
import { validateGatewayNames } from './gatewayNames.ts';
import { isAuthority, validateMatchHeaderName } from './headerNames.ts';
import {
  validateCorsPolicy,
  validateDirectResponse,
  validateFault,
  validateMirrors,
  validateRedirect,
} from './httpRouteParts.ts';
import { isDnsLabel, validateDuration, validateLabels, validatePort } from './names.ts';
import { validateDestination, validateHeaders, validateRouteDestinations } from './routeDestinations.ts';
import { validateRegex, validateStringMatch, validateStringMatchRegex } from './stringMatch.ts';

export function validateHttpRoute(at: FieldPath, route: HttpRoute, isDelegate: boolean): Findings {
  return all(
    validateActions(at, route, isDelegate),
    withoutWarnings(validateMatches([...at, 'match'], route.match)),
    validateHeaders([...at, 'headers'], route.headers),
    validateCorsPolicy([...at, 'corsPolicy'], route.corsPolicy),
    validateFault([...at, 'fault'], route.fault),
    validateMirrorPercent(at, route),
    validateDestination([...at, 'mirror'], route.mirror),
    validateMirrors([...at, 'mirrors'], route.mirrors),
    validateRedirect([...at, 'redirect'], route.redirect, route.match),
    validateDirectResponse([...at, 'directResponse'], route.directResponse),
    validateHttpRetry([...at, 'retries'], route.retries),
    validateRewrite([...at, 'rewrite'], route.rewrite),
    validateAuthorityRewrite(at, route.rewrite, route.headers),
    validateRouteDestinations([...at, 'route'], route.route),
    validateDuration([...at, 'timeout'], route.timeout),
  );
}

/** Which of route, redirect, direct response and delegate may stand together. */
function validateActions(at: FieldPath, route: HttpRoute, isDelegate: boolean): Findings {
  const { redirect, directResponse, fault, rewrite, delegate, mirror } = route;
  const routes = (route.route?.length ?? 0) > 0;
  const when = (condition: boolean, field: string, message: string) =>
    condition ? error([...at, field], message) : NOTHING;
  if (!isDelegate && delegate !== undefined) {
    const name = route.name ?? '';
    return all(
      when(redirect !== undefined, 'redirect', `root HTTP route ${name} must not specify redirect`),
      when(routes, 'route', `root HTTP route ${name} must not specify route`),
    );
  }
  const nested = when(delegate !== undefined, 'delegate', 'delegate HTTP route cannot contain delegate');
  let conflicts = NOTHING;
  if (redirect !== undefined) {
    conflicts = all(
      when(routes, 'redirect', 'HTTP route cannot contain both route and redirect'),
      when(fault !== undefined, 'redirect', 'HTTP route cannot contain both fault and redirect'),
      when(rewrite !== undefined, 'redirect', 'HTTP route rule cannot contain both rewrite and redirect'),
      when(
        directResponse !== undefined,
        'redirect',
        'HTTP route rule cannot contain both direct_response and redirect',
      ),
    );
  } else if (directResponse !== undefined) {
    conflicts = all(
      when(routes, 'directResponse', 'HTTP route cannot contain both route and direct_response'),
      when(fault !== undefined, 'directResponse', 'HTTP route cannot contain both fault and direct_response'),
      when(rewrite !== undefined, 'directResponse', 'HTTP route rule cannot contain both rewrite and direct_response'),
    );
  } else if (!routes) {
    conflicts = error(at, 'HTTP route, redirect or direct_response is required');
  }
  const mirrors = mirror !== undefined && (route.mirrors?.length ?? 0) > 0;
  return all(nested, conflicts, when(mirrors, 'mirrors', 'HTTP route cannot contain both mirror and mirrors'));
}

function validateMatches(at: FieldPath, matches: readonly HttpMatchRequest[] | undefined): Findings {
  return all(
    each(matches, (match, index) => validateMatchStrings([...at, index], match)),
    each(matches, (match, index) => {
      const path = [...at, index];
      const { port, sourceNamespace } = match;
      return all(
        port ? validatePort([...path, 'port'], port) : NOTHING,
        validateLabels([...path, 'sourceLabels'], match.sourceLabels),
        validateGatewayNames([...path, 'gateways'], match.gateways),
        sourceNamespace && !isDnsLabel(sourceNamespace)
          ? error([...path, 'sourceNamespace'], `sourceNamespace match ${sourceNamespace} is invalid`)
          : NOTHING,
      );
    }),
  );
}

function validateMatchStrings(at: FieldPath, match: HttpMatchRequest): Findings {
  return all(
    eachEntry(match.headers, (name, header) => {
      const path = [...at, 'headers', name];
      return all(validateMatchHeaderName(path, name), validateStringMatch(path, header, 'headers'));
    }),
    eachEntry(match.withoutHeaders, (name, header) => {
      const path = [...at, 'withoutHeaders', name];
      // `*` is no regular expression: it becomes a match of presence.
      const value = header.regex === '*' ? NOTHING : validateStringMatch(path, header, 'withoutHeaders');
      return all(validateMatchHeaderName(path, name), value);
    }),
    validateStringMatchRegex([...at, 'uri'], match.uri, 'uri'),
    validateStringMatch([...at, 'scheme'], match.scheme, 'scheme'),
    validateStringMatch([...at, 'method'], match.method, 'method'),
    validateStringMatch([...at, 'authority'], match.authority, 'authority'),
    eachEntry(match.queryParams, (name, value) =>
      validateStringMatch([...at, 'queryParams', name], value, 'queryParams'),
    ),
  );
}

function validateMirrorPercent(at: FieldPath, route: HttpRoute): Findings {
  const { mirrorPercent, mirrorPercentage } = route;
  const value = mirrorPercentage?.value ?? 0;
  const path = [...at, 'mirrorPercentage'];
  return all(
    (mirrorPercent ?? 0) > 100
      ? error([...at, 'mirrorPercent'], `mirror_percent must have a max value of 100 (it has ${mirrorPercent})`)
      : NOTHING,
    mirrorPercent !== undefined
      ? warning([...at, 'mirrorPercent'], 'using deprecated setting "mirrorPercent", use "mirrorPercentage" instead')
      : NOTHING,
    value > 100 ? error(path, `mirror_percentage must have a max value of 100 (it has ${value.toFixed(6)})`) : NOTHING,
    value < 0 ? error(path, `mirror_percentage must have a min value of 0 (it has ${value.toFixed(6)})`) : NOTHING,
  );
}

const RETRY_ON: ReadonlySet<string> = new Set([
  '5xx',
  'gateway-error',
  'reset',
  'reset-before-request',
  'connect-failure',
  'retriable-4xx',
  'refused-stream',
  'retriable-status-codes',
  'retriable-headers',
  'envoy-ratelimited',
  'http3-post-connect-failure',
  'cancelled',
  'deadline-exceeded',
  'internal',
  'resource-exhausted',
  'unavailable',
]);

/** Status codes that net/http has a text for. */
function isKnownStatus(code: number): boolean {
  const ranges = [
    [100, 103],
    [200, 208],
    [226, 226],
    [300, 305],
    [307, 308],
    [400, 418],
    [421, 426],
    [428, 429],
    [431, 431],
    [451, 451],
    [500, 508],
    [510, 511],
  ] as const;
  return ranges.some(([low, high]) => code >= low && code <= high);
}

export function validateHttpRetry(at: FieldPath, retries: HttpRetry | undefined): Findings {
  if (retries === undefined) return NOTHING;
  const attempts = retries.attempts ?? 0;
  const configured =
    retries.perTryTimeout !== undefined || !!retries.retryOn || retries.retryRemoteLocalities !== undefined;
  const negative = asList(attempts < 0 ? error([...at, 'attempts'], 'attempts cannot be negative') : NOTHING);
  const policies = retries.retryOn ? retries.retryOn.split(',') : [];
  return all(
    negative,
    attempts === 0 && configured
      ? error(at, 'http retry policy configured when attempts are set to 0 (disabled)')
      : NOTHING,
    validateDuration([...at, 'perTryTimeout'], retries.perTryTimeout),
    each(policies, (policy) => {
      const code = atoi(policy);
      const known = RETRY_ON.has(policy) || (code.ok && isKnownStatus(code.value));
      return known ? NOTHING : error([...at, 'retryOn'], `${goQuote(policy)} is not a valid retryOn policy`);
    }),
    validateDuration([...at, 'backoff'], retries.backoff),
  );
}

function validateRewrite(at: FieldPath, rewrite: HttpRewrite | undefined): Findings {
  if (rewrite === undefined) return NOTHING;
  const { uri, authority, uriRegexRewrite } = rewrite;
  if (uri && uriRegexRewrite !== undefined) {
    return error(at, 'rewrite may only contain one of URI or UriRegexRewrite');
  }
  if (!uri && uriRegexRewrite === undefined && !authority) {
    return error(
      at,
      'rewrite must specify at least one of URI, UriRegexRewrite, or authority. Only one of URI or UriRegexRewrite may be specified',
    );
  }
  if (uriRegexRewrite === undefined) return NOTHING;
  const path = [...at, 'uriRegexRewrite'];
  const problem =
    !uriRegexRewrite.match || !uriRegexRewrite.rewrite
      ? error(path, 'UriRegexRewrite requires both Rewrite and Match fields to be specified')
      : validateRegex([...path, 'match'], uriRegexRewrite.match, 'HTTPRewrite.UriRegexRewrite.Match');
  const [fault] = problem.errors.items;
  // errors.Join: one error per line.
  return fault === undefined ? NOTHING : error(fault.path, `UriRegexRewrite has errors\n${fault.message}`);
}

/** The authority may be rewritten in one place only. */
function validateAuthorityRewrite(
  at: FieldPath,
  rewrite: HttpRewrite | undefined,
  headers: Headers | undefined,
): Findings {
  let current = rewrite?.authority ?? '';
  for (const operation of ['set', 'add'] as const) {
    for (const [name, value] of Object.entries(headers?.request?.[operation] ?? {})) {
      if (!isAuthority(name)) continue;
      if (current !== '') {
        const message = `authority header cannot be set multiple times: have ${goQuote(current)}, attempting to set ${goQuote(value)}`;
        return error([...at, 'headers', 'request', operation, name], message);
      }
      current = value;
    }
  }
  return NOTHING;
}
