/**
 * What the HTTP codec refuses before there is a request: bytes that are no HTTP, methods it does
 * not know, a protocol that ALPN had not agreed on. Upstream authority: Envoy
 * source/common/http/http1/codec_impl.cc (balsa), conn_manager_impl.cc.
 */
import { utf8 } from '../../crypto/bytes.ts';
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
  | 'headers-too-large'
  | 'too-many-headers'
  | 'http2-no-host'
  | 'http2-empty-host'
  | 'http2-bytes'
  | 'no-http2-preface';

/** RFC 3986 authority characters; an empty authority is valid. */
const AUTHORITY = /^[A-Za-z0-9\-._~!$&'()*+,;=:@%[\]]*$/;

/** Envoy's max_request_headers_kb and max_headers_count, which istiod leaves as they are. */
const MAX_HEADER_BYTES = 60 * 1024;
const MAX_HEADERS = 100;

/** As they travel: HTTP/1 with its request line and ends of lines; of HTTP/2 the names and values. */
function headerBytes({ version, method, path, scheme, authority, noHost, headers }: HttpRequest): number {
  const all = headers.map(([name, value]) => utf8(name).length + utf8(value).length);
  if (version === '2') {
    const pseudo = ':method:path:scheme:authority'.length + (method + path + scheme + authority).length;
    return all.reduce((sum, bytes) => sum + bytes, pseudo);
  }
  const requestLine = `${method} ${path} HTTP/${version}`.length + CRLF;
  const host = noHost ? 0 : 'host: '.length + authority.length + CRLF;
  return all.reduce((sum, bytes) => sum + bytes + ': '.length + CRLF, requestLine + host + CRLF);
}

const CRLF = 2;
/** Pseudo-headers count, or the one that Host is. */
const headerCount = ({ version, noHost, headers }: HttpRequest): number =>
  headers.length + (version === '2' ? 4 : 1) - (noHost ? 1 : 0);

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
  if (headerBytes(request) > MAX_HEADER_BYTES) return 'headers-too-large';
  if (headerCount(request) > MAX_HEADERS) return 'too-many-headers';
  if (http2 && request.authority === '') return request.noHost ? 'http2-no-host' : 'http2-empty-host';
  return AUTHORITY.test(addressedByTarget(request).authority) ? 'ok' : 'bad-authority';
}
