/** Where randoms, ephemeral keys, session ids, tickets and salts come from: the seed and their purpose. */
import type { Bytes } from '../../../crypto/bytes.ts';
import { deriveBytes } from '../../../crypto/derive.ts';

/** Bytes for a purpose; the same purpose always gets the same bytes. */
export type Entropy = (purpose: string, length: number) => Bytes;

export const entropyOf =
  (seed: string, side: string): Entropy =>
  (purpose, length) =>
    deriveBytes(seed, `tls ${side} ${purpose}`, length);
