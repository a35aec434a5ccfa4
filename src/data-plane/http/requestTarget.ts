/**
 * The target of an HTTP/1 request line, after the proxy before may have rewritten it into something
 * odd: a path, a URL whose host then is the authority, or nothing that the codec takes.
 *
 * Upstream authority: Envoy source/common/http/http1/balsa_parser.cc isUrlValid, codec_impl.cc
 * handlePath; RFC 9112 3.2.
 */
import type { HttpRequest } from '../wire.ts';

export type RequestTarget =
  | { readonly kind: 'path' }
  | { readonly kind: 'url'; readonly authority: string; readonly path: string }
  /** The parser stops at it. */
  | { readonly kind: 'garbled' }
  /** The parser takes it, but it is no URL; or none of http or https. */
  | { readonly kind: 'invalid-url' | 'invalid-scheme' };

export function requestTarget(target: string): RequestTarget {
  if (/[^!-~]/.test(target)) return { kind: 'garbled' };
  if (target.startsWith('/')) return { kind: 'path' };
  const url = /^https?:\/\/([^/?#]+)(.*)$/is.exec(target);
  if (url?.[1] !== undefined) return { kind: 'url', authority: url[1], path: url[2] || '/' };
  if (target.startsWith('*')) return { kind: 'invalid-url' };
  return { kind: /^[A-Za-z]+:\/\//.test(target) ? 'invalid-scheme' : 'garbled' };
}

/** The request as the codec hands it on: a URL in the request line replaces the Host header. */
export function addressedByTarget(request: HttpRequest): HttpRequest {
  if (request.version === '2') return request;
  const target = requestTarget(request.path);
  return target.kind === 'url' ? { ...request, authority: target.authority, path: target.path } : request;
}
