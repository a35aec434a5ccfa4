/**
 * Deterministic choice from a text seed. Nothing here is cryptographic: keys are derived in
 * `crypto/`; this draws lots (weights, ties) and addresses. Same seed, same sequence, everywhere.
 */
export interface SeededRandom {
  /** A number in [0, 1). */
  next(): number;
}

/** xmur3 hash of the seed feeding a mulberry32 generator. */
export function seededRandom(seed: string): SeededRandom {
  let state = hash32(seed);
  return {
    next() {
      state = (state + 0x6d2b79f5) | 0;
      let t = Math.imul(state ^ (state >>> 15), 1 | state);
      t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
      return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
    },
  };
}

/** A well-mixed 32-bit hash of a string; stable across platforms and releases. */
export function hash32(text: string): number {
  let h = 1779033703 ^ text.length;
  for (let i = 0; i < text.length; i++) {
    h = Math.imul(h ^ text.charCodeAt(i), 3432918353);
    h = (h << 13) | (h >>> 19);
  }
  h = Math.imul(h ^ (h >>> 16), 2246822507);
  h = Math.imul(h ^ (h >>> 13), 3266489909);
  return (h ^ (h >>> 16)) >>> 0;
}
