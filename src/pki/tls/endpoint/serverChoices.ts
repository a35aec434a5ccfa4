/** What a server chooses from a ClientHello: version, cipher suite, group, protocol. Each choice is noted. */
import { EXT, protocolText } from '../messages/extensionKinds.ts';
import { extensionValue } from '../messages/extensions.ts';
import type { ClientHello } from '../messages/hello.ts';
import { type CipherSuite, cipherSuiteText } from '../registry/cipherSuites.ts';
import { groupText, type NamedGroup } from '../registry/namedGroups.ts';
import { type SpokenVersion, TLS_VERSIONS, type TlsVersion, versionNumber, versionOf } from '../registry/versions.ts';
import type { TlsServerConfig } from './config.ts';
import { type Connection, decide, refuse } from './connection.ts';
import type { Parameters } from './parameters.ts';

const versionName = (version: TlsVersion): string => `TLS ${version}`;

/** Versions of a ClientHello: its list, or everything up to the legacy field (RFC 8446 4.2.1, D.2). */
function offeredVersions(hello: ClientHello): readonly TlsVersion[] {
  const listed = extensionValue(hello.extensions, EXT.supportedVersions);
  if (listed !== undefined) return listed.flatMap((number) => versionOf(number) ?? []);
  return TLS_VERSIONS.filter((version) => version !== '1.3' && versionNumber(version) <= hello.legacyVersion).reverse();
}

export function chooseVersion(conn: Connection, parameters: Parameters, hello: ClientHello): SpokenVersion | undefined {
  const offered = offeredVersions(hello);
  const chosen = parameters.versions.find((version) => offered.includes(version));
  decide(
    conn,
    'version',
    chosen === undefined ? undefined : versionName(chosen),
    offered.map(versionName),
    parameters.versions.map(versionName),
  );
  if (chosen === undefined) return refuse(conn, 'protocol_version', 'no-shared-version');
  if (chosen === '1.3' || chosen === '1.2') return chosen;
  return refuse(conn, 'protocol_version', 'version-not-modelled');
}

/** A suite of the version that both have; in TLS 1.2 one that the server's key can authenticate. */
export function chooseSuite(
  conn: Connection,
  parameters: Parameters,
  hello: ClientHello,
  version: SpokenVersion,
  authentication: 'ecdsa' | 'rsa' | undefined,
): CipherSuite | undefined {
  const own = parameters.suites.filter(
    (suite) =>
      suite.version === version && (suite.authentication === undefined || suite.authentication === authentication),
  );
  const isOffered = (suite: CipherSuite): boolean => hello.cipherSuites.includes(suite.id);
  const chosen =
    conn.profile.suiteOrder === 'server'
      ? own.find(isOffered)
      : hello.cipherSuites.flatMap((id) => own.find((suite) => suite.id === id) ?? [])[0];
  decide(
    conn,
    'cipher-suite',
    chosen?.name,
    hello.cipherSuites.map((id) => cipherSuiteText(id) ?? `0x${id.toString(16)}`),
    own.map((suite) => suite.name),
  );
  return chosen ?? refuse(conn, 'handshake_failure', 'no-shared-cipher-suite');
}

/** `shared`: groups that the client already sent a key share for (TLS 1.3). */
export function chooseGroup(
  conn: Connection,
  parameters: Parameters,
  hello: ClientHello,
  shared: readonly number[],
): NamedGroup | undefined {
  const offered = extensionValue(hello.extensions, EXT.supportedGroups);
  // TLS 1.2 without the extension: any group will do (RFC 8422 4).
  const common = parameters.groups.filter((group) => offered === undefined || offered.includes(group.id));
  const withShare = conn.profile.prefersKeyShare ? common.find((group) => shared.includes(group.id)) : undefined;
  const chosen = withShare ?? common[0];
  decide(
    conn,
    'group',
    chosen?.name,
    (offered ?? []).map((id) => groupText(id) ?? String(id)),
    parameters.groups.map((group) => group.name),
  );
  return chosen ?? refuse(conn, 'handshake_failure', 'no-shared-group');
}

export type ProtocolChoice = { readonly refused: true } | { readonly refused: false; readonly protocol?: string };

/** ALPN by the server's preference (RFC 7301 3.2). */
export function chooseProtocol(conn: Connection, config: TlsServerConfig, hello: ClientHello): ProtocolChoice {
  const offered = extensionValue(hello.extensions, EXT.alpn)?.map(protocolText);
  if (offered === undefined || config.alpn.length === 0) return { refused: false };
  const protocol = config.alpn.find((name) => offered.includes(name));
  decide(conn, 'alpn', protocol, offered, config.alpn);
  if (protocol !== undefined) return { refused: false, protocol };
  const fallsBack = conn.profile.alpnFallback && config.alpn.includes('h2') && offered.includes('http/1.1');
  if (conn.profile.alpnMismatch === 'ignore' || fallsBack) return { refused: false };
  refuse(conn, 'no_application_protocol', 'no-application-protocol');
  return { refused: true };
}
