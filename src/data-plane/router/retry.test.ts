import { describe, expect, it } from 'vitest';
import type { RetryPolicy } from '../../control-plane/envoy/http.ts';
import { type Failure, retriableFailure, retriableResponse } from './retry.ts';

const policy = (retryOn: readonly string[], retriableStatusCodes: readonly number[] = []): RetryPolicy => ({
  attempts: 2,
  retryOn,
  retriableStatusCodes,
});

const ISTIO_DEFAULT = policy([
  'connect-failure',
  'refused-stream',
  'unavailable',
  'cancelled',
  'retriable-status-codes',
]);
const INBOUND = policy(['reset-before-request']);

describe('failures that are tried again', () => {
  it.each<[string, RetryPolicy | undefined, Failure, boolean]>([
    ['a connection that never was, by default', ISTIO_DEFAULT, 'connect-failure', true],
    ['a connection that ended in use, by default', ISTIO_DEFAULT, 'connection-termination', false],
    ['garbage, by default', ISTIO_DEFAULT, 'protocol-error', false],
    ['a connection that never was, inbound', INBOUND, 'connect-failure', true],
    ['a connection that ended in use, inbound', INBOUND, 'connection-termination', false],
    ['a connection that ended in use, under reset', policy(['reset']), 'connection-termination', true],
    ['a connection that never was, under 5xx', policy(['5xx']), 'connect-failure', true],
    ['a try that took too long, under gateway-error', policy(['gateway-error']), 'per-try-timeout', true],
    ['a try that took too long, by default', ISTIO_DEFAULT, 'per-try-timeout', false],
    ['anything without a policy', undefined, 'connect-failure', false],
  ])('%s: %s', (_name, retry, failure, expected) => {
    expect(retriableFailure(retry, failure)).toBe(expected);
  });

  it.each<[string, RetryPolicy, number, boolean]>([
    ['503 under 5xx', policy(['5xx']), 503, true],
    ['500 under gateway-error', policy(['gateway-error']), 500, false],
    ['502 under gateway-error', policy(['gateway-error']), 502, true],
    ['409 under retriable-4xx', policy(['retriable-4xx']), 409, true],
    ['a code of the list', policy(['retriable-status-codes'], [418]), 418, true],
    ['a code that is not on it', policy(['retriable-status-codes'], [418]), 503, false],
    ['503 by default', ISTIO_DEFAULT, 503, false],
  ])('%s: %s', (_name, retry, status, expected) => {
    expect(retriableResponse(retry, { status, headers: [] })).toBe(expected);
  });

  it('a gRPC status by its name', () => {
    expect(retriableResponse(ISTIO_DEFAULT, { status: 200, headers: [['grpc-status', '14']] })).toBe(true);
    expect(retriableResponse(ISTIO_DEFAULT, { status: 200, headers: [['grpc-status', '7']] })).toBe(false);
  });
});
