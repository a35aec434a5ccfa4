/**
 * Filters of HTTPRoute and GRPCRoute rules -> fields of a VirtualService rule. A type that istiod
 * does not know makes the whole route void.
 *
 * Upstream authority: istio pilot/pkg/config/kube/gateway/conversion.go createHeadersFilter,
 * createRedirectFilter, createRewriteFilter, createCorsFilter, createMirrorFilter.
 */
import type { HttpRouteFilter } from '../../../resources/kinds/gatewayApiRoutes.ts';
import type {
  CorsPolicy,
  Headers,
  HttpMirrorPolicy,
  HttpRedirect,
  HttpRewrite,
  HttpRoute,
  StringMatch,
} from '../../../resources/kinds/virtualService.ts';
import { type BackendContext, backendDestination, backendExists } from './backendRefs.ts';

type Modifier = HttpRouteFilter['requestHeaderModifier'];

/** What the filters of one rule add to it; undefined: the route is void. */
export function translateFilters(
  filters: readonly HttpRouteFilter[],
  context: BackendContext,
): Partial<HttpRoute> | undefined {
  let headers: Headers = {};
  let rule: Partial<HttpRoute> = {};
  const mirrors: HttpMirrorPolicy[] = [];
  for (const filter of filters) {
    switch (filter.type) {
      case 'RequestHeaderModifier':
      case 'ResponseHeaderModifier': {
        const side = filter.type === 'RequestHeaderModifier' ? 'request' : 'response';
        const modifier = filter[`${side}HeaderModifier`];
        const operations = headerModifier(modifier);
        if (operations === undefined) return undefined;
        headers = { ...headers, [side]: operations };
        break;
      }
      case 'RequestRedirect':
        rule = { ...rule, redirect: redirect(filter) };
        break;
      case 'URLRewrite': {
        const rewrite = urlRewrite(filter);
        if (rewrite) rule = { ...rule, rewrite };
        break;
      }
      case 'RequestMirror': {
        const mirror = requestMirror(filter, context);
        if (mirror) mirrors.push(mirror);
        else if (context.routeKind === 'GRPCRoute') return undefined;
        break;
      }
      case 'CORS':
        rule = { ...rule, corsPolicy: cors(filter) };
        break;
      default:
        return undefined;
    }
  }
  return {
    ...rule,
    ...(headers.request || headers.response ? { headers } : {}),
    ...(mirrors.length > 0 ? { mirrors } : {}),
  };
}

/** On a backend only headers may be changed. */
export function translateBackendFilters(filters: readonly HttpRouteFilter[]): Headers | undefined {
  let headers: Headers = {};
  for (const filter of filters) {
    const side =
      filter.type === 'RequestHeaderModifier'
        ? 'request'
        : filter.type === 'ResponseHeaderModifier'
          ? 'response'
          : undefined;
    const operations = side && headerModifier(filter[`${side}HeaderModifier`]);
    if (side === undefined || operations === undefined) return undefined;
    headers = { ...headers, [side]: operations };
  }
  return headers;
}

function headerModifier(modifier: Modifier): NonNullable<Headers['request']> | undefined {
  const all = [...(modifier?.set ?? []), ...(modifier?.add ?? [])];
  if (!all.every(({ value = '' }) => isHeaderValue(value))) return undefined;
  return { set: firstByName(modifier?.set), add: firstByName(modifier?.add), remove: modifier?.remove ?? [] };
}

/** Horizontal tab, and everything from space on but DEL. */
const isHeaderValue = (value: string): boolean =>
  [...value].every((character) => {
    const code = character.charCodeAt(0);
    return code === 0x09 || (code >= 0x20 && code !== 0x7f);
  });

/** Of several entries with the same name (in any case) the first counts. */
function firstByName(
  list: readonly { readonly name?: string; readonly value?: string }[] | undefined,
): Record<string, string> {
  const result: Record<string, string> = {};
  for (const { name = '', value = '' } of list ?? []) {
    const key = name.toLowerCase();
    if (!Object.hasOwn(result, key)) result[key] = value;
  }
  return result;
}

function redirect({ requestRedirect: from }: HttpRouteFilter): HttpRedirect {
  const path = from?.path;
  return {
    // The API's own default, which the API server fills in.
    redirectCode: from?.statusCode ?? 302,
    ...(from?.hostname ? { authority: from.hostname } : {}),
    ...(from?.scheme ? { scheme: from.scheme } : {}),
    ...(from?.port !== undefined
      ? { port: from.port }
      : { derivePort: from?.scheme ? ('FROM_PROTOCOL_DEFAULT' as const) : ('FROM_REQUEST_PORT' as const) }),
    ...(path?.type === 'ReplaceFullPath' ? { uri: path.replaceFullPath ?? '' } : {}),
    ...(path?.type === 'ReplacePrefixMatch' ? { prefixRewrite: path.replacePrefixMatch ?? '' } : {}),
  };
}

function urlRewrite({ urlRewrite: from }: HttpRouteFilter): HttpRewrite | undefined {
  const path = from?.path;
  const rewrite: HttpRewrite = {
    ...(path?.type === 'ReplacePrefixMatch' ? { uri: (path.replacePrefixMatch ?? '').replace(/\/$/, '') || '/' } : {}),
    ...(path?.type === 'ReplaceFullPath'
      ? { uriRegexRewrite: { match: '/.*', rewrite: path.replaceFullPath ?? '' } }
      : {}),
    ...(from?.hostname ? { authority: from.hostname } : {}),
  };
  return Object.keys(rewrite).length === 0 ? undefined : rewrite;
}

function requestMirror(
  { requestMirror: from }: HttpRouteFilter,
  context: BackendContext,
): HttpMirrorPolicy | undefined {
  const destination = from?.backendRef && backendDestination(from.backendRef, context);
  if (!from?.backendRef || !destination?.host || !backendExists(from.backendRef, context)) return undefined;
  const { fraction, percent } = from;
  const value = fraction ? (100 * (fraction.numerator ?? 0)) / (fraction.denominator ?? 100) : percent;
  return { destination, ...(value === undefined ? {} : { percentage: { value } }) };
}

function cors({ cors: from }: HttpRouteFilter): CorsPolicy {
  return {
    allowOrigins: (from?.allowOrigins ?? []).filter((origin) => origin !== '').map(originMatch),
    ...(from?.allowCredentials ? { allowCredentials: true } : {}),
    allowMethods: from?.allowMethods ?? [],
    allowHeaders: from?.allowHeaders ?? [],
    exposeHeaders: from?.exposeHeaders ?? [],
    // The API's default is 5.
    ...((from?.maxAge ?? 5) > 0 ? { maxAge: `${from?.maxAge ?? 5}s` } : {}),
    unmatchedPreflights: 'IGNORE',
  };
}

function originMatch(origin: string): StringMatch {
  if (origin === '*') return { regex: '^[a-zA-Z][a-zA-Z0-9+.-]*://[^/\\s?#]+$' };
  if (!origin.includes('*')) return { exact: origin };
  if (origin.indexOf('*') === origin.length - 1) return { prefix: origin.slice(0, -1) };
  const escaped = origin.replace(/[\\.+?()|[\]{}^$]/g, '\\$&').replaceAll('*', '.*');
  return { regex: `^${escaped}$` };
}
