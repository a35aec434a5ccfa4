/**
 * The vocabulary of the PKI layer: certificates, names, path validation results, all plain readonly
 * data. A certificate keeps its exact DER bytes and the byte range of every field, so that a view can
 * show which bytes said what. Times are milliseconds since 1970. RFC 5280.
 */
import type { Bytes } from '../crypto/bytes.ts';
import type { PublicKey } from '../crypto/keys.ts';
import type { SignatureAlgorithm } from '../crypto/signature.ts';

/** Half-open range of offsets into the DER bytes of the certificate. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

export interface NameAttribute {
  readonly oid: string;
  /** Short name as OpenSSL prints it (`CN`, `O`, `emailAddress`), or the dotted OID. */
  readonly type: string;
  readonly value: string;
  /** ASN.1 tag of the value. */
  readonly tag: number;
}

/** A distinguished name. Two names are the same name exactly when their `canonical` texts are equal. */
export interface DistinguishedName {
  /** Relative distinguished names in the order of the encoding. */
  readonly rdns: readonly (readonly NameAttribute[])[];
  readonly der: Bytes;
  /** Comparison form: case folded, white space collapsed, one segment for each RDN (RFC 5280 7.1). */
  readonly canonical: string;
  /** RFC 2253 text as Envoy prints it, e.g. `CN=frontend.foocorp.com,O=Foo`; empty for the empty name. */
  readonly text: string;
}

export type GeneralName =
  | { readonly kind: 'dns'; readonly value: string }
  | { readonly kind: 'uri'; readonly value: string }
  | { readonly kind: 'email'; readonly value: string }
  /** `value` is the text form; `bytes` 4 or 16, in name constraints 8 or 32 (address and mask). */
  | { readonly kind: 'ip'; readonly value: string; readonly bytes: Bytes }
  | { readonly kind: 'directory'; readonly value: string; readonly name: DistinguishedName }
  | { readonly kind: 'other'; readonly value: string; readonly oid: string }
  /** Kinds that nothing here compares: x400Address, ediPartyName, registeredID. */
  | { readonly kind: 'unsupported'; readonly value: string; readonly tag: number };

/** Named bits of KeyUsage. */
export const KEY_USAGES = [
  'digitalSignature',
  'nonRepudiation',
  'keyEncipherment',
  'dataEncipherment',
  'keyAgreement',
  'keyCertSign',
  'cRLSign',
  'encipherOnly',
  'decipherOnly',
] as const;
export type KeyUsage = (typeof KEY_USAGES)[number];

export interface GeneralSubtree {
  readonly base: GeneralName;
  /** minimum or maximum is present: no implementation supports it. */
  readonly hasDistance: boolean;
}

export interface NameConstraints {
  readonly permitted: readonly GeneralSubtree[];
  readonly excluded: readonly GeneralSubtree[];
}

export interface AuthorityKeyId {
  /** Lower-case hex. */
  readonly keyId?: string;
  readonly issuer?: readonly GeneralName[];
  readonly serial?: bigint;
}

export interface CertificateExtension {
  readonly oid: string;
  readonly critical: boolean;
  /** DER of the extension value. */
  readonly value: Bytes;
  readonly range: ByteRange;
}

/** Fields whose byte ranges a view may point at. */
export type CertificateField =
  | 'tbsCertificate'
  | 'version'
  | 'serialNumber'
  | 'signature'
  | 'issuer'
  | 'validity'
  | 'subject'
  | 'subjectPublicKeyInfo'
  | 'extensions'
  | 'signatureAlgorithm'
  | 'signatureValue';

export interface Certificate {
  readonly der: Bytes;
  /** Lower-case hex SHA-256 of `der`: Envoy's `Hash=` in x-forwarded-client-cert. */
  readonly fingerprint: string;
  readonly ranges: Readonly<Partial<Record<CertificateField, ByteRange>>>;
  readonly version: 1 | 2 | 3;
  readonly serial: bigint;
  readonly issuer: DistinguishedName;
  readonly subject: DistinguishedName;
  readonly notBefore: number;
  readonly notAfter: number;
  readonly publicKey: PublicKey;
  readonly signatureAlgorithm: SignatureAlgorithm;
  readonly signature: Bytes;
  readonly extensions: readonly CertificateExtension[];
  /** Undefined: no such extension. An empty list is an extension without names. */
  readonly subjectAltNames?: readonly GeneralName[];
  readonly basicConstraints?: { readonly ca: boolean; readonly pathLength?: number };
  readonly keyUsage?: readonly KeyUsage[];
  /** OIDs of ExtendedKeyUsage. */
  readonly extendedKeyUsage?: readonly string[];
  readonly nameConstraints?: NameConstraints;
  /** Lower-case hex. */
  readonly subjectKeyId?: string;
  readonly authorityKeyId?: AuthorityKeyId;
  /** OIDs of critical extensions that BoringSSL and OpenSSL do not process. */
  readonly unknownCritical: readonly string[];
  /** OIDs of extensions that are repeated or malformed: verification fails with error 41. */
  readonly invalidExtensions: readonly string[];
  /** Subject and issuer are the same name. */
  readonly selfIssued: boolean;
}

export interface CertificateError {
  readonly code:
    | 'certificate-malformed'
    | 'certificate-pem-malformed'
    | 'certificate-absent'
    | 'crl-malformed'
    | 'csr-malformed';
  /** The field or DER error that was wrong. */
  readonly detail: string;
  /** Which block of the PEM text, from 0. */
  readonly index: number;
}

export interface RevokedCertificate {
  readonly serial: bigint;
  readonly revokedAt: number;
  /** CRLReason code (RFC 5280 5.3.1), when given. */
  readonly reason?: number;
}

/** A certificate revocation list. */
export interface Crl {
  readonly der: Bytes;
  readonly fingerprint: string;
  readonly ranges: { readonly tbsCertList: ByteRange };
  readonly issuer: DistinguishedName;
  readonly thisUpdate: number;
  readonly nextUpdate?: number;
  readonly revoked: readonly RevokedCertificate[];
  readonly authorityKeyId?: AuthorityKeyId;
  readonly signatureAlgorithm: SignatureAlgorithm;
  readonly signature: Bytes;
  readonly unknownCritical: readonly string[];
  /** Scope limits of issuingDistributionPoint that matter for choosing a list. */
  readonly scope: 'all' | 'users-only' | 'cas-only' | 'unusable';
  /** Names of issuingDistributionPoint: only certificates that point there are covered. */
  readonly distributionPoints?: readonly string[];
}
