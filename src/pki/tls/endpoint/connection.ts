/**
 * The state of one end of a connection and what its state machine does to the outside: send
 * messages, change keys, note computations and decisions, refuse. No state machine here.
 */

import type { TlsDecisionTopic, TlsFailureReason } from '../../../base/tlsVocabulary.ts';
import { type Bytes, concatBytes, EMPTY_BYTES } from '../../../crypto/bytes.ts';
import { hexText } from '../codec/codec.ts';
import type { Field } from '../codec/field.ts';
import type { Note } from '../keys/computation.ts';
import type { Entropy } from '../keys/entropy.ts';
import { type KeyLogLabel, keyLogLine } from '../keys/keyLog.ts';
import { type Transcript, transcript } from '../keys/transcript.ts';
import {
  type BodyOf,
  decodeHandshake,
  encodeHandshake,
  type HandshakeKind,
  messageName,
} from '../messages/handshake.ts';
import { type Protection, protection12, protection13, type TrafficKeys } from '../record/protection.ts';
import { type ContentType, MAX_FRAGMENT, recordBytes, recordFields, type WireRecord } from '../record/records.ts';
import { ALERTS, type AlertName } from '../registry/alerts.ts';
import type { SpokenVersion } from '../registry/versions.ts';
import { otherSide, type Side } from '../side.ts';
import type { Epoch, HandshakeEvent, SideOutcome } from './events.ts';
import type { Profile } from './profiles.ts';

export interface Connection {
  readonly side: Side;
  readonly profile: Profile;
  readonly entropy: Entropy;
  readonly emit: (event: HandshakeEvent) => void;
  readonly note: Note;
  readonly transcript: Transcript;
  /** Undefined until it is negotiated. */
  version: SpokenVersion | undefined;
  outcome: SideOutcome;
  readProtection: Protection | undefined;
  writeProtection: Protection | undefined;
  /** The first record of a client says TLS 1.0 (RFC 8446 5.1). */
  hasWritten: boolean;
  sentCompatibilityCcs: boolean;
  clientRandom: Bytes;
  /** Bytes to send. */
  output: Bytes[];
  /** Bytes received, not yet a whole record. */
  input: Bytes;
  /** Handshake bytes received, not yet a whole message. */
  handshakeInput: Bytes;
  /** Application data received. */
  received: Bytes[];
  readonly keyLog: string[];
}

export function connection(
  side: Side,
  profile: Profile,
  entropy: Entropy,
  emit: (event: HandshakeEvent) => void,
): Connection {
  return {
    side,
    profile,
    entropy,
    emit,
    note: (computation) => emit({ kind: 'computation', by: side, ...computation }),
    transcript: transcript(),
    version: undefined,
    outcome: { kind: 'handshaking' },
    readProtection: undefined,
    writeProtection: undefined,
    hasWritten: false,
    sentCompatibilityCcs: false,
    clientRandom: EMPTY_BYTES,
    output: [],
    input: EMPTY_BYTES,
    handshakeInput: EMPTY_BYTES,
    received: [],
    keyLog: [],
  };
}

/** Will it still read and write? */
export const isAlive = ({ outcome }: Connection): boolean =>
  outcome.kind === 'handshaking' || outcome.kind === 'established';

export const isEstablished = ({ outcome }: Connection): boolean => outcome.kind === 'established';

export function settle(conn: Connection, outcome: SideOutcome): void {
  conn.outcome = outcome;
  conn.emit({ kind: 'outcome', by: conn.side, outcome });
}

export function decide(
  conn: Connection,
  topic: TlsDecisionTopic,
  chosen: string | undefined,
  offered: readonly string[],
  supported: readonly string[],
): void {
  conn.emit({
    kind: 'decision',
    by: conn.side,
    topic,
    ...(chosen === undefined ? {} : { chosen }),
    offered,
    supported,
  });
}

const protectionOf = (version: SpokenVersion, keys: TrafficKeys): Protection =>
  version === '1.3' ? protection13(keys) : protection12(keys);

export function writeWith(conn: Connection, version: SpokenVersion, keys: TrafficKeys): void {
  conn.writeProtection = protectionOf(version, keys);
}

/** Messages of two epochs never share a record: what is left over under the old keys is an error. */
export function readWith(conn: Connection, version: SpokenVersion, keys: TrafficKeys): boolean {
  if (conn.handshakeInput.length > 0) {
    refuse(conn, 'unexpected_message', 'unexpected-message');
    return false;
  }
  conn.readProtection = protectionOf(version, keys);
  return true;
}

