/** CORS, faults, mirrors, redirects and direct responses of an HTTP route. */
import { GRPC_STATUS_NAMES } from '../../base/grpcStatus.ts';
import type { FieldPath } from '../../base/origin.ts';
import { goFloat } from '../go/float.ts';
import { goQuote } from '../go/quote.ts';
import type {
  CorsPolicy,
  HttpDirectResponse,
  HttpFaultInjection,
  HttpMatchRequest,
  HttpMirrorPolicy,
  HttpRedirect,
  StringMatch,
} from '../kinds/virtualService.ts';
import { all, asList, each, error, type Findings, NOTHING, warning, withoutWarnings } from './faults.ts';
import { validateCorsHeaderName } from './headerNames.ts';
import { durationMs, validateDuration, validatePort } from './names.ts';
import { validateDestination } from './routeDestinations.ts';
import { validateStringMatchRegex } from './stringMatch.ts';

const CORS_METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'CONNECT', 'OPTIONS', 'TRACE', '*'];

export function validateCorsPolicy(at: FieldPath, policy: CorsPolicy | undefined): Findings {
  if (policy === undefined) return NOTHING;
  const { maxAge } = policy;
  const found = all(
    each(policy.allowOrigins, (origin, index) => validateAllowOrigin([...at, 'allowOrigins', index], origin)),
    each(policy.allowMethods, (method, index) =>
      CORS_METHODS.includes(method)
        ? NOTHING
        : error([...at, 'allowMethods', index], `${goQuote(method)} is not a supported HTTP method`),
    ),
    each(policy.allowHeaders, (name, index) => validateCorsHeaderName([...at, 'allowHeaders', index], name)),
    each(policy.exposeHeaders, (name, index) => validateCorsHeaderName([...at, 'exposeHeaders', index], name)),
    validateDuration([...at, 'maxAge'], maxAge),
  );
  const hasFraction = maxAge !== undefined && durationMs(maxAge) % 1000 > 0;
  if (!hasFraction) return found;
  return asList(all(found, error([...at, 'maxAge'], 'max_age duration is accurate only to seconds precision')));
}

function validateAllowOrigin(at: FieldPath, origin: StringMatch): Findings {
  const match = origin.exact ?? origin.prefix ?? origin.regex ?? '';
  if (match === '') return error(at, `'${match}' is not a valid match type for CORS allow origins`);
  return validateStringMatchRegex(at, origin, 'corsPolicy.allowOrigins');
}

function validatePercentage(at: FieldPath, percentage: { readonly value?: number } | undefined): Findings {
  const value = percentage?.value ?? 0;
  if (value === 0 || (value >= 0.0001 && value <= 100)) return NOTHING;
  return error(at, `percentage ${goFloat(value)} is neither 0.0, nor in range [0.0001, 100.0]`);
}

const validateHttpStatus = (at: FieldPath, status: number): Findings =>
  status < 200 || status > 600 ? error(at, `HTTP status ${status} is not in range 200-599`) : NOTHING;

export function validateFault(at: FieldPath, fault: HttpFaultInjection | undefined): Findings {
  if (fault === undefined) return NOTHING;
  const { abort, delay } = fault;
  const neither = abort === undefined && delay === undefined;
  return all(
    asList(neither ? error(at, 'HTTP fault injection must have an abort and/or a delay') : NOTHING),
    withoutWarnings(validateAbort([...at, 'abort'], abort)),
    validateDelay([...at, 'delay'], delay),
  );
}

function validateAbort(at: FieldPath, abort: HttpFaultInjection['abort']): Findings {
  if (abort === undefined) return NOTHING;
  const { grpcStatus, http2Error, httpStatus } = abort;
  return all(
    validatePercentage([...at, 'percentage'], abort.percentage),
    grpcStatus !== undefined && !GRPC_STATUS_NAMES.includes(grpcStatus)
      ? error(
          [...at, 'grpcStatus'],
          `gRPC status ${goQuote(grpcStatus)} is not supported. See https://github.com/grpc/grpc/blob/master/doc/statuscodes.md for a list of supported codes, for example 'NOT_FOUND'`,
        )
      : NOTHING,
    http2Error !== undefined ? error([...at, 'http2Error'], 'HTTP/2 abort fault injection not supported yet') : NOTHING,
    httpStatus !== undefined ? validateHttpStatus([...at, 'httpStatus'], httpStatus) : NOTHING,
  );
}

