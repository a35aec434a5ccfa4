/**
 * One upstream connection of a proxy: transport socket, TLS as a client, and what came of it, in
 * the categories that HTTP retries and tcp_proxy's flags go by. Input: cluster, host, payload;
 * output: the peer's reply with TLS taken off, or how the connection failed.
 */
import type { Cluster, UpstreamTlsContext } from '../../control-plane/envoy/cluster.ts';
import type { Reason } from '../../trace/step.ts';
import type { CannotTell } from '../../trace/trace.ts';
import { withClockOf } from '../clockSkew.ts';
import { type Accepted, tlsVersionText } from '../proxy/accepted.ts';
import type { Clock } from '../run.ts';
import { BORINGSSL } from '../tls/alerts.ts';
import { envoyClient, type UpstreamTlsRequest } from '../tls/envoyContexts.ts';
import { clientParams, type HandshakeFacts } from '../tls/handshakeOutcome.ts';
import { recordHandshake } from '../tls/recordHandshake.ts';
import type { Cause, Payload, Reply, TlsPayload } from '../wire.ts';
import type { Target } from './selectEndpoint.ts';

export type UpstreamResult =
  | { readonly kind: 'reply'; readonly reply: Reply; readonly upstreamTls?: string }
  /** It never came to be: retriable as connect-failure. */
  | {
      readonly kind: 'connect-failed';
      readonly reason: 'remote connection failure' | 'connection timeout';
      /** UPSTREAM_TRANSPORT_FAILURE_REASON */
      readonly failure?: string;
      readonly cause?: Cause;
    }
  /** It was established and used, and then ended: the peer refused our certificate late. */
  | { readonly kind: 'terminated'; readonly upstreamTls?: string; readonly cause?: Cause }
  /** Whoever waits gives up before the connection stands or the connect timer rings. */
  | { readonly kind: 'pending'; readonly cause?: Cause }
  | { readonly kind: 'cannot-tell'; readonly why: CannotTell };

export interface UpstreamRequest {
  readonly payload: Payload;
  readonly tls: UpstreamTlsRequest;
  readonly attempt: number;
  readonly pooled: boolean;
  /** Until when an answer is waited for. A time limit of one try does not count until it is connected. */
  readonly patience: number;
}

const CONNECTION_REFUSED = 'delayed_connect_error:_Connection_refused';
const NETWORK_UNREACHABLE = 'delayed_connect_error:_Network_is_unreachable';
const NO_ROUTE_TO_HOST = 'delayed_connect_error:_No_route_to_host';

export function connectUpstream(
  accepted: Accepted,
  cluster: Cluster,
  target: Target,
  request: UpstreamRequest,
): UpstreamResult {
  const tls = transportSocket(cluster, target);
  const { hop, run, config, workload } = accepted;
  const wait: Wait = { clock: run.clock, until: request.patience, connectTimeoutMs: cluster.connectTimeoutMs };
  const dialler = {
    hop,
    workload,
    byProxy: true,
    attempt: request.attempt,
    pooled: request.pooled,
    ...(cluster.bindSource === undefined ? {} : { bindSource: cluster.bindSource }),
  };
  if (tls.context === undefined) {
    hop.step({ kind: 'transport-socket', origins: tls.origins, socket: 'raw_buffer', reason: tls.why });
    return plain(wait, run.dial(dialler, target.address, target.port, request.payload));
  }
  const key = poolKey(accepted, cluster, target, request);
  const standing = key === undefined ? undefined : run.env.keeper?.find(key);
  const client = standing
    ? { kind: 'ready' as const, value: standing.client.tls }
    : envoyClient(config, tls.context, request.tls);
  if (client.kind === 'cannot-tell') return client;
  if (client.kind === 'not-ready') return secretMissing(accepted, client.secret);
  hop.step({
    kind: 'transport-socket',
    origins: tls.origins,
    socket: 'tls',
    reason: tls.why,
    alpn: client.value.alpn,
    ...(client.value.sni === undefined ? {} : { sni: client.value.sni }),
  });
  const payload: TlsPayload = {
    kind: 'tls',
    client: withClockOf(run.env.mesh, workload, client.value),
    inner: nested(request.payload),
    connection: run.nextConnection(),
    layer: 1,
    ...(standing && { standing }),
  };
  const reply = run.dial(dialler, target.address, target.port, payload);
  if (key !== undefined && standing === undefined && staysOpen(reply)) {
    run.env.keeper?.kept(payload.connection, key, { workload, cluster, tls: payload.client });
  }
  return secured(accepted, wait, payload, reply);
}

/** Envoy has one pool for each cluster, host and choice of TLS parameters; undefined: nothing is pooled. */
function poolKey(accepted: Accepted, cluster: Cluster, target: Target, request: UpstreamRequest): string | undefined {
  if (!request.pooled || request.payload.kind !== 'http') return undefined;
  const { version } = request.payload.request;
  return JSON.stringify([accepted.workload.id, cluster.name, target.address, target.port, version, request.tls]);
}

/** After an HTTP answer, unless the server ended it. */
export const staysOpen = (reply: Reply): boolean =>
  reply.kind === 'tls' && reply.inner.kind === 'http' && reply.inner.response.closes !== true;

const nested = (payload: Payload): Payload =>
  payload.kind === 'tls' ? { ...payload, layer: payload.layer + 1, inner: nested(payload.inner) } : payload;

interface TransportChoice {
  readonly context?: UpstreamTlsContext;
  readonly why: Reason;
  readonly origins: Cluster['origins'];
}

