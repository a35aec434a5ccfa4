/**
 * A strict DER reader: bytes -> tree of elements, each knowing its byte range in the input, so that
 * a handshake or certificate view can point at any field. Refuses what BoringSSL refuses: long-form
 * lengths that could be shorter, indefinite lengths, elements that overrun, trailing bytes.
 * Authority: ITU-T X.690. Nothing is thrown: malformed input is an error with its offset.
 */
import { err, ok, type Result } from '../../base/result.ts';
import { type Bytes, fromLatin1, fromUtf8, toBigInt } from '../bytes.ts';

export interface DerNode {
  /** Identifier octet as it stands, e.g. 0x30 SEQUENCE, 0xa0 [0] constructed. */
  readonly tag: number;
  /** The bytes in which the ranges below count. */
  readonly source: Bytes;
  readonly start: number;
  readonly contentStart: number;
  readonly end: number;
  /** Children of a constructed element; empty for a primitive one. */
  readonly children: readonly DerNode[];
}

export interface DerError {
  readonly code: 'der-truncated' | 'der-bad-length' | 'der-bad-tag' | 'der-trailing-bytes' | 'der-too-deep';
  readonly offset: number;
}

export const TAG = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  null: 0x05,
  oid: 0x06,
  enumerated: 0x0a,
  utf8String: 0x0c,
  printableString: 0x13,
  teletexString: 0x14,
  ia5String: 0x16,
  utcTime: 0x17,
  generalizedTime: 0x18,
  universalString: 0x1c,
  bmpString: 0x1e,
  sequence: 0x30,
  set: 0x31,
} as const;

/** Identifier octet of context tag [n]. */
export const contextTag = (n: number, constructed: boolean): number => (constructed ? 0xa0 : 0x80) | n;

const MAX_DEPTH = 32;

function readNode(source: Bytes, start: number, limit: number, depth: number): Result<DerNode, DerError> {
  if (depth > MAX_DEPTH) return err({ code: 'der-too-deep', offset: start });
  const tag = source[start];
  const first = source[start + 1];
  if (tag === undefined || first === undefined || start + 2 > limit)
    return err({ code: 'der-truncated', offset: start });
  if ((tag & 0x1f) === 0x1f) return err({ code: 'der-bad-tag', offset: start });
  let length = first;
  let contentStart = start + 2;
  if (first & 0x80) {
    const count = first & 0x7f;
    if (count === 0 || count > 4) return err({ code: 'der-bad-length', offset: start + 1 });
    if (contentStart + count > limit) return err({ code: 'der-truncated', offset: start });
    length = 0;
    for (let i = 0; i < count; i++) length = length * 256 + (source[contentStart + i] ?? 0);
    const minimal = length < 0x80 ? 0 : length < 0x100 ? 1 : length < 0x10000 ? 2 : length < 0x1000000 ? 3 : 4;
    if (count !== minimal) return err({ code: 'der-bad-length', offset: start + 1 });
    contentStart += count;
  }
  const end = contentStart + length;
  if (end > limit) return err({ code: 'der-truncated', offset: start });
  const children: DerNode[] = [];
  if (tag & 0x20) {
    for (let at = contentStart; at < end; ) {
      const child = readNode(source, at, end, depth + 1);
      if (!child.ok) return child;
      children.push(child.value);
      at = child.value.end;
    }
  }
  return ok({ tag, source, start, contentStart, end, children });
}

/** Reads exactly one element that fills `bytes`. */
export function readDer(bytes: Bytes): Result<DerNode, DerError> {
  const node = readNode(bytes, 0, bytes.length, 0);
  if (node.ok && node.value.end !== bytes.length) return err({ code: 'der-trailing-bytes', offset: node.value.end });
  return node;
}

/** Reads the element inside an OCTET STRING or BIT STRING without losing offsets into the whole. */
export function readDerAt(source: Bytes, start: number, end: number): Result<DerNode, DerError> {
  const node = readNode(source, start, end, 0);
  if (node.ok && node.value.end !== end) return err({ code: 'der-trailing-bytes', offset: node.value.end });
  return node;
}

/** The content octets. */
export const derContent = (node: DerNode): Bytes => node.source.subarray(node.contentStart, node.end);

/** The whole element with its header. */
export const derBytes = (node: DerNode): Bytes => node.source.subarray(node.start, node.end);

export const derChild = (node: DerNode | undefined, index: number, tag?: number): DerNode | undefined => {
  const child = node?.children[index];
  return child !== undefined && (tag === undefined || child.tag === tag) ? child : undefined;
};

