/** The TLS 1.2 server after its choice of version: ECDHE with certificates (RFC 5246 7.3, RFC 8422, RFC 7627). */
import { type Bytes, concatBytes, EMPTY_BYTES } from '../../../crypto/bytes.ts';
import type { Certificate } from '../../types.ts';
import { masterSecret12, type Randoms, trafficKeys12, verifyData12 } from '../keys/schedule12.ts';
import { EXT, protocolNames } from '../messages/extensionKinds.ts';
import { type Extension, extensionOf, extensionValue, hasExtension } from '../messages/extensions.ts';
import type { ClientHello } from '../messages/hello.ts';
import { EMPTY_RENEGOTIATION_INFO_SCSV } from '../registry/cipherSuites.ts';
import { authenticationOf } from '../registry/signatureSchemes.ts';
import { versionNumber } from '../registry/versions.ts';
import {
  type Connection,
  logKey,
  readWith,
  refuse,
  sendChangeCipherSpec,
  sendHandshake,
  settle,
  writeWith,
} from './connection.ts';
import { DOWNGRADE_FROM_13 } from './downgrade.ts';
import { agree, ownEphemeralKey } from './ephemeral.ts';
import { expectChangeCipherSpec, expectMessage, nextMessage, takeIn } from './expect.ts';
import {
  checkFinished,
  checkPeerCurve,
  chooseOwnScheme,
  hasCurveAmong,
  judgeChain,
  signOwn,
  verifyPeerSignature,
} from './peerCertificate.ts';
import { postHandshake12 } from './postHandshake.ts';
import type { Flow, Waiting } from './receive.ts';
import { chooseGroup, chooseProtocol, chooseSuite } from './serverChoices.ts';
import { nameAcknowledgement, type ServerContext } from './serverContext.ts';
import { signedParameters } from './signedParameters.ts';

export function* server12(conn: Connection, context: ServerContext): Flow {
  const { config, parameters, hello } = context;
  const { credential } = config;
  const choice = chooseProtocol(conn, config, hello);
  if (choice.refused) return;
  const offered = extensionValue(hello.extensions, EXT.signatureAlgorithms) ?? [];
  const clientGroups = extensionValue(hello.extensions, EXT.supportedGroups);
  if (
    conn.profile.checksOwnCurve &&
    clientGroups !== undefined &&
    !hasCurveAmong(credential.key.publicKey, clientGroups)
  ) {
    refuse(conn, 'handshake_failure', 'certificate-curve-not-offered');
    return;
  }
  const suite = chooseSuite(conn, parameters, hello, '1.2', authenticationOf(credential.key.publicKey));
  if (suite === undefined) return;
  const scheme = chooseOwnScheme(conn, '1.2', credential.key.publicKey, offered, parameters.signs);
  if (scheme === undefined) {
    refuse(conn, 'handshake_failure', 'no-common-signature-scheme');
    return;
  }
  const group = chooseGroup(conn, parameters, hello, []);
  if (group === undefined) return;
  conn.transcript.startHash(suite.hash);
  const randoms: Randoms = { client: hello.random, server: serverRandom(conn, context) };
  const isExtended = hasExtension(hello.extensions, EXT.extendedMasterSecret);
  sendHandshake(conn, 'serverHello', {
    legacyVersion: versionNumber('1.2'),
    random: randoms.server,
    // Empty: nothing here resumes.
    sessionId: EMPTY_BYTES,
    cipherSuite: suite.id,
    compressionMethod: 0,
    extensions: serverExtensions(conn, hello, choice.protocol),
  });
  sendHandshake(conn, 'certificate12', { certificates: credential.chain });
  const own = ownEphemeralKey(conn, group);
  const keyShare = { namedCurve: group.id, publicKey: own.publicKey };
  const signature = signOwn(conn, credential, scheme, signedParameters(randoms, keyShare));
  sendHandshake(conn, 'serverKeyExchange', { curveType: 3, ...keyShare, ...signature });
  if (config.clientCertificate !== 'not-requested')
    sendHandshake(conn, 'certificateRequest12', {
      certificateTypes: [1, 64],
      signatureAlgorithms: parameters.verifies,
      authorities: config.authorities ?? [],
    });
  sendHandshake(conn, 'serverHelloDone', {});

  const client = yield* receiveClientCertificate(conn, context);
  if (client === 'refused') return;
  const keyExchange = yield* expectMessage(conn, 'clientKeyExchange');
  if (keyExchange === undefined) return;
  const premaster = agree(conn, own, keyExchange.body.publicKey, 'premaster_secret');
  if (premaster === undefined) return;
  const sessionHash = isExtended ? conn.transcript.noted(conn.note) : undefined;
  const master = masterSecret12(suite, premaster, randoms, sessionHash, conn.note);
  logKey(conn, 'CLIENT_RANDOM', master);
  const keys = trafficKeys12(suite, master, randoms, conn.note);
  if (client !== 'none' && !(yield* receiveVerify(conn, context, client))) return;
  if (!(yield* expectChangeCipherSpec(conn)) || !readWith(conn, '1.2', keys.client)) return;
  const finished = yield* nextMessage(conn, 'finished');
  if (finished === undefined) return;
  const expected = verifyData12(suite, 'client', master, conn.transcript.noted(conn.note), conn.note);
  if (!checkFinished(conn, expected, finished.body.verifyData)) return;
  takeIn(conn, finished);

  sendChangeCipherSpec(conn);
  writeWith(conn, '1.2', keys.server);
  const digest = conn.transcript.noted(conn.note);
  sendHandshake(conn, 'finished', { verifyData: verifyData12(suite, 'server', master, digest, conn.note) });
  settle(conn, { kind: 'established' });
  yield* postHandshake12(conn);
}