function transportSocket({ transport }: Cluster, target: Target): TransportChoice {
  const { why, origins } = transport;
  switch (transport.kind) {
    case 'raw':
      return { why, origins };
    case 'tls':
      return { why, origins, context: transport.tls };
    case 'by-endpoint-label':
      return target.endpoint?.tlsMode === 'istio'
        ? { why, origins, context: transport.tls }
        : { why: { code: 'endpoint-without-tls-mode', params: {} }, origins: target.endpoint?.origins ?? origins };
  }
}

function secretMissing({ hop, config }: Accepted, name: string): UpstreamResult {
  const held = config.secrets.get(name);
  hop.step({
    kind: 'secret',
    origins: held?.origins ?? [],
    name,
    source: 'istiod',
    state: held?.kind === 'unloadable' ? 'refused-by-proxy' : 'missing',
    ...(held?.kind === 'missing' || held?.kind === 'unloadable' ? { reason: held.why } : {}),
  });
  return {
    kind: 'connect-failed',
    reason: 'remote connection failure',
    failure: BORINGSSL.secretMissing,
    cause: { kind: 'failed', hop: hop.id },
  };
}

const withCause = ({ cause }: Reply): { readonly cause?: Cause } => (cause === undefined ? {} : { cause });

interface Wait {
  readonly clock: Clock;
  readonly until: number;
  readonly connectTimeoutMs: number;
}

/** The connect timer covers the handshake of TLS. */
function neverReady({ clock, until, connectTimeoutMs }: Wait, reply: Reply): UpstreamResult {
  const rings = clock.now + connectTimeoutMs;
  if (rings > until) return { kind: 'pending', ...withCause(reply) };
  clock.now = rings;
  return { kind: 'connect-failed', reason: 'connection timeout', ...withCause(reply) };
}

/** Failures to connect are the same with and without TLS. */
function notConnected(wait: Wait, reply: Reply): UpstreamResult | undefined {
  switch (reply.kind) {
    case 'refused':
      return {
        kind: 'connect-failed',
        reason: 'remote connection failure',
        failure: CONNECTION_REFUSED,
        ...withCause(reply),
      };
    case 'unreachable':
      return {
        kind: 'connect-failed',
        reason: 'remote connection failure',
        failure: reply.onLink ? NO_ROUTE_TO_HOST : NETWORK_UNREACHABLE,
        ...withCause(reply),
      };
    case 'connect-timeout':
      return neverReady(wait, reply);
    case 'cannot-tell':
      return reply;
    default:
      return undefined;
  }
}

const plain = (wait: Wait, reply: Reply): UpstreamResult => notConnected(wait, reply) ?? { kind: 'reply', reply };

function secured(accepted: Accepted, wait: Wait, payload: TlsPayload, reply: Reply): UpstreamResult {
  const { hop } = accepted;
  const failed = notConnected(wait, reply);
  if (failed) return failed;
  if (reply.kind === 'tls') {
    recordHandshake(hop, reply.handshake, 'client');
    const version = reply.handshake.negotiated?.version;
    return {
      kind: 'reply',
      reply: reply.inner,
      ...(version === undefined ? {} : { upstreamTls: tlsVersionText(version) }),
    };
  }
  if (reply.kind === 'tls-failed') {
    const { result, negotiated } = reply.handshake;
    recordHandshake(hop, reply.handshake, 'client');
    const version = negotiated === undefined ? {} : { upstreamTls: tlsVersionText(negotiated.version) };
    if (result.kind === 'refused' && result.late) return { kind: 'terminated', ...version, ...withCause(reply) };
    const failure = result.kind === 'established' ? '' : result.clientSees;
    const own: Cause = { kind: 'refused', hop: hop.id, by: 'server-certificate' };
    const byClient = result.kind === 'refused' && result.by === 'client';
    return {
      kind: 'connect-failed',
      reason: 'remote connection failure',
      ...(failure === '' ? {} : { failure }),
      ...(byClient ? { cause: own } : withCause(reply)),
    };
  }
  return brokenHandshake(accepted, wait, payload, reply);
}

/** The peer is no TLS server, or went away. */
function brokenHandshake({ hop }: Accepted, wait: Wait, payload: TlsPayload, reply: Reply): UpstreamResult {
  const reason =
    reply.kind === 'reset' ? 'reset' : reply.kind === 'closed' || reply.kind === 'silence' ? 'closed' : 'not-tls';
  const failure = { reset: BORINGSSL.connectionReset, closed: '', 'not-tls': BORINGSSL.wrongVersionNumber }[reason];
  recordHandshake(hop, brokenFacts(payload, reason, failure), 'client');
  if (reply.kind === 'silence') return neverReady(wait, reply);
  return {
    kind: 'connect-failed',
    reason: 'remote connection failure',
    ...(failure === '' ? {} : { failure }),
    ...withCause(reply),
  };
}

/** Facts of a handshake in which the other side never took part. */
export function brokenFacts(
  payload: TlsPayload,
  reason: 'not-tls' | 'reset' | 'closed',
  clientSees: string,
): HandshakeFacts {
  const { client, connection, layer } = payload;
  return {
    kind: 'tls-handshake',
    origins: [],
    connection,
    layer,
    client: clientParams(client),
    server: {
      implementation: 'go',
      alpn: [],
      minVersion: '1.2',
      maxVersion: '1.3',
      certificateChain: [],
      clientCertificate: 'not-requested',
    },
    checks: [],
    result: { kind: 'broken', reason, clientSees },
  };
}
