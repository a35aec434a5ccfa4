/**
 * Extensions: a list of (type, opaque data) whose data is read by the table of the message it stands
 * in, because the same type has other contents in other messages (RFC 8446 4.2). Unknown types stay
 * bytes. Known ones are checked whenever a list is read, so that `extensionValue` cannot fail later.
 */

import type { TlsFieldMeaning } from '../../../base/tlsVocabulary.ts';
import type { Bytes } from '../../../crypto/bytes.ts';
import { type Codec, decodeWith, encodeWith, hexText, uintBytes } from '../codec/codec.ts';
import { atEnd, failReading, type Reader, readBytes, readField, readUint, readWithin } from '../codec/reader.ts';

export interface Extension {
  readonly type: number;
  readonly data: Bytes;
}

/** What an extension holds in one kind of message. */
export interface ExtensionKind<T> {
  readonly type: number;
  readonly codec: Codec<T>;
}

/** Decoders by type: the extensions that a message may hold and that are understood here. */
export type ExtensionTable = ReadonlyMap<number, Pick<Codec<unknown>, 'decode'>>;

export const extensionTable = (
  ...kinds: readonly { readonly type: number; readonly codec: Pick<Codec<unknown>, 'decode'> }[]
): ExtensionTable => new Map(kinds.map((kind) => [kind.type, kind.codec]));

/** Registered names (IANA TLS ExtensionType Values). */
const NAMES: Readonly<Record<number, TlsFieldMeaning>> = {
  0: 'extension.server_name',
  5: 'extension.status_request',
  10: 'extension.supported_groups',
  11: 'extension.ec_point_formats',
  13: 'extension.signature_algorithms',
  16: 'extension.application_layer_protocol_negotiation',
  18: 'extension.signed_certificate_timestamp',
  21: 'extension.padding',
  22: 'extension.encrypt_then_mac',
  23: 'extension.extended_master_secret',
  28: 'extension.record_size_limit',
  35: 'extension.session_ticket',
  41: 'extension.pre_shared_key',
  42: 'extension.early_data',
  43: 'extension.supported_versions',
  44: 'extension.cookie',
  45: 'extension.psk_key_exchange_modes',
  47: 'extension.certificate_authorities',
  49: 'extension.post_handshake_auth',
  50: 'extension.signature_algorithms_cert',
  51: 'extension.key_share',
  65281: 'extension.renegotiation_info',
};

const meaningOf = (type: number): TlsFieldMeaning => NAMES[type] ?? 'extension.unknown';

/** Registered name of an extension type. */
export const extensionName = (type: number): string | undefined => NAMES[type]?.slice('extension.'.length);

const typeText = (type: number): string => `${extensionName(type) ?? 'unknown'} (${type})`;

function readExtension(reader: Reader, table: ExtensionTable): Extension {
  const type = readField(reader, 'extension_type', 'extension.type', () => readUint(reader, 2), typeText);
  const length = readField(reader, 'length', 'vector.length', () => readUint(reader, 2), String);
  const start = reader.at;
  const decoder = table.get(type);
  if (decoder === undefined)
    return {
      type,
      data: readField(reader, 'extension_data', 'extension.data', () => readBytes(reader, length), hexText),
    };
  readWithin(reader, length, () => decoder.decode(reader));
  return { type, data: reader.bytes.subarray(start, reader.at) };
}

/** `Extension extensions<0..2^16-1>`; `optional`: the whole vector may be missing (before TLS 1.3). */
export const extensionList = (table: ExtensionTable, optional = false): Codec<readonly Extension[]> => ({
  encode: (extensions, out) => {
    if (optional && extensions.length === 0) return;
    const length = extensions.reduce((sum, extension) => sum + 4 + extension.data.length, 0);
    out.push(uintBytes(length, 2));
    for (const { type, data } of extensions) out.push(uintBytes(type, 2), uintBytes(data.length, 2), data);
  },
  decode: (reader) => {
    if (optional && atEnd(reader)) return [];
    const length = readField(reader, 'length', 'vector.length', () => readUint(reader, 2), String);
    return readWithin(reader, length, () => {
      const extensions: Extension[] = [];
      while (!atEnd(reader)) {
        const offset = reader.at;
        const meaning = meaningOf(reader.limit - offset < 2 ? -1 : peekUint16(reader));
        const name = meaning.slice('extension.'.length);
        const extension = readField(
          reader,
          name,
          meaning,
          () => readExtension(reader, table),
          () => '',
        );
        if (reader.failure === undefined && extensions.some(({ type }) => type === extension.type))
          failReading(reader, 'duplicate', offset);
        extensions.push(extension);
      }
      return extensions;
    });
  },
  text: (extensions) => String(extensions.length),
});

const peekUint16 = (reader: Reader): number =>
  (reader.bytes[reader.at] ?? 0) * 256 + (reader.bytes[reader.at + 1] ?? 0);

export const hasExtension = (extensions: readonly Extension[], kind: { readonly type: number }): boolean =>
  extensions.some((extension) => extension.type === kind.type);

/** The value of an extension of a list that has been read, or undefined when it is absent. */
export function extensionValue<T>(extensions: readonly Extension[], kind: ExtensionKind<T>): T | undefined {
  const found = extensions.find((extension) => extension.type === kind.type);
  const decoded = found === undefined ? undefined : decodeWith(kind.codec, found.data);
  return decoded?.ok === true ? decoded.value.value : undefined;
}

export const extensionOf = <T>(kind: ExtensionKind<T>, value: T): Extension => ({
  type: kind.type,
  data: encodeWith(kind.codec, value),
});
