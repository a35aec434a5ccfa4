/**
 * Where tokens stand in a request, in the order in which Envoy collects them (headers by name and
 * prefix, then query parameters, then cookies, each sorted), and how a used token is taken out.
 * Authority: Envoy source/extensions/filters/http/jwt_authn/extractor.cc.
 */

import type { JwtProvider } from '../../control-plane/envoy/authz.ts';
import { fromUtf8, utf8 } from '../../crypto/bytes.ts';
import { headerValue } from '../routing/routeMatch.ts';
import type { HttpRequest } from '../wire.ts';

export interface FoundToken {
  readonly token: string;
  /** `header authorization`, `query access_token`, `cookie session`. */
  readonly location: string;
  /** The request without the token; cookies stay. */
  readonly remove: (request: HttpRequest) => HttpRequest;
}

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** All tokens of one provider. Envoy verifies them from the last to the first. */
export function findTokens(provider: JwtProvider, request: HttpRequest): readonly FoundToken[] {
  const { fromHeaders, fromParams, fromCookies } = provider;
  const defaults = fromHeaders.length + fromParams.length + fromCookies.length === 0;
  const headers = defaults ? [{ name: 'authorization', prefix: 'Bearer ' }] : fromHeaders;
  const params = defaults ? ['access_token'] : fromParams;
  return [
    ...headers
      .map(({ name, prefix }) => ({ name: name.toLowerCase(), prefix }))
      .toSorted((a, b) => byText(a.name + a.prefix, b.name + b.prefix))
      .flatMap(({ name, prefix }) => headerTokens(request, name, prefix)),
    ...params.toSorted(byText).flatMap((name) => parameterTokens(request, name)),
    ...fromCookies.toSorted(byText).flatMap((name) => cookieTokens(request, name)),
  ];
}

/** Every instance of the header that has the prefix, anywhere in it, gives a token. */
function headerTokens(request: HttpRequest, name: string, prefix: string): readonly FoundToken[] {
  return request.headers.flatMap(([key, value]): readonly FoundToken[] => {
    if (key !== name) return [];
    const token = prefix === '' ? value : afterPrefix(value, prefix);
    return token === undefined
      ? []
      : [{ token, location: `header ${name}`, remove: (from) => withoutHeader(from, name) }];
  });
}

/** Characters that cannot begin a token are skipped; what follows the token is not cut off. */
function afterPrefix(value: string, prefix: string): string | undefined {
  const at = value.indexOf(prefix);
  if (at < 0) return undefined;
  const rest = value.slice(at + prefix.length);
  const start = rest.search(/[A-Za-z0-9_.-]/);
  return start < 0 ? value : rest.slice(start);
}

export const withoutHeader = (request: HttpRequest, name: string): HttpRequest => ({
  ...request,
  headers: request.headers.filter(([key]) => key !== name),
});

function parameterTokens(request: HttpRequest, name: string): readonly FoundToken[] {
  const value = queryParameters(request.path).find(([key]) => key === name)?.[1];
  if (value === undefined) return [];
  const remove = (from: HttpRequest): HttpRequest => ({ ...from, path: withoutParameter(from.path, name) });
  return [{ token: value, location: `query ${name}`, remove }];
}

/** Decoded names and values in order; a plus sign stays one. */
function queryParameters(path: string): readonly (readonly [string, string])[] {
  const at = path.indexOf('?');
  if (at < 0) return [];
  return path
    .slice(at + 1)
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair) => {
      const equals = pair.indexOf('=');
      const [key, value] = equals < 0 ? [pair, ''] : [pair.slice(0, equals), pair.slice(equals + 1)];
      return [percentDecode(key), percentDecode(value)];
    });
}

/** Envoy writes the others back sorted by name and decoded, whatever they hold. */
function withoutParameter(path: string, name: string): string {
  const others = queryParameters(path)
    .filter(([key]) => key !== name)
    .toSorted(([a], [b]) => byText(a, b));
  const query = others.map(([key, value]) => `${key}=${value}`).join('&');
  return path.slice(0, path.indexOf('?')) + (query === '' ? '' : `?${query}`);
}

/** Escapes that are no UTF-8 stand for one character each. */
function percentDecode(text: string): string {
  return text.replaceAll(/(?:%[0-9a-fA-F]{2})+/g, (escapes) => {
    const bytes = Uint8Array.from(escapes.slice(1).split('%'), (hex) => Number.parseInt(hex, 16));
    return fromUtf8(bytes) ?? String.fromCharCode(...bytes);
  });
}

/** The first cookie of the name, without the quotes around its value. */
function cookieTokens(request: HttpRequest, name: string): readonly FoundToken[] {
  for (const [key, header] of request.headers) {
    if (key !== 'cookie') continue;
    for (const part of header.split(';')) {
      const equals = part.indexOf('=');
      if (equals < 0 || part.slice(0, equals).replace(/^ +/, '') !== name) continue;
      const value = part.slice(equals + 1);
      const quoted = value.length >= 2 && value.startsWith('"') && value.endsWith('"');
      const token = quoted ? value.slice(1, -1) : value;
      return [{ token, location: `cookie ${name}`, remove: (from) => from }];
    }
  }
  return [];
}

const MAX_REALM_PATH = 256;

/** The URI in `www-authenticate`, at most 256 bytes of its path. */
export function originalUri(request: HttpRequest): string {
  const scheme = headerValue(request, 'x-forwarded-proto') ?? request.scheme;
  const path = headerValue(request, 'x-envoy-original-path') ?? request.path;
  const bytes = utf8(path);
  const cut =
    bytes.length <= MAX_REALM_PATH
      ? path
      : (fromUtf8(bytes.subarray(0, MAX_REALM_PATH)) ?? path.slice(0, MAX_REALM_PATH));
  return `${scheme}://${request.authority}${cut}`;
}
