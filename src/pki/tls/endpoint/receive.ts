/**
 * Bytes -> records -> messages: splits and opens records, puts handshake messages together, hands
 * them to the state machine, deals with alerts and the dummy change_cipher_spec. Records are opened
 * one at a time, because a message may change the keys of the next (RFC 8446 5, RFC 5246 6).
 */
import { type Bytes, concatBytes, EMPTY_BYTES, fromLatin1 } from '../../../crypto/bytes.ts';
import type { DecodeFailure } from '../codec/reader.ts';
import { decodeHandshake, type HandshakeMessage, handshakeLength } from '../messages/handshake.ts';
import { type ContentType, contentTypeOf, MAX_FRAGMENT, RECORD_HEADER_LENGTH } from '../record/records.ts';
import { alertName } from '../registry/alerts.ts';
import { type Connection, isAlive, isEstablished, peerOf, refuse, sendAlert, settle } from './connection.ts';

export type Incoming =
  | { readonly kind: 'handshake'; readonly message: HandshakeMessage; readonly bytes: Bytes }
  | { readonly kind: 'change_cipher_spec' };

/** Part of a state machine: asks for the next message by yielding, ends with a value. */
export type Waiting<T> = Generator<undefined, T, Incoming>;
/** A whole state machine. */
export type Flow = Waiting<void>;

/** Longest handshake message taken; certificate chains stay far below. */
const MAX_HANDSHAKE = 1 << 18;

const HTTP_METHODS = ['GET ', 'POST ', 'HEAD ', 'PUT '];

/** Processes bytes from the peer. */
export function receiveBytes(conn: Connection, flow: Flow, bytes: Bytes): void {
  conn.input = concatBytes(conn.input, bytes);
  while (isAlive(conn)) {
    const record = takeRecord(conn);
    if (record === undefined) return;
    receiveRecord(conn, flow, record);
  }
}

/** The next whole record of the input. */
function takeRecord(conn: Connection): Bytes | undefined {
  const { input } = conn;
  if (input.length < RECORD_HEADER_LENGTH) return undefined;
  const type = contentTypeOf(input[0] ?? 0);
  if (type === undefined || input[1] !== 3) {
    const start = fromLatin1(input.subarray(0, 5));
    if (conn.side === 'server' && !conn.hasWritten && HTTP_METHODS.some((method) => start.startsWith(method)))
      return refuse(conn, undefined, 'http-request');
    return refuse(conn, 'protocol_version', 'not-tls');
  }
  const length = (input[3] ?? 0) * 256 + (input[4] ?? 0);
  const most = conn.readProtection === undefined ? MAX_FRAGMENT : MAX_FRAGMENT + (conn.version === '1.3' ? 256 : 2048);
  if (length > most) return refuse(conn, 'record_overflow', 'record-overflow');
  const end = RECORD_HEADER_LENGTH + length;
  if (input.length < end) return undefined;
  conn.input = input.subarray(end);
  return input.subarray(0, end);
}

function receiveRecord(conn: Connection, flow: Flow, record: Bytes): void {
  const outerType = contentTypeOf(record[0] ?? 0);
  const fragment = record.subarray(RECORD_HEADER_LENGTH);
  if (outerType === 'change_cipher_spec' && conn.version === '1.3') {
    // The dummy counts for nothing, but it may only come during the handshake.
    if (fragment.length !== 1 || fragment[0] !== 1 || isEstablished(conn))
      refuse(conn, 'unexpected_message', 'unexpected-message');
    return;
  }
  const readsInTheClear =
    conn.readProtection === undefined ||
    (outerType === 'alert' && conn.version === '1.3' && conn.profile.readsPlaintextAlert && fragment.length === 2);
  const opened = readsInTheClear ? { type: outerType, content: fragment } : conn.readProtection?.open(record);
  if (opened === undefined || (conn.version === '1.3' && !readsInTheClear && outerType !== 'application_data')) {
    refuse(conn, 'bad_record_mac', 'record-unreadable');
    return;
  }
  if (opened.content.length > MAX_FRAGMENT) refuse(conn, 'record_overflow', 'record-overflow');
  else receiveContent(conn, flow, opened.type, opened.content);
}

function receiveContent(conn: Connection, flow: Flow, type: ContentType | undefined, content: Bytes): void {
  // A message that is spread over records may not be interrupted (RFC 8446 5.1).
  if (type !== 'handshake' && conn.handshakeInput.length > 0) {
    refuse(conn, 'unexpected_message', 'unexpected-message');
    return;
  }
  switch (type) {
    case 'handshake':
      if (content.length === 0) refuse(conn, 'unexpected_message', 'unexpected-message');
      conn.handshakeInput = concatBytes(conn.handshakeInput, content);
      receiveHandshakes(conn, flow);
      return;
    case 'alert':
      receiveAlert(conn, content);
      return;
    case 'application_data':
      if (isEstablished(conn)) conn.received.push(content);
      else refuse(conn, 'unexpected_message', 'unexpected-message');
      return;
    case 'change_cipher_spec':
      if (content.length === 1 && content[0] === 1) flow.next({ kind: 'change_cipher_spec' });
      else refuse(conn, 'unexpected_message', 'unexpected-message');
      return;
    case undefined:
      refuse(conn, 'unexpected_message', 'unexpected-message');
  }
}

function receiveHandshakes(conn: Connection, flow: Flow): void {
  while (isAlive(conn)) {
    const length = handshakeLength(conn.handshakeInput);
    if (length !== undefined && length > MAX_HANDSHAKE) {
      refuse(conn, 'illegal_parameter', 'malformed-message');
      return;
    }
    if (length === undefined || conn.handshakeInput.length < length) return;
    const bytes = conn.handshakeInput.subarray(0, length);
    const left = conn.handshakeInput.subarray(length);
    conn.handshakeInput = left.length === 0 ? EMPTY_BYTES : left;
    const decoded = decodeHandshake(bytes, conn.version ?? '1.3');
    if (decoded.ok) flow.next({ kind: 'handshake', message: decoded.value.message, bytes });
    else refuseMalformed(conn, decoded.error);
  }
}

function refuseMalformed(conn: Connection, failure: DecodeFailure): void {
  const illegal = failure.code === 'illegal-value' || failure.code === 'duplicate';
  refuse(conn, illegal ? 'illegal_parameter' : 'decode_error', illegal ? 'illegal-parameter' : 'malformed-message');
}

function receiveAlert(conn: Connection, content: Bytes): void {
  const [level, description] = content;
  if (content.length !== 2 || level === undefined || description === undefined) {
    refuse(conn, 'decode_error', 'malformed-message');
    return;
  }
  const alert = alertName(description) ?? description;
  if (alert === 'close_notify') {
    // Both directions close; an answer is due unless one was sent (RFC 8446 6.1).
    if (isEstablished(conn)) sendAlert(conn, 'close_notify');
    settle(
      conn,
      isEstablished(conn) ? { kind: 'closed', by: peerOf(conn) } : { kind: 'alert-received', alert, late: false },
    );
    return;
  }
  const harmless = alert === 'user_canceled' || (level === 1 && conn.version !== '1.3');
  if (!harmless) settle(conn, { kind: 'alert-received', alert, late: isEstablished(conn) });
}
