/**
 * A URL as curl reads it: parts, dot segments squashed unless --path-as-is, fragment dropped, and
 * the Host header that follows (a scheme's own port is left out, however it was typed).
 * Upstream authority: curl lib/urlapi.c, lib/dotdot.c, lib/http.c Curl_http_host.
 */
export interface CurlUrl {
  readonly scheme: 'http' | 'https';
  /** As typed, without brackets. */
  readonly host: string;
  readonly port: number;
  /** With query. */
  readonly path: string;
  readonly hostHeader: string;
  /** user:password of the URL. */
  readonly credentials?: string;
}

const DEFAULT_PORTS = { http: 80, https: 443 } as const;

/** Undefined: curl would not accept it (exit code 3). */
export function parseCurlUrl(url: string, pathAsIs: boolean): CurlUrl | undefined {
  const match = /^(https?):\/\/(?:([^/?#@]*)@)?(\[[^\]]*\]|[^/?#:]*)(?::(\d*))?([^#]*)(?:#.*)?$/i.exec(url);
  // Braces and brackets are curl's own patterns; as literals it refuses them.
  if (!match || /\s/.test(url) || /[{}]/.test(url) || /[[\]]/.test(match[5] ?? '')) return undefined;
  const [, schemeText = '', credentials, bracketed = '', portText = '', rest = ''] = match;
  const scheme = schemeText.toLowerCase() === 'https' ? 'https' : 'http';
  const host = bracketed.replace(/^\[|\]$/g, '');
  const port = portText === '' ? DEFAULT_PORTS[scheme] : Number(portText);
  if (host === '' || port < 1 || port > 65535) return undefined;
  const at = rest.indexOf('?');
  const bare = at < 0 ? rest : rest.slice(0, at);
  const query = at < 0 ? '' : rest.slice(at);
  const absolute = bare.startsWith('/') ? bare : `/${bare}`;
  return {
    scheme,
    host,
    port,
    path: `${pathAsIs ? absolute : squash(absolute)}${query}`,
    hostHeader: port === DEFAULT_PORTS[scheme] ? bracketed : `${bracketed}:${port}`,
    ...(credentials === undefined ? {} : { credentials }),
  };
}

/** RFC 3986 5.2.4 over literal dots; escaped ones stay. */
function squash(path: string): string {
  const output: string[] = [];
  const segments = path.split('/').slice(1);
  for (const [index, segment] of segments.entries()) {
    const last = index === segments.length - 1;
    if (segment === '..') output.pop();
    if (segment !== '.' && segment !== '..') output.push(segment);
    else if (last) output.push('');
  }
  return `/${output.join('/')}`;
}
