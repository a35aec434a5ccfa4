/**
 * tcp_proxy: bytes handed on to a cluster, unseen. Decides the upstream when the connection is
 * accepted, lets network filters judge the first bytes, and maps how the upstream ended to what
 * the client sees: an upstream's reset is passed on as a reset; where Envoy closes by itself the
 * client may see either. Logs one entry when the connection ends.
 * Upstream authority: Envoy source/common/tcp_proxy/tcp_proxy.cc.
 */
import type { Cluster } from '../../control-plane/envoy/cluster.ts';
import type { TcpProxy } from '../../control-plane/envoy/listener.ts';
import type { AccessLogEntry } from '../../trace/accessLog.ts';
import type { CannotTell } from '../../trace/trace.ts';
import { type Accepted, downstreamFields } from '../proxy/accepted.ts';
import { cannotTell } from '../run.ts';
import { connectUpstream, type UpstreamResult } from '../upstream/connectUpstream.ts';
import { selectEndpoint, type Target, targetId } from '../upstream/selectEndpoint.ts';
import type { Cause, Payload, Reply } from '../wire.ts';
import { judgeFirstBytes } from './networkFilters.ts';

type Upstream = Pick<AccessLogEntry, 'cluster' | 'upstreamHost' | 'upstreamTls' | 'upstreamFailure'>;

/** Where a connection will go; decided when it is accepted, before any TLS and the first byte. */
export type UpstreamChoice =
  | { readonly kind: 'upstream'; readonly cluster: Cluster; readonly target: Target }
  | { readonly kind: 'none'; readonly flags: readonly string[]; readonly code: string; readonly cluster?: string }
  | { readonly kind: 'cannot-tell'; readonly why: CannotTell };

export function chooseUpstream(accepted: Accepted, tcpProxy: TcpProxy): UpstreamChoice {
  const { hop, run, config } = accepted;
  const drawn = run.choose(
    hop,
    'weighted-cluster',
    tcpProxy.clusters.map((cluster) => cluster.name),
    tcpProxy.clusters.length > 1 ? tcpProxy.clusters.map((cluster) => cluster.weight) : undefined,
  );
  const name = tcpProxy.clusters[drawn]?.name ?? '';
  const cluster = config.clusters.get(name);
  hop.step({
    kind: 'cluster-selected',
    origins: [...(cluster?.origins ?? []), ...tcpProxy.origins],
    cluster: name,
    missing: cluster === undefined,
    rejected: [],
  });
  if (cluster === undefined) return { kind: 'none', flags: ['NC'], code: 'no-cluster', cluster: name };
  if (cluster.cannotTell) return { kind: 'cannot-tell', why: cluster.cannotTell };
  const selection = selectEndpoint(accepted, cluster, []);
  if (selection.kind === 'cannot-tell') return selection;
  if (selection.kind === 'no-host') return { kind: 'none', flags: ['UH'], code: 'no-healthy-upstream', cluster: name };
  return { kind: 'upstream', cluster, target: selection.target };
}

/** There is no upstream to wait for: the connection is closed as soon as it is accepted. */
export function closeWithoutUpstream(
  accepted: Accepted,
  choice: Extract<UpstreamChoice, { kind: 'none' }>,
  ended: Pick<AccessLogEntry, 'downstreamFailure' | 'downstreamTls'> = {},
): Reply {
  const { hop } = accepted;
  const cluster =
    choice.cluster === undefined || !accepted.config.clusters.has(choice.cluster) ? {} : { cluster: choice.cluster };
  writeLog(accepted, cluster, choice.flags, ended);
  end(accepted, choice.code);
  return closing(accepted, accepted.seen.peeked, { kind: 'failed', hop: hop.id });
}

type Chosen = Extract<UpstreamChoice, { kind: 'upstream' }>;

/** tcp_proxy connects upstream before it reads anything; the connection ends unused here. */
export function openAndLeave(accepted: Accepted, { cluster, target }: Chosen): UpstreamResult {
  return connectUpstream(accepted, cluster, target, {
    payload: { kind: 'nothing' },
    tls: { hostIsAddress: false },
    attempt: accepted.attempt,
    pooled: false,
    patience: accepted.run.clock.deadline,
  });
}

export const upstreamTlsOf = (result: UpstreamResult): Pick<AccessLogEntry, 'upstreamTls'> =>
  result.kind === 'reply' || result.kind === 'terminated' ? tlsField(result.upstreamTls) : {};

export function proxyTcp(accepted: Accepted, choice: Chosen, payload: Payload): Reply {
  const { cluster, target } = choice;
  const { hop, connection } = accepted;
  const verdict = judgeFirstBytes(accepted);
  if (verdict.kind === 'cannot-tell') return cannotTell(hop, verdict.why);
  if (verdict.kind === 'denied') {
    const { termination, details } = verdict;
    // The upstream connection stands by the time the first bytes are read.
    const opened = openAndLeave(accepted, choice);
    if (opened.kind === 'connect-failed') return passOn(accepted, cluster, targetId(target), opened);
    const upstream = { cluster: cluster.name, upstreamHost: targetId(target), ...upstreamTlsOf(opened) };
    writeLog(accepted, upstream, verdict.flags, {
      ...(termination === undefined ? {} : { termination }),
      ...(details === undefined ? {} : { details }),
    });
    hop.step({ kind: 'connection-ended', origins: [], how: 'closed', reason: { code: 'denied', params: {} } });
    hop.end('refused');
    return { kind: 'closed', raced: false, cause: { kind: 'refused', hop: hop.id, by: verdict.by } };
  }
  if (payload.kind === 'tls') accepted.run.env.keeper?.passedOn(payload.connection);
  const result = connectUpstream(accepted, cluster, target, {
    payload,
    tls: { hostIsAddress: false },
    attempt: accepted.attempt,
    pooled: connection.pooled,
    patience: accepted.run.clock.deadline,
  });
  return passOn(accepted, cluster, targetId(target), result, payload);
}

