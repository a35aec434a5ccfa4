/**
 * Certificate extensions: reading the ones that path validation and names use. A malformed or
 * repeated extension does not make the certificate unreadable: it is listed in `invalidExtensions`
 * and verification fails later with error 41, as x509v3_cache_extensions has it. RFC 5280 4.2.
 */
import { toBigInt, toHex } from '../../crypto/bytes.ts';
import {
  contextTag,
  type DerNode,
  derBoolean,
  derChild,
  derContent,
  derInteger,
  derNamedBits,
  derOctets,
  derOid,
  readDerAt,
  TAG,
} from '../../crypto/der/read.ts';
import {
  type AuthorityKeyId,
  type Certificate,
  type CertificateExtension,
  type GeneralName,
  type GeneralSubtree,
  KEY_USAGES,
  type KeyUsage,
  type NameConstraints,
} from '../types.ts';
import { readGeneralName } from './generalName.ts';
import { EXTENSION, PROCESSED_EXTENSIONS } from './oids.ts';

export interface RawExtension extends CertificateExtension {
  /** The parsed value, undefined when it is not DER. */
  readonly node: DerNode | undefined;
}

/** The `Extensions` sequence, or undefined when it is not one. */
export function readExtensionList(list: DerNode | undefined): readonly RawExtension[] | undefined {
  if (list?.tag !== TAG.sequence) return undefined;
  const out: RawExtension[] = [];
  for (const item of list.children) {
    const oid = derOid(derChild(item, 0));
    const hasCritical = derChild(item, 1)?.tag === TAG.boolean;
    const critical = hasCritical ? derBoolean(derChild(item, 1)) : false;
    const valueNode = derChild(item, hasCritical ? 2 : 1, TAG.octetString);
    const value = derOctets(valueNode);
    if (
      item.tag !== TAG.sequence ||
      oid === undefined ||
      critical === undefined ||
      valueNode === undefined ||
      value === undefined
    )
      return undefined;
    const inner = readDerAt(valueNode.source, valueNode.contentStart, valueNode.end);
    out.push({
      oid,
      critical,
      value,
      range: { start: item.start, end: item.end },
      node: inner.ok ? inner.value : undefined,
    });
  }
  return out;
}

type ExtensionFields = Pick<
  Certificate,
  | 'subjectAltNames'
  | 'basicConstraints'
  | 'keyUsage'
  | 'extendedKeyUsage'
  | 'nameConstraints'
  | 'subjectKeyId'
  | 'authorityKeyId'
  | 'unknownCritical'
  | 'invalidExtensions'
>;

/** The fields of a certificate that come from its extensions. */
export function interpretExtensions(extensions: readonly RawExtension[]): ExtensionFields {
  const invalid: string[] = [];
  const read = <T>(oid: string, parse: (node: DerNode) => T | undefined): T | undefined => {
    const found = extensions.filter((extension) => extension.oid === oid);
    const first = found[0];
    if (first === undefined) return undefined;
    const value = found.length === 1 && first.node !== undefined ? parse(first.node) : undefined;
    if (value === undefined) invalid.push(oid);
    return value;
  };
  const subjectAltNames = read(EXTENSION.subjectAltName, readGeneralNames);
  const basicConstraints = read(EXTENSION.basicConstraints, readBasicConstraints);
  const keyUsage = read(EXTENSION.keyUsage, readKeyUsage);
  const extendedKeyUsage = read(EXTENSION.extendedKeyUsage, readOidList);
  const nameConstraints = read(EXTENSION.nameConstraints, readNameConstraints);
  const subjectKeyId = read(EXTENSION.subjectKeyId, (node) => {
    const octets = derOctets(node);
    return octets && toHex(octets);
  });
  const authorityKeyId = read(EXTENSION.authorityKeyId, readAuthorityKeyId);
  return {
    ...(subjectAltNames && { subjectAltNames }),
    ...(basicConstraints && { basicConstraints }),
    ...(keyUsage && { keyUsage }),
    ...(extendedKeyUsage && { extendedKeyUsage }),
    ...(nameConstraints && { nameConstraints }),
    ...(subjectKeyId !== undefined && { subjectKeyId }),
    ...(authorityKeyId && { authorityKeyId }),
    unknownCritical: extensions
      .filter((extension) => extension.critical && !PROCESSED_EXTENSIONS.has(extension.oid))
      .map((extension) => extension.oid),
    invalidExtensions: invalid,
  };
}

function readGeneralNames(node: DerNode): readonly GeneralName[] | undefined {
  if (node.tag !== TAG.sequence && node.tag !== contextTag(1, true)) return undefined;
  const names = node.children.map((child) => readGeneralName(child));
  return names.every((name) => name !== undefined) ? names : undefined;
}

function readBasicConstraints(node: DerNode): Certificate['basicConstraints'] {
  if (node.tag !== TAG.sequence || node.children.length > 2) return undefined;
  const [first] = node.children;
  const ca = first?.tag === TAG.boolean ? derBoolean(first) : false;
  const lengthNode = derChild(node, first?.tag === TAG.boolean ? 1 : 0);
  const pathLength = derInteger(lengthNode);
  if (ca === undefined || (lengthNode !== undefined && pathLength === undefined)) return undefined;
  if (pathLength === undefined) return { ca };
  return pathLength < 0n || !ca ? undefined : { ca, pathLength: Number(pathLength) };
}

function readKeyUsage(node: DerNode): readonly KeyUsage[] | undefined {
  const bits = derNamedBits(node);
  return bits?.flatMap((bit) => KEY_USAGES[bit] ?? []);
}

function readOidList(node: DerNode): readonly string[] | undefined {
  if (node.tag !== TAG.sequence) return undefined;
  const oids = node.children.map(derOid);
  return oids.every((oid) => oid !== undefined) ? oids : undefined;
}

function readSubtrees(node: DerNode | undefined): readonly GeneralSubtree[] | undefined {
  const subtrees: GeneralSubtree[] = [];
  for (const child of node?.children ?? []) {
    const base = child.children[0] && readGeneralName(child.children[0], true);
    if (base === undefined) return undefined;
    const minimum = child.children.find((part, index) => index > 0 && part.tag === contextTag(0, false));
    const maximum = child.children.some((part, index) => index > 0 && part.tag === contextTag(1, false));
    subtrees.push({ base, hasDistance: maximum || (minimum !== undefined && toBigInt(derContent(minimum)) !== 0n) });
  }
  return subtrees;
}

function readNameConstraints(node: DerNode): NameConstraints | undefined {
  if (node.tag !== TAG.sequence) return undefined;
  const permitted = readSubtrees(node.children.find((child) => child.tag === contextTag(0, true)));
  const excluded = readSubtrees(node.children.find((child) => child.tag === contextTag(1, true)));
  return permitted && excluded ? { permitted, excluded } : undefined;
}

/** AuthorityKeyIdentifier, of certificates and CRLs. */
export function readAuthorityKeyId(node: DerNode): AuthorityKeyId | undefined {
  if (node.tag !== TAG.sequence) return undefined;
  const keyId = node.children.find((child) => child.tag === contextTag(0, false));
  const issuerNode = node.children.find((child) => child.tag === contextTag(1, true));
  const serial = node.children.find((child) => child.tag === contextTag(2, false));
  const issuer = issuerNode && readGeneralNames(issuerNode);
  if (issuerNode !== undefined && issuer === undefined) return undefined;
  return {
    ...(keyId && { keyId: toHex(derContent(keyId)) }),
    ...(issuer && { issuer }),
    ...(serial && { serial: toBigInt(derContent(serial)) }),
  };
}
