/** How state machines wait for messages: by kind, everything else is unexpected. */
import type { Bytes } from '../../../crypto/bytes.ts';
import { type HandshakeKind, type HandshakeMessage, messageName } from '../messages/handshake.ts';
import { type Connection, refuse } from './connection.ts';
import type { Waiting } from './receive.ts';

export type Received<K extends HandshakeKind> = Extract<HandshakeMessage, { readonly kind: K }> & {
  readonly bytes: Bytes;
};

/** The next message, which must be of one of these kinds; else the connection is refused. Not yet in the transcript. */
export function* nextMessage<K extends HandshakeKind>(
  conn: Connection,
  ...kinds: readonly K[]
): Waiting<Received<K> | undefined> {
  const incoming = yield;
  const isWanted = (message: HandshakeMessage): message is Extract<HandshakeMessage, { readonly kind: K }> =>
    (kinds as readonly HandshakeKind[]).includes(message.kind);
  if (incoming.kind === 'handshake' && isWanted(incoming.message))
    return { ...incoming.message, bytes: incoming.bytes };
  return refuse(conn, 'unexpected_message', 'unexpected-message');
}

/** The same, taken into the transcript. */
export function* expectMessage<K extends HandshakeKind>(
  conn: Connection,
  ...kinds: readonly K[]
): Waiting<Received<K> | undefined> {
  const message = yield* nextMessage(conn, ...kinds);
  if (message !== undefined) takeIn(conn, message);
  return message;
}

/** TLS 1.2: the peer changes to its keys. */
export function* expectChangeCipherSpec(conn: Connection): Waiting<boolean> {
  const incoming = yield;
  if (incoming.kind === 'change_cipher_spec' && conn.handshakeInput.length === 0) return true;
  refuse(conn, 'unexpected_message', 'unexpected-message');
  return false;
}

/** Adds a received message to the transcript. */
export function takeIn(conn: Connection, message: HandshakeMessage & { readonly bytes: Bytes }): void {
  conn.transcript.add(messageName(message), message.bytes);
}
