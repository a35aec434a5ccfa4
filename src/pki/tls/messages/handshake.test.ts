/** Reading messages: never throws, annotates every byte once, and writes back what it read. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Bytes, concatBytes, toHex, utf8 } from '../../../crypto/bytes.ts';
import { clientConfig, clientIdentity, mutualServer } from '../../../testing/tlsParties.ts';
import { uintBytes } from '../codec/codec.ts';
import type { Field } from '../codec/field.ts';
import type { MessageEvent } from '../endpoint/events.ts';
import type { SpokenVersion } from '../registry/versions.ts';
import { runHandshake } from '../transcript/runHandshake.ts';
import { EXT, serverNames } from './extensionKinds.ts';
import { extensionOf, extensionValue } from './extensions.ts';
import { decodeHandshake, encodeHandshake } from './handshake.ts';

const VERSIONS = ['1.2', '1.3'] as const;
const TYPES = [0, 1, 2, 4, 5, 8, 11, 12, 13, 14, 15, 16, 20, 22, 24, 254, 99];

/** Every handshake message that mutual handshakes of both versions and a HelloRetryRequest send. */
const MESSAGES: readonly { readonly version: SpokenVersion; readonly event: MessageEvent }[] = VERSIONS.flatMap(
  (version) =>
    runHandshake({
      client: clientConfig({ credential: clientIdentity(), alpn: ['h2', 'istio'] }),
      server: mutualServer({ maxVersion: version, alpn: ['h2'], groups: ['secp256r1'] }),
      seed: 'messages',
    }).events.flatMap((event) =>
      event.kind === 'message' && event.content === 'handshake' ? [{ version, event }] : [],
    ),
);

/** Fields lie inside their parent, in order, without overlap. */
function checkNesting(fields: readonly Field[], start: number, end: number): void {
  let at = start;
  for (const field of fields) {
    expect(field.start).toBeGreaterThanOrEqual(at);
    expect(field.end).toBeGreaterThanOrEqual(field.start);
    expect(field.end).toBeLessThanOrEqual(end);
    at = field.end;
    checkNesting(field.children, field.start, field.end);
  }
}

/** Bytes that no leaf covers, but for parts of certificates that are left to the certificate view. */
function uncovered(fields: readonly Field[], start: number, end: number): number {
  let gaps = 0;
  let at = start;
  for (const field of fields) {
    gaps += field.start - at;
    at = field.end;
    if (field.children.length > 0 && field.name !== 'cert_data')
      gaps += uncovered(field.children, field.start, field.end);
  }
  return gaps + (end - at);
}

describe('messages of real handshakes', () => {
  test.each(MESSAGES.map(({ version, event }) => [version, event.from, event.name, event] as const))(
    'TLS %s %s %s: every byte is annotated once, and it is written as it was read',
    (version, _from, _name, event) => {
      const decoded = decodeHandshake(event.plain, version);
      if (!decoded.ok) throw new Error(decoded.error.code);
      expect(decoded.value.fields).toEqual(event.fields);
      checkNesting(event.fields, 0, event.plain.length);
      expect(uncovered(event.fields, 0, event.plain.length)).toBe(0);
      const { kind, body } = decoded.value.message;
      expect(toHex(encodeHandshake(kind, body))).toBe(toHex(event.plain));
    },
  );
});

describe('any bytes', () => {
  test('are read or refused, never thrown at', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...VERSIONS),
        fc.constantFrom(...TYPES),
        fc.uint8Array({ maxLength: 200 }),
        (version, type, body) => {
          const message = concatBytes(uintBytes(type, 1), uintBytes(body.length, 3), body);
          const decoded = decodeHandshake(message, version);
          if (decoded.ok) checkNesting(decoded.value.fields, 0, message.length);
          else expect(decoded.error.offset).toBeLessThanOrEqual(message.length);
        },
      ),
      { numRuns: 2000 },
    );
  });
  test('changed or cut messages too', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...MESSAGES),
        fc.nat(),
        fc.integer({ min: 1, max: 255 }),
        fc.nat(),
        ({ version, event }, position, change, cut) => {
          const mutated = Uint8Array.from(event.plain);
          const at = position % mutated.length;
          mutated[at] = (mutated[at] ?? 0) ^ change;
          const shortened = mutated.subarray(0, cut % (mutated.length + 1));
          for (const bytes of [mutated, shortened]) {
            const decoded = decodeHandshake(bytes, version);
            if (decoded.ok) checkNesting(decoded.value.fields, 0, bytes.length);
          }
        },
      ),
      { numRuns: 1000 },
    );
  });
});

describe('what a message may not be', () => {
  const hello = (extensions: Parameters<typeof encodeHandshake<'clientHello'>>[1]['extensions']): Bytes =>
    encodeHandshake('clientHello', {
      legacyVersion: 0x0303,
      random: new Uint8Array(32),
      sessionId: new Uint8Array(0),
      cipherSuites: [0x1301],
      compressionMethods: [0],
      extensions,
    });
  const sni = extensionOf(EXT.serverName, serverNames('a.test'));
  test.each([
    ['an extension twice', hello([sni, sni]), 'duplicate'],
    [
      'an extension with something after its contents',
      hello([{ ...sni, data: concatBytes(sni.data, utf8('x')) }]),
      'trailing-bytes',
    ],
    ['an empty server name', hello([{ type: 0, data: Uint8Array.of(0, 3, 0, 0, 0) }]), 'bad-length'],
    [
      'no cipher suites',
      concatBytes(Uint8Array.of(1, 0, 0, 39, 3, 3), new Uint8Array(33), Uint8Array.of(0, 0, 1, 0)),
      'bad-length',
    ],
    ['explicit curve parameters', Uint8Array.of(12, 0, 0, 4, 1, 0, 0, 0), 'illegal-value'],
    ['too short', Uint8Array.of(2, 0, 0, 1, 3), 'truncated'],
    ['longer than it says', Uint8Array.of(14, 0, 0, 0, 0), 'trailing-bytes'],
  ] as const)('%s', (_, bytes, code) => {
    const decoded = decodeHandshake(bytes, '1.2');
    expect(decoded.ok ? 'read' : decoded.error.code).toBe(code);
  });
  test('unknown extensions survive', () => {
    const unknown = { type: 0xfafa, data: utf8('grease') };
    const decoded = decodeHandshake(hello([unknown, sni]), '1.3');
    if (!decoded.ok || decoded.value.message.kind !== 'clientHello') throw new Error('not read');
    const { extensions } = decoded.value.message.body;
    expect(extensions[0]).toEqual(unknown);
    expect(extensionValue(extensions, EXT.serverName)).toHaveLength(1);
  });
});
