/**
 * The client up to the choice of version: ClientHello, an answer to a HelloRetryRequest, and the
 * checks of a ServerHello that both versions share (RFC 8446 4.1.3-4.1.4).
 */
import { equalBytes } from '../../../crypto/bytes.ts';
import { EXT } from '../messages/extensionKinds.ts';
import { extensionValue, hasExtension } from '../messages/extensions.ts';
import { isRetryRequest, type ServerHello } from '../messages/hello.ts';
import { type CipherSuite, cipherSuite, cipherSuiteText } from '../registry/cipherSuites.ts';
import { versionOf } from '../registry/versions.ts';
import { client12 } from './client12.ts';
import { client13 } from './client13.ts';
import type { ClientContext } from './clientContext.ts';
import { type Offer, sendClientHello, sendSecondClientHello } from './clientHello.ts';
import type { TlsClientConfig } from './config.ts';
import { type Connection, decide, refuse, sendCompatibilityCcs } from './connection.ts';
import { marksDowngrade } from './downgrade.ts';
import { nextMessage, type Received, takeIn } from './expect.ts';
import type { Parameters } from './parameters.ts';
import type { Flow } from './receive.ts';

export function* clientFlow(conn: Connection, config: TlsClientConfig, parameters: Parameters): Flow {
  if (parameters.versions.length === 0) {
    refuse(conn, undefined, 'no-version-enabled');
    return;
  }
  let offer = sendClientHello(conn, config, parameters);
  let hello = yield* nextMessage(conn, 'serverHello');
  if (hello === undefined) return;
  if (isRetryRequest(hello.body)) {
    const second = retry(conn, config, parameters, offer, hello);
    if (second === undefined) return;
    offer = second;
    const firstSuite = hello.body.cipherSuite;
    hello = yield* nextMessage(conn, 'serverHello');
    if (hello === undefined) return;
    if (isRetryRequest(hello.body)) {
      refuse(conn, 'unexpected_message', 'unexpected-message');
      return;
    }
    if (hello.body.cipherSuite !== firstSuite) {
      refuse(conn, 'illegal_parameter', 'illegal-parameter');
      return;
    }
  }
  const suite = checkServerHello(conn, parameters, offer, hello.body);
  if (suite === undefined) return;
  conn.transcript.startHash(suite.hash);
  takeIn(conn, hello);
  const context: ClientContext = { config, parameters, offer, hello: hello.body, suite };
  yield* conn.version === '1.3' ? client13(conn, context) : client12(conn, context);
}

const versionIn = (hello: ServerHello): number =>
  extensionValue(hello.extensions, EXT.selectedVersion) ?? hello.legacyVersion;

/** The suite of an acceptable ServerHello; sets the version. */
function checkServerHello(
  conn: Connection,
  parameters: Parameters,
  offer: Offer,
  hello: ServerHello,
): CipherSuite | undefined {
  const version = versionOf(versionIn(hello));
  const viaExtension = hasExtension(hello.extensions, EXT.selectedVersion);
  const isShared =
    version !== undefined && parameters.versions.includes(version) && (version === '1.3') === viaExtension;
  const mayTell = (conn.version === undefined || conn.version === version) && isShared;
  decide(
    conn,
    'version',
    mayTell ? `TLS ${version}` : undefined,
    [],
    parameters.versions.map((one) => `TLS ${one}`),
  );
  if (!mayTell) return refuse(conn, 'protocol_version', 'no-shared-version');
  if (version !== '1.3' && version !== '1.2') return refuse(conn, 'protocol_version', 'version-not-modelled');
  if (version === '1.2' && parameters.versions.includes('1.3') && marksDowngrade(hello.random))
    return refuse(conn, 'illegal_parameter', 'downgrade-detected');
  conn.version = version;
  const echoes = equalBytes(hello.sessionId, offer.hello.sessionId);
  if (hello.compressionMethod !== 0 || (version === '1.3' && !echoes))
    return refuse(conn, 'illegal_parameter', 'illegal-parameter');
  const suite = cipherSuite(hello.cipherSuite);
  const isOffered = offer.hello.cipherSuites.includes(hello.cipherSuite);
  if (suite === undefined || !isOffered || suite.version !== version)
    return refuse(conn, 'illegal_parameter', 'illegal-parameter', cipherSuiteText(hello.cipherSuite));
  return suite;
}

/** Answers a HelloRetryRequest with the second ClientHello. */
function retry(
  conn: Connection,
  config: TlsClientConfig,
  parameters: Parameters,
  offer: Offer,
  request: Received<'serverHello'>,
): Offer | undefined {
  const suite = checkServerHello(conn, parameters, offer, request.body);
  if (suite === undefined) return undefined;
  const cookie = extensionValue(request.body.extensions, EXT.cookie);
  const wanted = extensionValue(request.body.extensions, EXT.retryGroup);
  const group = parameters.groups.find((one) => one.id === wanted);
  const isNew = group !== undefined && offer.shares.every((share) => share.group.id !== group.id);
  // A request that would change nothing, or asks for what was not offered, is an error (4.1.4).
  if ((wanted !== undefined && !isNew) || (wanted === undefined && cookie === undefined))
    return refuse(conn, 'illegal_parameter', 'illegal-parameter');
  decide(
    conn,
    'hello-retry',
    group?.name,
    [],
    parameters.groups.map((one) => one.name),
  );
  conn.transcript.startHash(suite.hash);
  conn.transcript.replaceByMessageHash();
  takeIn(conn, request);
  sendCompatibilityCcs(conn);
  return sendSecondClientHello(conn, config, parameters, offer, group, cookie);
}