function validateDelay(at: FieldPath, delay: HttpFaultInjection['delay']): Findings {
  if (delay === undefined) return NOTHING;
  const found = all(
    validatePercentage([...at, 'percentage'], delay.percentage),
    validateDuration([...at, 'fixedDelay'], delay.fixedDelay),
    validateDuration([...at, 'exponentialDelay'], delay.exponentialDelay),
  );
  if (delay.exponentialDelay === undefined) return found;
  return asList(all(found, error([...at, 'exponentialDelay'], 'exponentialDelay not supported yet')));
}

export function validateMirrors(at: FieldPath, mirrors: readonly HttpMirrorPolicy[] | undefined): Findings {
  return each(mirrors, ({ destination, percentage }, index) => {
    const path = [...at, index];
    if (destination === undefined) return error(path, 'destination is required for mirrors');
    const value = percentage?.value ?? 0;
    const share = [...path, 'percentage'];
    return all(
      validateDestination([...path, 'destination'], destination),
      value > 100
        ? error(share, `mirror percentage must have a max value of 100 (it has ${value.toFixed(6)})`)
        : NOTHING,
      value < 0 ? error(share, `mirror percentage must have a min value of 0 (it has ${value.toFixed(6)})`) : NOTHING,
    );
  });
}

/** The first problem only. */
export function validateRedirect(
  at: FieldPath,
  redirect: HttpRedirect | undefined,
  matches: readonly HttpMatchRequest[] | undefined,
): Findings {
  if (redirect === undefined) return NOTHING;
  const { uri, prefixRewrite, authority, port, derivePort, scheme, redirectCode } = redirect;
  if (uri && prefixRewrite) return error(at, 'redirect may only specify one of uri or prefix_rewrite');
  const otherMatch = (matches ?? []).some((match) => match.uri !== undefined && match.uri.prefix === undefined);
  if (prefixRewrite && otherMatch) {
    return error([...at, 'prefixRewrite'], 'redirect prefix_rewrite requires all URI matches to use prefix match type');
  }
  const hasPort = port !== undefined || derivePort !== undefined;
  if (!uri && !prefixRewrite && !authority && !hasPort && !scheme) {
    return error(at, 'redirect must specify URI, authority, scheme, or port');
  }
  if (redirectCode && (redirectCode < 300 || redirectCode > 399)) {
    return error([...at, 'redirectCode'], `${redirectCode} is not a valid redirect code, must be 3xx`);
  }
  if (scheme && scheme !== 'http' && scheme !== 'https') {
    return error([...at, 'scheme'], 'invalid redirect scheme, must be "http" or "https"');
  }
  return port ? validatePort([...at, 'port'], port) : NOTHING;
}

const KB = 1024;
const LARGE_RESPONSE = 'large direct_responses may impact control plane performance';

export function validateDirectResponse(at: FieldPath, response: HttpDirectResponse | undefined): Findings {
  if (response === undefined) return NOTHING;
  const { body } = response;
  const size =
    body?.bytes === undefined ? new TextEncoder().encode(body?.string ?? '').length : base64Length(body.bytes);
  const path = [...at, 'body'];
  let large = NOTHING;
  if (size > 1024 * KB) large = error(path, `${LARGE_RESPONSE}, must be less than 1MB`);
  else if (size > 100 * KB) large = warning(path, LARGE_RESPONSE);
  return all(large, validateHttpStatus([...at, 'status'], response.status ?? 0));
}

const base64Length = (text: string) => Math.floor((text.replace(/=+$/, '').length * 3) / 4);
