/**
 * Sending one HTTP request to a cluster, with retries: what the router filter, mirrors and
 * ext_authz share. Input: the request as it goes out and the cluster; output: the response, or the
 * failure with Envoy's status, body, flags and details.
 * Upstream authority: Envoy source/common/router/router.cc, upstream_request.cc.
 */
import type { Cluster } from '../../control-plane/envoy/cluster.ts';
import type { RetryPolicy } from '../../control-plane/envoy/http.ts';
import { isIpv4 } from '../../network/cidr.ts';
import type { CannotTell } from '../../trace/trace.ts';
import type { LocalReply } from '../filters/filter.ts';
import { replaced } from '../http/clientAddress.ts';
import { localReply } from '../http/localReply.ts';
import { type Accepted, underscored } from '../proxy/accepted.ts';
import { withoutPort } from '../routing/virtualHostMatch.ts';
import type { OpenHop } from '../run.ts';
import { connectUpstream, type UpstreamResult } from '../upstream/connectUpstream.ts';
import { roomInPool } from '../upstream/roomInPool.ts';
import { selectEndpoint, targetId } from '../upstream/selectEndpoint.ts';
import type { Cause, HttpRequest, HttpResponse } from '../wire.ts';
import { type Failure, retriableFailure, retriableResponse } from './retry.ts';

export interface UpstreamOptions {
  readonly retry?: RetryPolicy;
  /** 0: none. */
  readonly timeoutMs: number;
  /** The istio.alpn filter is in the chain. */
  readonly alpnFilter: boolean;
  /** Says in x-envoy-attempt-count which attempt it is. */
  readonly countsAttempts?: boolean;
}

/** What the access log says of the upstream. */
export interface UpstreamFacts {
  readonly flags: readonly string[];
  readonly upstreamHost?: string;
  readonly upstreamTls?: string;
  readonly upstreamFailure?: string;
  /** The number of the last attempt. */
  readonly attempt?: number;
}

export type UpstreamOutcome =
  | { readonly kind: 'response'; readonly response: HttpResponse; readonly facts: UpstreamFacts }
  | { readonly kind: 'failed'; readonly reply: LocalReply; readonly facts: UpstreamFacts; readonly cause?: Cause }
  /** Accepted, and no answer for as long as anybody waits. */
  | { readonly kind: 'silence'; readonly facts: UpstreamFacts }
  | { readonly kind: 'cannot-tell'; readonly why: CannotTell };

const ALPN_BY_VERSION = {
  '1.0': ['istio-http/1.0', 'istio', 'http/1.0'],
  '1.1': ['istio-http/1.1', 'istio', 'http/1.1'],
  '2': ['istio-h2', 'istio', 'h2'],
} as const;

