/**
 * A PKI for tests in which every fault of a certificate can be issued: two CAs in a line and a
 * stranger, certificates with whatever a template says, revocation lists. P-256, good for a year.
 */
import { deriveSerial } from '../crypto/derive.ts';
import { writePem } from '../crypto/pem.ts';
import { privateKeyPem } from '../crypto/privateKey.ts';
import { type CertificateTemplate, DAY, EKU, encodeName, signCertificate, signCrl, signSelf } from '../pki/ca.ts';
import { certificatePem } from '../pki/certificate.ts';
import type { Signer } from '../pki/issue/sign.ts';
import { deriveKey } from '../pki/keyAlgorithm.ts';
import type { Certificate } from '../pki/types.ts';

const SEED = 'faulty PKI';

export interface Issued {
  readonly certificate: Certificate;
  readonly pem: string;
  readonly key: string;
}

export type Fault = Omit<Partial<CertificateTemplate>, 'extendedKeyUsage' | 'subject'> & {
  readonly usages?: readonly (keyof typeof EKU)[];
  readonly nameless?: boolean;
  readonly by?: 'issuing' | 'stranger' | 'itself';
};

export interface FaultyPki {
  /** PEM of each CA. */
  readonly root: string;
  readonly issuing: string;
  readonly stranger: string;
  /** For `host`, unless the fault says otherwise. */
  readonly issue: (label: string, fault?: Fault) => Issued;
  /** A list for each CA, as Envoy wants them; that of the issuing CA has this certificate. */
  readonly revoking: (certificate: Certificate) => string;
  /** Lists of both authorities that revoke nobody, and whose next update has passed. */
  readonly staleLists: string;
}

export function faultyPki(now: number, host: string): FaultyPki {
  const notBefore = now - 30 * DAY;
  const notAfter = now + 365 * DAY;
  const authority = (label: string, parent?: Signer): Signer => {
    const key = deriveKey(SEED, `ca ${label}`, 'P-256');
    const template: CertificateTemplate = {
      serial: deriveSerial(SEED, `ca ${label}`),
      subject: encodeName([['CN', `test ${label}`]]),
      notBefore,
      notAfter,
      keyUsage: ['keyCertSign', 'cRLSign'],
      basicConstraints: { ca: true },
      subjectKeyId: 'computed',
    };
    return { certificate: parent ? signCertificate(template, key.publicKey, parent) : signSelf(template, key), key };
  };
  const root = authority('root');
  const issuing = authority('issuing', root);
  const stranger = authority('stranger');

  const issue = (
    label: string,
    { usages = ['serverAuth', 'clientAuth'], nameless, by, ...over }: Fault = {},
  ): Issued => {
    const key = deriveKey(SEED, label, 'P-256');
    const template: CertificateTemplate = {
      serial: deriveSerial(SEED, label),
      subject: encodeName(nameless === true ? [] : [['CN', label]]),
      notBefore,
      notAfter,
      keyUsage: ['digitalSignature'],
      extendedKeyUsage: usages.map((usage) => EKU[usage]),
      basicConstraints: { ca: false },
      subjectAltNames: [{ kind: 'dns', value: host }],
      ...over,
    };
    const signer = by === 'stranger' ? stranger : issuing;
    const certificate = by === 'itself' ? signSelf(template, key) : signCertificate(template, key.publicKey, signer);
    return { certificate, pem: certificatePem(certificate), key: privateKeyPem(key) };
  };
  const list = (signer: Signer, revoked: readonly Certificate[], nextUpdate = notAfter): string =>
    writePem(
      'X509 CRL',
      signCrl(
        {
          number: 1,
          thisUpdate: notBefore,
          nextUpdate,
          revoked: revoked.map(({ serial }) => ({ serial, revokedAt: notBefore })),
        },
        signer,
      ).der,
    );
  return {
    root: certificatePem(root.certificate),
    issuing: certificatePem(issuing.certificate),
    stranger: certificatePem(stranger.certificate),
    issue,
    revoking: (certificate) => list(issuing, [certificate]) + list(root, []),
    staleLists: list(issuing, [], now - DAY) + list(root, [], now - DAY),
  };
}
