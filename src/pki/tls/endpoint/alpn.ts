/** What a client makes of the server's answer to its protocol names (RFC 7301 3.1). */
import type { Bytes } from '../../../crypto/bytes.ts';
import { protocolText } from '../messages/extensionKinds.ts';
import { type Connection, decide, refuse } from './connection.ts';

/** Exactly one protocol, of those offered; else the connection is refused. */
export function checkAlpn(conn: Connection, offered: readonly string[], answer: readonly Bytes[] | undefined): boolean {
  const [protocol, ...more] = (answer ?? []).map(protocolText);
  if (answer !== undefined && (protocol === undefined || more.length > 0 || !offered.includes(protocol))) {
    refuse(conn, 'illegal_parameter', 'illegal-parameter');
    return false;
  }
  if (offered.length > 0) decide(conn, 'alpn', protocol, offered, []);
  return true;
}
