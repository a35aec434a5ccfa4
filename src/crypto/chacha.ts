/** ChaCha20-Poly1305 (RFC 8439): 32-byte key, 12-byte nonce, 16-byte tag after the ciphertext. */
import { chacha20poly1305 } from '@noble/ciphers/chacha.js';
import type { Bytes } from './bytes.ts';

/** Ciphertext followed by the tag. */
export const chachaSeal = (key: Bytes, nonce: Bytes, plaintext: Bytes, additionalData: Bytes): Bytes =>
  chacha20poly1305(key, nonce, additionalData).encrypt(plaintext);

/** The plaintext, or undefined when the tag does not fit. */
export function chachaOpen(key: Bytes, nonce: Bytes, sealed: Bytes, additionalData: Bytes): Bytes | undefined {
  if (sealed.length < 16) return undefined;
  try {
    return chacha20poly1305(key, nonce, additionalData).decrypt(sealed);
  } catch {
    return undefined;
  }
}
