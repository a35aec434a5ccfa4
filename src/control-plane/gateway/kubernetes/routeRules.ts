/**
 * Rules of HTTPRoutes and GRPCRoutes -> rules of VirtualServices, one for each match, and the order
 * that the Gateway API prescribes: exact path, longest prefix, expression; then method, headers,
 * query parameters.
 *
 * Upstream authority: istio pilot/pkg/config/kube/gateway/conversion.go convertHTTPRoute,
 * convertGRPCRoute, sortHTTPRoutes.
 */
import type { Origin } from '../../../base/origin.ts';
import type {
  GrpcRouteBody,
  HttpBackendRef,
  HttpRouteMatch,
  HttpRouteRule,
} from '../../../resources/kinds/gatewayApiRoutes.ts';
import type { HttpRetry } from '../../../resources/kinds/shared/httpRetry.ts';
import type {
  HttpMatchRequest,
  HttpRoute,
  HttpRouteDestination,
  StringMatch,
} from '../../../resources/kinds/virtualService.ts';
import type { ResourceOf } from '../../../resources/ofKind.ts';
import type { RuleOrigins } from '../../routes/virtualServiceInForce.ts';
import { type BackendContext, backendDestination, weighted, weightOf } from './backendRefs.ts';
import { translateBackendFilters, translateFilters } from './filters.ts';

export interface ConvertedRule {
  readonly rule: HttpRoute;
  readonly origins: RuleOrigins;
}

export type HttpLikeRoute =
  | ResourceOf<'gateway.networking.k8s.io/HTTPRoute'>
  | ResourceOf<'gateway.networking.k8s.io/GRPCRoute'>;

type GrpcRule = NonNullable<NonNullable<GrpcRouteBody['spec']>['rules']>[number];

/** Undefined: some rule is malformed, and then none of the route's rules counts. */
export function convertRules(route: HttpLikeRoute, context: BackendContext): readonly ConvertedRule[] | undefined {
  const converted: ConvertedRule[] = [];
  const isHttp = route.kind === 'HTTPRoute';
  for (const [index, rule] of (route.body.spec?.rules ?? []).entries()) {
    const common = commonPart(rule, `${route.namespace}.${route.name}.${index}`, context);
    if (!common) return undefined;
    const matches = isHttp ? httpMatches(rule as HttpRouteRule) : grpcMatches(rule as GrpcRule);
    const at: Origin = { resource: route.id, path: ['spec', 'rules', index] };
    const unmodelled = (rule as HttpRouteRule).sessionPersistence === undefined ? undefined : 'sessionPersistence';
    for (const [matchIndex, match] of matches.entries()) {
      converted.push({
        rule: { ...common, ...(match ? { match: [match] } : {}) },
        origins: {
          rule: [at],
          matches: match ? [[{ resource: route.id, path: [...at.path, 'matches', matchIndex] }]] : [],
          ...(unmodelled ? { unmodelled: { field: unmodelled, reason: 'not-built' } } : {}),
        },
      });
    }
  }
  return converted;
}

function commonPart(rule: HttpRouteRule | GrpcRule, name: string, context: BackendContext): HttpRoute | undefined {
  const filtered = translateFilters(rule.filters ?? [], context);
  if (!filtered) return undefined;
  const timing = timingOf(rule);
  const backends: readonly HttpBackendRef[] = rule.backendRefs ?? [];
  const base: HttpRoute = { name: rule.name ?? name, ...filtered, ...timing };
  const total = backends.reduce((sum, backend) => sum + weightOf(backend), 0);
  // Nobody to answer: 500, which the API asks for.
  if (total === 0 && !filtered.redirect) return { ...base, directResponse: { status: 500 } };
  const route: HttpRouteDestination[] = [];
  for (const { backend, weight } of weighted(backends)) {
    const destination = backendDestination(backend, context);
    const headers = translateBackendFilters(backend.filters ?? []);
    if (!destination || !headers) return undefined;
    route.push({ destination, weight, headers });
  }
  return { ...base, route };
}

