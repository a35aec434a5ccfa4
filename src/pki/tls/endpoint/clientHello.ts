/** Building ClientHellos: the first, and the second after a HelloRetryRequest (RFC 8446 4.1.2). */
import { type Bytes, EMPTY_BYTES } from '../../../crypto/bytes.ts';
import { EXT, protocolNames, serverNames } from '../messages/extensionKinds.ts';
import { type Extension, extensionOf } from '../messages/extensions.ts';
import type { ClientHello } from '../messages/hello.ts';
import { EMPTY_RENEGOTIATION_INFO_SCSV } from '../registry/cipherSuites.ts';
import { type EphemeralKey, namedGroup } from '../registry/namedGroups.ts';
import { versionNumber } from '../registry/versions.ts';
import type { TlsClientConfig } from './config.ts';
import { type Connection, sendHandshake } from './connection.ts';
import { ownEphemeralKey } from './ephemeral.ts';
import type { Parameters } from './parameters.ts';

/** Offered by clients that go no higher than TLS 1.1; never spoken. */
const SUITES_BEFORE_12 = [0xc00a, 0xc014, 0xc009, 0xc013, 0x0035, 0x002f];

/** What the client has offered so far. */
export interface Offer {
  readonly hello: ClientHello;
  readonly shares: readonly EphemeralKey[];
}

function extensionsOf(
  conn: Connection,
  config: TlsClientConfig,
  parameters: Parameters,
  shares: readonly EphemeralKey[],
  cookie: Bytes | undefined,
): readonly Extension[] {
  const speaks13 = parameters.versions.includes('1.3');
  const speaksOlder = parameters.versions.some((version) => version !== '1.3');
  const speaks12 = parameters.versions.includes('1.2');
  const all: readonly (Extension | undefined)[] = [
    (config.sni ?? '') === '' ? undefined : extensionOf(EXT.serverName, serverNames(config.sni ?? '')),
    extensionOf(
      EXT.supportedGroups,
      parameters.groups.map((group) => group.id),
    ),
    speaksOlder ? extensionOf(EXT.ecPointFormats, [0]) : undefined,
    speaks13 || speaks12 ? extensionOf(EXT.signatureAlgorithms, parameters.verifies) : undefined,
    config.alpn.length === 0 ? undefined : extensionOf(EXT.alpn, protocolNames(config.alpn)),
    speaksOlder ? extensionOf(EXT.extendedMasterSecret, null) : undefined,
    speaksOlder && conn.profile.renegotiation === 'extension'
      ? extensionOf(EXT.renegotiationInfo, EMPTY_BYTES)
      : undefined,
    speaks13 ? extensionOf(EXT.supportedVersions, parameters.versions.map(versionNumber)) : undefined,
    cookie === undefined ? undefined : extensionOf(EXT.cookie, cookie),
    speaks13 ? extensionOf(EXT.pskKeyExchangeModes, [1]) : undefined,
    speaks13
      ? extensionOf(
          EXT.keyShares,
          shares.map((share) => ({ group: share.group.id, keyExchange: share.publicKey })),
        )
      : undefined,
  ];
  return conn.profile.extensionOrder.flatMap((type) => all.find((extension) => extension?.type === type) ?? []);
}

/** Sends the first ClientHello. */
export function sendClientHello(conn: Connection, config: TlsClientConfig, parameters: Parameters): Offer {
  const { versions, suites, groups } = parameters;
  const speaks13 = versions.includes('1.3');
  const speaksOlder = versions.some((version) => version !== '1.3');
  const highest = versions.find((version) => version !== '1.3') ?? '1.2';
  const shareGroups = config.keyShares?.map(namedGroup) ?? groups.slice(0, 1);
  const shares = speaks13 ? shareGroups.map((group) => ownEphemeralKey(conn, group)) : [];
  conn.clientRandom = conn.entropy('random', 32);
  const hello: ClientHello = {
    legacyVersion: versionNumber(speaks13 ? '1.2' : highest),
    random: conn.clientRandom,
    sessionId: speaks13 ? conn.entropy('session id', 32) : EMPTY_BYTES,
    cipherSuites: [
      ...(suites.length > 0 ? suites.map((suite) => suite.id) : SUITES_BEFORE_12),
      ...(speaksOlder && conn.profile.renegotiation === 'scsv' ? [EMPTY_RENEGOTIATION_INFO_SCSV] : []),
    ],
    compressionMethods: [0],
    extensions: extensionsOf(conn, config, parameters, shares, undefined),
  };
  sendHandshake(conn, 'clientHello', hello);
  return { hello, shares };
}

/** Sends the second ClientHello: as the first, but for key share and cookie. */
export function sendSecondClientHello(
  conn: Connection,
  config: TlsClientConfig,
  parameters: Parameters,
  first: Offer,
  group: Parameters['groups'][number] | undefined,
  cookie: Bytes | undefined,
): Offer {
  const shares = group === undefined ? first.shares : [ownEphemeralKey(conn, group)];
  const hello = { ...first.hello, extensions: extensionsOf(conn, config, parameters, shares, cookie) };
  sendHandshake(conn, 'clientHello', hello);
  return { hello, shares };
}
