/**
 * A filter chain that terminates TLS meets its client: the secrets may be missing, the client may
 * speak plain text, the handshake may fail, or what is inside goes on to the chain's filters.
 */
import type { DownstreamTlsContext } from '../../control-plane/envoy/listener.ts';
import type { Certificate } from '../../pki/types.ts';
import type { AccessLogEntry } from '../../trace/accessLog.ts';
import type { TlsHandshakeStep } from '../../trace/tlsStep.ts';
import { withClockOf } from '../clockSkew.ts';
import { HTTP_METHODS_BORINGSSL_KNOWS } from '../listener/connectionSeen.ts';
import { cannotTell } from '../run.ts';
import { earlierHandshake } from '../standing/earlierHandshake.ts';
import type { StandingConnection } from '../standing/types.ts';
import { closeWithoutUpstream, type UpstreamChoice } from '../tcp/tcpProxy.ts';
import { BORINGSSL } from '../tls/alerts.ts';
import { envoyServer } from '../tls/envoyContexts.ts';
import { clientParams, type HandshakeFacts, handshakeOutcome, type ServerTls } from '../tls/handshakeOutcome.ts';
import { recordHandshake } from '../tls/recordHandshake.ts';
import type { Payload, Reply, TlsClient, TlsPayload } from '../wire.ts';
import { type Accepted, downstreamFields, peerUris, tlsVersionText } from './accepted.ts';

/** What BoringSSL sends before it closes on bytes of another protocol: alert protocol_version. */
const ALERT_BYTES = '\x15\x03\x01\x00\x02\x02\x46';

/** What BoringSSL calls the version until one is negotiated. */
const UNNEGOTIATED = tlsVersionText('1.2');

/** What stands behind the TLS. */
export interface BehindTls {
  readonly serve: (accepted: Accepted, inner: Payload) => Reply;
  /** tcp_proxy: its upstream connection, opened and left when the handshake comes to nothing. */
  readonly openUpstream?: () => Pick<AccessLogEntry, 'upstreamTls'>;
}

export function terminateTls(accepted: Accepted, tls: DownstreamTlsContext, payload: Payload, chain: BehindTls): Reply {
  const { hop, config, run } = accepted;
  if (payload.kind === 'tls' && payload.standing !== undefined)
    return overStanding(accepted, payload, payload.standing, chain);
  const server = envoyServer(config, tls);
  if (server.kind === 'cannot-tell') return cannotTell(hop, server.why);
  if (server.kind === 'not-ready') return notReady(accepted, tls, server.secret, payload);
  if (payload.kind === 'nothing') {
    hop.end('failed');
    return { kind: 'closed', raced: false, cause: { kind: 'failed', hop: hop.id } };
  }
  if (payload.kind !== 'tls') return plainText(accepted, tls, server.value, payload);
  recordKept(accepted, tls);

  const skewed = withClockOf(run.env.mesh, accepted.workload, server.value);
  run.env.observer?.tlsServer(payload, skewed);
  const { facts, session } = handshakeOutcome(payload, skewed, run.env.mesh.now);
  if (session === undefined) return refusedHandshake(accepted, facts, chain, payload.client.certificate?.chain ?? []);
  if (!session.clientLeaves) {
    const { workload, chain: filterChain } = accepted;
    run.env.keeper?.served(payload.connection, { workload, chain: filterChain, tls: skewed, facts, session });
  }
  const record = hop.reserve();
  const established: Accepted = { ...accepted, session };
  const inner = chain.serve(established, session.clientLeaves ? { kind: 'nothing' } : payload.inner);
  if (inner.kind === 'closed' && inner.inHandshake) {
    record({ ...facts, role: 'server', result: { kind: 'broken', reason: 'closed', clientSees: '' } });
    return { kind: 'closed', raced: false, ...(inner.cause ? { cause: inner.cause } : {}) };
  }
  const handshake: TlsHandshakeStep = { ...facts, role: 'server' };
  record(handshake);
  if (inner.kind === 'cannot-tell') return inner;
  return session.clientLeaves ? { kind: 'tls-failed', handshake } : { kind: 'tls', handshake, inner };
}

