/** A DER writer: functions that return encoded elements, composed as the structure is. X.690. */
import { type Bytes, concatBytes, EMPTY_BYTES, fromBigInt, utf8 } from '../bytes.ts';
import { contextTag, TAG } from './read.ts';

/** Header and content of one element. */
export function derElement(tag: number, ...content: readonly Bytes[]): Bytes {
  let length = 0;
  for (const part of content) length += part.length;
  const header =
    length < 0x80
      ? Uint8Array.of(tag, length)
      : concatBytes(Uint8Array.of(tag, 0x80 | fromBigInt(BigInt(length)).length), fromBigInt(BigInt(length)));
  return concatBytes(header, ...content);
}

export const encodeSequence = (...parts: readonly Bytes[]): Bytes => derElement(TAG.sequence, ...parts);

/** SET OF: the elements in ascending order of their encodings. */
export function encodeSetOf(...parts: readonly Bytes[]): Bytes {
  return derElement(TAG.set, ...[...parts].sort(compareBytes));
}

function compareBytes(a: Bytes, b: Bytes): number {
  const shorter = Math.min(a.length, b.length);
  for (let i = 0; i < shorter; i++) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

/** A non-negative INTEGER. */
export function encodeInteger(value: bigint | number): Bytes {
  const bytes = fromBigInt(BigInt(value));
  return (bytes[0] ?? 0) >= 0x80 ? derElement(TAG.integer, Uint8Array.of(0), bytes) : derElement(TAG.integer, bytes);
}

export const encodeBoolean = (value: boolean): Bytes => derElement(TAG.boolean, Uint8Array.of(value ? 0xff : 0));
export const encodeNull = (): Bytes => derElement(TAG.null);
export const encodeOctets = (content: Bytes): Bytes => derElement(TAG.octetString, content);
export const encodeBits = (bytes: Bytes, unused = 0): Bytes => derElement(TAG.bitString, Uint8Array.of(unused), bytes);

/** BIT STRING of named bits (trailing zero bits dropped, as DER wants). */
export function encodeNamedBits(bits: readonly number[]): Bytes {
  if (bits.length === 0) return encodeBits(EMPTY_BYTES);
  const highest = Math.max(...bits);
  const bytes = new Uint8Array((highest >> 3) + 1);
  for (const bit of bits) bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) | (0x80 >> (bit & 7));
  return encodeBits(bytes, 7 - (highest & 7));
}

/** OBJECT IDENTIFIER from its dotted form. */
export function encodeOid(dotted: string): Bytes {
  const [first = 0n, second = 0n, ...rest] = dotted.split('.').map(BigInt);
  const bytes: number[] = [];
  for (const arc of [40n * first + second, ...rest]) {
    const digits = [Number(arc & 0x7fn)];
    for (let left = arc >> 7n; left > 0n; left >>= 7n) digits.unshift(0x80 | Number(left & 0x7fn));
    bytes.push(...digits);
  }
  return derElement(TAG.oid, Uint8Array.from(bytes));
}

/** EXPLICIT [n] around complete elements. */
export const encodeExplicit = (n: number, ...content: readonly Bytes[]): Bytes =>
  derElement(contextTag(n, true), ...content);

/** IMPLICIT [n] primitive content. */
export const encodeImplicit = (n: number, content: Bytes): Bytes => derElement(contextTag(n, false), content);

const PRINTABLE = /^[A-Za-z0-9 '()+,\-./:=?]*$/;

/** PrintableString where the characters allow it, else UTF8String: what Go's crypto/x509 writes. */
export const encodeDirectoryString = (text: string): Bytes =>
  derElement(PRINTABLE.test(text) ? TAG.printableString : TAG.utf8String, utf8(text));

export const encodeIa5 = (text: string): Bytes => derElement(TAG.ia5String, utf8(text));

/** What four digits of a year can say. */
const FIRST_TIME = Date.parse('0000-01-01T00:00:00Z');
const LAST_TIME = Date.parse('9999-12-31T23:59:59Z');

/**
 * UTCTime up to 2049, GeneralizedTime from 2050 on (RFC 5280 4.1.2.5); whole seconds. Later than the
 * year 9999 is for ever: the last second of it.
 */
export function encodeTime(ms: number): Bytes {
  const date = new Date(Math.min(Math.max(ms, FIRST_TIME), LAST_TIME));
  const two = (value: number): string => String(value).padStart(2, '0');
  const year = date.getUTCFullYear();
  const rest = `${two(date.getUTCMonth() + 1)}${two(date.getUTCDate())}${two(date.getUTCHours())}${two(date.getUTCMinutes())}${two(date.getUTCSeconds())}Z`;
  return year >= 1950 && year < 2050
    ? derElement(TAG.utcTime, utf8(two(year % 100) + rest))
    : derElement(TAG.generalizedTime, utf8(String(year).padStart(4, '0') + rest));
}
