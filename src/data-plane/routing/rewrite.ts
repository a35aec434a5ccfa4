/**
 * Path rewriting and redirects: how a route changes what the upstream, or the client's next
 * request, will ask for. Upstream authority: Envoy source/common/router/config_impl.cc
 * finalizePathHeader, newUri.
 */
import { compileRe2 } from '../../base/re2/compileRe2.ts';
import type { PathRewrite, Route, RouteAction } from '../../control-plane/envoy/http.ts';
import type { HttpRequest } from '../wire.ts';
import { withoutPort } from './virtualHostMatch.ts';

const splitQuery = (path: string): readonly [path: string, query: string] => {
  const at = path.indexOf('?');
  return at < 0 ? [path, ''] : [path.slice(0, at), path.slice(at)];
};

/** The path (with query) sent upstream. */
export function rewrittenPath(route: Route, rewrite: PathRewrite, path: string): string {
  const [bare, query] = splitQuery(path);
  switch (rewrite.kind) {
    case 'prefix':
      return `${rewrite.value}${bare.slice(matchedLength(route, bare))}${query}`;
    case 'full':
      return `${rewrite.value}${query}`;
    case 'regex': {
      const expression = compileRe2(rewrite.pattern);
      return expression.ok ? `${expression.value.replaceAll(bare, rewrite.substitution)}${query}` : path;
    }
  }
}

/** How much of the path the route's own match covers: that is what a prefix rewrite replaces. */
function matchedLength({ match }: Route, bare: string): number {
  return match.path.kind === 'regex' ? bare.length : match.path.value.length;
}

type Redirect = Extract<RouteAction, { kind: 'redirect' }>;

/** The Location header of a redirect. */
export function redirectLocation(route: Route, redirect: Redirect, request: HttpRequest): string {
  const scheme = redirect.scheme ?? request.scheme;
  const host = redirect.host ?? request.authority;
  const [bare, query] = splitQuery(request.path);
  const path =
    redirect.path === undefined
      ? redirect.prefixRewrite === undefined
        ? bare
        : `${redirect.prefixRewrite}${bare.slice(matchedLength(route, bare))}`
      : redirect.path.replace(/^(?!\/)/, '/');
  const keptQuery = redirect.stripQuery || path.includes('?') ? '' : query;
  return `${scheme}://${authorityFor(redirect, request, scheme, host)}${path}${keptQuery}`;
}

/** The port redirect replaces the port; a default port of the old scheme goes when the scheme changes. */
function authorityFor(redirect: Redirect, request: HttpRequest, scheme: string, host: string): string {
  const port = redirect.port === undefined ? '' : `:${redirect.port}`;
  if (redirect.host !== undefined) return `${host}${port}`;
  const defaultPort = request.scheme === 'http' ? ':80' : ':443';
  const stripped = port !== '' || (scheme !== request.scheme && host.endsWith(defaultPort));
  return `${stripped ? withoutPort(host) : host}${port}`;
}
