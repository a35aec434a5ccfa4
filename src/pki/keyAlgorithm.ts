/** Which kind of key a CA or workload has, and the deterministic key for a label. */
import { deriveEcKey, deriveEd25519Key, deriveRsaKey } from '../crypto/derive.ts';
import type { PrivateKey } from '../crypto/keys.ts';
import { boundedCache } from './boundedCache.ts';

export type KeyAlgorithm = 'P-256' | 'P-384' | 'P-521' | 'Ed25519' | 'RSA-2048' | 'RSA-3072' | 'RSA-4096' | 'RSA-8192';

const RSA_BITS = { 'RSA-2048': 2048, 'RSA-3072': 3072, 'RSA-4096': 4096, 'RSA-8192': 8192 } as const;

const keys = boundedCache<PrivateKey>(5000);

/** The key that belongs to (seed, label). RSA keys take tenths of a second when first asked for. */
export function deriveKey(seed: string, label: string, algorithm: KeyAlgorithm): PrivateKey {
  return keys.get(`${algorithm}\0${seed}\0${label}`, () => {
    switch (algorithm) {
      case 'P-256':
      case 'P-384':
      case 'P-521':
        return deriveEcKey(seed, label, algorithm);
      case 'Ed25519':
        return deriveEd25519Key(seed, label);
      case 'RSA-2048':
      case 'RSA-3072':
      case 'RSA-4096':
      case 'RSA-8192':
        return deriveRsaKey(seed, label, RSA_BITS[algorithm]);
    }
  });
}
