/** AES-GCM (NIST SP 800-38D): 16- or 32-byte key, 12-byte nonce, 16-byte tag after the ciphertext. */
import { gcm } from '@noble/ciphers/aes.js';
import type { Bytes } from './bytes.ts';

/** Ciphertext followed by the tag. */
export const aesGcmSeal = (key: Bytes, nonce: Bytes, plaintext: Bytes, additionalData: Bytes): Bytes =>
  gcm(key, nonce, additionalData).encrypt(plaintext);

/** The plaintext, or undefined when the tag does not fit (wrong key, changed data). */
export function aesGcmOpen(key: Bytes, nonce: Bytes, sealed: Bytes, additionalData: Bytes): Bytes | undefined {
  if (sealed.length < 16) return undefined;
  try {
    return gcm(key, nonce, additionalData).decrypt(sealed);
  } catch {
    return undefined;
  }
}
