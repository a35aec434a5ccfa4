/** GeneralName (RFC 5280 4.2.1.6): reading, writing, and the text forms of IP addresses. */
import { type Bytes, equalBytes, fromLatin1, toHex, utf8 } from '../../crypto/bytes.ts';
import { contextTag, type DerNode, derBytes, derChild, derContent, derOid, derText } from '../../crypto/der/read.ts';
import { encodeExplicit, encodeImplicit } from '../../crypto/der/write.ts';
import type { GeneralName } from '../types.ts';
import { readName } from './name.ts';

const ascii = (node: DerNode): string | undefined => {
  const content = derContent(node);
  return content.every((byte) => byte < 0x80) ? fromLatin1(content) : undefined;
};

/** Reads one GeneralName; undefined when malformed. `masked`: addresses carry a mask (name constraints). */
export function readGeneralName(node: DerNode, masked = false): GeneralName | undefined {
  switch (node.tag) {
    case contextTag(0, true): {
      const oid = derOid(derChild(node, 0));
      if (oid === undefined) return undefined;
      const inner = derChild(derChild(node, 1, contextTag(0, true)), 0);
      return { kind: 'other', oid, value: derText(inner) ?? (inner === undefined ? '' : toHex(derContent(inner))) };
    }
    case contextTag(1, false): {
      const value = ascii(node);
      return value === undefined ? undefined : { kind: 'email', value };
    }
    case contextTag(2, false): {
      const value = ascii(node);
      return value === undefined ? undefined : { kind: 'dns', value };
    }
    case contextTag(6, false): {
      const value = ascii(node);
      return value === undefined ? undefined : { kind: 'uri', value };
    }
    case contextTag(4, true): {
      const name = readName(derChild(node, 0));
      return name === undefined ? undefined : { kind: 'directory', value: name.text, name };
    }
    case contextTag(7, false): {
      const bytes = derContent(node);
      return { kind: 'ip', value: masked ? maskedIpText(bytes) : ipText(bytes), bytes };
    }
    default:
      return (node.tag & 0xc0) === 0x80
        ? { kind: 'unsupported', value: toHex(derBytes(node)), tag: node.tag }
        : undefined;
  }
}

/** DER of a GeneralName. Addresses are given as bytes. */
export function encodeGeneralName(name: GeneralName): Bytes {
  switch (name.kind) {
    case 'email':
      return encodeImplicit(1, utf8(name.value));
    case 'dns':
      return encodeImplicit(2, utf8(name.value));
    case 'uri':
      return encodeImplicit(6, utf8(name.value));
    case 'ip':
      return encodeImplicit(7, name.bytes);
    case 'directory':
      return encodeExplicit(4, name.name.der);
    case 'other':
    case 'unsupported':
      return new Uint8Array(0);
  }
}

/** Text of a 4- or 16-byte address (RFC 5952 for IPv6); empty for any other length, as in Envoy. */
export function ipText(bytes: Bytes): string {
  if (bytes.length === 4) return bytes.join('.');
  if (bytes.length !== 16) return '';
  const groups = Array.from({ length: 8 }, (_, i) => ((bytes[2 * i] ?? 0) << 8) | (bytes[2 * i + 1] ?? 0));
  if (equalBytes(bytes.subarray(0, 12), Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff)))
    return `::ffff:${bytes.subarray(12).join('.')}`;
  let best = { at: -1, length: 1 };
  for (let i = 0; i < 8; i++) {
    let length = 0;
    while (i + length < 8 && groups[i + length] === 0) length++;
    if (length > best.length) best = { at: i, length };
  }
  const hex = groups.map((group) => group.toString(16));
  if (best.at < 0) return hex.join(':');
  return `${hex.slice(0, best.at).join(':')}::${hex.slice(best.at + best.length).join(':')}`;
}

const maskedIpText = (bytes: Bytes): string =>
  `${ipText(bytes.subarray(0, bytes.length / 2))}/${ipText(bytes.subarray(bytes.length / 2))}`;

/** Bytes of an address in text form, or undefined. */
export function parseIp(text: string): Bytes | undefined {
  if (/^\d{1,3}(\.\d{1,3}){3}$/.test(text)) {
    const parts = text.split('.');
    const numbers = parts.map(Number);
    const plain = parts.every((part) => part === '0' || !part.startsWith('0'));
    return plain && numbers.every((part) => part <= 255) ? Uint8Array.from(numbers) : undefined;
  }
  return text.includes(':') ? parseIpv6(text) : undefined;
}

function parseIpv6(text: string): Bytes | undefined {
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const groupsOf = (part: string): number[] | undefined => {
    if (part === '') return [];
    const out: number[] = [];
    const pieces = part.split(':');
    for (const [index, piece] of pieces.entries()) {
      if (index === pieces.length - 1 && piece.includes('.')) {
        const v4 = parseIp(piece);
        if (v4 === undefined) return undefined;
        out.push(((v4[0] ?? 0) << 8) | (v4[1] ?? 0), ((v4[2] ?? 0) << 8) | (v4[3] ?? 0));
      } else if (/^[0-9a-fA-F]{1,4}$/.test(piece)) out.push(Number.parseInt(piece, 16));
      else return undefined;
    }
    return out;
  };
  const head = groupsOf(halves[0] ?? '');
  const tail = halves.length === 2 ? groupsOf(halves[1] ?? '') : [];
  if (head === undefined || tail === undefined) return undefined;
  const missing = 8 - head.length - tail.length;
  if (halves.length === 2 ? missing < 1 : missing !== 0) return undefined;
  const groups = [...head, ...Array.from({ length: missing }, () => 0), ...tail];
  return Uint8Array.from(groups.flatMap((group) => [group >> 8, group & 0xff]));
}
