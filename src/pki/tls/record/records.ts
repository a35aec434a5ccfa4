/** Records (RFC 8446 5.1): content types, limits, and the fields of what is on the wire. */

import type { Bytes } from '../../../crypto/bytes.ts';
import { concatBytes } from '../../../crypto/bytes.ts';
import { hexText, uintBytes } from '../codec/codec.ts';
import type { Field } from '../codec/field.ts';
import type { CipherSuite } from '../registry/cipherSuites.ts';
import { versionText } from '../registry/versions.ts';

export const CONTENT_TYPES = { change_cipher_spec: 20, alert: 21, handshake: 22, application_data: 23 } as const;
export type ContentType = keyof typeof CONTENT_TYPES;

const NAMES = new Map<number, ContentType>(
  Object.entries(CONTENT_TYPES).map(([name, number]) => [number, name as ContentType]),
);
export const contentTypeOf = (number: number): ContentType | undefined => NAMES.get(number);

export const RECORD_HEADER_LENGTH = 5;
/** Most plaintext of one record. */
export const MAX_FRAGMENT = 1 << 14;

export function recordBytes(type: ContentType, version: number, fragment: Bytes): Bytes {
  return concatBytes(uintBytes(CONTENT_TYPES[type], 1), uintBytes(version, 2), uintBytes(fragment.length, 2), fragment);
}

export const contentTypeText = (type: ContentType): string => `${type} (${CONTENT_TYPES[type]})`;

/** How a record was protected: what a peer needs to open it, and nobody else has. */
export interface RecordProtection {
  /** Which keys, e.g. `client_handshake`. */
  readonly keys: KeySetName;
  readonly sequence: number;
  readonly aead: CipherSuite['aead'];
  readonly key: Bytes;
  readonly nonce: Bytes;
  readonly additionalData: Bytes;
  /** What was sealed: in TLS 1.3 the content, its type and padding. */
  readonly plaintext: Bytes;
}

export type KeySetName =
  | 'client_handshake'
  | 'server_handshake'
  | 'client_application'
  | 'server_application'
  /** TLS 1.2: one set a direction. */
  | 'client_write'
  | 'server_write';

/** One record as it travels. */
export interface WireRecord {
  readonly bytes: Bytes;
  /** What anybody on the wire can tell: header, and lengths of the rest. */
  readonly fields: readonly Field[];
  /** Absent: in the clear. */
  readonly protection?: RecordProtection;
}

/** Fields of a record's bytes as an eavesdropper reads them. `explicitNonce`: TLS 1.2 AES-GCM. */
export function recordFields(record: Bytes, sealed: boolean, explicitNonce: number): readonly Field[] {
  const type = contentTypeOf(record[0] ?? 0);
  const version = (record[1] ?? 0) * 256 + (record[2] ?? 0);
  const header: Field[] = [
    field('record.type', type === undefined ? String(record[0]) : contentTypeText(type), 0, 1),
    field('record.legacy_record_version', versionText(version) ?? version.toString(16), 1, 3),
    field('record.length', String(record.length - RECORD_HEADER_LENGTH), 3, RECORD_HEADER_LENGTH),
  ];
  const start = RECORD_HEADER_LENGTH;
  const part = (meaning: Field['meaning'], from: number, to: number): Field =>
    field(meaning, hexText(record.subarray(from, to)), from, to);
  if (!sealed) return [...header, part('record.fragment', start, record.length)];
  const tag = record.length - 16;
  return [
    ...header,
    ...(explicitNonce > 0 ? [part('record.nonce_explicit', start, start + explicitNonce)] : []),
    part('record.encrypted_record', start + explicitNonce, tag),
    part('record.authentication_tag', tag, record.length),
  ];
}

const field = (meaning: Field['meaning'], value: string, start: number, end: number): Field => ({
  name: meaning.slice(meaning.indexOf('.') + 1),
  meaning,
  value,
  start,
  end,
  children: [],
});
