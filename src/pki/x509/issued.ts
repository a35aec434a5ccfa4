/**
 * Could one certificate have issued another, by names and key identifiers alone? No signature is
 * checked here: path building chooses candidates this way. BoringSSL and OpenSSL X509_check_issued,
 * X509_check_akid.
 */
import type { IssuerMismatch } from '../pathTypes.ts';
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

/** Why `issuer` is not taken for the issuer of `subject`, or undefined when it is. */
export function issuerMismatch(issuer: Certificate, subject: Certificate): IssuerMismatch | undefined {
  if (issuer.subject.canonical !== subject.issuer.canonical) return 'subject-is-not-issuer-name';
  if (issuer.invalidExtensions.length > 0 || subject.invalidExtensions.length > 0) return 'extension-invalid';
  const akid = authorityKeyMismatch(issuer, subject.authorityKeyId);
  if (akid !== undefined) return akid;
  if (issuer.keyUsage !== undefined && !issuer.keyUsage.includes('keyCertSign')) return 'key-usage-lacks-cert-sign';
  return undefined;
}
