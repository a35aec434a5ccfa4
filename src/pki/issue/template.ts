/**
 * Certificate template -> TBSCertificate, with extensions in the order that Go's crypto/x509 writes
 * them (istiod, cert-manager and most CAs of a mesh are Go programs). Key identifiers are the first 20
 * bytes of the SHA-256 of the public key (RFC 7093 method 1, Go 1.25 and later). RFC 5280 4.1.
 */
import { type Bytes, fromHex, toHex } from '../../crypto/bytes.ts';
import { derBitString, derChild, readDer } from '../../crypto/der/read.ts';
import {
  encodeBits,
  encodeBoolean,
  encodeExplicit,
  encodeImplicit,
  encodeInteger,
  encodeNamedBits,
  encodeOctets,
  encodeOid,
  encodeSequence,
  encodeTime,
} from '../../crypto/der/write.ts';
import { sha256 } from '../../crypto/hash.ts';
import type { PublicKey } from '../../crypto/keys.ts';
import type { SignatureAlgorithm } from '../../crypto/signature.ts';
import { encodeSignatureAlgorithm } from '../../crypto/signatureAlgorithm.ts';
import { type GeneralName, KEY_USAGES, type KeyUsage, type NameConstraints } from '../types.ts';
import { encodeGeneralName } from '../x509/generalName.ts';
import { EXTENSION } from '../x509/oids.ts';

export interface CertificateTemplate {
  readonly serial: bigint;
  /** DER Name. */
  readonly subject: Bytes;
  readonly notBefore: number;
  readonly notAfter: number;
  readonly keyUsage?: readonly KeyUsage[];
  /** OIDs. */
  readonly extendedKeyUsage?: readonly string[];
  /** Written critical. */
  readonly basicConstraints?: { readonly ca: boolean; readonly pathLength?: number };
  /** `computed`: from the key. Undefined: none. */
  readonly subjectKeyId?: 'computed' | string;
  readonly subjectAltNames?: readonly GeneralName[];
  readonly subjectAltNamesCritical?: boolean;
  readonly nameConstraints?: NameConstraints;
  readonly extraExtensions?: readonly { readonly oid: string; readonly critical: boolean; readonly value: Bytes }[];
}

export interface TbsIssuer {
  /** DER Name. */
  readonly name: Bytes;
  /** Lower-case hex; written as authority key identifier when present. */
  readonly keyId?: string | undefined;
}

/** Key identifier of a public key, lower-case hex. */
export function keyIdentifier(key: PublicKey): string {
  const tree = readDer(key.spki);
  const bits = tree.ok ? derBitString(derChild(tree.value, 1)) : undefined;
  return toHex(sha256(bits?.bytes ?? key.spki).subarray(0, 20));
}

const extension = (oid: string, critical: boolean, value: Bytes): Bytes =>
  encodeSequence(encodeOid(oid), ...(critical ? [encodeBoolean(true)] : []), encodeOctets(value));

function encodeExtensions(template: CertificateTemplate, key: PublicKey, issuer: TbsIssuer): readonly Bytes[] {
  const out: Bytes[] = [];
  const { keyUsage, extendedKeyUsage, basicConstraints, subjectAltNames, nameConstraints } = template;
  if (keyUsage !== undefined) out.push(extension(EXTENSION.keyUsage, true, encodeKeyUsage(keyUsage)));
  if (extendedKeyUsage !== undefined)
    out.push(extension(EXTENSION.extendedKeyUsage, false, encodeSequence(...extendedKeyUsage.map(encodeOid))));
  if (basicConstraints !== undefined)
    out.push(extension(EXTENSION.basicConstraints, true, encodeBasicConstraints(basicConstraints)));
  if (template.subjectKeyId !== undefined) {
    const id = template.subjectKeyId === 'computed' ? keyIdentifier(key) : template.subjectKeyId;
    out.push(extension(EXTENSION.subjectKeyId, false, encodeOctets(fromHex(id) ?? new Uint8Array(0))));
  }
  const authorityKeyId = issuer.keyId === undefined ? undefined : fromHex(issuer.keyId);
  if (authorityKeyId !== undefined)
    out.push(extension(EXTENSION.authorityKeyId, false, encodeSequence(encodeImplicit(0, authorityKeyId))));
  if (subjectAltNames !== undefined)
    out.push(
      extension(
        EXTENSION.subjectAltName,
        template.subjectAltNamesCritical === true,
        encodeGeneralNames(subjectAltNames),
      ),
    );
  if (nameConstraints !== undefined)
    out.push(extension(EXTENSION.nameConstraints, true, encodeNameConstraints(nameConstraints)));
  for (const extra of template.extraExtensions ?? []) out.push(extension(extra.oid, extra.critical, extra.value));
  return out;
}

const encodeKeyUsage = (usages: readonly KeyUsage[]): Bytes =>
  encodeNamedBits(usages.map((usage) => KEY_USAGES.indexOf(usage)));

/** SEQUENCE of GeneralName, as SubjectAltName has it. */
export const encodeGeneralNames = (names: readonly GeneralName[]): Bytes =>
  encodeSequence(...names.map(encodeGeneralName));

function encodeBasicConstraints({ ca, pathLength }: { ca: boolean; pathLength?: number }): Bytes {
  const parts = ca ? [encodeBoolean(true)] : [];
  if (pathLength !== undefined) parts.push(encodeInteger(pathLength));
  return encodeSequence(...parts);
}

function encodeNameConstraints({ permitted, excluded }: NameConstraints): Bytes {
  const subtrees = (n: number, list: NameConstraints['permitted']): Bytes[] =>
    list.length === 0 ? [] : [encodeExplicit(n, ...list.map(({ base }) => encodeSequence(encodeGeneralName(base))))];
  return encodeSequence(...subtrees(0, permitted), ...subtrees(1, excluded));
}

/** DER TBSCertificate, version 3. */
export function encodeTbsCertificate(
  template: CertificateTemplate,
  key: PublicKey,
  issuer: TbsIssuer,
  algorithm: SignatureAlgorithm,
): Bytes {
  const extensions = encodeExtensions(template, key, issuer);
  return encodeSequence(
    encodeExplicit(0, encodeInteger(2)),
    encodeInteger(template.serial),
    encodeSignatureAlgorithm(algorithm),
    issuer.name,
    encodeSequence(encodeTime(template.notBefore), encodeTime(template.notAfter)),
    template.subject,
    key.spki,
    ...(extensions.length === 0 ? [] : [encodeExplicit(3, encodeSequence(...extensions))]),
  );
}

/** Outer SEQUENCE of a signed structure: certificate, request, revocation list. */
export const encodeSigned = (tbs: Bytes, algorithm: SignatureAlgorithm, signature: Bytes): Bytes =>
  encodeSequence(tbs, encodeSignatureAlgorithm(algorithm), encodeBits(signature));
