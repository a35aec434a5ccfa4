/**
 * Envoy's ext_authz filter as istiod configures it for CUSTOM policies. An HTTP authorizer is a
 * workload of the mesh and really called; what it answers decides. A gRPC authorizer is called the
 * same way, but applications here speak no gRPC: unless the workspace says what it answers, the
 * check fails, as it would against an ordinary application.
 * Authority: Envoy source/extensions/filters/{http,network}/ext_authz, filters/common/ext_authz.
 */
import { assertNever } from '../../base/assertNever.ts';
import type { ExtAuthzAnswer, HttpExtAuthz, NetworkExtAuthz } from '../../control-plane/envoy/authz.ts';
import type { StringMatch } from '../../control-plane/envoy/http.ts';
import type { ExtAuthzStep, Reason } from '../../trace/step.ts';
import type { CannotTell } from '../../trace/trace.ts';
import { stringMatches } from '../routing/stringMatch.ts';
import type { HttpRequest, HttpResponse } from '../wire.ts';
import type { FilterContext, FilterResult, FilterState } from './filter.ts';
import type { NetworkFilterResult, NetworkFilterState } from './rbac.ts';

type Headers = readonly (readonly [string, string])[];

/** What the authorizer came to. */
type CheckOutcome =
  | { readonly kind: 'allowed'; readonly headers: Headers; readonly reason: Reason }
  | {
      readonly kind: 'denied';
      readonly status: number;
      readonly body: string;
      readonly headers: Headers;
      readonly reason: Reason;
    }
  | { readonly kind: 'error'; readonly reason: Reason }
  | { readonly kind: 'cannot-tell'; readonly why: CannotTell };

type Sender = Pick<FilterContext, 'config' | 'sendToCluster'>;

export function runHttpExtAuthz(config: HttpExtAuthz, state: FilterState, context: FilterContext): FilterResult {
  // Without a route there is nothing to protect; the router will say so.
  if (state.customTriggered !== config.provider || state.route === undefined) return { kind: 'continue' };
  const outcome = config.protocol === 'http' ? httpCheck(config, state.request, context) : grpcCheck(config, context);
  const step = (result: ExtAuthzStep['result'], reason: Reason, status?: number): void =>
    context.record({
      kind: 'ext-authz',
      provider: config.provider,
      layer: 'http',
      result,
      ...(status === undefined ? {} : { status }),
      reason,
      origins: [config.origin],
    });
  switch (outcome.kind) {
    case 'cannot-tell':
      return outcome;
    case 'allowed': {
      step('allowed', outcome.reason);
      const upstream = outcome.headers.filter(([name]) => matchesAny(config.upstreamHeaders, name));
      // A length that is the authorizer's makes the application wait for a body that never comes.
      if (['content-length', 'transfer-encoding'].some((name) => matchesAny(config.upstreamHeaders, name)))
        return {
          kind: 'cannot-tell',
          why: { code: 'unmodelled-field', params: { field: 'headersToUpstreamOnAllow' } },
        };
      state.request = withHeaders(state.request, upstream);
      const client = outcome.headers.filter(([name]) => matchesAny(config.clientHeadersOnSuccess, name));
      for (const [name, value] of client) state.responseHeaders.push({ how: 'add', name, value });
      return { kind: 'continue' };
    }
    case 'denied':
      step('denied', outcome.reason, outcome.status);
      return {
        kind: 'local-reply',
        status: outcome.status,
        body: outcome.body,
        headers: clientHeaders(config, outcome.headers),
        details: 'ext_authz_denied',
        flags: ['UAEX'],
      };
    case 'error':
      step(
        config.failOpen ? 'error-allowed' : 'error',
        outcome.reason,
        config.failOpen ? undefined : config.statusOnError,
      );
      if (config.failOpen) return { kind: 'continue' };
      return {
        kind: 'local-reply',
        status: config.statusOnError,
        body: '',
        headers: [],
        details: 'ext_authz_error',
        flags: ['UAEX'],
      };
    default:
      return assertNever(outcome);
  }
}

/** Only gRPC authorizers exist on TCP chains. */
export function runNetworkExtAuthz(
  config: NetworkExtAuthz,
  state: NetworkFilterState,
  context: Pick<FilterContext, 'config' | 'sendToCluster' | 'record'>,
): NetworkFilterResult | { readonly kind: 'cannot-tell'; readonly why: CannotTell } {
  if (state.customTriggered !== config.provider) return { kind: 'continue' };
  const outcome = grpcCheck(config, context);
  if (outcome.kind === 'cannot-tell') return outcome;
  const passes = outcome.kind === 'allowed' || (outcome.kind === 'error' && config.failOpen);
  context.record({
    kind: 'ext-authz',
    provider: config.provider,
    layer: 'network',
    result: outcome.kind === 'error' && config.failOpen ? 'error-allowed' : outcome.kind,
    reason: outcome.reason,
    origins: [config.origin],
  });
  if (passes) return { kind: 'continue' };
  return {
    kind: 'close',
    flags: ['UAEX'],
    details: outcome.kind === 'denied' ? 'ext_authz_denied' : 'ext_authz_error',
  };
}

