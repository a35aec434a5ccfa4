/**
 * A CA that comes from outside as PEM: signing certificate (then those above it) and key, and the
 * CAs whose roots proxies are to trust. The root above a certificate is found by name and key id
 * among the certificates at hand.
 */
import type { PrivateKey } from '../crypto/keys.ts';
import { parsePrivateKey, privateKeyPem } from '../crypto/privateKey.ts';
import { adoptCa, type CertificateAuthority } from './ca.ts';
import { parseCertificates } from './certificate.ts';
import type { Certificate } from './types.ts';

export interface GivenCaText {
  /** PEM of the signing certificate, of those above it that are to be presented, and of the key. */
  readonly signer: string;
  /** PEM whose first certificate each names a CA to trust. */
  readonly trusted: readonly string[];
}

/** Undefined when the text holds no usable certificate and key. */
export function adoptGivenCa(
  seed: string,
  given: GivenCaText,
  pool: readonly string[],
): CertificateAuthority | undefined {
  const chain = parseCertificates(given.signer);
  const key = parsePrivateKey(given.signer);
  if (!chain.ok || !key.ok) return undefined;
  const [certificate, ...above] = chain.value;
  if (certificate === undefined) return undefined;
  const known = pool.flatMap(certificatesIn);
  const roots = given.trusted.flatMap((pem) => {
    const [first] = certificatesIn(pem);
    return first === undefined ? [] : [rootAbove(first, known)];
  });
  return adoptCa(
    seed,
    { certificate, key: key.value },
    above.filter((c) => !c.selfIssued),
    roots,
  );
}

function certificatesIn(pem: string): readonly Certificate[] {
  const parsed = parseCertificates(pem);
  return parsed.ok ? parsed.value : [];
}

function rootAbove(certificate: Certificate, pool: readonly Certificate[]): Certificate {
  let top = certificate;
  for (let steps = 0; steps < 10 && !top.selfIssued; steps++) {
    const keyId = top.authorityKeyId?.keyId;
    const name = top.issuer.canonical;
    const issuer = pool.find((c) => c.subject.canonical === name && (keyId === undefined || c.subjectKeyId === keyId));
    if (issuer === undefined) break;
    top = issuer;
  }
  return top;
}

/** PKCS#8 PEM of a key that leaves the engine on purpose. */
export const privateKeyText = (key: PrivateKey): string => privateKeyPem(key);
