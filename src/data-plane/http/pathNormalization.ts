/**
 * Path normalisation of the HTTP connection manager, before anything looks at the path: escaped
 * slashes decoded, unreserved escapes decoded, quotes and brackets escaped, backslashes turned, dot
 * segments resolved, slashes merged, each as configured. The query is never touched. Input: path with query; output: the path
 * that filters, routes and the upstream see, or the refusal.
 * Upstream authority: Envoy source/common/http/path_utility.cc, RFC 3986 5.2.4 and 6.2.2.
 */
import type { HttpConnectionManager } from '../../control-plane/envoy/http.ts';

export type NormalizedPath = { readonly kind: 'path'; readonly path: string } | { readonly kind: 'refused' };

const UNRESERVED = /[A-Za-z0-9\-._~]/;
/** Characters that have no place in a path as they stand. */
const ESCAPED = /["<>^`{|}]/g;

export function normalizePath(path: string, settings: HttpConnectionManager['pathNormalization']): NormalizedPath {
  const withoutFragment = path.split('#', 1)[0] ?? '';
  const at = withoutFragment.indexOf('?');
  let bare = at < 0 ? withoutFragment : withoutFragment.slice(0, at);
  const query = at < 0 ? '' : withoutFragment.slice(at);
  if (bare === '*' || !bare.startsWith('/')) return { kind: 'path', path: withoutFragment };
  if (settings.decodeSlashes) bare = bare.replace(/%2f/gi, '/').replace(/%5c/gi, '\\');
  if (settings.normalize) {
    const canonical = canonicalPath(bare);
    if (canonical === undefined) return { kind: 'refused' };
    bare = canonical;
  }
  if (settings.mergeSlashes) bare = bare.replace(/\/{2,}/g, '/');
  return { kind: 'path', path: `${bare}${query}` };
}

/** Undefined for an escaped NUL, which Envoy refuses. */
function canonicalPath(path: string): string | undefined {
  if (/%00/.test(path)) return undefined;
  const unescaped = path.replace(/%([0-9A-Fa-f]{2})/g, (escaped, code: string) => {
    const character = String.fromCharCode(Number.parseInt(code, 16));
    return UNRESERVED.test(character) ? character : escaped;
  });
  const escaped = unescaped.replace(ESCAPED, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
  return resolveDots(escaped.replaceAll('\\', '/'));
}

/** RFC 3986 5.2.4 over an absolute path; empty segments are segments. */
function resolveDots(path: string): string {
  const output: string[] = [];
  const segments = path.split('/').slice(1);
  for (const [index, segment] of segments.entries()) {
    const last = index === segments.length - 1;
    if (segment === '..') output.pop();
    if (segment === '.' || segment === '..') {
      if (last) output.push('');
      continue;
    }
    output.push(segment);
  }
  return `/${output.join('/')}`;
}
