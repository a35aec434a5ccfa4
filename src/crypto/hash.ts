/**
 * Hashes and what is built on HMAC: HKDF (RFC 5869), the TLS 1.2 PRF (RFC 5246 section 5).
 * Synchronous, so that everything above may be synchronous too.
 */
import { expand, extract } from '@noble/hashes/hkdf.js';
import { hmac as nobleHmac } from '@noble/hashes/hmac.js';
import { sha1 as nobleSha1 } from '@noble/hashes/legacy.js';
import { sha256 as nobleSha256, sha384 as nobleSha384, sha512 as nobleSha512 } from '@noble/hashes/sha2.js';
import { type Bytes, concatBytes, utf8 } from './bytes.ts';

/** SHA-1 only identifies things (key identifiers); no signature with it is ever accepted. */
export type HashName = 'sha1' | 'sha256' | 'sha384' | 'sha512';

const HASHES = { sha1: nobleSha1, sha256: nobleSha256, sha384: nobleSha384, sha512: nobleSha512 } as const;

/** Output length in bytes. */
export const HASH_LENGTH: Readonly<Record<HashName, number>> = { sha1: 20, sha256: 32, sha384: 48, sha512: 64 };

export const hash = (name: HashName, data: Bytes): Bytes => HASHES[name](data);
export const sha256 = (data: Bytes): Bytes => nobleSha256(data);

export const hmac = (name: HashName, key: Bytes, data: Bytes): Bytes => nobleHmac(HASHES[name], key, data);

/** HKDF-Extract(salt, ikm). */
export const hkdfExtract = (name: HashName, salt: Bytes, ikm: Bytes): Bytes => extract(HASHES[name], ikm, salt);

/** HKDF-Expand(prk, info, length). */
export const hkdfExpand = (name: HashName, prk: Bytes, info: Bytes, length: number): Bytes =>
  expand(HASHES[name], prk, info, length);

/** The TLS 1.2 pseudo-random function with the hash of the cipher suite. */
export function tls12Prf(name: HashName, secret: Bytes, label: string, seed: Bytes, length: number): Bytes {
  const labelled = concatBytes(utf8(label), seed);
  let a = labelled;
  let out = new Uint8Array(0) as Bytes;
  while (out.length < length) {
    a = hmac(name, secret, a);
    out = concatBytes(out, hmac(name, secret, concatBytes(a, labelled)));
  }
  return out.subarray(0, length);
}

/** A transcript that is hashed as it grows (the TLS handshake). `digest()` does not end it. */
export interface RunningHash {
  update(data: Bytes): void;
  digest(): Bytes;
}

export function runningHash(name: HashName): RunningHash {
  const state = HASHES[name].create();
  return {
    update: (data) => void state.update(data),
    digest: () => state.clone().digest(),
  };
}
