/** The walk along a curve ends where the key exchange of real handshakes does. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromHex, toHex } from '../../crypto/bytes.ts';
import { curveWalk } from './curveWalk.ts';
import { ephemeralKey, type GroupName, namedGroup, sharedSecret } from './registry/namedGroups.ts';

const GROUPS: readonly GroupName[] = ['x25519', 'secp256r1', 'secp384r1', 'secp521r1'];
const keyOf = (name: GroupName, seed: number) =>
  ephemeralKey(namedGroup(name), (length) => Uint8Array.from({ length }, (_, at) => (seed * 31 + at * 7) & 0xff));

describe.each(GROUPS)('%s', (name) => {
  it('leads to the public key and to the shared secret', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 250 }), fc.integer({ min: 1, max: 250 }), (a, b) => {
        const own = keyOf(name, a);
        const peer = keyOf(name, b);
        expect(curveWalk(name, own.secret)?.result).toBe(toHex(own.publicKey));
        const shared = sharedSecret(own, peer.publicKey);
        expect(curveWalk(name, own.secret, peer.publicKey)?.result).toBe(shared && toHex(shared));
      }),
      { numRuns: 5 },
    );
  });

  it('takes no bytes that are no point', () => {
    expect(curveWalk(name, keyOf(name, 1).secret, new Uint8Array(7))).toBeUndefined();
  });
});

it('X25519 agrees with the vector of RFC 7748 section 5.2', () => {
  const walk = curveWalk(
    'x25519',
    fromHex('a546e36bf0527c9d3b16154b82465edd62144c0ac1fc5a18506a2244ba449ac4') ?? new Uint8Array(),
    fromHex('e6db6867583030db3594c1a424b15f7c726624ec26b3353b10a903a6d0ab1c4c') ?? new Uint8Array(),
  );
  expect(walk?.result).toBe('c3da55379de9c6908e94ea4df28d084f32eccf03491c71f754b4075577a28552');
  expect(walk?.scalar.used).toBe('449a44ba44226a50185afcc10a4c1462dd5e46824b15163b9d7c52f06be346a0');
  expect([walk?.stepCount, walk?.steps.map(({ number }) => number)]).toEqual([255, [1, 2, 3, 255]]);
});