function passOn(
  accepted: Accepted,
  cluster: Cluster,
  upstreamHost: string,
  result: UpstreamResult,
  payload?: Payload,
): Reply {
  const { hop } = accepted;
  const upstream: Upstream = { cluster: cluster.name, upstreamHost };
  switch (result.kind) {
    case 'cannot-tell':
      hop.end('cannot-tell');
      return result;
    case 'connect-failed': {
      const failure = result.failure === undefined ? {} : { upstreamFailure: result.failure };
      return closeByItself(
        unfinished(accepted),
        { ...upstream, ...failure },
        ['UF', 'URX'],
        'upstream-connect-failure',
        result.cause,
        // By then the client's first bytes have come.
        accepted.seen.peeked || result.reason === 'connection timeout',
      );
    }
    case 'pending':
      // Its entry is written when the connect timer rings, long after the caller has left.
      hop.end('failed');
      return { kind: 'silence', cause: result.cause ?? { kind: 'failed', hop: hop.id } };
    case 'terminated':
      return closeByItself(
        accepted,
        { ...upstream, ...tlsField(result.upstreamTls) },
        [],
        'upstream-closed',
        result.cause,
      );
    case 'reply': {
      const { reply } = result;
      if (reply.kind === 'cannot-tell') {
        hop.end('cannot-tell');
        return reply;
      }
      const facts = { ...upstream, ...tlsField(result.upstreamTls) };
      const reset = endsInReset(reply);
      const ends = !staysOpen(accepted, reply) && !lingers(result.upstreamTls, reply, payload);
      if (ends) writeLog(accepted, facts, reset ? ['UR'] : []);
      hop.step({ kind: 'forwarded', origins: cluster.origins, to: upstreamHost, protocol: 'tcp' });
      hop.end(reset ? 'failed' : 'forwarded');
      return reply;
    }
  }
}

const tlsField = (version: string | undefined): Pick<AccessLogEntry, 'upstreamTls'> =>
  version === undefined ? {} : { upstreamTls: version };

const endsInReset = (reply: Reply): boolean =>
  reply.kind === 'reset' || (reply.kind === 'tls' && endsInReset(reply.inner));

/** A pooled connection outlives a good response: its entry is written much later, if ever. */
function staysOpen({ connection }: Accepted, reply: Reply): boolean {
  return connection.pooled && answeredWithin(reply);
}

function answeredWithin(reply: Reply): boolean {
  if (reply.kind === 'tls') return answeredWithin(reply.inner);
  return reply.kind === 'http' && reply.response.closes !== true;
}

/**
 * A proxy that refused what was no request leaves the connection open for a while (Envoy's delayed
 * close), and through TLS does not notice its end: the entry is written long after the answer.
 */
function lingers(upstreamTls: string | undefined, reply: Reply, payload: Payload | undefined): boolean {
  if (upstreamTls === undefined || payload === undefined || payload.kind === 'tls') return false;
  if (reply.kind === 'garbage') return true;
  return reply.kind === 'http' && reply.response.lingers === true;
}

/** Until the upstream stands, the client's side of a TLS handshake is not read: its certificate is not known. */
function unfinished(accepted: Accepted): Accepted {
  const { session } = accepted;
  return session === undefined ? accepted : { ...accepted, session: { ...session, peerChain: [] } };
}

function closeByItself(
  accepted: Accepted,
  upstream: Upstream,
  flags: readonly string[],
  code: string,
  cause?: Cause,
  unread = accepted.seen.peeked,
): Reply {
  const { hop } = accepted;
  writeLog(accepted, upstream, flags);
  end(accepted, code);
  const reply = closing(accepted, unread, cause ?? { kind: 'failed', hop: hop.id });
  const inHandshake = accepted.session !== undefined && accepted.session.version !== '1.3' && flags.includes('UF');
  return inHandshake && reply.kind === 'closed' ? { ...reply, inHandshake } : reply;
}

/** Bytes that nobody has read, if an inspector looked at them, lie in the socket: closing it resets the connection. */
function closing({ session }: Accepted, unread: boolean, cause: Cause): Reply {
  return unread && session === undefined
    ? { kind: 'reset', raced: false, cause }
    : { kind: 'closed', raced: true, cause };
}

function end({ hop, chain }: Accepted, code: string): void {
  hop.step({ kind: 'connection-ended', origins: chain.origins, how: 'closed', reason: { code, params: {} } });
  hop.end('failed');
}

/** The only chains that istiod gives no access log: connections to the capture ports themselves. */
const SILENT_CHAINS: readonly string[] = ['virtualInbound-blackhole', 'virtualOutbound-blackhole'];

function writeLog(
  accepted: Accepted,
  upstream: Upstream,
  flags: readonly string[],
  ending: Pick<AccessLogEntry, 'details' | 'termination' | 'downstreamFailure' | 'downstreamTls'> = {},
): void {
  if (SILENT_CHAINS.includes(accepted.chain.name ?? '')) return;
  const { inspectorFailure } = accepted.seen;
  accepted.hop.log({
    status: 0,
    flags,
    ...downstreamFields(accepted),
    ...upstream,
    ...(inspectorFailure === undefined ? {} : { downstreamFailure: inspectorFailure }),
    ...ending,
  });
}