function epochOf(protection: Protection | undefined): Epoch {
  if (protection === undefined) return 'plaintext';
  const name = protection.keys.name;
  return name.endsWith('_handshake') ? 'handshake' : name.endsWith('_application') ? 'application' : 'tls12';
}

function toRecords(conn: Connection, type: ContentType, content: Bytes): readonly WireRecord[] {
  const records: WireRecord[] = [];
  for (let at = 0; at === 0 || at < content.length; at += MAX_FRAGMENT) {
    const fragment = content.subarray(at, at + MAX_FRAGMENT);
    if (conn.writeProtection !== undefined && type !== 'change_cipher_spec')
      records.push(conn.writeProtection.seal(type, fragment));
    else {
      const legacy = conn.side === 'client' && !conn.hasWritten ? 0x0301 : 0x0303;
      const bytes = recordBytes(type, legacy, fragment);
      records.push({ bytes, fields: recordFields(bytes, false, 0) });
    }
  }
  return records;
}

function send(conn: Connection, content: ContentType, name: string, plain: Bytes, fields: readonly Field[]): void {
  const records = toRecords(conn, content, plain);
  conn.hasWritten = true;
  for (const record of records) conn.output.push(record.bytes);
  const epoch = content === 'change_cipher_spec' ? 'plaintext' : epochOf(conn.writeProtection);
  conn.emit({ kind: 'message', from: conn.side, content, name, epoch, plain, fields, records });
}

/** Sends a handshake message and takes it into the transcript. */
export function sendHandshake<K extends HandshakeKind>(conn: Connection, kind: K, body: BodyOf<K>): void {
  const bytes = encodeHandshake(kind, body);
  const decoded = decodeHandshake(bytes, conn.version ?? '1.3');
  // Reading our own message back gives its fields; what cannot be read back would be our bug, or a
  // configuration that no message can express, and goes out without annotation.
  const name = decoded.ok ? messageName(decoded.value.message) : kind;
  conn.transcript.add(name, bytes);
  send(conn, 'handshake', name, bytes, decoded.ok ? decoded.value.fields : []);
}

const oneByte = (meaning: Field['meaning'], name: string, value: string, at: number): Field => ({
  name,
  meaning,
  value,
  start: at,
  end: at + 1,
  children: [],
});

export function sendChangeCipherSpec(conn: Connection): void {
  send(conn, 'change_cipher_spec', 'change_cipher_spec', Uint8Array.of(1), [
    oneByte('change_cipher_spec.type', 'type', 'change_cipher_spec (1)', 0),
  ]);
}

/** The dummy of TLS 1.3 that middleboxes want to see, once (RFC 8446 D.4). */
export function sendCompatibilityCcs(conn: Connection): void {
  if (conn.sentCompatibilityCcs) return;
  conn.sentCompatibilityCcs = true;
  sendChangeCipherSpec(conn);
}

export function sendAlert(conn: Connection, alert: AlertName): void {
  const level = alert === 'close_notify' || alert === 'user_canceled' ? 1 : 2;
  send(conn, 'alert', 'alert', Uint8Array.of(level, ALERTS[alert]), [
    oneByte('alert.level', 'level', level === 1 ? 'warning (1)' : 'fatal (2)', 0),
    oneByte('alert.description', 'description', `${alert} (${ALERTS[alert]})`, 1),
  ]);
}

export function sendApplicationData(conn: Connection, data: Bytes): void {
  send(conn, 'application_data', 'application_data', data, [
    {
      name: 'data',
      meaning: 'application_data.data',
      value: hexText(data),
      start: 0,
      end: data.length,
      children: [],
    },
  ]);
}

/** Ends the connection with a fatal alert, or with none. */
export function refuse(
  conn: Connection,
  alert: AlertName | undefined,
  reason: TlsFailureReason,
  detail?: string,
): undefined {
  if (!isAlive(conn)) return undefined;
  if (alert !== undefined) sendAlert(conn, alert);
  settle(conn, {
    kind: 'refused-peer',
    ...(alert === undefined ? {} : { alert }),
    reason,
    ...(detail === undefined ? {} : { detail }),
    late: isEstablished(conn),
  });
  return undefined;
}

export function logKey(conn: Connection, label: KeyLogLabel, secret: Bytes): void {
  conn.keyLog.push(keyLogLine(label, conn.clientRandom, secret));
}

/** Takes the bytes that are to be sent. */
export function takeOutput(conn: Connection): Bytes {
  const bytes = concatBytes(...conn.output);
  conn.output = [];
  return bytes;
}

export const peerOf = (conn: Connection): Side => otherSide(conn.side);
