/**
 * Answers that Envoy gives itself. A body makes it text/plain; gRPC callers get their status in
 * headers of a 200. Upstream authority: Envoy source/common/http/utility.cc sendLocalReply.
 */
import { toHex, utf8 } from '../../crypto/bytes.ts';
import type { LocalReply } from '../filters/filter.ts';
import { headerValue } from '../routing/routeMatch.ts';
import type { HttpRequest, HttpResponse } from '../wire.ts';

export const localReply = (
  status: number,
  body: string,
  details: string,
  flags: readonly string[] = [],
  headers: LocalReply['headers'] = [],
): LocalReply => ({ kind: 'local-reply', status, body, headers, details, flags });

/** gRPC status codes for HTTP statuses (grpc/status.cc httpToGrpcStatus). */
const GRPC_STATUS: Readonly<Record<number, number>> = {
  400: 13,
  401: 16,
  403: 7,
  404: 12,
  429: 14,
  502: 14,
  503: 14,
  504: 14,
};

/** Control characters, all beyond ASCII, tilde and the percent sign itself are escaped. */
const percentEncoded = (text: string): string =>
  text.replace(/[^\x20-\x7d]+|%/g, (part) =>
    Array.from(utf8(part), (byte) => `%${toHex(Uint8Array.of(byte)).toUpperCase()}`).join(''),
  );

const isGrpc = (request: HttpRequest): boolean => {
  const type = headerValue(request, 'content-type') ?? '';
  return type === 'application/grpc' || type.startsWith('application/grpc+');
};

export function localResponse(reply: LocalReply, request: HttpRequest | undefined): HttpResponse {
  if (request !== undefined && isGrpc(request)) {
    const message: readonly (readonly [string, string])[] =
      reply.body === '' ? [] : [['grpc-message', percentEncoded(reply.body)]];
    return {
      status: 200,
      headers: [
        ...reply.headers,
        ['content-type', 'application/grpc'],
        ['grpc-status', String(reply.grpcStatus ?? GRPC_STATUS[reply.status] ?? 2)],
        ...message,
      ],
      body: '',
    };
  }
  const typed = reply.headers.some(([name]) => name === 'content-type');
  return {
    status: reply.status,
    headers: reply.body === '' || typed ? reply.headers : [...reply.headers, ['content-type', 'text/plain']],
    body: request?.method === 'HEAD' ? '' : reply.body,
  };
}
