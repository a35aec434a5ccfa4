/**
 * x-request-id: every proxy makes one for a request that has none, an edge proxy always. The id is
 * drawn from the seed, the hop and the request, so that equal calls have equal ids.
 * Upstream authority: Envoy conn_manager_utility.cc mutateRequestHeaders, request_id/uuid.
 */
import { hash32 } from '../../base/seededRandom.ts';
import { headerValue } from '../routing/routeMatch.ts';
import type { HttpRequest } from '../wire.ts';
import { replaced } from './clientAddress.ts';

const NAME = 'x-request-id';

export function withRequestId(request: HttpRequest, edge: boolean, seed: string): HttpRequest {
  if (!edge && headerValue(request, NAME) !== undefined) return request;
  const from = `${seed} ${request.method} ${request.authority}${request.path}`;
  return { ...request, headers: replaced(request.headers, NAME, uuid(from)) };
}

/** Version 4 in form. */
function uuid(text: string): string {
  const hex = [0, 1, 2, 3].map((part) => hash32(`${part} ${text}`).toString(16).padStart(8, '0')).join('');
  const variant = ((Number.parseInt(hex.charAt(16), 16) & 3) | 8).toString(16);
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `${variant}${hex.slice(17, 20)}`,
    hex.slice(20),
  ].join('-');
}