/** Content of an INTEGER, sign kept as two's complement; undefined when it is none or not minimal. */
export function derInteger(node: DerNode | undefined): bigint | undefined {
  if (node?.tag !== TAG.integer) return undefined;
  const content = derContent(node);
  const [first, second] = content;
  if (first === undefined) return undefined;
  if (second !== undefined && ((first === 0 && second < 0x80) || (first === 0xff && second >= 0x80))) return undefined;
  const value = toBigInt(content);
  return first >= 0x80 ? value - (1n << BigInt(8 * content.length)) : value;
}

export function derBoolean(node: DerNode | undefined): boolean | undefined {
  if (node?.tag !== TAG.boolean) return undefined;
  const content = derContent(node);
  if (content.length !== 1) return undefined;
  return content[0] === 0xff ? true : content[0] === 0 ? false : undefined;
}

/** Dotted form of an OBJECT IDENTIFIER. */
export function derOid(node: DerNode | undefined): string | undefined {
  return node?.tag === TAG.oid ? oidText(derContent(node)) : undefined;
}

/** Dotted form of the content octets of an OBJECT IDENTIFIER. */
export function oidText(content: Bytes): string | undefined {
  const arcs: bigint[] = [];
  let value = 0n;
  let open = false;
  for (const byte of content) {
    if (!open && byte === 0x80) return undefined;
    value = (value << 7n) | BigInt(byte & 0x7f);
    open = (byte & 0x80) !== 0;
    if (open) continue;
    if (arcs.length === 0) {
      const top = value < 40n ? 0n : value < 80n ? 1n : 2n;
      arcs.push(top, value - 40n * top);
    } else arcs.push(value);
    value = 0n;
  }
  return open || arcs.length === 0 ? undefined : arcs.join('.');
}

/** Bits of a BIT STRING: bytes and the number of unused bits at the end. */
export function derBitString(
  node: DerNode | undefined,
): { readonly bytes: Bytes; readonly unused: number } | undefined {
  if (node?.tag !== TAG.bitString) return undefined;
  const content = derContent(node);
  const unused = content[0];
  if (unused === undefined || unused > 7 || (content.length === 1 && unused > 0)) return undefined;
  const bytes = content.subarray(1);
  const last = bytes[bytes.length - 1] ?? 0;
  return (last & ((1 << unused) - 1)) === 0 ? { bytes, unused } : undefined;
}

/** Named bits, first bit = bit 0 (key usage, reason flags). */
export function derNamedBits(node: DerNode | undefined): readonly number[] | undefined {
  const bits = derBitString(node);
  if (bits === undefined) return undefined;
  const set: number[] = [];
  bits.bytes.forEach((byte, index) => {
    for (let bit = 0; bit < 8; bit++) if (byte & (0x80 >> bit)) set.push(8 * index + bit);
  });
  return set;
}

export const derOctets = (node: DerNode | undefined): Bytes | undefined =>
  node?.tag === TAG.octetString ? derContent(node) : undefined;

/** Text of any of the string types that names use. */
export function derText(node: DerNode | undefined): string | undefined {
  if (node === undefined) return undefined;
  const content = derContent(node);
  switch (node.tag) {
    case TAG.utf8String:
      return fromUtf8(content);
    case TAG.printableString:
    case TAG.ia5String:
      return content.every((byte) => byte < 0x80) ? fromLatin1(content) : undefined;
    case TAG.teletexString:
      return fromLatin1(content);
    case TAG.bmpString: {
      if (content.length % 2 !== 0) return undefined;
      let out = '';
      for (let i = 0; i < content.length; i += 2)
        out += String.fromCharCode(((content[i] ?? 0) << 8) | (content[i + 1] ?? 0));
      return out;
    }
    default:
      return undefined;
  }
}

/** Milliseconds since 1970 of a UTCTime or GeneralizedTime in the DER forms of RFC 5280 4.1.2.5. */
export function derTime(node: DerNode | undefined): number | undefined {
  if (node?.tag !== TAG.utcTime && node?.tag !== TAG.generalizedTime) return undefined;
  const text = fromLatin1(derContent(node));
  const match = /^(\d{2,4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})Z$/.exec(text);
  if (match === null) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match.slice(1).map(Number);
  if ((match[1]?.length ?? 0) !== (node.tag === TAG.utcTime ? 2 : 4)) return undefined;
  const fullYear = node.tag === TAG.utcTime ? (year < 50 ? 2000 + year : 1900 + year) : year;
  const time = Date.UTC(2000, month - 1, day, hour, minute, second);
  const date = new Date(time);
  date.setUTCFullYear(fullYear, month - 1, day);
  const valid = month >= 1 && month <= 12 && date.getUTCDate() === day && hour < 24 && minute < 60 && second < 60;
  return valid ? date.getTime() : undefined;
}
