/**
 * Signature checks of certificates, remembered by (certificate, issuer key): the same leaf is checked
 * by every peer that meets it.
 */
import type { PublicKey } from '../../crypto/keys.ts';
import { verifySignature } from '../../crypto/signature.ts';
import { boundedCache } from '../boundedCache.ts';
import type { Certificate } from '../types.ts';

const verified = boundedCache<boolean>(20_000);

const keyOf = (certificate: Certificate, issuerKey: PublicKey): string => `${certificate.fingerprint} ${issuerKey.id}`;

/** Does the signature of the certificate verify under this key? */
export function signatureVerifies(certificate: Certificate, issuerKey: PublicKey): boolean {
  return verified.get(keyOf(certificate, issuerKey), () => {
    const range = certificate.ranges.tbsCertificate;
    return (
      range !== undefined &&
      verifySignature(
        certificate.signatureAlgorithm,
        issuerKey,
        certificate.der.subarray(range.start, range.end),
        certificate.signature,
      )
    );
  });
}

/**
 * Remembers that a certificate carries a good signature of this key, because we have just made it
 * with the private half. The fingerprint covers every byte, so a changed copy is checked for real.
 */
export function rememberSignature(certificate: Certificate, issuerKey: PublicKey): void {
  verified.set(keyOf(certificate, issuerKey), true);
}
