/** TLS 1.3 server: agrees on a group, by a HelloRetryRequest when the client sent no share for it (RFC 8446 4.1.4). */
import { type Bytes, equalBytes } from '../../../crypto/bytes.ts';
import { EXT, type KeyShareEntry } from '../messages/extensionKinds.ts';
import { extensionOf, extensionValue, hasExtension } from '../messages/extensions.ts';
import { type ClientHello, RETRY_RANDOM } from '../messages/hello.ts';
import type { CipherSuite } from '../registry/cipherSuites.ts';
import { groupText, type NamedGroup } from '../registry/namedGroups.ts';
import { versionNumber } from '../registry/versions.ts';
import { type Connection, decide, refuse, sendCompatibilityCcs, sendHandshake } from './connection.ts';
import { expectMessage } from './expect.ts';
import type { Waiting } from './receive.ts';
import { chooseGroup } from './serverChoices.ts';
import type { ServerContext } from './serverContext.ts';

export interface NegotiatedShare {
  /** The ClientHello that counts. */
  readonly hello: ClientHello;
  readonly group: NamedGroup;
  readonly share: Bytes;
}

const sharesOf = (hello: ClientHello): readonly KeyShareEntry[] =>
  extensionValue(hello.extensions, EXT.keyShares) ?? [];

const shareOf = (hello: ClientHello, group: NamedGroup): Bytes | undefined =>
  sharesOf(hello).find((entry) => entry.group === group.id)?.keyExchange;

export function* negotiateKeyShare(
  conn: Connection,
  { parameters, hello }: ServerContext,
  suite: CipherSuite,
): Waiting<NegotiatedShare | undefined> {
  const shared = sharesOf(hello).map((entry) => entry.group);
  const group = chooseGroup(conn, parameters, hello, shared);
  if (group === undefined) return undefined;
  const share = shareOf(hello, group);
  if (share !== undefined) return { hello, group, share };

  decide(
    conn,
    'hello-retry',
    group.name,
    shared.map((id) => groupText(id) ?? String(id)),
    [group.name],
  );
  conn.transcript.replaceByMessageHash();
  sendHandshake(conn, 'serverHello', {
    legacyVersion: versionNumber('1.2'),
    random: RETRY_RANDOM,
    sessionId: hello.sessionId,
    cipherSuite: suite.id,
    compressionMethod: 0,
    extensions: [extensionOf(EXT.selectedVersion, versionNumber('1.3')), extensionOf(EXT.retryGroup, group.id)],
  });
  if (hello.sessionId.length > 0) sendCompatibilityCcs(conn);
  const second = yield* expectMessage(conn, 'clientHello');
  if (second === undefined) return undefined;
  const secondShare = shareOf(second.body, group);
  if (secondShare === undefined || !isSameOffer(hello, second.body))
    return refuse(conn, 'illegal_parameter', 'illegal-parameter');
  return { hello: second.body, group, share: secondShare };
}

/** The second ClientHello repeats the first, with exactly the one share that was asked for (4.1.2). */
const isSameOffer = (first: ClientHello, second: ClientHello): boolean =>
  equalBytes(first.random, second.random) &&
  equalBytes(first.sessionId, second.sessionId) &&
  first.cipherSuites.join() === second.cipherSuites.join() &&
  sharesOf(second).length === 1 &&
  hasExtension(second.extensions, EXT.signatureAlgorithms);
