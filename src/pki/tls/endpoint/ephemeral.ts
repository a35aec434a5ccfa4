/** Ephemeral keys of a side and what comes of them, noted step by step. */
import type { Bytes } from '../../../crypto/bytes.ts';
import { type EphemeralKey, ephemeralKey, type NamedGroup, sharedSecret } from '../registry/namedGroups.ts';
import { otherSide } from '../side.ts';
import { type Connection, refuse } from './connection.ts';

/** A fresh key of a group; the same connection always gets the same. */
export function ownEphemeralKey(conn: Connection, group: NamedGroup): EphemeralKey {
  const key = ephemeralKey(group, (length) => conn.entropy(`ephemeral ${group.name}`, length));
  const secret = { name: `${conn.side}_ephemeral_private`, value: key.secret } as const;
  conn.note({ output: secret, operation: { kind: 'random' }, inputs: [] });
  conn.note({
    output: { name: `${conn.side}_ephemeral_public`, value: key.publicKey },
    operation: { kind: 'public-key', group: group.name },
    inputs: [secret],
  });
  return key;
}

/** The shared secret; a peer value that is no key refuses the connection. */
export function agree(
  conn: Connection,
  own: EphemeralKey,
  peer: Bytes,
  name: 'shared_secret' | 'premaster_secret',
): Bytes | undefined {
  const value = sharedSecret(own, peer);
  if (value === undefined) return refuse(conn, 'illegal_parameter', 'key-share-invalid');
  conn.note({
    output: { name, value },
    operation: { kind: 'ecdh', group: own.group.name },
    inputs: [
      { name: `${conn.side}_ephemeral_private`, value: own.secret },
      { name: `${otherSide(conn.side)}_ephemeral_public`, value: peer },
    ],
  });
  return value;
}
