/**
 * OpenSSL's security level: minimum strength of keys and signature digests (level 2 is the default of
 * Debian and Ubuntu: 112 bits, so no RSA below 2048 and no SHA-1). BoringSSL has no such check.
 * OpenSSL check_cert_key_level, check_auth_level.
 */
import type { PublicKey } from '../../crypto/keys.ts';
import type { SignatureAlgorithm } from '../../crypto/signature.ts';
import type { Phase } from './context.ts';
import { ERR } from './errors.ts';

const MINIMUM_BITS: readonly number[] = [0, 80, 112, 128, 192, 256];

/** Strength of a key in bits (NIST SP 800-57). */
function keyStrength(key: PublicKey): number {
  if (key.kind === 'ed25519') return 128;
  if (key.kind === 'ec') return key.curve === 'P-256' ? 128 : key.curve === 'P-384' ? 192 : 256;
  if (key.kind === 'unsupported') return 0;
  const { bits } = key;
  return bits >= 15360 ? 256 : bits >= 7680 ? 192 : bits >= 3072 ? 128 : bits >= 2048 ? 112 : bits >= 1024 ? 80 : 0;
}

function digestStrength(algorithm: SignatureAlgorithm): number {
  if (algorithm.kind === 'ed25519') return 128;
  if (algorithm.kind === 'unsupported') return 0;
  return { sha1: 63, sha256: 128, sha384: 192, sha512: 256 }[algorithm.hash];
}

const minimum = (level: number | undefined): number => MINIMUM_BITS[level ?? 2] ?? 0;

/** Before anything else: the key of the leaf. */
export const checkLeafKey: Phase = ({ chain, options, steps }) => {
  const [certificate] = chain;
  if (certificate === undefined) return undefined;
  const ok = keyStrength(certificate.publicKey) >= minimum(options.securityLevel);
  steps.push({ kind: 'security-level', depth: 0, certificate, ok, ...(!ok && { problem: 'key' as const }) });
  return ok ? undefined : { number: ERR.leafKeyTooSmall, depth: 0 };
};

/** After the extensions: keys of issuers, digests of all but the top certificate. */
export const checkChainStrength: Phase = ({ chain, options, steps }) => {
  const bits = minimum(options.securityLevel);
  for (const [depth, certificate] of chain.entries()) {
    if (depth > 0 && keyStrength(certificate.publicKey) < bits) {
      steps.push({ kind: 'security-level', depth, certificate, ok: false, problem: 'key' });
      return { number: ERR.caKeyTooSmall, depth };
    }
    if (depth < chain.length - 1 && digestStrength(certificate.signatureAlgorithm) < bits) {
      steps.push({ kind: 'security-level', depth, certificate, ok: false, problem: 'digest' });
      return { number: ERR.caDigestTooWeak, depth };
    }
  }
  return undefined;
};
