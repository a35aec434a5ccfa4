/**
 * The presentation language of TLS (RFC 8446 section 3) as combinators: one description of a
 * structure writes it, reads it and names its byte ranges. Values are plain; numbers of registries
 * stay numbers, so that what is unknown survives a round trip.
 */
import { err, ok, type Result } from '../../../base/result.ts';
import type { TlsFieldMeaning } from '../../../base/tlsVocabulary.ts';
import { type Bytes, concatBytes, toHex } from '../../../crypto/bytes.ts';
import type { Field } from './field.ts';
import { nameOfMeaning } from './field.ts';
import {
  atEnd,
  type DecodeFailure,
  failReading,
  type Reader,
  readBytes,
  readerOf,
  readField,
  readUint,
  readWithin,
} from './reader.ts';

export interface Codec<T> {
  encode(value: T, out: Bytes[]): void;
  decode(reader: Reader): T;
  /** Short text of a value for its field. */
  text(value: T): string;
}

/** Big-endian bytes of a number below 2^32. */
export function uintBytes(value: number, length: number): Bytes {
  const out = new Uint8Array(length);
  let left = value;
  for (let i = length - 1; i >= 0; i--) {
    out[i] = left % 256;
    left = Math.floor(left / 256);
  }
  return out;
}

/** Hex; of long values only the start, the bytes themselves are at hand. */
export const hexText = (bytes: Bytes): string =>
  bytes.length <= 48 ? toHex(bytes) : `${toHex(bytes.subarray(0, 32))}…`;

/** Unsigned integer; `name` gives the registered name of a value. */
export const uint = (length: number, name?: (value: number) => string | undefined): Codec<number> => ({
  encode: (value, out) => void out.push(uintBytes(value, length)),
  decode: (reader) => readUint(reader, length),
  text: (value) =>
    name === undefined ? String(value) : (name(value) ?? `0x${value.toString(16).padStart(2 * length, '0')}`),
});

/** An integer that may only be this one value. */
export const constant = (length: number, value: number, label: string): Codec<number> => ({
  encode: (_, out) => void out.push(uintBytes(value, length)),
  decode: (reader) => {
    const offset = reader.at;
    if (readUint(reader, length) !== value) failReading(reader, 'illegal-value', offset);
    return value;
  },
  text: () => label,
});

/** Exactly `length` bytes. */
export const fixed = (length: number): Codec<Bytes> => ({
  encode: (value, out) => void out.push(value),
  decode: (reader) => readBytes(reader, length),
  text: hexText,
});

/** Everything up to the end of what encloses it. */
export const rest: Codec<Bytes> = {
  encode: (value, out) => void out.push(value),
  decode: (reader) => readBytes(reader, reader.limit - reader.at),
  text: hexText,
};

function readLength(reader: Reader, lengthBytes: number, min: number, max: number): number {
  const offset = reader.at;
  const length = readField(reader, 'length', 'vector.length', () => readUint(reader, lengthBytes), String);
  if (length < min || length > max) failReading(reader, 'bad-length', offset);
  return length;
}

interface Bounds {
  /** In bytes. */
  readonly min?: number;
  readonly max?: number;
}

const opaqueField = (start: number, value: Bytes, text: string): Field => ({
  name: 'opaque',
  meaning: 'vector.opaque',
  value: text,
  start,
  end: start + value.length,
  children: [],
});

/** `opaque x<min..max>`: bytes behind their length. `inner` may annotate what is inside. */
export const opaque = (
  lengthBytes: number,
  bounds: Bounds = {},
  inner?: (bytes: Bytes, offset: number) => readonly Field[],
  text: (bytes: Bytes) => string = hexText,
): Codec<Bytes> => ({
  encode: (value, out) => void out.push(uintBytes(value.length, lengthBytes), value),
  decode: (reader) => {
    const length = readLength(reader, lengthBytes, bounds.min ?? 0, bounds.max ?? Number.POSITIVE_INFINITY);
    const offset = reader.at;
    const value = readBytes(reader, length);
    if (reader.failure !== undefined || length === 0) return value;
    const inside = inner?.(value, offset) ?? [];
    reader.fields.push(...(inside.length > 0 ? inside : [opaqueField(offset, value, text(value))]));
    return value;
  },
  text,
});

