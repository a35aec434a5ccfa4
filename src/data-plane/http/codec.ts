/**
 * What the HTTP codec refuses before there is a request: bytes that are no HTTP, methods it does
 * not know, a protocol that ALPN had not agreed on. Upstream authority: Envoy
 * source/common/http/http1/codec_impl.cc (balsa), conn_manager_impl.cc.
 */
import type { Accepted } from '../proxy/accepted.ts';
import type { HttpRequest } from '../wire.ts';
import { addressedByTarget, requestTarget } from './requestTarget.ts';

/** HTTP/1 methods of Envoy's parser; they are case-sensitive. */
const METHODS: ReadonlySet<string> = new Set(
  `ACL BIND CHECKOUT CONNECT COPY DELETE GET HEAD LINK LOCK MERGE MKACTIVITY MKCALENDAR MKCOL MOVE MSEARCH NOTIFY
   OPTIONS PATCH POST PROPFIND PROPPATCH PURGE PUT REBIND REPORT SEARCH SOURCE SUBSCRIBE TRACE UNBIND UNLINK UNLOCK
   UNSUBSCRIBE`.split(/\s+/),
);

export type CodecVerdict =
  | 'ok'
  | 'bad-request'
  | 'invalid-url'
  | 'invalid-scheme'
  | 'bad-authority'
  | 'http2-bytes'
  | 'no-http2-preface';

/** RFC 3986 authority characters; an empty authority is valid. */
const AUTHORITY = /^[A-Za-z0-9\-._~!$&'()*+,;=:@%[\]]*$/;

export function decode({ session }: Accepted, request: HttpRequest): CodecVerdict {
  const agreed = session?.alpn;
  const http2 = request.version === '2';
  if (agreed === 'h2' && !http2) return 'no-http2-preface';
  if (agreed?.startsWith('http/1') === true && http2) return 'http2-bytes';
  if (!http2) {
    if (!METHODS.has(request.method)) return 'bad-request';
    const target = requestTarget(request.path);
    if (target.kind === 'garbled') return 'bad-request';
    if (target.kind === 'invalid-url' || target.kind === 'invalid-scheme') return target.kind;
  }
  return AUTHORITY.test(addressedByTarget(request).authority) ? 'ok' : 'bad-authority';
}
