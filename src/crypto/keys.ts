/**
 * Public and private keys as plain data, and SubjectPublicKeyInfo (RFC 5280 4.1.2.7, RFC 5480, 8410).
 * A key knows its DER SPKI and an id (hex SHA-256 of it) that caches and comparisons use.
 */
import { err, ok, type Result } from '../base/result.ts';
import { type Bytes, toHex } from './bytes.ts';
import { derBitString, derBytes, derChild, derInteger, derOid, readDer, TAG } from './der/read.ts';
import { encodeBits, encodeInteger, encodeNull, encodeOid, encodeSequence } from './der/write.ts';
import { type EcCurve, ecPoint, ecPublicPoint, ed25519PublicKey } from './ec.ts';
import { sha256 } from './hash.ts';
import { OID } from './oids.ts';
import { type RsaPrivateNumbers, rsaBits } from './rsa/rsa.ts';

interface PublicKeyBase {
  /** DER SubjectPublicKeyInfo. */
  readonly spki: Bytes;
  /** Lower-case hex SHA-256 of `spki`. */
  readonly id: string;
}

export interface EcPublicKey extends PublicKeyBase {
  readonly kind: 'ec';
  readonly curve: EcCurve;
  /** Uncompressed SEC1 point. */
  readonly point: Bytes;
}
export interface Ed25519PublicKey extends PublicKeyBase {
  readonly kind: 'ed25519';
  readonly point: Bytes;
}
export interface RsaPublicKey extends PublicKeyBase {
  readonly kind: 'rsa';
  readonly modulus: bigint;
  readonly exponent: bigint;
  readonly bits: number;
}
/** A key of an algorithm that is not modelled: recognised, never usable. */
export interface UnsupportedPublicKey extends PublicKeyBase {
  readonly kind: 'unsupported';
  readonly algorithm: string;
}
export type PublicKey = EcPublicKey | Ed25519PublicKey | RsaPublicKey | UnsupportedPublicKey;

export interface EcPrivateKey {
  readonly kind: 'ec';
  readonly curve: EcCurve;
  readonly scalar: Bytes;
  readonly publicKey: EcPublicKey;
}
export interface Ed25519PrivateKey {
  readonly kind: 'ed25519';
  readonly seed: Bytes;
  readonly publicKey: Ed25519PublicKey;
}
export interface RsaPrivateKey {
  readonly kind: 'rsa';
  readonly numbers: RsaPrivateNumbers;
  readonly publicKey: RsaPublicKey;
}
export type PrivateKey = EcPrivateKey | Ed25519PrivateKey | RsaPrivateKey;

export interface KeyError {
  readonly code: 'key-malformed' | 'key-unsupported' | 'key-inconsistent' | 'key-encrypted' | 'key-absent';
  /** What was wrong: an OID, a DER error code, a PEM label. */
  readonly detail: string;
}

export const CURVE_OID: Readonly<Record<EcCurve, string>> = { 'P-256': OID.p256, 'P-384': OID.p384, 'P-521': OID.p521 };

export const curveOfOid = (oid: string | undefined): EcCurve | undefined =>
  oid === OID.p256 ? 'P-256' : oid === OID.p384 ? 'P-384' : oid === OID.p521 ? 'P-521' : undefined;

const idOf = (spki: Bytes): string => toHex(sha256(spki));

export function ecPublicKey(curve: EcCurve, point: Bytes): EcPublicKey {
  const spki = encodeSequence(
    encodeSequence(encodeOid(OID.ecPublicKey), encodeOid(CURVE_OID[curve])),
    encodeBits(point),
  );
  return { kind: 'ec', curve, point, spki, id: idOf(spki) };
}

export function rsaPublicKey(modulus: bigint, exponent: bigint): RsaPublicKey {
  const spki = encodeSequence(
    encodeSequence(encodeOid(OID.rsaEncryption), encodeNull()),
    encodeBits(encodeSequence(encodeInteger(modulus), encodeInteger(exponent))),
  );
  return { kind: 'rsa', modulus, exponent, bits: rsaBits({ modulus, exponent }), spki, id: idOf(spki) };
}

export function ed25519Key(point: Bytes): Ed25519PublicKey {
  const spki = encodeSequence(encodeSequence(encodeOid(OID.ed25519)), encodeBits(point));
  return { kind: 'ed25519', point, spki, id: idOf(spki) };
}

export const ecPrivateKey = (curve: EcCurve, scalar: Bytes): EcPrivateKey => ({
  kind: 'ec',
  curve,
  scalar,
  publicKey: ecPublicKey(curve, ecPublicPoint(curve, scalar)),
});

export const ed25519PrivateKey = (seed: Bytes): Ed25519PrivateKey => ({
  kind: 'ed25519',
  seed,
  publicKey: ed25519Key(ed25519PublicKey(seed)),
});

export const rsaPrivateKey = (numbers: RsaPrivateNumbers): RsaPrivateKey => ({
  kind: 'rsa',
  numbers,
  publicKey: rsaPublicKey(numbers.modulus, numbers.exponent),
});

/** Reads a DER SubjectPublicKeyInfo; an unknown algorithm is a value, a broken structure an error. */
export function parsePublicKey(spki: Bytes): Result<PublicKey, KeyError> {
  const malformed = (detail: string): Result<never, KeyError> => err({ code: 'key-malformed', detail });
  const tree = readDer(spki);
  if (!tree.ok) return malformed(tree.error.code);
  const algorithm = derChild(tree.value, 0, TAG.sequence);
  const oid = derOid(derChild(algorithm, 0));
  const bits = derBitString(derChild(tree.value, 1));
  if (
    tree.value.tag !== TAG.sequence ||
    tree.value.children.length !== 2 ||
    oid === undefined ||
    bits === undefined ||
    bits.unused !== 0
  )
    return malformed('subjectPublicKeyInfo');
  const exact = derBytes(tree.value);
  const id = idOf(exact);
  switch (oid) {
    case OID.ecPublicKey: {
      const curveOid = derOid(derChild(algorithm, 1));
      const curve = curveOfOid(curveOid);
      if (curve === undefined) return ok({ kind: 'unsupported', algorithm: curveOid ?? oid, spki: exact, id });
      const point = ecPoint(curve, bits.bytes);
      return point === undefined ? malformed('point') : ok({ kind: 'ec', curve, point, spki: exact, id });
    }
    case OID.ed25519:
      return bits.bytes.length === 32
        ? ok({ kind: 'ed25519', point: bits.bytes, spki: exact, id })
        : malformed('point');
    case OID.rsaEncryption: {
      const numbers = readDer(bits.bytes);
      const modulus = numbers.ok ? derInteger(derChild(numbers.value, 0)) : undefined;
      const exponent = numbers.ok ? derInteger(derChild(numbers.value, 1)) : undefined;
      if (modulus === undefined || exponent === undefined || modulus <= 0n || exponent <= 0n)
        return malformed('rsaPublicKey');
      return ok({ kind: 'rsa', modulus, exponent, bits: rsaBits({ modulus, exponent }), spki: exact, id });
    }
    default:
      return ok({ kind: 'unsupported', algorithm: oid, spki: exact, id });
  }
}

/** Does the private key belong to this public key? */
export function publicKeysEqual(a: PublicKey, b: PublicKey): boolean {
  if (a.kind === 'rsa' && b.kind === 'rsa') return a.modulus === b.modulus && a.exponent === b.exponent;
  return a.id === b.id;
}
