/**
 * Signing and verifying by algorithm: one table for X.509, CSRs, CRLs and TLS. `algorithm` says what
 * the signature claims; a key of another kind does not verify. AlgorithmIdentifier encodings are in
 * `signatureAlgorithm.ts`.
 */
import { assertNever } from '../base/assertNever.ts';
import { invariant } from '../base/invariant.ts';
import type { Bytes } from './bytes.ts';
import { ecdsaSignDer, ecdsaVerifyDer, ed25519Sign, ed25519Verify } from './ec.ts';
import { HASH_LENGTH, type HashName } from './hash.ts';
import type { PrivateKey, PublicKey } from './keys.ts';
import { rsaSignPkcs1, rsaSignPss, rsaVerifyPkcs1, rsaVerifyPss } from './rsa/rsa.ts';

export type SignatureAlgorithm =
  | { readonly kind: 'ecdsa'; readonly hash: HashName }
  | { readonly kind: 'ed25519' }
  | { readonly kind: 'rsa-pkcs1'; readonly hash: HashName }
  | { readonly kind: 'rsa-pss'; readonly hash: HashName; readonly saltLength: number }
  | { readonly kind: 'unsupported'; readonly oid: string };

/** Is `signature` (ECDSA in DER) right for `message` under `key`? */
export function verifySignature(
  algorithm: SignatureAlgorithm,
  key: PublicKey,
  message: Bytes,
  signature: Bytes,
): boolean {
  switch (algorithm.kind) {
    case 'ecdsa':
      return key.kind === 'ec' && ecdsaVerifyDer(key.curve, algorithm.hash, key.point, message, signature);
    case 'ed25519':
      return key.kind === 'ed25519' && ed25519Verify(key.point, message, signature);
    case 'rsa-pkcs1':
      return key.kind === 'rsa' && rsaVerifyPkcs1(key, algorithm.hash, message, signature);
    case 'rsa-pss':
      return key.kind === 'rsa' && rsaVerifyPss(key, algorithm.hash, message, signature, algorithm.saltLength);
    case 'unsupported':
      return false;
    default:
      return assertNever(algorithm);
  }
}

/** What a key signs certificates with by default (Go's choice): the hash of the curve's size. */
export function defaultSignatureAlgorithm(key: PublicKey): SignatureAlgorithm {
  switch (key.kind) {
    case 'ec':
      return { kind: 'ecdsa', hash: key.curve === 'P-256' ? 'sha256' : key.curve === 'P-384' ? 'sha384' : 'sha512' };
    case 'ed25519':
      return { kind: 'ed25519' };
    case 'rsa':
      return { kind: 'rsa-pkcs1', hash: 'sha256' };
    case 'unsupported':
      return { kind: 'unsupported', oid: key.algorithm };
    default:
      return assertNever(key);
  }
}

/**
 * Signs; the same input always gives the same signature (PSS: the salt is the caller's). Asking a key
 * for an algorithm of another kind is a bug of the caller.
 */
export function signMessage(algorithm: SignatureAlgorithm, key: PrivateKey, message: Bytes, salt?: Bytes): Bytes {
  let signature: Bytes | undefined;
  if (algorithm.kind === 'ecdsa' && key.kind === 'ec')
    signature = ecdsaSignDer(key.curve, algorithm.hash, key.scalar, message);
  else if (algorithm.kind === 'ed25519' && key.kind === 'ed25519') signature = ed25519Sign(key.seed, message);
  else if (algorithm.kind === 'rsa-pkcs1' && key.kind === 'rsa')
    signature = rsaSignPkcs1(key.numbers, algorithm.hash, message);
  else if (algorithm.kind === 'rsa-pss' && key.kind === 'rsa')
    signature = rsaSignPss(key.numbers, algorithm.hash, message, salt ?? new Uint8Array(HASH_LENGTH[algorithm.hash]));
  invariant(signature !== undefined, `key ${key.kind} cannot sign ${algorithm.kind}`);
  return signature;
}
