/**
 * RSA on BigInt: PKCS#1 v1.5 and PSS, signing (with CRT) and verification, RFC 8017. The salt of PSS
 * comes from the caller so that signatures are reproducible. Used where real meshes have RSA: CA
 * certificates, RS256 tokens, imported Secrets; a signature costs some milliseconds.
 */
import { type Bytes, concatBytes, equalBytes, fromBigInt, toBigInt } from '../bytes.ts';
import { encodeNull, encodeOctets, encodeOid, encodeSequence } from '../der/write.ts';
import { HASH_LENGTH, type HashName, hash } from '../hash.ts';
import { modPow } from './arithmetic.ts';

export interface RsaPublicNumbers {
  readonly modulus: bigint;
  readonly exponent: bigint;
}

export interface RsaPrivateNumbers extends RsaPublicNumbers {
  readonly d: bigint;
  readonly p: bigint;
  readonly q: bigint;
  readonly dp: bigint;
  readonly dq: bigint;
  readonly qInv: bigint;
}

export const rsaBits = (key: RsaPublicNumbers): number => key.modulus.toString(2).length;

const byteLength = (key: RsaPublicNumbers): number => Math.ceil(rsaBits(key) / 8);

function privateOperation(key: RsaPrivateNumbers, value: bigint): bigint {
  const m1 = modPow(value, key.dp, key.p);
  const m2 = modPow(value, key.dq, key.q);
  const h = ((((m1 - m2) * key.qInv) % key.p) + key.p) % key.p;
  return m2 + h * key.q;
}

/** The encoded message of a signature, or undefined when the signature is out of range. */
function openSignature(key: RsaPublicNumbers, signature: Bytes): Bytes | undefined {
  const length = byteLength(key);
  if (signature.length !== length) return undefined;
  const value = toBigInt(signature);
  if (value >= key.modulus) return undefined;
  return fromBigInt(modPow(value, key.exponent, key.modulus), length);
}

const DIGEST_OID: Readonly<Record<HashName, string>> = {
  sha1: '1.3.14.3.2.26',
  sha256: '2.16.840.1.101.3.4.2.1',
  sha384: '2.16.840.1.101.3.4.2.2',
  sha512: '2.16.840.1.101.3.4.2.3',
};

/** EMSA-PKCS1-v1_5, or undefined when the modulus is too short for the hash. */
function pkcs1Encoding(hashName: HashName, message: Bytes, length: number): Bytes | undefined {
  const info = encodeSequence(
    encodeSequence(encodeOid(DIGEST_OID[hashName]), encodeNull()),
    encodeOctets(hash(hashName, message)),
  );
  if (length < info.length + 11) return undefined;
  const padding = new Uint8Array(length - info.length - 3).fill(0xff);
  return concatBytes(Uint8Array.of(0, 1), padding, Uint8Array.of(0), info);
}

/** Undefined only when the key is too short for the hash. */
export function rsaSignPkcs1(key: RsaPrivateNumbers, hashName: HashName, message: Bytes): Bytes | undefined {
  const length = byteLength(key);
  const encoded = pkcs1Encoding(hashName, message, length);
  return encoded && fromBigInt(privateOperation(key, toBigInt(encoded)), length);
}

export function rsaVerifyPkcs1(key: RsaPublicNumbers, hashName: HashName, message: Bytes, signature: Bytes): boolean {
  const opened = openSignature(key, signature);
  const expected = pkcs1Encoding(hashName, message, byteLength(key));
  return opened !== undefined && expected !== undefined && equalBytes(opened, expected);
}

function mgf1(hashName: HashName, seed: Bytes, length: number): Bytes {
  const blocks: Bytes[] = [];
  for (let counter = 0; counter * HASH_LENGTH[hashName] < length; counter++)
    blocks.push(hash(hashName, concatBytes(seed, fromBigInt(BigInt(counter), 4))));
  return concatBytes(...blocks).subarray(0, length);
}

const xor = (a: Bytes, b: Bytes): Bytes => a.map((byte, index) => byte ^ (b[index] ?? 0));

/** RSASSA-PSS with MGF1 of the same hash. Undefined only when the key is too short. */
export function rsaSignPss(key: RsaPrivateNumbers, hashName: HashName, message: Bytes, salt: Bytes): Bytes | undefined {
  const bits = rsaBits(key) - 1;
  const length = Math.ceil(bits / 8);
  const hashLength = HASH_LENGTH[hashName];
  const zeros = length - salt.length - hashLength - 2;
  if (zeros < 0) return undefined;
  const digest = hash(hashName, concatBytes(new Uint8Array(8), hash(hashName, message), salt));
  const block = concatBytes(new Uint8Array(zeros), Uint8Array.of(1), salt);
  const masked = xor(block, mgf1(hashName, digest, block.length));
  masked[0] = (masked[0] ?? 0) & (0xff >> (8 * length - bits));
  const encoded = concatBytes(masked, digest, Uint8Array.of(0xbc));
  return fromBigInt(privateOperation(key, toBigInt(encoded)), byteLength(key));
}

/** `saltLength` must be exact (TLS and JOSE: the hash length). */
export function rsaVerifyPss(
  key: RsaPublicNumbers,
  hashName: HashName,
  message: Bytes,
  signature: Bytes,
  saltLength: number = HASH_LENGTH[hashName],
): boolean {
  const opened = openSignature(key, signature);
  if (opened === undefined) return false;
  const bits = rsaBits(key) - 1;
  const length = Math.ceil(bits / 8);
  if (opened.length > length && opened[0] !== 0) return false;
  const encoded = opened.subarray(opened.length - length);
  const hashLength = HASH_LENGTH[hashName];
  const zeros = length - saltLength - hashLength - 2;
  if (zeros < 0 || encoded[length - 1] !== 0xbc) return false;
  const masked = encoded.subarray(0, length - hashLength - 1);
  const digest = encoded.subarray(length - hashLength - 1, length - 1);
  const topBits = 8 * length - bits;
  if ((masked[0] ?? 0) >> (8 - topBits) !== 0 && topBits > 0) return false;
  const block = xor(masked, mgf1(hashName, digest, masked.length));
  block[0] = (block[0] ?? 0) & (0xff >> topBits);
  if (block.subarray(0, zeros).some((byte) => byte !== 0) || block[zeros] !== 1) return false;
  const salt = block.subarray(zeros + 1);
  return equalBytes(digest, hash(hashName, concatBytes(new Uint8Array(8), hash(hashName, message), salt)));
}
