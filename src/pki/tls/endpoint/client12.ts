/** The TLS 1.2 client after ServerHello: ECDHE with certificates (RFC 5246 7.3, RFC 8422, RFC 7627). */
import type { Bytes } from '../../../crypto/bytes.ts';
import type { Certificate } from '../../types.ts';
import { masterSecret12, type Randoms, trafficKeys12, verifyData12 } from '../keys/schedule12.ts';
import { EXT } from '../messages/extensionKinds.ts';
import { extensionValue, hasExtension } from '../messages/extensions.ts';
import { groupOfId } from '../registry/namedGroups.ts';
import { authenticationOf } from '../registry/signatureSchemes.ts';
import { checkAlpn } from './alpn.ts';
import { canSendCertificate } from './clientCertificate.ts';
import type { ClientContext } from './clientContext.ts';
import {
  type Connection,
  decide,
  logKey,
  readWith,
  refuse,
  sendChangeCipherSpec,
  sendHandshake,
  settle,
  writeWith,
} from './connection.ts';
import { agree, ownEphemeralKey } from './ephemeral.ts';
import { expectChangeCipherSpec, expectMessage, nextMessage, type Received, takeIn } from './expect.ts';
import {
  checkFinished,
  checkPeerCurve,
  chooseOwnScheme,
  judgeChain,
  signOwn,
  staysAfterwards,
  verifyPeerSignature,
} from './peerCertificate.ts';
import { postHandshake12 } from './postHandshake.ts';
import type { Flow } from './receive.ts';
import { signedParameters } from './signedParameters.ts';

export function* client12(conn: Connection, context: ClientContext): Flow {
  const { config, suite, parameters, hello } = context;
  if (!checkExtensions12(conn, context)) return;
  const randoms: Randoms = { client: conn.clientRandom, server: hello.random };

  const certificate = yield* expectMessage(conn, 'certificate12');
  if (certificate === undefined) return;
  const fitsSuite = (leaf: Certificate): boolean => {
    if (authenticationOf(leaf.publicKey) === suite.authentication) return true;
    refuse(conn, 'illegal_parameter', 'certificate-key-unsupported');
    return false;
  };
  const leaf = judgeChain(
    conn,
    certificate.body.certificates,
    config.verifyServer,
    (one) => fitsSuite(one) && checkPeerCurve(conn, 'with-certificate', one.publicKey, parameters.groups),
  );
  if (leaf === undefined) return;

  const keyExchange = yield* expectMessage(conn, 'serverKeyExchange');
  if (keyExchange === undefined) return;
  const group = parameters.groups.find((one) => one.id === keyExchange.body.namedCurve);
  if (group === undefined) {
    refuse(conn, 'illegal_parameter', 'illegal-parameter', groupOfId(keyExchange.body.namedCurve)?.name);
    return;
  }
  if (!checkPeerCurve(conn, 'with-signature', leaf.publicKey, parameters.groups)) return;
  const signed = signedParameters(randoms, keyExchange.body);
  if (!verifyPeerSignature(conn, '1.2', leaf.publicKey, parameters.verifies, keyExchange.body, signed)) return;
  decide(
    conn,
    'group',
    group.name,
    [],
    parameters.groups.map((one) => one.name),
  );

  let message = yield* expectMessage(conn, 'certificateRequest12', 'serverHelloDone');
  let request: Received<'certificateRequest12'> | undefined;
  if (message?.kind === 'certificateRequest12') {
    request = message;
    message = yield* expectMessage(conn, 'serverHelloDone');
  }
  if (message === undefined) return;

  const signOff = request === undefined ? undefined : sendCertificate(conn, context, request);
  const own = ownEphemeralKey(conn, group);
  const premaster = agree(conn, own, keyExchange.body.publicKey, 'premaster_secret');
  if (premaster === undefined) return;
  sendHandshake(conn, 'clientKeyExchange', { publicKey: own.publicKey });
  const isExtended = hasExtension(hello.extensions, EXT.extendedMasterSecret);
  const sessionHash = isExtended ? conn.transcript.noted(conn.note) : undefined;
  const master = masterSecret12(suite, premaster, randoms, sessionHash, conn.note);
  logKey(conn, 'CLIENT_RANDOM', master);
  const keys = trafficKeys12(suite, master, randoms, conn.note);
  signOff?.();
  sendChangeCipherSpec(conn);
  writeWith(conn, '1.2', keys.client);
  const digest = conn.transcript.noted(conn.note);
  sendHandshake(conn, 'finished', { verifyData: verifyData12(suite, 'client', master, digest, conn.note) });

  if (!(yield* expectChangeCipherSpec(conn)) || !readWith(conn, '1.2', keys.server)) return;
  const finished = yield* nextMessage(conn, 'finished');
  if (finished === undefined) return;
  const expected = verifyData12(suite, 'server', master, conn.transcript.noted(conn.note), conn.note);
  if (!checkFinished(conn, expected, finished.body.verifyData)) return;
  takeIn(conn, finished);
  if (!staysAfterwards(conn, config.verifyAfterwards, certificate.body.certificates)) return;
  settle(conn, { kind: 'established' });
  yield* postHandshake12(conn);
}

function checkExtensions12(conn: Connection, { config, hello, offer }: ClientContext): boolean {
  const offered = offer.hello.extensions.map((extension) => extension.type);
  // renegotiation_info answers the suite value as well as the extension (RFC 5746 3.6).
  const allowed = [...offered, EXT.renegotiationInfo.type];
  if (hello.extensions.some((extension) => !allowed.includes(extension.type))) {
    refuse(conn, 'unsupported_extension', 'unsupported-extension');
    return false;
  }
  const renegotiated = extensionValue(hello.extensions, EXT.renegotiationInfo);
  if (renegotiated !== undefined && renegotiated.length > 0) {
    refuse(conn, 'handshake_failure', 'illegal-parameter');
    return false;
  }
  return checkAlpn(conn, config.alpn, extensionValue(hello.extensions, EXT.alpn));
}

/** Sends Certificate; returns what sends CertificateVerify later, or nothing when the message was empty. */
function sendCertificate(
  conn: Connection,
  { config, parameters }: ClientContext,
  request: Received<'certificateRequest12'>,
): (() => void) | undefined {
  const { certificateTypes, signatureAlgorithms, authorities } = request.body;
  const credential = canSendCertificate(conn, config.credential, authorities);
  const key = credential?.key.publicKey;
  const typeFits = key !== undefined && certificateTypes.includes(authenticationOf(key) === 'rsa' ? 1 : 64);
  const scheme = typeFits ? chooseOwnScheme(conn, '1.2', key, signatureAlgorithms, parameters.signs) : undefined;
  decide(conn, 'own-certificate', scheme?.name, [], []);
  const certificates: readonly Bytes[] = scheme === undefined ? [] : (credential?.chain ?? []);
  sendHandshake(conn, 'certificate12', { certificates });
  if (credential === undefined || scheme === undefined) return undefined;
  return () => sendHandshake(conn, 'certificateVerify', signOwn(conn, credential, scheme, conn.transcript.messages()));
}
