/**
 * Certificates in and out: PEM or DER text of Secrets, ConfigMaps and mesh configuration ->
 * Certificate values, tolerant of text around the PEM blocks; keys that belong to them; PEM out.
 * Parsing is memoised by text: the same bundle is mounted by many workloads.
 */
import { err, ok, type Result } from '../base/result.ts';
import type { Bytes } from '../crypto/bytes.ts';
import { fromLatin1 } from '../crypto/bytes.ts';
import { type PrivateKey, publicKeysEqual } from '../crypto/keys.ts';
import { readPem, writePem } from '../crypto/pem.ts';
import { boundedCache } from './boundedCache.ts';
import type { Certificate, CertificateError, GeneralName } from './types.ts';
import { readCertificate } from './x509/readCertificate.ts';

const LABELS: ReadonlySet<string> = new Set(['CERTIFICATE', 'X509 CERTIFICATE', 'TRUSTED CERTIFICATE']);

const byText = boundedCache<Result<readonly Certificate[], CertificateError>>(2000);

/**
 * Every certificate of a PEM text, or the one of DER bytes. A text without certificates, and a block
 * that is broken, are errors; the whole text fails as it does when Envoy or istiod loads it.
 */
export function parseCertificates(input: string | Bytes): Result<readonly Certificate[], CertificateError> {
  const isPem = typeof input === 'string' || fromLatin1(input.subarray(0, 4096)).includes('-----BEGIN');
  if (!isPem && typeof input !== 'string') {
    const one = parseCertificate(input);
    return one.ok ? ok([one.value]) : one;
  }
  const text = typeof input === 'string' ? input : fromLatin1(input);
  return byText.get(text, () => parsePem(text));
}

function parsePem(text: string): Result<readonly Certificate[], CertificateError> {
  const blocks = readPem(text).filter((block) => LABELS.has(block.label));
  if (blocks.length === 0) return err({ code: 'certificate-absent', detail: 'CERTIFICATE', index: 0 });
  const certificates: Certificate[] = [];
  for (const [index, block] of blocks.entries()) {
    if (block.bytes === undefined) return err({ code: 'certificate-pem-malformed', detail: block.label, index });
    const parsed = readCertificate(block.bytes);
    if (!parsed.ok) return err({ code: 'certificate-malformed', detail: parsed.error, index });
    certificates.push(parsed.value);
  }
  return ok(certificates);
}

/** One DER certificate. */
export function parseCertificate(der: Bytes): Result<Certificate, CertificateError> {
  const parsed = readCertificate(der);
  return parsed.ok ? parsed : err({ code: 'certificate-malformed', detail: parsed.error, index: 0 });
}

export const certificatePem = (certificate: Certificate): string => writePem('CERTIFICATE', certificate.der);

/** PEM of several certificates, one after another. */
export const certificatesPem = (certificates: readonly Certificate[]): string =>
  certificates.map(certificatePem).join('');

/** Does the private key belong to the certificate? */
export const keyMatches = (certificate: Certificate, key: PrivateKey): boolean =>
  publicKeysEqual(certificate.publicKey, key.publicKey);

/** Names of one kind, in order. */
export const altNames = (certificate: Certificate, kind: GeneralName['kind']): readonly string[] =>
  (certificate.subjectAltNames ?? []).filter((name) => name.kind === kind).map((name) => name.value);

/** May this certificate issue others: basicConstraints CA and, when present, keyUsage certSign. */
export const isCa = (certificate: Certificate): boolean =>
  certificate.basicConstraints?.ca === true &&
  (certificate.keyUsage === undefined || certificate.keyUsage.includes('keyCertSign'));
