/** The TLS 1.3 client after ServerHello (RFC 8446 2, 4.3-4.6). */
import {
  applicationSecrets,
  type HandshakeSecrets,
  handshakeSecrets,
  signedContent13,
  trafficKeys13,
  verifyData13,
} from '../keys/schedule13.ts';
import { EXT } from '../messages/extensionKinds.ts';
import { type Extension, extensionValue } from '../messages/extensions.ts';
import { checkAlpn } from './alpn.ts';
import { canSendCertificate } from './clientCertificate.ts';
import type { ClientContext } from './clientContext.ts';
import {
  type Connection,
  decide,
  logKey,
  readWith,
  refuse,
  sendCompatibilityCcs,
  sendHandshake,
  settle,
  writeWith,
} from './connection.ts';
import { agree } from './ephemeral.ts';
import { expectMessage, nextMessage, type Received, takeIn } from './expect.ts';
import {
  checkFinished,
  chooseOwnScheme,
  judgeChain,
  signOwn,
  staysAfterwards,
  verifyPeerSignature,
} from './peerCertificate.ts';
import { postHandshake13 } from './postHandshake.ts';
import type { Flow } from './receive.ts';

export function* client13(conn: Connection, context: ClientContext): Flow {
  const { config, suite, parameters } = context;
  const secrets = agreeOnSecrets(conn, context);
  if (secrets === undefined) return;
  if (!readWith(conn, '1.3', trafficKeys13(suite, 'server', 'handshake', secrets.server, conn.note))) return;
  const writeKeys = trafficKeys13(suite, 'client', 'handshake', secrets.client, conn.note);
  const startWriting = (): void => {
    sendCompatibilityCcs(conn);
    writeWith(conn, '1.3', writeKeys);
  };
  if (!conn.profile.defersClientKeys) startWriting();

  const encrypted = yield* expectMessage(conn, 'encryptedExtensions');
  if (encrypted === undefined || !checkExtensions(conn, context, encrypted.body.extensions)) return;

  let message = yield* expectMessage(conn, 'certificateRequest', 'certificate');
  let request: Received<'certificateRequest'> | undefined;
  if (message?.kind === 'certificateRequest') {
    request = message;
    message = yield* expectMessage(conn, 'certificate');
  }
  if (message === undefined) return;
  const certificates = message.body.entries.map((entry) => entry.data);
  if (certificates.length === 0 || message.body.context.length > 0) {
    refuse(conn, 'decode_error', 'certificate-missing');
    return;
  }
  const leaf = judgeChain(conn, certificates, config.verifyServer);
  if (leaf === undefined) return;

  const verify = yield* nextMessage(conn, 'certificateVerify');
  if (verify === undefined) return;
  const signed = signedContent13('server', conn.transcript.noted(conn.note));
  if (!verifyPeerSignature(conn, '1.3', leaf.publicKey, parameters.verifies, verify.body, signed)) return;
  takeIn(conn, verify);

  const finished = yield* nextMessage(conn, 'finished');
  if (finished === undefined) return;
  const expected = verifyData13(suite.hash, 'server', secrets.server, conn.transcript.noted(conn.note), conn.note);
  if (!checkFinished(conn, expected, finished.body.verifyData)) return;
  takeIn(conn, finished);

  const application = applicationSecrets(
    suite.hash,
    secrets.handshakeSecret,
    conn.transcript.noted(conn.note),
    conn.note,
  );
  logKey(conn, 'CLIENT_TRAFFIC_SECRET_0', application.client);
  logKey(conn, 'SERVER_TRAFFIC_SECRET_0', application.server);
  logKey(conn, 'EXPORTER_SECRET', application.exporter);
  if (!readWith(conn, '1.3', trafficKeys13(suite, 'server', 'application', application.server, conn.note))) return;

  if (conn.profile.defersClientKeys) startWriting();
  if (request !== undefined) sendCertificate(conn, context, request);
  const verifyData = verifyData13(suite.hash, 'client', secrets.client, conn.transcript.noted(conn.note), conn.note);
  sendHandshake(conn, 'finished', { verifyData });
  writeWith(conn, '1.3', trafficKeys13(suite, 'client', 'application', application.client, conn.note));
  if (!staysAfterwards(conn, config.verifyAfterwards, certificates)) return;
  settle(conn, { kind: 'established' });
  yield* postHandshake13(conn, suite, application);
}

function agreeOnSecrets(conn: Connection, { hello, offer, suite }: ClientContext): HandshakeSecrets | undefined {
  const allowed: readonly number[] = [EXT.selectedVersion.type, EXT.keyShare.type];
  if (hello.extensions.some((extension) => !allowed.includes(extension.type)))
    return refuse(conn, 'unsupported_extension', 'unsupported-extension');
  const share = extensionValue(hello.extensions, EXT.keyShare);
  if (share === undefined) return refuse(conn, 'missing_extension', 'missing-extension');
  const own = offer.shares.find((one) => one.group.id === share.group);
  if (own === undefined) return refuse(conn, 'illegal_parameter', 'illegal-parameter');
  decide(
    conn,
    'group',
    own.group.name,
    [],
    offer.shares.map((one) => one.group.name),
  );
  const shared = agree(conn, own, share.keyExchange, 'shared_secret');
  if (shared === undefined) return undefined;
  const secrets = handshakeSecrets(suite.hash, shared, conn.transcript.noted(conn.note), conn.note);
  logKey(conn, 'CLIENT_HANDSHAKE_TRAFFIC_SECRET', secrets.client);
  logKey(conn, 'SERVER_HANDSHAKE_TRAFFIC_SECRET', secrets.server);
  return secrets;
}

/** An answer may only hold what was asked for (4.2). */
function checkExtensions(conn: Connection, context: ClientContext, extensions: readonly Extension[]): boolean {
  const offered = context.offer.hello.extensions.map((extension) => extension.type);
  if (extensions.some((extension) => !offered.includes(extension.type))) {
    refuse(conn, 'unsupported_extension', 'unsupported-extension');
    return false;
  }
  return checkAlpn(conn, context.config.alpn, extensionValue(extensions, EXT.alpn));
}

/** Certificate and CertificateVerify, or an empty Certificate when there is none that fits. */
function sendCertificate(
  conn: Connection,
  { config, parameters }: ClientContext,
  request: Received<'certificateRequest'>,
): void {
  const { context, extensions } = request.body;
  const offered = extensionValue(extensions, EXT.signatureAlgorithms) ?? [];
  const authorities = extensionValue(extensions, EXT.certificateAuthorities) ?? [];
  const credential = canSendCertificate(conn, config.credential, authorities);
  const scheme =
    credential === undefined
      ? undefined
      : chooseOwnScheme(conn, '1.3', credential.key.publicKey, offered, parameters.signs);
  decide(conn, 'own-certificate', scheme?.name, [], []);
  if (credential === undefined || scheme === undefined) {
    sendHandshake(conn, 'certificate', { context, entries: [] });
    return;
  }
  const entries = credential.chain.map((data) => ({ data, extensions: [] }));
  sendHandshake(conn, 'certificate', { context, entries });
  const content = signedContent13('client', conn.transcript.noted(conn.note));
  sendHandshake(conn, 'certificateVerify', signOwn(conn, credential, scheme, content));
}
