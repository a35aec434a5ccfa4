/** Certificates as views show them, and the ones a trace mentions. */
import { type Certificate, type CompiledMesh, certificatePem, type Trace } from '../../engine.ts';
import type { CertificateView } from '../certificateView.ts';

export function certificateView(certificate: Certificate): CertificateView {
  const names = (certificate.subjectAltNames ?? []).flatMap((name) =>
    name.kind === 'dns' || name.kind === 'uri' || name.kind === 'ip' || name.kind === 'email'
      ? [{ type: SAN_TYPES[name.kind], value: name.value }]
      : [],
  );
  return {
    fingerprint: certificate.fingerprint,
    subject: certificate.subject.text,
    issuer: certificate.issuer.text,
    serial: certificate.serial.toString(16),
    notBefore: certificate.notBefore,
    notAfter: certificate.notAfter,
    subjectAltNames: names,
    ca: certificate.basicConstraints?.ca === true,
    keyUsage: certificate.keyUsage ?? [],
    extendedKeyUsage: (certificate.extendedKeyUsage ?? []).map((oid) => EXTENDED_KEY_USAGES[oid] ?? oid),
    publicKey: publicKeyName(certificate),
    signatureAlgorithm: signatureName(certificate),
    selfSigned: certificate.selfIssued,
    pem: certificatePem(certificate),
    ...(certificate.basicConstraints?.pathLength === undefined
      ? {}
      : { pathLength: certificate.basicConstraints.pathLength }),
    ...(certificate.subjectKeyId === undefined ? {} : { subjectKeyId: certificate.subjectKeyId }),
    ...(certificate.authorityKeyId?.keyId === undefined ? {} : { authorityKeyId: certificate.authorityKeyId.keyId }),
  };
}

const SAN_TYPES = { dns: 'DNS', uri: 'URI', ip: 'IP', email: 'email' } as const;

const EXTENDED_KEY_USAGES: Readonly<Record<string, string>> = {
  '1.3.6.1.5.5.7.3.1': 'serverAuth',
  '1.3.6.1.5.5.7.3.2': 'clientAuth',
  '1.3.6.1.5.5.7.3.3': 'codeSigning',
  '1.3.6.1.5.5.7.3.4': 'emailProtection',
  '2.5.29.37.0': 'anyExtendedKeyUsage',
};

/** Every certificate that the trace names by fingerprint and the mesh, the call or `others` know. */
export function certificatesOf(
  compiled: CompiledMesh,
  trace: Trace,
  others: readonly Certificate[] = [],
): CertificateView[] {
  const wanted = new Set<string>();
  for (const hop of trace.hops) {
    for (const step of hop.steps) {
      if (step.kind !== 'tls-handshake') continue;
      for (const fingerprint of [...step.client.certificateChain, ...step.server.certificateChain])
        wanted.add(fingerprint);
      for (const trust of [step.client.trust, step.server.trust]) {
        if (trust !== undefined && typeof trust.anchors !== 'string') {
          for (const fingerprint of trust.anchors) wanted.add(fingerprint);
        }
      }
    }
  }
  return [...wanted].flatMap((fingerprint) => {
    const certificate = compiled.certificate(fingerprint) ?? others.find((other) => other.fingerprint === fingerprint);
    return certificate === undefined ? [] : [certificateView(certificate)];
  });
}

function publicKeyName({ publicKey }: Certificate): string {
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

function signatureName({ signatureAlgorithm }: Certificate): string {
  return 'hash' in signatureAlgorithm
    ? `${signatureAlgorithm.kind} ${signatureAlgorithm.hash}`
    : signatureAlgorithm.kind;
}
