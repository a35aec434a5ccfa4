/** The TLS 1.3 server after its choice of version (RFC 8446 2, 4.1.3-4.6). */
import { type Bytes, EMPTY_BYTES, toBigInt } from '../../../crypto/bytes.ts';
import type { Certificate } from '../../types.ts';
import {
  type ApplicationSecrets,
  applicationSecrets,
  type HandshakeSecrets,
  handshakeSecrets,
  resumptionSecret,
  signedContent13,
  trafficKeys13,
  verifyData13,
} from '../keys/schedule13.ts';
import { EXT, protocolNames } from '../messages/extensionKinds.ts';
import { extensionOf, extensionValue } from '../messages/extensions.ts';
import type { ClientHello } from '../messages/hello.ts';
import type { CipherSuite } from '../registry/cipherSuites.ts';
import type { SignatureScheme } from '../registry/signatureSchemes.ts';
import { versionNumber } from '../registry/versions.ts';
import {
  type Connection,
  logKey,
  readWith,
  refuse,
  sendCompatibilityCcs,
  sendHandshake,
  settle,
  writeWith,
} from './connection.ts';
import { agree, ownEphemeralKey } from './ephemeral.ts';
import { expectMessage, nextMessage, takeIn } from './expect.ts';
import { negotiateKeyShare } from './helloRetry.ts';
import { checkFinished, chooseOwnScheme, judgeChain, signOwn, verifyPeerSignature } from './peerCertificate.ts';
import { postHandshake13 } from './postHandshake.ts';
import type { Flow, Waiting } from './receive.ts';
import { chooseProtocol, chooseSuite } from './serverChoices.ts';
import { lacksMandatory13, nameAcknowledgement, type ServerContext } from './serverContext.ts';

export function* server13(conn: Connection, context: ServerContext): Flow {
  const { config, parameters } = context;
  const suite = chooseSuite(conn, parameters, context.hello, '1.3', undefined);
  if (suite === undefined) return;
  if (lacksMandatory13(context.hello)) {
    refuse(conn, 'missing_extension', 'missing-extension');
    return;
  }
  conn.transcript.startHash(suite.hash);
  const negotiated = yield* negotiateKeyShare(conn, context, suite);
  if (negotiated === undefined) return;
  const { hello, share } = negotiated;
  const choice = chooseProtocol(conn, config, hello);
  if (choice.refused) return;
  const offered = extensionValue(hello.extensions, EXT.signatureAlgorithms) ?? [];
  const scheme = chooseOwnScheme(conn, '1.3', config.credential.key.publicKey, offered, parameters.signs);
  if (scheme === undefined) {
    refuse(conn, 'handshake_failure', 'no-common-signature-scheme');
    return;
  }

  const own = ownEphemeralKey(conn, negotiated.group);
  const shared = agree(conn, own, share, 'shared_secret');
  if (shared === undefined) return;
  sendHandshake(conn, 'serverHello', {
    legacyVersion: versionNumber('1.2'),
    random: conn.entropy('random', 32),
    sessionId: hello.sessionId,
    cipherSuite: suite.id,
    compressionMethod: 0,
    extensions: [
      extensionOf(EXT.selectedVersion, versionNumber('1.3')),
      extensionOf(EXT.keyShare, { group: own.group.id, keyExchange: own.publicKey }),
    ],
  });
  if (hello.sessionId.length > 0) sendCompatibilityCcs(conn);
  const secrets = handshakeSecrets(suite.hash, shared, conn.transcript.noted(conn.note), conn.note);
  logKey(conn, 'CLIENT_HANDSHAKE_TRAFFIC_SECRET', secrets.client);
  logKey(conn, 'SERVER_HANDSHAKE_TRAFFIC_SECRET', secrets.server);
  writeWith(conn, '1.3', trafficKeys13(suite, 'server', 'handshake', secrets.server, conn.note));
  if (!readWith(conn, '1.3', trafficKeys13(suite, 'client', 'handshake', secrets.client, conn.note))) return;

  sendServerFlight(conn, context, hello, scheme, choice.protocol);
  const digest = conn.transcript.noted(conn.note);
  sendHandshake(conn, 'finished', {
    verifyData: verifyData13(suite.hash, 'server', secrets.server, digest, conn.note),
  });
  const application = applicationSecrets(
    suite.hash,
    secrets.handshakeSecret,
    conn.transcript.noted(conn.note),
    conn.note,
  );
  logKey(conn, 'CLIENT_TRAFFIC_SECRET_0', application.client);
  logKey(conn, 'SERVER_TRAFFIC_SECRET_0', application.server);
  logKey(conn, 'EXPORTER_SECRET', application.exporter);
  // From here on also alerts about the client's certificate travel under application keys.
  writeWith(conn, '1.3', trafficKeys13(suite, 'server', 'application', application.server, conn.note));

  if (!(yield* receiveClientFlight(conn, context, suite, secrets))) return;
  if (!readWith(conn, '1.3', trafficKeys13(suite, 'client', 'application', application.client, conn.note))) return;
  settle(conn, { kind: 'established' });
  sendTickets(conn, context, hello, suite, application);
  yield* postHandshake13(conn, suite, application);
}

