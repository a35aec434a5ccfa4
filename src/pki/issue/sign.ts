/**
 * Template and issuer's key -> signed certificate, request or revocation list: real DER that OpenSSL
 * accepts, the same bytes each time. A fresh signature is remembered as verified, because it was made
 * with the private half of the very key that would check it.
 */
import { invariant } from '../../base/invariant.ts';
import { fromHex } from '../../crypto/bytes.ts';
import {
  derElement,
  encodeExplicit,
  encodeImplicit,
  encodeInteger,
  encodeOctets,
  encodeOid,
  encodeSequence,
  encodeTime,
} from '../../crypto/der/write.ts';
import type { PrivateKey, PublicKey } from '../../crypto/keys.ts';
import { defaultSignatureAlgorithm, type SignatureAlgorithm, signMessage } from '../../crypto/signature.ts';
import { encodeSignatureAlgorithm } from '../../crypto/signatureAlgorithm.ts';
import { rememberSignature } from '../path/signatures.ts';
import type { Certificate, Crl, RevokedCertificate } from '../types.ts';
import { EXTENSION } from '../x509/oids.ts';
import { readCertificate } from '../x509/readCertificate.ts';
import { readCrl } from '../x509/readCrl.ts';
import { type CertificateTemplate, encodeSigned, encodeTbsCertificate } from './template.ts';

/** A certificate and the key that belongs to it: what can issue others. */
export interface Signer {
  readonly certificate: Certificate;
  readonly key: PrivateKey;
}

/** A certificate for `publicKey`, issued by `signer`. */
export function signCertificate(
  template: CertificateTemplate,
  publicKey: PublicKey,
  signer: Signer,
  algorithm: SignatureAlgorithm = defaultSignatureAlgorithm(signer.key.publicKey),
): Certificate {
  const issuer = { name: signer.certificate.subject.der, keyId: signer.certificate.subjectKeyId };
  return finish(template, publicKey, issuer, signer.key, algorithm);
}

/** A certificate signed with its own key; like Go's, without authority key identifier. */
export function signSelf(
  template: CertificateTemplate,
  key: PrivateKey,
  algorithm: SignatureAlgorithm = defaultSignatureAlgorithm(key.publicKey),
): Certificate {
  return finish(template, key.publicKey, { name: template.subject }, key, algorithm);
}

function finish(
  template: CertificateTemplate,
  publicKey: PublicKey,
  issuer: { readonly name: Uint8Array; readonly keyId?: string | undefined },
  key: PrivateKey,
  algorithm: SignatureAlgorithm,
): Certificate {
  const tbs = encodeTbsCertificate(template, publicKey, issuer, algorithm);
  const certificate = readCertificate(encodeSigned(tbs, algorithm, signMessage(algorithm, key, tbs)));
  invariant(certificate.ok, `issued certificate does not parse: ${certificate.ok ? '' : certificate.error}`);
  rememberSignature(certificate.value, key.publicKey);
  return certificate.value;
}

export interface CrlTemplate {
  readonly number: number;
  readonly thisUpdate: number;
  readonly nextUpdate: number;
  readonly revoked: readonly RevokedCertificate[];
}

/** A complete revocation list of the signer (RFC 5280 5.1). */
export function signCrl(template: CrlTemplate, signer: Signer): Crl {
  const algorithm = defaultSignatureAlgorithm(signer.key.publicKey);
  const entries = template.revoked.map(({ serial, revokedAt, reason }) =>
    encodeSequence(
      encodeInteger(serial),
      encodeTime(revokedAt),
      ...(reason === undefined
        ? []
        : [encodeSequence(encodeExtension(EXTENSION.reasonCode, derElement(0x0a, Uint8Array.of(reason))))]),
    ),
  );
  const keyId = signer.certificate.subjectKeyId === undefined ? undefined : fromHex(signer.certificate.subjectKeyId);
  const extensions = [
    ...(keyId === undefined
      ? []
      : [encodeExtension(EXTENSION.authorityKeyId, encodeSequence(encodeImplicit(0, keyId)))]),
    encodeExtension(EXTENSION.crlNumber, encodeInteger(template.number)),
  ];
  const tbs = encodeSequence(
    encodeInteger(1),
    encodeSignatureAlgorithm(algorithm),
    signer.certificate.subject.der,
    encodeTime(template.thisUpdate),
    encodeTime(template.nextUpdate),
    ...(entries.length === 0 ? [] : [encodeSequence(...entries)]),
    encodeExplicit(0, encodeSequence(...extensions)),
  );
  const crl = readCrl(encodeSigned(tbs, algorithm, signMessage(algorithm, signer.key, tbs)));
  invariant(crl.ok, `issued revocation list does not parse: ${crl.ok ? '' : crl.error}`);
  return crl.value;
}

const encodeExtension = (oid: string, value: Uint8Array): Uint8Array =>
  encodeSequence(encodeOid(oid), encodeOctets(value));