/** A server that could do TLS 1.3 says so in the last bytes (RFC 8446 4.1.3). */
function serverRandom(conn: Connection, { parameters }: ServerContext): Bytes {
  const random = conn.entropy('random', 32);
  return parameters.versions.includes('1.3') ? concatBytes(random.subarray(0, 24), DOWNGRADE_FROM_13) : random;
}

/** Answers to what the client's extensions asked. */
function serverExtensions(conn: Connection, hello: ClientHello, protocol: string | undefined): readonly Extension[] {
  const offers = (kind: { readonly type: number }): boolean => hasExtension(hello.extensions, kind);
  const renegotiates = offers(EXT.renegotiationInfo) || hello.cipherSuites.includes(EMPTY_RENEGOTIATION_INFO_SCSV);
  return [
    ...nameAcknowledgement(conn, hello),
    ...(renegotiates ? [extensionOf(EXT.renegotiationInfo, EMPTY_BYTES)] : []),
    ...(offers(EXT.ecPointFormats) ? [extensionOf(EXT.ecPointFormats, [0])] : []),
    ...(offers(EXT.extendedMasterSecret) ? [extensionOf(EXT.extendedMasterSecret, null)] : []),
    ...(protocol === undefined ? [] : [extensionOf(EXT.alpn, protocolNames([protocol]))]),
  ];
}

/** Judged on receipt: the alert reaches the client in the middle of its handshake. */
function* receiveClientCertificate(
  conn: Connection,
  { config }: ServerContext,
): Waiting<Certificate | 'none' | 'refused'> {
  if (config.clientCertificate === 'not-requested') return 'none';
  const message = yield* expectMessage(conn, 'certificate12');
  if (message === undefined) return 'refused';
  if (message.body.certificates.length > 0)
    return (
      judgeChain(conn, message.body.certificates, config.verifyClient ?? (() => ({ accepted: true }))) ?? 'refused'
    );
  if (config.clientCertificate === 'requested') return 'none';
  refuse(conn, 'handshake_failure', 'certificate-missing');
  return 'refused';
}

/** The client proves that it holds the key: its signature over all messages so far. */
function* receiveVerify(conn: Connection, { parameters }: ServerContext, leaf: Certificate): Waiting<boolean> {
  const verify = yield* nextMessage(conn, 'certificateVerify');
  if (verify === undefined) return false;
  const content = conn.transcript.messages();
  if (!checkPeerCurve(conn, 'with-signature', leaf.publicKey, parameters.groups)) return false;
  if (!verifyPeerSignature(conn, '1.2', leaf.publicKey, parameters.verifies, verify.body, content)) return false;
  takeIn(conn, verify);
  return true;
}
