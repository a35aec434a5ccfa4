/**
 * Keys, salts and serial numbers derived from a seed text and a label: HKDF-SHA-256 with the seed as
 * input keying material and the label as info. The label names the owner of the key (a SPIFFE ID, a
 * resource), so a new owner changes nobody else's key, and the order of asking does not matter.
 */
import { type Bytes, fromBigInt, toBigInt, utf8 } from './bytes.ts';
import { EC_FIELD_LENGTH, type EcCurve, ecOrder } from './ec.ts';
import { hkdfExpand, hkdfExtract } from './hash.ts';
import {
  type EcPrivateKey,
  type Ed25519PrivateKey,
  ecPrivateKey,
  ed25519PrivateKey,
  type RsaPrivateKey,
  rsaPrivateKey,
} from './keys.ts';
import { modInverse, nextRsaPrime } from './rsa/arithmetic.ts';

/** `length` pseudo-random bytes that belong to (seed, label); at most 8160. */
export function deriveBytes(seed: string, label: string, length: number): Bytes {
  const prk = hkdfExtract('sha256', utf8('meshverdict derive v1'), utf8(seed));
  return hkdfExpand('sha256', prk, utf8(label), length);
}

/** An EC key: 64 bits more than the order's length, reduced into [1, n-1] (FIPS 186-5 A.2.1). */
export function deriveEcKey(seed: string, label: string, curve: EcCurve = 'P-256'): EcPrivateKey {
  const length = EC_FIELD_LENGTH[curve];
  const wide = toBigInt(deriveBytes(seed, `ec ${curve} ${label}`, length + 8));
  return ecPrivateKey(curve, fromBigInt((wide % (ecOrder(curve) - 1n)) + 1n, length));
}

export const deriveEd25519Key = (seed: string, label: string): Ed25519PrivateKey =>
  ed25519PrivateKey(deriveBytes(seed, `ed25519 ${label}`, 32));

/**
 * An RSA key: two primes above starting points drawn from the seed, both top bits set. Slow beside EC
 * (a 2048-bit key takes some tenths of a second), so only for resources that ask for RSA.
 */
export function deriveRsaKey(
  seed: string,
  label: string,
  bits: 1024 | 2048 | 3072 | 4096 | 8192 = 2048,
): RsaPrivateKey {
  const exponent = 65537n;
  const half = bits / 2;
  const prime = (name: string): bigint => {
    const start = toBigInt(deriveBytes(seed, `rsa ${bits} ${name} ${label}`, half / 8));
    return nextRsaPrime(start | (3n << BigInt(half - 2)), exponent);
  };
  const [first, second] = [prime('p'), prime('q')];
  const [p, q] = first > second ? [first, second] : [second, first];
  const d = modInverse(exponent, (p - 1n) * (q - 1n)) ?? 0n;
  return rsaPrivateKey({
    modulus: p * q,
    exponent,
    d,
    p,
    q,
    dp: d % (p - 1n),
    dq: d % (q - 1n),
    qInv: modInverse(q, p) ?? 0n,
  });
}

/** A positive serial number of `bits` bits at most (127: always 16 bytes without a sign byte). */
export function deriveSerial(seed: string, label: string, bits = 127): bigint {
  const value = toBigInt(deriveBytes(seed, `serial ${label}`, Math.ceil(bits / 8))) & ((1n << BigInt(bits)) - 1n);
  return value === 0n ? 1n : value;
}
