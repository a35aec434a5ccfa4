/**
 * A filter chain that terminates TLS meets its client: the secrets may be missing, the client may
 * speak plain text, the handshake may fail, or what is inside goes on to the chain's filters.
 */
import type { DownstreamTlsContext } from '../../control-plane/envoy/listener.ts';
import { HTTP_METHODS_BORINGSSL_KNOWS } from '../listener/connectionSeen.ts';
import { cannotTell } from '../run.ts';
import { BORINGSSL } from '../tls/alerts.ts';
import { envoyServer } from '../tls/envoyContexts.ts';
import { clientParams, handshakeOutcome } from '../tls/handshakeOutcome.ts';
import { recordHandshake } from '../tls/recordHandshake.ts';
import type { Payload, Reply, TlsPayload } from '../wire.ts';
import { type Accepted, downstreamFields, tlsVersionText } from './accepted.ts';

/** What BoringSSL sends before it closes on bytes of another protocol: alert protocol_version. */
const ALERT_BYTES = '\x15\x03\x01\x00\x02\x02\x46';

export function terminateTls(
  accepted: Accepted,
  tls: DownstreamTlsContext,
  payload: Payload,
  serve: (accepted: Accepted, inner: Payload) => Reply,
): Reply {
  const { hop, config, run } = accepted;
  const server = envoyServer(config, tls);
  if (server.kind === 'cannot-tell') return cannotTell(hop, server.why);
  if (server.kind === 'not-ready') return notReady(accepted, tls, server.secret, payload);
  if (payload.kind === 'nothing') {
    hop.end('failed');
    return { kind: 'closed', raced: false, cause: { kind: 'failed', hop: hop.id } };
  }
  if (payload.kind !== 'tls') return plainText(accepted, payload);

  const { facts, session } = handshakeOutcome(payload, server.value, run.env.mesh.now);
  const handshake = recordHandshake(hop, facts, 'server');
  if (session === undefined) {
    const { result, negotiated } = facts;
    const serverSees = result.kind === 'established' ? undefined : result.serverSees;
    logConnection(accepted, serverSees, negotiated === undefined ? undefined : tlsVersionText(negotiated.version));
    hop.end('refused');
    const byServer = result.kind === 'refused' && result.by === 'server';
    return byServer
      ? { kind: 'tls-failed', handshake, cause: { kind: 'refused', hop: hop.id, by: refuser(facts.checks.length) } }
      : { kind: 'tls-failed', handshake };
  }
  const established: Accepted = { ...accepted, session };
  const inner = serve(established, session.clientLeaves ? { kind: 'nothing' } : payload.inner);
  if (inner.kind === 'cannot-tell') return inner;
  return session.clientLeaves ? { kind: 'tls-failed', handshake } : { kind: 'tls', handshake, inner };
}

/** Before anything was checked it is the parameters that did not fit. */
const refuser = (checksMade: number) =>
  checksMade === 0 ? ('tls-parameters' as const) : ('client-certificate' as const);

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
  if (payload.kind === 'tls') recordNotReady(accepted, tls, payload);
  logConnection(accepted, BORINGSSL.secretMissing, undefined);
  hop.end('failed');
  return { kind: 'reset', raced: false, cause: { kind: 'failed', hop: hop.id } };
}

function recordNotReady({ hop }: Accepted, tls: DownstreamTlsContext, payload: TlsPayload): void {
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
      result: { kind: 'broken', reason: 'no-secret', clientSees: '', serverSees: BORINGSSL.secretMissing },
    },
    'server',
  );
}

/** Plain bytes into TLS: HTTP is recognised and dropped without a word, anything else gets an alert. */
function plainText(accepted: Accepted, payload: Exclude<Payload, TlsPayload>): Reply {
  const { hop } = accepted;
  const knownHttp =
    payload.kind === 'http' &&
    payload.request.version !== '2' &&
    HTTP_METHODS_BORINGSSL_KNOWS.includes(payload.request.method);
  logConnection(accepted, knownHttp ? BORINGSSL.httpRequest : BORINGSSL.wrongVersionNumber, undefined);
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
function logConnection(accepted: Accepted, failure: string | undefined, downstreamTls: string | undefined): void {
  const terminal = accepted.chain.filters.at(-1);
  if (terminal?.kind !== 'tcp-proxy') return;
  const cluster = terminal.tcpProxy.clusters[0]?.name;
  accepted.hop.log({
    status: 0,
    flags: [],
    bytesReceived: 0,
    bytesSent: 0,
    ...downstreamFields(accepted),
    ...(cluster === undefined ? {} : { cluster }),
    ...(downstreamTls === undefined ? {} : { downstreamTls }),
    ...(failure === undefined || failure === '' ? {} : { downstreamFailure: failure }),
  });
}