export function requestUpstream(
  accepted: Accepted,
  cluster: Cluster,
  request: HttpRequest,
  options: UpstreamOptions,
): UpstreamOutcome {
  if (cluster.cannotTell) return { kind: 'cannot-tell', why: cluster.cannotTell };
  const version = upstreamVersion(cluster, request);
  const host = withoutPort(request.authority);
  const outgoing = encoded(request, version);
  const { run, hop } = accepted;
  const { clock } = run;
  const waitingUntil = clock.deadline;
  const routeDeadline = options.timeoutMs > 0 ? clock.now + options.timeoutMs : Number.POSITIVE_INFINITY;
  const perTry = options.retry?.perTryTimeoutMs ?? 0;
  const tried: string[] = [];
  const attempts = 1 + (options.retry?.attempts ?? 0);
  for (let attempt = 1; ; attempt++) {
    const selection = selectEndpoint(accepted, cluster, tried);
    if (selection.kind === 'cannot-tell') return selection;
    if (selection.kind === 'no-host') {
      return {
        kind: 'failed',
        reply: localReply(503, 'no healthy upstream', 'no_healthy_upstream', ['UH']),
        facts: { flags: [] },
        cause: { kind: 'failed', hop: hop.id },
      };
    }
    const { target } = selection;
    tried.push(targetId(target));
    const tryDeadline = perTry > 0 ? clock.now + perTry : Number.POSITIVE_INFINITY;
    const patience = Math.min(waitingUntil, routeDeadline);
    const room = roomInPool(cluster, version, run.alongside);
    if (room !== 'free') recordNoRoom(hop, cluster, room);
    if (room === 'overflow') return overflow(hop.id);
    if (room === 'waits') {
      clock.now = patience;
      const facts: UpstreamFacts = { flags: [] };
      return patience < routeDeadline ? { kind: 'silence', facts } : timedOut(facts, hop.id);
    }
    clock.deadline = Math.min(patience, tryDeadline);
    const result = connectUpstream(accepted, cluster, target, {
      payload: { kind: 'http', request: options.countsAttempts ? withAttempt(outgoing, attempt) : outgoing },
      tls: {
        host,
        hostIsAddress: isIpv4(host),
        ...(options.alpnFilter ? { alpn: ALPN_BY_VERSION[version] } : {}),
      },
      attempt,
      pooled: true,
      patience,
    });
    if (result.kind === 'pending') {
      clock.now = patience;
      clock.deadline = waitingUntil;
      const facts: UpstreamFacts = { flags: [], upstreamHost: targetId(target) };
      return patience < routeDeadline ? { kind: 'silence', facts } : timedOut(facts, hop.id);
    }
    let judged = judge(result, attempt > 1);
    if (judged.kind === 'silence') clock.now = Math.max(clock.now, clock.deadline);
    clock.deadline = waitingUntil;
    if (judged.kind === 'cannot-tell') return judged;
    const facts: UpstreamFacts = { ...judged.facts, upstreamHost: targetId(target), attempt };
    if (judged.kind === 'silence') {
      if (clock.now >= routeDeadline) return timedOut(facts, hop.id);
      if (clock.now < tryDeadline) return { kind: 'silence', facts };
      judged = {
        kind: 'failed',
        failure: 'per-try-timeout',
        reply: localReply(504, 'upstream request timeout', 'upstream_per_try_timeout', ['UT']),
        facts,
        cause: { kind: 'failed', hop: hop.id },
      };
    }
    const retriable =
      judged.kind === 'failed'
        ? retriableFailure(options.retry, judged.failure)
        : retriableResponse(options.retry, judged.response);
    if (retriable && attempt < attempts) {
      hop.step({ kind: 'retry', origins: [], attempt: attempt + 1, because: because(judged) });
      continue;
    }
    const flags = retriable ? ['URX'] : [];
    if (judged.kind === 'response') return { ...judged, facts: { ...facts, flags } };
    return {
      kind: 'failed',
      reply: judged.reply,
      facts: { ...facts, flags },
      ...(judged.cause ? { cause: judged.cause } : {}),
    };
  }
}

const withAttempt = (request: HttpRequest, attempt: number): HttpRequest => ({
  ...request,
  headers: replaced(request.headers, 'x-envoy-attempt-count', String(attempt)),
});

export function upstreamVersion(cluster: Cluster, request: HttpRequest): '1.1' | '2' {
  switch (cluster.upstreamHttp) {
    case 'http1':
      return '1.1';
    case 'http2':
      return '2';
    case 'use-downstream':
      return request.version === '2' ? '2' : '1.1';
  }
}

/** Methods whose requests have no body as a rule: Envoy's HTTP/1 codec gives the others a length. */
const BODYLESS = ['GET', 'HEAD', 'DELETE', 'TRACE', 'CONNECT'];

function encoded(request: HttpRequest, version: '1.1' | '2'): HttpRequest {
  const sized = request.headers.some(([name]) => name === 'content-length' || name === 'transfer-encoding');
  const needsLength = version === '1.1' && !sized && !BODYLESS.includes(request.method);
  return {
    ...request,
    version,
    headers: needsLength ? [...request.headers, ['content-length', '0']] : request.headers,
  };
}

