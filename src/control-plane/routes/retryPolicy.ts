/**
 * Retries: what a route says, else the mesh's default policy, else Istio's own (2 retries on
 * failures that happen before the request was processed).
 *
 * Upstream authority: istio pilot/pkg/networking/core/route/retry/retry.go ConvertPolicy,
 * ConvertInboundPolicy.
 */

import { parseDurationMs } from '../../mesh/duration.ts';
import type { HttpRetry } from '../../resources/kinds/shared/httpRetry.ts';
import type { RetryPolicy } from '../envoy/http.ts';

export const DEFAULT_RETRY_POLICY: RetryPolicy = {
  attempts: 2,
  retryOn: ['connect-failure', 'refused-stream', 'unavailable', 'cancelled', 'retriable-status-codes'],
  retriableStatusCodes: [],
};

/** Every inbound route of an HTTP port but gRPC: resets before the request reached the application. */
export const DEFAULT_INBOUND_RETRY_POLICY: RetryPolicy = {
  attempts: 2,
  retryOn: ['reset-before-request'],
  retriableStatusCodes: [],
};

export function retryPolicy(retries: HttpRetry | undefined): RetryPolicy | undefined {
  return fromRetries(retries, DEFAULT_RETRY_POLICY, true);
}

export function inboundRetryPolicy(retries: HttpRetry | undefined): RetryPolicy | undefined {
  return fromRetries(retries, DEFAULT_INBOUND_RETRY_POLICY, false);
}

function fromRetries(retries: HttpRetry | undefined, otherwise: RetryPolicy, perTry: boolean): RetryPolicy | undefined {
  if (retries === undefined) return otherwise;
  const attempts = retries.attempts ?? 0;
  if (attempts <= 0) return undefined;
  const perTryTimeoutMs = perTry ? parseDurationMs(retries.perTryTimeout) : undefined;
  return {
    attempts,
    ...(retries.retryOn ? parseRetryOn(retries.retryOn) : { retryOn: otherwise.retryOn, retriableStatusCodes: [] }),
    ...(perTryTimeoutMs === undefined ? {} : { perTryTimeoutMs }),
  };
}

/** Numbers that are known HTTP status codes count as such; the rest are Envoy's conditions. */
function parseRetryOn(text: string): Pick<RetryPolicy, 'retryOn' | 'retriableStatusCodes'> {
  const parts = text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
  const isCode = (part: string) => /^\+?\d+$/.test(part) && KNOWN_STATUS_CODES.has(Number(part));
  const retriableStatusCodes = parts.filter(isCode).map(Number);
  const retryOn = parts.filter((part) => !isCode(part));
  if (retriableStatusCodes.length > 0 && !retryOn.includes('retriable-status-codes'))
    retryOn.push('retriable-status-codes');
  return { retryOn, retriableStatusCodes };
}

/** The codes that Go's net/http has a text for. */
const KNOWN_STATUS_CODES: ReadonlySet<number> = new Set([
  100, 101, 102, 103, 200, 201, 202, 203, 204, 205, 206, 207, 208, 226, 300, 301, 302, 303, 304, 305, 307, 308, 400,
  401, 402, 403, 404, 405, 406, 407, 408, 409, 410, 411, 412, 413, 414, 415, 416, 417, 418, 421, 422, 423, 424, 425,
  426, 428, 429, 431, 451, 500, 501, 502, 503, 504, 505, 506, 507, 508, 510, 511,
]);
