/**
 * Reads bytes and remembers which range meant what. The first error sticks: from then on every read
 * yields zeros and the position stands at the end, so decoders need no checks between reads and
 * loops end; whoever asked looks at `failure` once. Nothing is thrown for any input.
 */

import type { TlsFieldMeaning } from '../../../base/tlsVocabulary.ts';
import { type Bytes, EMPTY_BYTES } from '../../../crypto/bytes.ts';
import type { Field } from './field.ts';

export interface DecodeFailure {
  /** `illegal-value` and `duplicate` are well-formed but forbidden (alert illegal_parameter). */
  readonly code: 'truncated' | 'trailing-bytes' | 'bad-length' | 'illegal-value' | 'duplicate';
  readonly offset: number;
}

export interface Reader {
  readonly bytes: Bytes;
  at: number;
  /** Reading stops here: the end of the innermost vector. */
  limit: number;
  failure: DecodeFailure | undefined;
  /** Fields of the structure being read. */
  fields: Field[];
}

export const readerOf = (bytes: Bytes, start = 0, end = bytes.length): Reader => ({
  bytes,
  at: start,
  limit: end,
  failure: undefined,
  fields: [],
});

export function failReading(reader: Reader, code: DecodeFailure['code'], offset = reader.at): void {
  reader.failure ??= { code, offset };
  reader.at = reader.limit;
}

export const atEnd = (reader: Reader): boolean => reader.at >= reader.limit;

/** Big-endian unsigned integer of 1 to 4 bytes. */
export function readUint(reader: Reader, length: number): number {
  if (reader.limit - reader.at < length) {
    failReading(reader, 'truncated');
    return 0;
  }
  let value = 0;
  for (let i = 0; i < length; i++) value = value * 256 + (reader.bytes[reader.at + i] ?? 0);
  reader.at += length;
  return value;
}

export function readBytes(reader: Reader, length: number): Bytes {
  if (reader.limit - reader.at < length) {
    failReading(reader, 'truncated');
    return EMPTY_BYTES;
  }
  const bytes = reader.bytes.subarray(reader.at, reader.at + length);
  reader.at += length;
  return bytes;
}

/** Runs `body` on the next `length` bytes; what it leaves over is an error. */
export function readWithin<T>(reader: Reader, length: number, body: () => T): T {
  const outer = reader.limit;
  if (outer - reader.at < length) failReading(reader, 'truncated');
  else reader.limit = reader.at + length;
  const value = body();
  if (reader.at < reader.limit) failReading(reader, 'trailing-bytes');
  reader.limit = outer;
  if (reader.failure !== undefined) reader.at = outer;
  return value;
}

/** Runs `body` and records what it read as one field; fields recorded inside become its children. */
export function readField<T>(
  reader: Reader,
  name: string,
  meaning: TlsFieldMeaning,
  body: () => T,
  text: (value: T) => string,
): T {
  const outer = reader.fields;
  const start = reader.at;
  reader.fields = [];
  const value = body();
  const children = reader.fields;
  reader.fields = outer;
  if (reader.failure === undefined) outer.push({ name, meaning, value: text(value), start, end: reader.at, children });
  return value;
}
