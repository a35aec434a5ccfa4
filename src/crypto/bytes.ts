/**
 * Byte helpers and text encodings, without the DOM: hex, base64,
 * base64url, UTF-8, Latin-1. Decoders return undefined for text that is not the encoding, because
 * what they read was typed by a user. Authority: RFC 4648, RFC 3629.
 */
export type Bytes = Uint8Array;

export const EMPTY_BYTES: Bytes = new Uint8Array(0);

/** All parts one after another. */
export function concatBytes(...parts: readonly Bytes[]): Bytes {
  let length = 0;
  for (const part of parts) length += part.length;
  const out = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

export function equalBytes(a: Bytes, b: Bytes): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

const HEX_BYTE = Array.from({ length: 256 }, (_, value) => value.toString(16).padStart(2, '0'));

/** Lower-case hex. */
export function toHex(bytes: Bytes): string {
  let out = '';
  for (const byte of bytes) out += HEX_BYTE[byte] ?? '';
  return out;
}

/** Bytes of plain hex (no separators), or undefined. */
export function fromHex(text: string): Bytes | undefined {
  if (text.length % 2 !== 0 || !/^[0-9a-fA-F]*$/.test(text)) return undefined;
  const out = new Uint8Array(text.length / 2);
  for (let i = 0; i < out.length; i++) out[i] = Number.parseInt(text.slice(2 * i, 2 * i + 2), 16);
  return out;
}

const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const BASE64_URL = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

const decodingTable = (alphabet: string): Int8Array => {
  const table = new Int8Array(128).fill(-1);
  for (let i = 0; i < alphabet.length; i++) table[alphabet.charCodeAt(i)] = i;
  return table;
};
const BASE64_VALUES = decodingTable(BASE64);
const BASE64_URL_VALUES = decodingTable(BASE64_URL);

function encode64(bytes: Bytes, alphabet: string, pad: boolean): string {
  let out = '';
  for (let i = 0; i < bytes.length; i += 3) {
    const left = bytes.length - i;
    const group = ((bytes[i] ?? 0) << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
    out += alphabet.charAt(group >> 18) + alphabet.charAt((group >> 12) & 63);
    if (left > 1) out += alphabet.charAt((group >> 6) & 63);
    else if (pad) out += '=';
    if (left > 2) out += alphabet.charAt(group & 63);
    else if (pad) out += '=';
  }
  return out;
}

function decode64(digits: string, values: Int8Array): Bytes | undefined {
  if (digits.length % 4 === 1) return undefined;
  const out = new Uint8Array(Math.floor((digits.length * 3) / 4));
  let at = 0;
  let buffer = 0;
  let bits = 0;
  for (let i = 0; i < digits.length; i++) {
    const value = values[digits.charCodeAt(i)] ?? -1;
    if (value < 0) return undefined;
    buffer = ((buffer << 6) | value) & 0xffff;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      out[at++] = (buffer >> bits) & 0xff;
    }
  }
  return out;
}

/** Padded standard base64 on one line. */
export const toBase64 = (bytes: Bytes): string => encode64(bytes, BASE64, true);

/** Unpadded base64url, as JOSE writes it. */
export const toBase64Url = (bytes: Bytes): string => encode64(bytes, BASE64_URL, false);

/** Standard base64; white space is skipped, padding must be right. */
export function fromBase64(text: string): Bytes | undefined {
  const compact = text.replace(/[\t\n\r ]+/g, '');
  if (compact.length % 4 !== 0) return undefined;
  return decode64(compact.replace(/={1,2}$/, ''), BASE64_VALUES);
}

/** Base64url without padding and without white space. */
export const fromBase64Url = (text: string): Bytes | undefined => decode64(text, BASE64_URL_VALUES);

const ENCODER = new TextEncoder();
const STRICT_DECODER = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** UTF-8 bytes; lone surrogates become U+FFFD as everywhere on the web. */
export const utf8 = (text: string): Bytes => ENCODER.encode(text);

/** Text of well-formed UTF-8, else undefined (overlong forms and surrogates are refused). */
export function fromUtf8(bytes: Bytes): string | undefined {
  try {
    return STRICT_DECODER.decode(bytes);
  } catch {
    return undefined;
  }
}

/** One character per byte (ASCII and Latin-1 text). */
export function fromLatin1(bytes: Bytes): string {
  let out = '';
  for (const byte of bytes) out += String.fromCharCode(byte);
  return out;
}

/** One byte per character; characters above U+00FF are refused. */
export function latin1(text: string): Bytes | undefined {
  const out = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code > 0xff) return undefined;
    out[i] = code;
  }
  return out;
}

/** Big-endian unsigned integer. */
export function toBigInt(bytes: Bytes): bigint {
  return bytes.length === 0 ? 0n : BigInt(`0x${toHex(bytes)}`);
}

/** Big-endian bytes of a non-negative integer, left-padded to `length` (or as short as possible). */
export function fromBigInt(value: bigint, length?: number): Bytes {
  let hex = value.toString(16);
  if (hex.length % 2 === 1) hex = `0${hex}`;
  if (length !== undefined) hex = hex.padStart(2 * length, '0').slice(-2 * length);
  return fromHex(hex) ?? EMPTY_BYTES;
}
