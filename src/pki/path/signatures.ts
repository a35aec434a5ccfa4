/**
 * Signature checks of certificates, remembered by (certificate, issuer key): the same leaf is checked
 * by every peer that meets it.
 */
import { type Bytes, equalBytes } from '../../crypto/bytes.ts';
import type { PublicKey } from '../../crypto/keys.ts';
import { verifySignature } from '../../crypto/signature.ts';
import { boundedCache } from '../boundedCache.ts';
import type { ByteRange, Certificate } from '../types.ts';

const verified = boundedCache<boolean>(20_000);

const keyOf = (certificate: Certificate, issuerKey: PublicKey): string => `${certificate.fingerprint} ${issuerKey.id}`;

/**
 * Does the signature of the certificate verify under this key? The algorithm is named twice in a
 * certificate, inside and outside of what is signed: both must say the same.
 */
export function signatureVerifies(certificate: Certificate, issuerKey: PublicKey): boolean {
  return verified.get(keyOf(certificate, issuerKey), () => {
    const { tbsCertificate, signature, signatureAlgorithm } = certificate.ranges;
    if (tbsCertificate === undefined || signature === undefined || signatureAlgorithm === undefined) return false;
    const bytes = (range: ByteRange): Bytes => certificate.der.subarray(range.start, range.end);
    return (
      equalBytes(bytes(signature), bytes(signatureAlgorithm)) &&
      verifySignature(certificate.signatureAlgorithm, issuerKey, bytes(tbsCertificate), certificate.signature)
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
