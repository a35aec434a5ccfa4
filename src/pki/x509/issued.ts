/**
 * Could one certificate have issued another, by names and key identifiers alone? No signature is
 * checked here: path building chooses candidates this way. BoringSSL and OpenSSL X509_check_issued
 * (likely_issued), X509_check_akid; the two differ in keyUsage and key type.
 */
import { assertNever } from '../../base/assertNever.ts';
import type { SignatureAlgorithm } from '../../crypto/signature.ts';
import type { IssuerMismatch, PathProfile } from '../pathTypes.ts';
import type { AuthorityKeyId, Certificate } from '../types.ts';

type Issuer = Pick<Certificate, 'subjectKeyId' | 'serial' | 'issuer'>;

/** Why the authority key identifier does not point at this certificate, or undefined. */
export function authorityKeyMismatch(issuer: Issuer, akid: AuthorityKeyId | undefined): IssuerMismatch | undefined {
  if (akid === undefined) return undefined;
  if (akid.keyId !== undefined && issuer.subjectKeyId !== undefined && akid.keyId !== issuer.subjectKeyId)
    return 'authority-key-id-differs';
  if (akid.serial !== undefined && akid.serial !== issuer.serial) return 'authority-serial-differs';
  const directory = akid.issuer?.find((name) => name.kind === 'directory');
  if (directory?.kind === 'directory' && directory.name.canonical !== issuer.issuer.canonical)
    return 'authority-issuer-differs';
  return undefined;
}

const lacksCertSign = (certificate: Certificate): boolean =>
  certificate.keyUsage !== undefined && !certificate.keyUsage.includes('keyCertSign');

/** Is the issuer's key of the kind that the signature algorithm needs? */
function keyFitsAlgorithm(algorithm: SignatureAlgorithm, issuer: Certificate): boolean {
  switch (algorithm.kind) {
    case 'ecdsa':
      return issuer.publicKey.kind === 'ec';
    case 'ed25519':
      return issuer.publicKey.kind === 'ed25519';
    case 'rsa-pkcs1':
    case 'rsa-pss':
      return issuer.publicKey.kind === 'rsa';
    case 'unsupported':
      return true;
    default:
      return assertNever(algorithm);
  }
}

/** Why `issuer` is not taken for the issuer of `subject`, or undefined when it is. */
export function issuerMismatch(
  issuer: Certificate,
  subject: Certificate,
  profile: PathProfile,
): IssuerMismatch | undefined {
  if (issuer.subject.canonical !== subject.issuer.canonical) return 'subject-is-not-issuer-name';
  if (issuer.invalidExtensions.length > 0 || subject.invalidExtensions.length > 0) return 'extension-invalid';
  const akid = authorityKeyMismatch(issuer, subject.authorityKeyId);
  if (akid !== undefined) return akid;
  if (profile === 'boringssl') return lacksCertSign(issuer) ? 'key-usage-lacks-cert-sign' : undefined;
  return keyFitsAlgorithm(subject.signatureAlgorithm, issuer) ? undefined : 'key-type-differs';
}

/** Ends path building (EXFLAG_SS): issuer and subject agree, also in their key identifiers. */
export function isSelfSigned(certificate: Certificate, profile: PathProfile): boolean {
  if (!certificate.selfIssued || authorityKeyMismatch(certificate, certificate.authorityKeyId) !== undefined)
    return false;
  return profile === 'boringssl'
    ? !lacksCertSign(certificate)
    : keyFitsAlgorithm(certificate.signatureAlgorithm, certificate);
}
