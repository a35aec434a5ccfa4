/**
 * Elliptic curves: ECDSA on P-256, P-384 and P-521 (deterministic nonces, RFC 6979), ECDH on P-256
 * and X25519, Ed25519 (RFC 8032). Points are uncompressed SEC1. Signatures of ECDSA exist in two
 * forms: raw r||s (JOSE) and DER SEQUENCE (X.509, TLS). Verification never throws: bytes that are no
 * signature or no point are simply not valid. High s is accepted and produced, as OpenSSL does.
 */
import { ed25519, x25519 } from '@noble/curves/ed25519.js';
import { p256, p384, p521 } from '@noble/curves/nist.js';
import { type Bytes, concatBytes, fromBigInt, toBigInt } from './bytes.ts';
import { derInteger, readDer } from './der/read.ts';
import { encodeInteger, encodeSequence } from './der/write.ts';
import { type HashName, hash } from './hash.ts';

export type EcCurve = 'P-256' | 'P-384' | 'P-521';

const CURVES = { 'P-256': p256, 'P-384': p384, 'P-521': p521 } as const;

/** Bytes of one coordinate or scalar. */
export const EC_FIELD_LENGTH: Readonly<Record<EcCurve, number>> = { 'P-256': 32, 'P-384': 48, 'P-521': 66 };

/** Order of the base point. */
export const ecOrder = (curve: EcCurve): bigint => CURVES[curve].Point.Fn.ORDER;

/** Uncompressed public point of a secret scalar. */
export const ecPublicPoint = (curve: EcCurve, scalar: Bytes): Bytes => CURVES[curve].getPublicKey(scalar, false);

/** The uncompressed form of a SEC1 point that lies on the curve, else undefined. */
export function ecPoint(curve: EcCurve, encoded: Bytes): Bytes | undefined {
  try {
    return CURVES[curve].Point.fromBytes(encoded).toBytes(false);
  } catch {
    return undefined;
  }
}

/** Is this a scalar in [1, n-1] of the right length? */
export function isEcScalar(curve: EcCurve, scalar: Bytes): boolean {
  return scalar.length === EC_FIELD_LENGTH[curve] && toBigInt(scalar) > 0n && toBigInt(scalar) < ecOrder(curve);
}

/** Raw r||s signature of `message` hashed with `hashName`. */
export function ecdsaSignRaw(curve: EcCurve, hashName: HashName, scalar: Bytes, message: Bytes): Bytes {
  return CURVES[curve].sign(hash(hashName, message), scalar, { prehash: false, lowS: false });
}

export function ecdsaVerifyRaw(
  curve: EcCurve,
  hashName: HashName,
  point: Bytes,
  message: Bytes,
  signature: Bytes,
): boolean {
  if (signature.length !== 2 * EC_FIELD_LENGTH[curve]) return false;
  try {
    return CURVES[curve].verify(signature, hash(hashName, message), point, { prehash: false, lowS: false });
  } catch {
    return false;
  }
}

/** DER signature (SEQUENCE of two INTEGERs). */
export const ecdsaSignDer = (curve: EcCurve, hashName: HashName, scalar: Bytes, message: Bytes): Bytes =>
  ecdsaRawToDer(ecdsaSignRaw(curve, hashName, scalar, message));

export function ecdsaVerifyDer(
  curve: EcCurve,
  hashName: HashName,
  point: Bytes,
  message: Bytes,
  signature: Bytes,
): boolean {
  const raw = ecdsaDerToRaw(curve, signature);
  return raw !== undefined && ecdsaVerifyRaw(curve, hashName, point, message, raw);
}

export function ecdsaRawToDer(raw: Bytes): Bytes {
  const half = raw.length / 2;
  return encodeSequence(encodeInteger(toBigInt(raw.subarray(0, half))), encodeInteger(toBigInt(raw.subarray(half))));
}

export function ecdsaDerToRaw(curve: EcCurve, der: Bytes): Bytes | undefined {
  const node = readDer(der);
  if (!node.ok || node.value.tag !== 0x30 || node.value.children.length !== 2) return undefined;
  const [r, s] = node.value.children.map(derInteger);
  const order = ecOrder(curve);
  if (r === undefined || s === undefined || r <= 0n || s <= 0n || r >= order || s >= order) return undefined;
  const length = EC_FIELD_LENGTH[curve];
  return concatBytes(fromBigInt(r, length), fromBigInt(s, length));
}

/** x-coordinate of the shared point, or undefined when the peer's point is not on the curve. */
export function ecdhSharedSecret(curve: EcCurve, scalar: Bytes, peerPoint: Bytes): Bytes | undefined {
  try {
    return CURVES[curve].getSharedSecret(scalar, peerPoint, false).subarray(1, 1 + EC_FIELD_LENGTH[curve]);
  } catch {
    return undefined;
  }
}

export const x25519PublicKey = (secret: Bytes): Bytes => x25519.getPublicKey(secret);

/** Shared secret, or undefined for a peer key of the wrong length or of low order. */
export function x25519SharedSecret(secret: Bytes, peer: Bytes): Bytes | undefined {
  try {
    return x25519.getSharedSecret(secret, peer);
  } catch {
    return undefined;
  }
}

export const ed25519PublicKey = (seed: Bytes): Bytes => ed25519.getPublicKey(seed);
export const ed25519Sign = (seed: Bytes, message: Bytes): Bytes => ed25519.sign(message, seed);

export function ed25519Verify(publicKey: Bytes, message: Bytes, signature: Bytes): boolean {
  if (publicKey.length !== 32 || signature.length !== 64) return false;
  try {
    return ed25519.verify(signature, message, publicKey, { zip215: false });
  } catch {
    return false;
  }
}
