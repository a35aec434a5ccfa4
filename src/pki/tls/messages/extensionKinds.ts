/** What the extensions hold, and which message may hold which (RFC 8446 4.2, 6066, 7301, 5746, 7627). */
import { type Bytes, EMPTY_BYTES, fromLatin1, fromUtf8, latin1, utf8 } from '../../../crypto/bytes.ts';
import { readDer } from '../../../crypto/der/read.ts';
import { readName } from '../../x509/name.ts';
import { type Codec, hexText, nothing, only, opaque, struct, uint, vector } from '../codec/codec.ts';
import { groupText } from '../registry/namedGroups.ts';
import { schemeText } from '../registry/signatureSchemes.ts';
import { versionText } from '../registry/versions.ts';
import { type ExtensionKind, extensionTable } from './extensions.ts';

interface ServerName {
  readonly type: number;
  readonly name: Bytes;
}
const serverNameEntry = struct<ServerName>(
  [
    {
      key: 'type',
      meaning: 'server_name.name_type',
      codec: uint(1, (type) => (type === 0 ? 'host_name (0)' : undefined)),
    },
    { key: 'name', meaning: 'server_name.host_name', codec: opaque(2, { min: 1 }, undefined, fromLatin1) },
  ],
  (entry) => fromLatin1(entry.name),
);

export interface KeyShareEntry {
  readonly group: number;
  readonly keyExchange: Bytes;
}
const group = uint(2, (id) => {
  const name = groupText(id);
  return name === undefined ? undefined : `${name} (${id})`;
});
const keyShareEntry = struct<KeyShareEntry>(
  [
    { key: 'group', meaning: 'key_share.group', codec: group },
    { key: 'keyExchange', meaning: 'key_share.key_exchange', codec: opaque(2, { min: 1 }) },
  ],
  (entry) => groupText(entry.group) ?? String(entry.group),
);

const version = uint(2, versionText);
export const signatureScheme = uint(2, (id) => {
  const name = schemeText(id);
  return name === undefined ? undefined : `${name} (0x${id.toString(16).padStart(4, '0')})`;
});
export { group as namedGroupCodec, version as versionCodec };

const protocolName = opaque(1, { min: 1 }, undefined, (bytes) => fromUtf8(bytes) ?? hexText(bytes));

/** DER of a distinguished name, shown as RFC 2253 text. */
export const distinguishedName: Codec<Bytes> = opaque(2, { min: 1 }, undefined, (der) => {
  const node = readDer(der);
  return (node.ok ? readName(node.value)?.text : undefined) ?? hexText(der);
});

const signatureAlgorithmsList = only(
  'extension.supported_signature_algorithms',
  vector(2, 'signature_scheme', signatureScheme, { min: 2 }),
);