/** Its handshake took place when it was opened; secrets and certificates of today play no part. */
function overStanding(accepted: Accepted, payload: TlsPayload, standing: StandingConnection, chain: BehindTls): Reply {
  const { hop, run } = accepted;
  const { facts, session, tls } = standing.server;
  run.env.observer?.tlsServer(payload, tls);
  const { connection, layer } = payload;
  const earlier = earlierHandshake(standing, run.env.mesh.now);
  const handshake = recordHandshake(hop, { ...facts, connection, layer, earlier }, 'server');
  const inner = chain.serve({ ...accepted, session }, payload.inner);
  return inner.kind === 'cannot-tell' ? inner : { kind: 'tls', handshake, inner };
}

function refusedHandshake(
  accepted: Accepted,
  facts: HandshakeFacts,
  chain: BehindTls,
  offered: readonly Certificate[],
): Reply {
  const { hop } = accepted;
  const handshake = recordHandshake(hop, facts, 'server');
  const { result, negotiated } = facts;
  const serverSees = result.kind === 'established' ? undefined : result.serverSees;
  const parametersOnly = facts.checks.length === 0;
  // Certificates are looked at once the upstream stands; a bad ClientHello is found before.
  const upstream = parametersOnly ? {} : (chain.openUpstream?.() ?? {});
  // A certificate that was looked at is logged, though it was refused.
  const judged = facts.checks.some(({ by, check }) => by === 'server' && check !== 'presented');
  const peer = judged ? peerUris(offered) : undefined;
  logConnection(accepted, serverSees, negotiated ? tlsVersionText(negotiated.version) : UNNEGOTIATED, {
    ...upstream,
    ...(peer === undefined ? {} : { peer }),
  });
  hop.end('refused');
  if (result.kind !== 'refused' || result.by !== 'server') return { kind: 'tls-failed', handshake };
  const by = parametersOnly ? ('tls-parameters' as const) : ('client-certificate' as const);
  return { kind: 'tls-failed', handshake, cause: { kind: 'refused', hop: hop.id, by } };
}

/** Of a proxy that runs: what it uses though nobody would answer it so now. */
function recordKept({ hop, config }: Accepted, { certificates, validation }: DownstreamTlsContext): void {
  for (const name of [...certificates, ...(validation?.trustBundle === undefined ? [] : [validation.trustBundle])]) {
    const held = config.secrets.get(name);
    if (held === undefined || !('kept' in held) || held.kept === undefined) continue;
    const reason = held.kept.why;
    hop.step({ kind: 'secret', origins: held.origins, name, source: 'istiod', state: 'kept', reason });
  }
}

/** No certificate to serve with: the socket is closed as soon as it is accepted. */
function notReady(accepted: Accepted, tls: DownstreamTlsContext, secret: string, payload: Payload): Reply {
  const { hop, config } = accepted;
  const held = config.secrets.get(secret);
  hop.step({
    kind: 'secret',
    origins: [...(held?.origins ?? []), ...tls.origins],
    name: secret,
    source: 'istiod',
    state: held?.kind === 'unloadable' ? 'refused-by-proxy' : 'missing',
    ...(held?.kind === 'missing' || held?.kind === 'unloadable' ? { reason: held.why } : {}),
  });
  if (payload.kind === 'tls') recordBroken(accepted, tls, payload, 'no-secret', BORINGSSL.secretMissing);
  logConnection(accepted, BORINGSSL.secretMissing, undefined);
  hop.end('failed');
  return { kind: 'reset', raced: false, cause: { kind: 'failed', hop: hop.id } };
}