/** GRPCRoutes have neither time-outs nor retries. */
function timingOf(rule: HttpRouteRule | GrpcRule): Partial<HttpRoute> {
  const { retry, timeouts } = rule as HttpRouteRule;
  const backendRequest = nonZero(timeouts?.backendRequest);
  const request = nonZero(timeouts?.request);
  const attempts = retry?.attempts ?? 2;
  const retries: HttpRetry | undefined = retry && {
    attempts,
    retryOn:
      attempts === 0
        ? ''
        : ['connect-failure', 'refused-stream', 'unavailable', 'cancelled', ...(retry.codes ?? []).map(String)].join(
            ',',
          ),
    ...(backendRequest ? { perTryTimeout: backendRequest } : {}),
  };
  const timeout = retries ? request : (backendRequest ?? request);
  return { ...(retries ? { retries } : {}), ...(timeout ? { timeout } : {}) };
}

/** `0s` is no time-out. */
const nonZero = (duration: string | undefined): string | undefined =>
  duration === undefined || /^0+(h|m|s|ms)$/.test(duration) ? undefined : duration;

/** A rule without matches takes everything; one entry of `undefined` stands for it. */
function httpMatches(rule: HttpRouteRule): readonly (HttpMatchRequest | undefined)[] {
  // The API server fills in the match of every path.
  const matches: readonly HttpRouteMatch[] = rule.matches?.length ? rule.matches : [{}];
  return matches.map((match) => ({
    uri: pathMatch(match.path),
    ...valueMatches('headers', match.headers),
    ...valueMatches('queryParams', match.queryParams),
    ...(match.method ? { method: { exact: match.method } } : {}),
  }));
}

function pathMatch(path: HttpRouteMatch['path']): StringMatch {
  const { type = 'PathPrefix', value = '/' } = path ?? {};
  if (type === 'Exact') return { exact: value };
  if (type === 'RegularExpression') return { regex: value };
  return { prefix: value === '/' ? value : value.replace(/\/$/, '') };
}

function valueMatches(
  field: 'headers' | 'queryParams',
  list: HttpRouteMatch['headers'],
): Partial<Pick<HttpMatchRequest, 'headers' | 'queryParams'>> {
  if (!list?.length) return {};
  return {
    [field]: Object.fromEntries(
      list.map(({ type, name = '', value = '' }) => [
        name,
        type === 'RegularExpression' ? { regex: value } : { exact: value },
      ]),
    ),
  };
}

function grpcMatches(rule: GrpcRule): readonly (HttpMatchRequest | undefined)[] {
  if (!rule.matches?.length) return [undefined];
  return rule.matches.map(({ method, headers }) => ({
    ...(method ? { uri: grpcPath(method) } : {}),
    ...valueMatches('headers', headers),
  }));
}

function grpcPath({
  type,
  service,
  method,
}: NonNullable<NonNullable<GrpcRule['matches']>[number]['method']>): StringMatch {
  const expression = type === 'RegularExpression';
  if (method === undefined) return expression ? { regex: `/${service ?? ''}/.+` } : { prefix: `/${service ?? ''}/` };
  if (service === undefined) return { regex: `/[^/]+/${method}` };
  return expression ? { regex: `/${service}/${method}` } : { exact: `/${service}/${method}` };
}

/** Stable: rules of equal weight stay in order. */
export function inPrecedence(rules: readonly ConvertedRule[]): ConvertedRule[] {
  return [...rules].sort((a, b) => compareMatches(a.rule.match?.[0], b.rule.match?.[0]));
}

function compareMatches(a: HttpMatchRequest | undefined, b: HttpMatchRequest | undefined): number {
  if (a === undefined || b === undefined) return a === b ? 0 : a === undefined ? 1 : -1;
  const count = (map: Readonly<Record<string, unknown>> | undefined) => Object.keys(map ?? {}).length;
  return (
    pathRank(b.uri) - pathRank(a.uri) ||
    pathLength(b.uri) - pathLength(a.uri) ||
    Number(b.method !== undefined) - Number(a.method !== undefined) ||
    count(b.headers) - count(a.headers) ||
    count(b.queryParams) - count(a.queryParams)
  );
}

const pathRank = (uri: StringMatch | undefined): number =>
  uri?.exact !== undefined ? 3 : uri?.prefix !== undefined ? 2 : uri?.regex !== undefined ? 1 : -1;

const pathLength = (uri: StringMatch | undefined): number => (uri?.exact ?? uri?.prefix ?? uri?.regex ?? '').length;