export const EXT = {
  serverName: {
    type: 0,
    codec: only('server_name.server_name_list', vector(2, 'server_name.entry', serverNameEntry, { min: 1 })),
  } satisfies ExtensionKind<readonly ServerName[]>,
  /** What a server answers: it used the name. */
  serverNameUsed: { type: 0, codec: nothing } satisfies ExtensionKind<null>,
  supportedGroups: {
    type: 10,
    codec: only('extension.named_group_list', vector(2, 'named_group', group, { min: 2 })),
  } satisfies ExtensionKind<readonly number[]>,
  ecPointFormats: {
    type: 11,
    codec: only(
      'extension.ec_point_format_list',
      vector(
        1,
        'ec_point_format',
        uint(1, (format) => (format === 0 ? 'uncompressed (0)' : undefined)),
        { min: 1 },
      ),
    ),
  } satisfies ExtensionKind<readonly number[]>,
  signatureAlgorithms: { type: 13, codec: signatureAlgorithmsList } satisfies ExtensionKind<readonly number[]>,
  alpn: {
    type: 16,
    codec: only('extension.protocol_name_list', vector(2, 'protocol_name', protocolName, { min: 2 })),
  } satisfies ExtensionKind<readonly Bytes[]>,
  extendedMasterSecret: { type: 23, codec: nothing } satisfies ExtensionKind<null>,
  supportedVersions: {
    type: 43,
    codec: only('supported_versions.versions', vector(1, 'supported_version', version, { min: 2 })),
  } satisfies ExtensionKind<readonly number[]>,
  selectedVersion: {
    type: 43,
    codec: only('supported_versions.selected_version', version),
  } satisfies ExtensionKind<number>,
  cookie: { type: 44, codec: only('extension.cookie_value', opaque(2, { min: 1 })) } satisfies ExtensionKind<Bytes>,
  pskKeyExchangeModes: {
    type: 45,
    codec: only(
      'extension.ke_modes',
      vector(
        1,
        'psk_key_exchange_mode',
        uint(1, (mode) => (mode === 1 ? 'psk_dhe_ke (1)' : mode === 0 ? 'psk_ke (0)' : undefined)),
        { min: 1 },
      ),
    ),
  } satisfies ExtensionKind<readonly number[]>,
  certificateAuthorities: {
    type: 47,
    codec: only('extension.authorities', vector(2, 'distinguished_name', distinguishedName, { min: 3 })),
  } satisfies ExtensionKind<readonly Bytes[]>,
  signatureAlgorithmsCert: { type: 50, codec: signatureAlgorithmsList } satisfies ExtensionKind<readonly number[]>,
  keyShares: {
    type: 51,
    codec: only('key_share.client_shares', vector(2, 'key_share.entry', keyShareEntry)),
  } satisfies ExtensionKind<readonly KeyShareEntry[]>,
  keyShare: { type: 51, codec: only('key_share.server_share', keyShareEntry) } satisfies ExtensionKind<KeyShareEntry>,
  retryGroup: { type: 51, codec: only('key_share.selected_group', group) } satisfies ExtensionKind<number>,
  renegotiationInfo: {
    type: 65281,
    codec: only('extension.renegotiated_connection', opaque(1)),
  } satisfies ExtensionKind<Bytes>,
  maxEarlyData: {
    type: 42,
    codec: only('extension.max_early_data_size', uint(4)),
  } satisfies ExtensionKind<number>,
} as const;

export const CLIENT_HELLO_EXTENSIONS = extensionTable(
  EXT.serverName,
  EXT.supportedGroups,
  EXT.ecPointFormats,
  EXT.signatureAlgorithms,
  EXT.alpn,
  EXT.extendedMasterSecret,
  EXT.supportedVersions,
  EXT.cookie,
  EXT.pskKeyExchangeModes,
  EXT.certificateAuthorities,
  EXT.signatureAlgorithmsCert,
  EXT.keyShares,
  EXT.renegotiationInfo,
);
/** TLS 1.2 and 1.3 together: the version stands in one of them. */
export const SERVER_HELLO_EXTENSIONS = extensionTable(
  EXT.serverNameUsed,
  EXT.ecPointFormats,
  EXT.alpn,
  EXT.extendedMasterSecret,
  EXT.selectedVersion,
  EXT.keyShare,
  EXT.renegotiationInfo,
);
export const HELLO_RETRY_REQUEST_EXTENSIONS = extensionTable(EXT.selectedVersion, EXT.cookie, EXT.retryGroup);
export const ENCRYPTED_EXTENSIONS = extensionTable(EXT.serverNameUsed, EXT.supportedGroups, EXT.alpn);
export const CERTIFICATE_REQUEST_EXTENSIONS = extensionTable(
  EXT.signatureAlgorithms,
  EXT.certificateAuthorities,
  EXT.signatureAlgorithmsCert,
);
export const TICKET_EXTENSIONS = extensionTable(EXT.maxEarlyData);
export const NO_EXTENSIONS = extensionTable();

/** server_name of one DNS name. */
export const serverNames = (host: string): readonly ServerName[] => [{ type: 0, name: latin1(host) ?? EMPTY_BYTES }];

/** The first DNS name of a server_name extension. */
export function hostNameOf(names: readonly ServerName[] | undefined): string | undefined {
  const name = names?.find((entry) => entry.type === 0)?.name;
  return name === undefined ? undefined : fromLatin1(name);
}

export const protocolNames = (names: readonly string[]): readonly Bytes[] => names.map(utf8);
export const protocolText = (name: Bytes): string => fromUtf8(name) ?? fromLatin1(name);