/** tcp_proxy found no upstream: it closes while the handshake has only begun. */
export function rejectTls(
  accepted: Accepted,
  tls: DownstreamTlsContext,
  payload: Payload,
  upstream: Extract<UpstreamChoice, { kind: 'none' }>,
): Reply {
  if (payload.kind !== 'tls') return closeWithoutUpstream(accepted, upstream);
  recordBroken(accepted, tls, payload, 'closed', BORINGSSL.connectionRejected);
  const ended = { downstreamFailure: BORINGSSL.connectionRejected, downstreamTls: UNNEGOTIATED };
  const reply = closeWithoutUpstream(accepted, upstream, ended);
  return { kind: 'closed', raced: false, ...(reply.cause ? { cause: reply.cause } : {}) };
}

function recordBroken(
  { hop }: Accepted,
  tls: DownstreamTlsContext,
  payload: Pick<TlsPayload, 'client' | 'connection' | 'layer'>,
  reason: 'no-secret' | 'closed' | 'not-tls',
  serverSees: string,
): void {
  const { connection, layer, client } = payload;
  recordHandshake(
    hop,
    {
      kind: 'tls-handshake',
      origins: tls.origins,
      connection,
      layer,
      client: clientParams(client),
      server: {
        implementation: 'envoy-boringssl',
        alpn: tls.alpn,
        minVersion: tls.minVersion,
        maxVersion: tls.maxVersion,
        certificateChain: [],
        clientCertificate: tls.requireClientCertificate ? 'required' : 'not-requested',
      },
      checks: [],
      result: { kind: 'broken', reason, clientSees: '', serverSees },
    },
    'server',
  );
}

/** Stands for a client that speaks no TLS at all. */
const NO_TLS_CLIENT: TlsClient = {
  implementation: 'curl-openssl',
  alpn: [],
  minVersion: '1.0',
  maxVersion: '1.0',
  cipherSuites: [],
  trust: { anchors: 'none', names: [], hashPins: [], spkiPins: [] },
};

/** Plain bytes into TLS: HTTP is recognised and dropped without a word, anything else gets an alert. */
function plainText(
  accepted: Accepted,
  tls: DownstreamTlsContext,
  server: ServerTls,
  payload: Exclude<Payload, TlsPayload>,
): Reply {
  const { hop } = accepted;
  const knownHttp =
    payload.kind === 'http' &&
    payload.request.version !== '2' &&
    HTTP_METHODS_BORINGSSL_KNOWS.includes(payload.request.method);
  const serverSees = knownHttp ? BORINGSSL.httpRequest : BORINGSSL.wrongVersionNumber;
  const connection = accepted.run.nextConnection();
  accepted.run.env.observer?.plainToTls(connection, payload, server);
  recordBroken(accepted, tls, { client: NO_TLS_CLIENT, connection, layer: 1 }, 'not-tls', serverSees);
  logConnection(accepted, serverSees, UNNEGOTIATED);
  hop.step({
    kind: 'connection-ended',
    origins: accepted.chain.origins,
    how: 'closed',
    reason: { code: 'plain-text-to-tls', params: {} },
  });
  hop.end('failed');
  const cause = { kind: 'failed' as const, hop: hop.id };
  return knownHttp
    ? { kind: 'closed', raced: false, cause }
    : { kind: 'garbage', text: ALERT_BYTES, looksLike: 'other', cause };
}

/** A tcp_proxy logs connections that never got through; an HTTP connection manager logs requests only. */
function logConnection(
  accepted: Accepted,
  failure: string | undefined,
  downstreamTls: string | undefined,
  more: Pick<AccessLogEntry, 'upstreamTls' | 'peer'> = {},
): void {
  const terminal = accepted.chain.filters.at(-1);
  if (terminal?.kind !== 'tcp-proxy') return;
  const cluster = terminal.tcpProxy.clusters[0]?.name;
  accepted.hop.log({
    status: 0,
    flags: [],
    ...downstreamFields(accepted),
    ...(cluster === undefined ? {} : { cluster }),
    ...more,
    ...(downstreamTls === undefined ? {} : { downstreamTls }),
    ...(failure === undefined || failure === '' ? {} : { downstreamFailure: failure }),
  });
}
