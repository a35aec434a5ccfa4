/** What both versions of the server share. */
import { EXT, hostNameOf } from '../messages/extensionKinds.ts';
import { type Extension, extensionOf, extensionValue, hasExtension } from '../messages/extensions.ts';
import type { ClientHello } from '../messages/hello.ts';
import type { TlsServerConfig } from './config.ts';
import type { Connection } from './connection.ts';
import type { Parameters } from './parameters.ts';

/** Everything the version's own state machine needs. */
export interface ServerContext {
  readonly config: TlsServerConfig;
  readonly parameters: Parameters;
  readonly hello: ClientHello;
}

/** server_name, empty: the name was used. Only some say so. */
export const nameAcknowledgement = (conn: Connection, hello: ClientHello): readonly Extension[] =>
  conn.profile.acknowledgesName && hostNameOf(extensionValue(hello.extensions, EXT.serverName)) !== undefined
    ? [extensionOf(EXT.serverNameUsed, null)]
    : [];

/** Without a pre-shared key these must be there (9.2). */
export const lacksMandatory13 = (hello: ClientHello): boolean =>
  !hasExtension(hello.extensions, EXT.signatureAlgorithms) ||
  !hasExtension(hello.extensions, EXT.supportedGroups) ||
  !hasExtension(hello.extensions, EXT.keyShares);