const matchesAny = (matchers: readonly StringMatch[], name: string): boolean =>
  matchers.some((matcher) => stringMatches(matcher, name));

/** Sets headers, each instead of what is there. */
function withHeaders(request: HttpRequest, headers: Headers): HttpRequest {
  const names = new Set(headers.map(([name]) => name));
  return { ...request, headers: [...request.headers.filter(([name]) => !names.has(name)), ...headers] };
}

/** Written by the proxy itself on every answer, or about the body that is sent anew. */
const OWN_HEADERS = new Set(['server', 'date', 'content-length', 'transfer-encoding', 'connection']);
const ALWAYS_TO_CLIENT = new Set(['www-authenticate', 'location']);

function clientHeaders(config: HttpExtAuthz, headers: Headers): Headers {
  return headers.filter(
    ([name]) =>
      !OWN_HEADERS.has(name) &&
      (config.clientHeaders.length === 0 || ALWAYS_TO_CLIENT.has(name) || matchesAny(config.clientHeaders, name)),
  );
}

/** The check has method, host and path of the request, its authorization, and the headers asked for. */
function checkRequest(config: HttpExtAuthz, request: HttpRequest): HttpRequest {
  const listed = request.headers.filter(
    ([name]) => name !== 'content-length' && (name === 'authorization' || matchesAny(config.requestHeaders, name)),
  );
  const check: HttpRequest = {
    version: '1.1',
    method: request.method,
    scheme: 'http',
    authority: request.authority,
    path: config.pathPrefix + request.path,
    headers: [['content-length', '0'], ...listed],
  };
  return withHeaders(
    check,
    config.headersToAdd.map(([name, value]) => [name.toLowerCase(), value] as const),
  );
}

function httpCheck(config: HttpExtAuthz, request: HttpRequest, context: Sender): CheckOutcome {
  const answer = context.sendToCluster(config.cluster, checkRequest(config, request));
  if (answer.kind === 'cannot-tell') return answer;
  if (answer.kind === 'failed') return unreachable(answer.status, answer.details);
  const { response } = answer;
  const played = playedAnswer(config, response);
  if (played !== undefined) return played;
  const reason = answered(response);
  const { status, headers } = response;
  if (status >= 500) return { kind: 'error', reason };
  if (status === 200) return { kind: 'allowed', headers, reason };
  return { kind: 'denied', status, body: response.body ?? '', headers, reason };
}

const GRPC_PATH = '/envoy.service.auth.v3.Authorization/Check';

function grpcCheck(config: HttpExtAuthz, context: Sender): CheckOutcome {
  const answer = context.sendToCluster(config.cluster, {
    version: '2',
    method: 'POST',
    scheme: 'http',
    authority: config.hostname,
    path: GRPC_PATH,
    headers: [
      ['te', 'trailers'],
      ['content-type', 'application/grpc'],
    ],
  });
  if (answer.kind === 'cannot-tell') return answer;
  if (answer.kind === 'failed') return unreachable(answer.status, answer.details);
  // A server that speaks gRPC needs HTTP/2, which the name of its Service port must say.
  const http2 = context.config.clusters.get(config.cluster)?.upstreamHttp === 'http2';
  const played = http2 ? playedAnswer(config, answer.response) : undefined;
  return played ?? { kind: 'error', reason: { code: 'authorizer-not-grpc', params: workloadOf(answer.response) } };
}

const workloadOf = (response: HttpResponse): Reason['params'] =>
  response.servedBy === undefined ? {} : { workload: response.servedBy };

const answered = (response: HttpResponse): Reason => ({
  code: response.servedBy === undefined ? 'authorizer-proxy-answered' : 'authorizer-answered',
  params: { status: response.status, ...workloadOf(response) },
});

const unreachable = (status: number, details: string): CheckOutcome => ({
  kind: 'error',
  reason: { code: 'authorizer-unreachable', params: { status, details } },
});

/** The answer that the workspace gives to the workload which took the check. */
function playedAnswer(config: HttpExtAuthz, response: HttpResponse): CheckOutcome | undefined {
  const { servedBy } = response;
  const answer: ExtAuthzAnswer | undefined = servedBy === undefined ? undefined : config.answers.get(servedBy);
  if (answer === undefined) return undefined;
  const reason: Reason = { code: 'authorizer-played', params: { ...workloadOf(response), answer: answer.kind } };
  switch (answer.kind) {
    case 'allow':
      return { kind: 'allowed', headers: [], reason };
    case 'deny':
      return { kind: 'denied', status: answer.status, body: '', headers: [], reason };
    case 'error':
      return { kind: 'error', reason };
    default:
      return assertNever(answer);
  }
}
