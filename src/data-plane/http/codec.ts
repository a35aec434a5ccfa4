/**
 * What the HTTP codec refuses before there is a request: bytes that are no HTTP, methods it does
 * not know, a protocol that ALPN had not agreed on. Upstream authority: Envoy
 * source/common/http/http1/codec_impl.cc (balsa), conn_manager_impl.cc.
 */
import type { Accepted } from '../proxy/accepted.ts';
import type { HttpRequest } from '../wire.ts';

/** HTTP/1 methods of Envoy's parser; they are case-sensitive. */
const METHODS: ReadonlySet<string> = new Set(
  `ACL BIND CHECKOUT CONNECT COPY DELETE GET HEAD LINK LOCK MERGE MKACTIVITY MKCALENDAR MKCOL MOVE MSEARCH NOTIFY
   OPTIONS PATCH POST PROPFIND PROPPATCH PURGE PUT REBIND REPORT SEARCH SOURCE SUBSCRIBE TRACE UNBIND UNLINK UNLOCK
   UNSUBSCRIBE`.split(/\s+/),
);

export type CodecVerdict = 'ok' | 'bad-request' | 'bad-authority' | 'http2-bytes' | 'no-http2-preface';

/** RFC 3986 authority characters; an empty authority is valid. */
const AUTHORITY = /^[A-Za-z0-9\-._~!$&'()*+,;=:@%[\]]*$/;

export function decode({ session }: Accepted, request: HttpRequest): CodecVerdict {
  const agreed = session?.alpn;
  const http2 = request.version === '2';
  if (agreed === 'h2' && !http2) return 'no-http2-preface';
  if (agreed?.startsWith('http/1') === true && http2) return 'http2-bytes';
  // A space in the target (of a rewrite, or of a query written back decoded) garbles the request line.
  if (!http2 && (!METHODS.has(request.method) || request.path.includes(' '))) return 'bad-request';
  return AUTHORITY.test(request.authority) ? 'ok' : 'bad-authority';
}
