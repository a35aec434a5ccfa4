/** ChaCha20-Poly1305 against OpenSSL's. */
import { createCipheriv } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { toHex } from './bytes.ts';
import { chachaOpen, chachaSeal } from './chacha.ts';

const bytesOf = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });

test('agrees with OpenSSL, and opens only what is whole', () => {
  fc.assert(
    fc.property(
      bytesOf(32),
      bytesOf(12),
      fc.uint8Array({ maxLength: 200 }),
      fc.uint8Array(),
      (key, nonce, plain, aad) => {
        const cipher = createCipheriv('chacha20-poly1305', key, nonce, { authTagLength: 16 });
        cipher.setAAD(aad, { plaintextLength: plain.length });
        const expected = Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
        const sealed = chachaSeal(key, nonce, plain, aad);
        expect(toHex(sealed)).toBe(expected.toString('hex'));
        expect(chachaOpen(key, nonce, sealed, aad)).toEqual(plain);
        const spoiled = Uint8Array.from(sealed);
        spoiled[0] = (spoiled[0] ?? 0) ^ 1;
        expect(chachaOpen(key, nonce, spoiled, aad)).toBeUndefined();
        expect(chachaOpen(key, nonce, sealed.subarray(0, 15), aad)).toBeUndefined();
      },
    ),
    { numRuns: 50 },
  );
});