type Judged =
  | { readonly kind: 'response'; readonly response: HttpResponse; readonly facts: UpstreamFacts }
  | {
      readonly kind: 'failed';
      readonly failure: Failure;
      readonly reply: LocalReply;
      readonly facts: UpstreamFacts;
      readonly cause?: Cause;
    }
  | { readonly kind: 'silence'; readonly facts: UpstreamFacts }
  | { readonly kind: 'cannot-tell'; readonly why: CannotTell };

const because = (judged: Extract<Judged, { kind: 'response' | 'failed' }>): string =>
  judged.kind === 'failed' ? judged.reply.details : String(judged.response.status);

function judge(result: Exclude<UpstreamResult, { kind: 'pending' }>, retried: boolean): Judged {
  switch (result.kind) {
    case 'cannot-tell':
      return result;
    case 'connect-failed': {
      const { reason, failure } = result;
      const detail = failure === undefined ? reason : `${reason}|${failure}`;
      return {
        kind: 'failed',
        failure: 'connect-failure',
        reply: resetReply(503, reason, detail, 'UF', retried),
        facts: { flags: [], ...(failure === undefined ? {} : { upstreamFailure: failure }) },
        ...(result.cause ? { cause: result.cause } : {}),
      };
    }
    case 'terminated':
      return terminated(result.upstreamTls, result.cause, retried);
    case 'reply': {
      const { reply, upstreamTls } = result;
      const facts: UpstreamFacts = { flags: [], ...(upstreamTls === undefined ? {} : { upstreamTls }) };
      switch (reply.kind) {
        case 'http':
          return { kind: 'response', response: reply.response, facts };
        case 'silence':
          return { kind: 'silence', facts };
        case 'cannot-tell':
          return reply;
        case 'stream-reset':
          return {
            kind: 'failed',
            failure: 'remote-reset',
            reply: resetReply(503, 'remote reset', 'remote reset', 'UR', retried),
            facts,
            ...(reply.cause ? { cause: reply.cause } : {}),
          };
        case 'reset':
        case 'closed':
        case 'tls-failed':
          return terminated(upstreamTls, reply.cause, retried);
        default:
          return {
            kind: 'failed',
            failure: 'protocol-error',
            reply: resetReply(502, 'protocol error', 'protocol error', 'UPE', retried),
            facts,
            ...(reply.cause ? { cause: reply.cause } : {}),
          };
      }
    }
  }
}

const terminated = (upstreamTls: string | undefined, cause: Cause | undefined, retried: boolean): Judged => ({
  kind: 'failed',
  failure: 'connection-termination',
  reply: resetReply(503, 'connection termination', 'connection termination', 'UC', retried),
  facts: { flags: [], ...(upstreamTls === undefined ? {} : { upstreamTls }) },
  ...(cause ? { cause } : {}),
});

function resetReply(status: number, reason: string, detail: string, flag: string, retried: boolean): LocalReply {
  const latest = retried ? 'retried and the latest ' : '';
  return localReply(
    status,
    `upstream connect error or disconnect/reset before headers. ${latest}reset reason: ${reason}`,
    `upstream_reset_before_response_started{${underscored(detail)}}`,
    [flag],
  );
}

function recordNoRoom(hop: OpenHop, { circuitBreaker, name }: Cluster, room: 'waits' | 'overflow'): void {
  hop.step({
    kind: 'filter-action',
    origins: circuitBreaker === undefined ? [] : [circuitBreaker.origin],
    filter: 'connection-pool',
    action: { code: `pool-${room}`, params: { cluster: name } },
  });
}

/** Never tried again. */
const overflow = (hop: number): UpstreamOutcome => {
  const reply = resetReply(503, 'overflow', 'overflow', 'UO', false);
  return {
    kind: 'failed',
    reply: { ...reply, headers: [...reply.headers, ['x-envoy-overloaded', 'true']] },
    facts: { flags: [] },
    cause: { kind: 'failed', hop },
  };
};

const timedOut = (facts: UpstreamFacts, hop: number): UpstreamOutcome => ({
  kind: 'failed',
  reply: localReply(504, 'upstream request timeout', 'response_timeout', ['UT']),
  facts,
  cause: { kind: 'failed', hop },
});
