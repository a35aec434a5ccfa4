/**
 * Which failures a route's retry policy repeats. Connection failures are retriable by default in
 * Istio, a connection that ends after it was used is not.
 * Upstream authority: Envoy source/common/router/retry_state_impl.cc; istio route/retry/retry.go.
 */
import type { RetryPolicy } from '../../control-plane/envoy/http.ts';
import type { HttpResponse } from '../wire.ts';

export type Failure =
  | 'connect-failure'
  | 'connection-termination'
  | 'protocol-error'
  | 'remote-reset'
  | 'per-try-timeout';

const has = (policy: RetryPolicy, ...conditions: readonly string[]): boolean =>
  policy.retryOn.some((on) => conditions.includes(on));

export function retriableFailure(policy: RetryPolicy | undefined, failure: Failure): boolean {
  if (policy === undefined) return false;
  if (has(policy, 'reset', '5xx', 'gateway-error')) return true;
  // A request that never left is repeated under reset-before-request too (Istio's inbound default).
  return failure === 'connect-failure' && has(policy, 'connect-failure', 'reset-before-request');
}

/** grpc-status of conditions that gRPC responses are retried for. */
const GRPC_CONDITIONS: Readonly<Record<string, string>> = {
  cancelled: '1',
  'deadline-exceeded': '4',
  'resource-exhausted': '8',
  internal: '13',
  unavailable: '14',
};

export function retriableResponse(policy: RetryPolicy | undefined, response: HttpResponse): boolean {
  if (policy === undefined) return false;
  const { status } = response;
  if (has(policy, '5xx') && status >= 500 && status <= 599) return true;
  if (has(policy, 'gateway-error') && status >= 502 && status <= 504) return true;
  if (has(policy, 'retriable-4xx') && status === 409) return true;
  if (has(policy, 'retriable-status-codes') && policy.retriableStatusCodes.includes(status)) return true;
  const grpcStatus = response.headers.find(([name]) => name === 'grpc-status')?.[1];
  return policy.retryOn.some((on) => grpcStatus !== undefined && GRPC_CONDITIONS[on] === grpcStatus);
}
