/**
 * Distinguished names: reading, comparing, printing, writing. Comparison follows BoringSSL's and
 * OpenSSL's canonical encoding (strings to UTF-8, ASCII lower case, white space trimmed and
 * collapsed, attributes of one RDN as a set); printing follows X509_NAME_print_ex with
 * XN_FLAG_RFC2253, which Envoy uses. RFC 5280 4.1.2.4 and 7.1, RFC 2253.
 */
import { type Bytes, fromLatin1, toHex, utf8 } from '../../crypto/bytes.ts';
import { type DerNode, derBytes, derChild, derContent, derOid, derText, TAG } from '../../crypto/der/read.ts';
import {
  derElement,
  encodeDirectoryString,
  encodeIa5,
  encodeOid,
  encodeSequence,
  encodeSetOf,
} from '../../crypto/der/write.ts';
import type { DistinguishedName, NameAttribute } from '../types.ts';
import { ATTRIBUTE_NAMES, ATTRIBUTE_OIDS, EMAIL_ATTRIBUTE } from './oids.ts';

/** White space as C's isspace sees it. */
const SPACES = /[\t\n\v\f\r ]+/g;

function canonicalValue(value: string): string {
  return value
    .replace(SPACES, ' ')
    .replace(/^ | $/g, '')
    .replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}

/** String types that the canonical encoding folds; any other type compares by its exact encoding. */
const FOLDED: ReadonlySet<number> = new Set([
  TAG.utf8String,
  TAG.printableString,
  TAG.teletexString,
  TAG.ia5String,
  TAG.universalString,
  TAG.bmpString,
  0x1a,
]);

function printedValue(attribute: NameAttribute): string {
  let out = '';
  for (const character of attribute.value) {
    const code = character.codePointAt(0) ?? 0;
    if (code > 0x7e || code < 0x20)
      for (const byte of utf8(character)) out += `\\${toHex(Uint8Array.of(byte)).toUpperCase()}`;
    else if (',+"\\<>;'.includes(character)) out += `\\${character}`;
    else out += character;
  }
  return out.replace(/^[# ]/, '\\$&').replace(/ $/, (space, at: number) => (at === 0 ? space : `\\${space}`));
}

/** RFC 2253: last RDN first, `,` between RDNs, `+` inside one, also reversed. */
function printedName(rdns: readonly (readonly NameAttribute[])[], raw: ReadonlyMap<NameAttribute, DerNode>): string {
  const print = (attribute: NameAttribute): string => {
    const node = raw.get(attribute);
    const known = attribute.oid in ATTRIBUTE_NAMES && FOLDED.has(attribute.tag);
    const value = known || node === undefined ? printedValue(attribute) : `#${toHex(derBytes(node)).toUpperCase()}`;
    return `${attribute.type}=${value}`;
  };
  return [...rdns]
    .reverse()
    .map((rdn) => [...rdn].reverse().map(print).join('+'))
    .join(',');
}

/** Reads a Name; undefined when it is none. */
export function readName(node: DerNode | undefined): DistinguishedName | undefined {
  if (node?.tag !== TAG.sequence) return undefined;
  const raw = new Map<NameAttribute, DerNode>();
  const rdns: NameAttribute[][] = [];
  const segments: string[] = [];
  for (const set of node.children) {
    if (set.tag !== TAG.set || set.children.length === 0) return undefined;
    const rdn: NameAttribute[] = [];
    const parts: string[] = [];
    for (const pair of set.children) {
      const oid = derOid(derChild(pair, 0));
      const valueNode = derChild(pair, 1);
      if (pair.tag !== TAG.sequence || oid === undefined || valueNode === undefined || pair.children.length !== 2)
        return undefined;
      const text = FOLDED.has(valueNode.tag) ? derText(valueNode) : undefined;
      if (
        text === undefined &&
        FOLDED.has(valueNode.tag) &&
        valueNode.tag !== TAG.universalString &&
        valueNode.tag !== 0x1a
      )
        return undefined;
      const value = text ?? fromLatin1(derContent(valueNode));
      const attribute: NameAttribute = { oid, type: ATTRIBUTE_NAMES[oid] ?? oid, value, tag: valueNode.tag };
      raw.set(attribute, valueNode);
      rdn.push(attribute);
      parts.push(
        text === undefined ? `${oid}#${toHex(derBytes(valueNode))}` : `${oid}=${JSON.stringify(canonicalValue(text))}`,
      );
    }
    rdns.push(rdn);
    segments.push(parts.sort().join('+'));
  }
  // Every segment ends with a line break, so that a name constraint is a prefix of the names below it.
  const canonical = segments.map((segment) => `${segment}\n`).join('');
  return { rdns, der: derBytes(node), canonical, text: printedName(rdns, raw) };
}

/** What a caller writes as a subject: attributes by short name or OID, in order, one an RDN. */
export type NameSpec = readonly (readonly [type: string, value: string])[];

/** DER Name with the string types that Go's crypto/x509 chooses. */
export function encodeName(spec: NameSpec): Bytes {
  return encodeSequence(
    ...spec.map(([type, value]) => {
      const oid = ATTRIBUTE_OIDS.get(type) ?? type;
      const text = oid === EMAIL_ATTRIBUTE ? encodeIa5(value) : encodeDirectoryString(value);
      return encodeSetOf(encodeSequence(encodeOid(oid), text));
    }),
  );
}

/** Sequence of RDNs whose only attribute set is empty (what an agent's CSR with `O=""` carries). */
export const encodeEmptyOrganization = (): Bytes =>
  encodeSequence(encodeSetOf(encodeSequence(encodeOid('2.5.4.10'), derElement(TAG.utf8String))));
