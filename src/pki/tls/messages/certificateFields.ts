/** The parts of an X.509 certificate as fields of the message that carries it (RFC 5280 4.1). */

import type { TlsFieldMeaning } from '../../../base/tlsVocabulary.ts';
import type { Bytes } from '../../../crypto/bytes.ts';
import { signatureAlgorithmName } from '../../../crypto/signatureAlgorithm.ts';
import type { Certificate, CertificateField } from '../../types.ts';
import { hexText } from '../codec/codec.ts';
import type { Field } from '../codec/field.ts';
import { knownCertificate } from './knownCertificate.ts';

const MEANINGS: Readonly<Record<CertificateField, TlsFieldMeaning>> = {
  tbsCertificate: 'x509.tbsCertificate',
  version: 'x509.version',
  serialNumber: 'x509.serialNumber',
  signature: 'x509.signature',
  issuer: 'x509.issuer',
  validity: 'x509.validity',
  subject: 'x509.subject',
  subjectPublicKeyInfo: 'x509.subjectPublicKeyInfo',
  extensions: 'x509.extensions',
  signatureAlgorithm: 'x509.signatureAlgorithm',
  signatureValue: 'x509.signatureValue',
};

const INSIDE_TBS: readonly CertificateField[] = [
  'version',
  'serialNumber',
  'signature',
  'issuer',
  'validity',
  'subject',
  'subjectPublicKeyInfo',
  'extensions',
];

const iso = (time: number): string => new Date(time).toISOString().replace('.000Z', 'Z');

function keyText({ publicKey }: Certificate): string {
  switch (publicKey.kind) {
    case 'ec':
      return `EC ${publicKey.curve}`;
    case 'rsa':
      return `RSA ${publicKey.bits}`;
    case 'ed25519':
      return 'Ed25519';
    case 'unsupported':
      return publicKey.algorithm;
  }
}

function valueText(certificate: Certificate, field: CertificateField): string {
  switch (field) {
    case 'tbsCertificate':
      return '';
    case 'version':
      return `v${certificate.version}`;
    case 'serialNumber':
      return certificate.serial.toString(16);
    case 'issuer':
      return certificate.issuer.text;
    case 'subject':
      return certificate.subject.text;
    case 'validity':
      return `${iso(certificate.notBefore)} - ${iso(certificate.notAfter)}`;
    case 'subjectPublicKeyInfo':
      return keyText(certificate);
    case 'extensions':
      return (certificate.subjectAltNames ?? []).map((name) => name.value).join(', ');
    case 'signature':
    case 'signatureAlgorithm':
      return signatureAlgorithmName(certificate.signatureAlgorithm);
    case 'signatureValue':
      return hexText(certificate.signature);
  }
}

function fieldOf(certificate: Certificate, name: CertificateField, offset: number): readonly Field[] {
  const range = certificate.ranges[name];
  if (range === undefined) return [];
  return [
    {
      name,
      meaning: MEANINGS[name],
      value: valueText(certificate, name),
      start: offset + range.start,
      end: offset + range.end,
      children: name === 'tbsCertificate' ? INSIDE_TBS.flatMap((inner) => fieldOf(certificate, inner, offset)) : [],
    },
  ];
}

/** Fields of a DER certificate that starts at `offset`; none when it is not a certificate. */
export function certificateFields(der: Bytes, offset: number): readonly Field[] {
  const parsed = knownCertificate(der);
  if (!parsed.ok) return [];
  return (['tbsCertificate', 'signatureAlgorithm', 'signatureValue'] as const).flatMap((name) =>
    fieldOf(parsed.value, name, offset),
  );
}

/** Subject, or first alternative name, or fingerprint: enough to tell certificates apart. */
export function certificateText(der: Bytes): string {
  const parsed = knownCertificate(der);
  if (!parsed.ok) return hexText(der);
  const { subject, subjectAltNames, fingerprint } = parsed.value;
  return subject.text !== '' ? subject.text : (subjectAltNames?.[0]?.value ?? fingerprint);
}