/** `T x<min..max>`: items behind their length in bytes, each a field of its own. */
export const vector = <T>(
  lengthBytes: number,
  meaning: TlsFieldMeaning,
  item: Codec<T>,
  bounds: Bounds = {},
): Codec<readonly T[]> => ({
  encode: (values, out) => {
    const parts: Bytes[] = [];
    for (const value of values) item.encode(value, parts);
    const content = concatBytes(...parts);
    out.push(uintBytes(content.length, lengthBytes), content);
  },
  decode: (reader) => {
    const length = readLength(reader, lengthBytes, bounds.min ?? 0, bounds.max ?? Number.POSITIVE_INFINITY);
    return readWithin(reader, length, () => {
      const values: T[] = [];
      while (!atEnd(reader))
        values.push(readField(reader, nameOfMeaning(meaning), meaning, () => item.decode(reader), item.text));
      return values;
    });
  },
  text: (values) => {
    const texts = values.map(item.text);
    const joined = texts.join(', ');
    return texts.some((text) => text === '') || joined.length > 120 ? String(values.length) : joined;
  },
});

interface MemberOf<T, K extends keyof T> {
  readonly key: K;
  readonly meaning: TlsFieldMeaning;
  /** A function where the encoding depends on members before it. */
  readonly codec: Codec<T[K]> | ((before: Partial<T>) => Codec<T[K]>);
}
export type Member<T> = { [K in keyof T]-?: MemberOf<T, K> }[keyof T];

/** Members in order. */
export const struct = <T extends object>(members: readonly Member<T>[], text?: (value: T) => string): Codec<T> => ({
  encode: (value, out) => {
    for (const member of members) encodeMember(member, value, out);
  },
  decode: (reader) => {
    const value: Partial<T> = {};
    for (const member of members) decodeMember(member, value, reader);
    // Every member has been set: a failed reader yields zeros, and its failure is looked at.
    return value as T;
  },
  text: text ?? (() => ''),
});

const codecOf = <T, K extends keyof T>(member: MemberOf<T, K>, before: Partial<T>): Codec<T[K]> =>
  typeof member.codec === 'function' ? member.codec(before) : member.codec;

function encodeMember<T, K extends keyof T>(member: MemberOf<T, K>, value: T, out: Bytes[]): void {
  codecOf(member, value).encode(value[member.key], out);
}

function decodeMember<T, K extends keyof T>(member: MemberOf<T, K>, value: Partial<T>, reader: Reader): void {
  const codec = codecOf(member, value);
  value[member.key] = readField(
    reader,
    nameOfMeaning(member.meaning),
    member.meaning,
    () => codec.decode(reader),
    codec.text,
  );
}

/** A vector or structure of one member, read as that member's value. */
export const only = <T>(meaning: TlsFieldMeaning, codec: Codec<T>): Codec<T> => ({
  encode: codec.encode,
  decode: (reader) => readField(reader, nameOfMeaning(meaning), meaning, () => codec.decode(reader), codec.text),
  text: codec.text,
});

/** No bytes at all. */
export const nothing: Codec<null> = { encode: () => undefined, decode: () => null, text: () => '' };

export function encodeWith<T>(codec: Codec<T>, value: T): Bytes {
  const out: Bytes[] = [];
  codec.encode(value, out);
  return concatBytes(...out);
}

export interface Decoded<T> {
  readonly value: T;
  readonly fields: readonly Field[];
}

/** Reads a structure that must fill the range. */
export function decodeWith<T>(
  codec: Pick<Codec<T>, 'decode'>,
  bytes: Bytes,
  start = 0,
  end = bytes.length,
): Result<Decoded<T>, DecodeFailure> {
  const reader = readerOf(bytes, start, end);
  const value = codec.decode(reader);
  if (reader.failure === undefined && !atEnd(reader)) failReading(reader, 'trailing-bytes');
  return reader.failure === undefined ? ok({ value, fields: reader.fields }) : err(reader.failure);
}