/** EncryptedExtensions to CertificateVerify. */
function sendServerFlight(
  conn: Connection,
  { config, parameters }: ServerContext,
  hello: ClientHello,
  scheme: SignatureScheme,
  protocol: string | undefined,
): void {
  const alpn = protocol === undefined ? [] : [extensionOf(EXT.alpn, protocolNames([protocol]))];
  sendHandshake(conn, 'encryptedExtensions', { extensions: [...nameAcknowledgement(conn, hello), ...alpn] });
  if (config.clientCertificate !== 'not-requested') {
    const authorities = config.authorities ?? [];
    sendHandshake(conn, 'certificateRequest', {
      context: EMPTY_BYTES,
      extensions: [
        extensionOf(EXT.signatureAlgorithms, parameters.verifies),
        ...(authorities.length > 0 ? [extensionOf(EXT.certificateAuthorities, authorities)] : []),
      ],
    });
  }
  const entries = config.credential.chain.map((data) => ({ data, extensions: [] }));
  sendHandshake(conn, 'certificate', { context: EMPTY_BYTES, entries });
  const content = signedContent13('server', conn.transcript.noted(conn.note));
  sendHandshake(conn, 'certificateVerify', signOwn(conn, config.credential, scheme, content));
}

/** The client's Certificate and CertificateVerify, when they were asked for, and its Finished. */
function* receiveClientFlight(
  conn: Connection,
  context: ServerContext,
  suite: CipherSuite,
  secrets: HandshakeSecrets,
): Waiting<boolean> {
  if (context.config.clientCertificate !== 'not-requested' && !(yield* receiveClientCertificate(conn, context)))
    return false;
  const finished = yield* nextMessage(conn, 'finished');
  if (finished === undefined) return false;
  const expected = verifyData13(suite.hash, 'client', secrets.client, conn.transcript.noted(conn.note), conn.note);
  if (!checkFinished(conn, expected, finished.body.verifyData)) return false;
  takeIn(conn, finished);
  return true;
}

function* receiveClientCertificate(conn: Connection, { config, parameters }: ServerContext): Waiting<boolean> {
  const message = yield* expectMessage(conn, 'certificate');
  if (message === undefined) return false;
  const chain: readonly Bytes[] = message.body.entries.map((entry) => entry.data);
  if (chain.length === 0) {
    if (config.clientCertificate === 'required') refuse(conn, 'certificate_required', 'certificate-missing');
    return config.clientCertificate !== 'required';
  }
  const leaf: Certificate | undefined = judgeChain(conn, chain, config.verifyClient ?? (() => ({ accepted: true })));
  if (leaf === undefined) return false;
  const verify = yield* nextMessage(conn, 'certificateVerify');
  if (verify === undefined) return false;
  const content = signedContent13('client', conn.transcript.noted(conn.note));
  if (!verifyPeerSignature(conn, '1.3', leaf.publicKey, parameters.verifies, verify.body, content)) return false;
  takeIn(conn, verify);
  return true;
}

/** Tickets go to clients that could use them. What is in them is nobody's business: nothing resumes here. */
function sendTickets(
  conn: Connection,
  { config }: ServerContext,
  hello: ClientHello,
  suite: CipherSuite,
  application: ApplicationSecrets,
): void {
  const modes = extensionValue(hello.extensions, EXT.pskKeyExchangeModes) ?? [];
  const count = modes.includes(1) ? (config.sessionTickets ?? conn.profile.sessionTickets) : 0;
  if (count === 0) return;
  resumptionSecret(suite.hash, application.masterSecret, conn.transcript.noted(conn.note), conn.note);
  for (let index = 0; index < count; index++)
    sendHandshake(conn, 'newSessionTicket', {
      lifetime: 7200,
      ageAdd: Number(toBigInt(conn.entropy(`ticket age ${index}`, 4))),
      nonce: Uint8Array.of(index),
      ticket: conn.entropy(`ticket ${index}`, 64),
      extensions: [],
    });
}
