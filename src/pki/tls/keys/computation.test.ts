/** Every noted computation can be repeated from its inputs and operation alone. */
import { describe, expect, test } from 'vitest';
import { type Bytes, concatBytes, EMPTY_BYTES, toHex } from '../../../crypto/bytes.ts';
import { hash, hkdfExtract, hmac, tls12Prf } from '../../../crypto/hash.ts';
import { clientConfig, clientIdentity, mutualServer } from '../../../testing/tlsParties.ts';
import { namedGroup, sharedSecret } from '../registry/namedGroups.ts';
import { runHandshake } from '../transcript/runHandshake.ts';
import type { Computation } from './computation.ts';
import { hkdfExpandLabel } from './schedule13.ts';

/** The output as a reader would compute it; undefined for what has no formula (randomness, signatures). */
function repeat({ operation, inputs }: Computation): Bytes | undefined {
  const [first = EMPTY_BYTES, second = EMPTY_BYTES, ...more] = inputs.map((input) => input.value);
  switch (operation.kind) {
    case 'random':
    case 'public-key':
    case 'sign':
      return undefined;
    case 'ecdh': {
      const group = namedGroup(operation.group);
      return sharedSecret({ group, secret: first, publicKey: EMPTY_BYTES }, second);
    }
    case 'transcript-hash':
      return hash(operation.hash, first);
    case 'hkdf-extract':
      return hkdfExtract(operation.hash, first, second);
    case 'hkdf-expand-label':
      return hkdfExpandLabel(operation.hash, first, operation.label, second, operation.length);
    case 'hmac':
      return hmac(operation.hash, first, second);
    case 'prf':
      return tls12Prf(operation.hash, first, operation.label, concatBytes(second, ...more), operation.length);
    case 'slice':
      return first.subarray(operation.start, operation.end);
  }
}

describe.each(['1.2', '1.3'] as const)('TLS %s', (maxVersion) => {
  const transcript = runHandshake({
    client: clientConfig({ credential: clientIdentity() }),
    server: mutualServer({ maxVersion, groups: ['secp256r1'] }),
    seed: 'computations',
  });
  const computations = transcript.events.flatMap((event) => (event.kind === 'computation' ? [event] : []));
  test.each(computations.map((one) => [one.by, one.output.name, one] as const))('%s %s', (_by, _name, computation) => {
    const value = repeat(computation);
    if (value !== undefined) expect(toHex(value)).toBe(toHex(computation.output.value));
    else expect(computation.output.value.length).toBeGreaterThan(0);
  });
  test('inputs that are not drawn were computed before', () => {
    const known = new Set<string>();
    for (const { by, output, inputs } of computations) {
      for (const { name, value } of inputs) {
        const isGiven = [
          'messages',
          'zeros',
          'empty_hash',
          'signed_content',
          'client_random',
          'server_random',
        ].includes(name);
        if (!isGiven && !name.endsWith('_ephemeral_public')) expect(known).toContain(`${by} ${toHex(value)}`);
      }
      known.add(`${by} ${toHex(output.value)}`);
    }
  });
});
