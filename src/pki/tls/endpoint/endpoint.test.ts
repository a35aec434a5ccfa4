/** Endpoints against bytes that no peer should send: they refuse with the right alert and never throw. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Bytes, concatBytes, fromHex, utf8 } from '../../../crypto/bytes.ts';
import {
  clientConfig,
  clientIdentity,
  mutualServer,
  serverConfig,
  serverIdentity,
  trusting,
} from '../../../testing/tlsParties.ts';
import { entropyOf } from '../keys/entropy.ts';
import { encodeHandshake } from '../messages/handshake.ts';
import { recordBytes } from '../record/records.ts';
import { runHandshake } from '../transcript/runHandshake.ts';
import type { TlsClientConfig, TlsServerConfig } from './config.ts';
import { type TlsEndpoint, tlsClient, tlsServer } from './endpoint.ts';

const SEED = 'endpoint';
const client = (config: Partial<TlsClientConfig> = {}): TlsEndpoint => {
  const endpoint = tlsClient(clientConfig(config), { entropy: entropyOf(SEED, 'client') });
  endpoint.start();
  return endpoint;
};
const server = (config: Partial<TlsServerConfig> = {}): TlsEndpoint =>
  tlsServer(serverConfig(config), { entropy: entropyOf(SEED, 'server') });

/** The flights of a mutual handshake of each version, to replay and spoil. */
const FLIGHTS = (['1.2', '1.3'] as const).map((maxVersion) => ({
  maxVersion,
  flights: runHandshake({
    client: clientConfig({ credential: clientIdentity(), maxVersion }),
    server: mutualServer({ maxVersion }),
    seed: SEED,
  }).flights,
}));

/** Offsets of the bytes that say 3.x in record headers. */
function minorVersions(bytes: Bytes): readonly number[] {
  const offsets: number[] = [];
  for (let at = 0; at < bytes.length; at += 5 + (bytes[at + 3] ?? 0) * 256 + (bytes[at + 4] ?? 0)) offsets.push(at + 2);
  return offsets;
}

const alertOf = (endpoint: TlsEndpoint): string | undefined => {
  const outcome = endpoint.outcome();
  return outcome.kind === 'refused-peer' ? outcome.alert : outcome.kind;
};

describe('any bytes', () => {
  test('never throw, however they are cut', () => {
    fc.assert(
      fc.property(fc.boolean(), fc.array(fc.uint8Array({ maxLength: 60 }), { maxLength: 6 }), (isClient, chunks) => {
        const endpoint = isClient ? client() : server();
        for (const chunk of chunks) endpoint.receive(chunk);
        endpoint.takeOutput();
      }),
      { numRuns: 500 },
    );
  });
  test('a spoiled flight is refused', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...FLIGHTS),
        fc.boolean(),
        fc.nat(),
        fc.integer({ min: 1, max: 255 }),
        ({ maxVersion, flights }, spoilsClient, position, change) => {
          const victim = spoilsClient
            ? client({ credential: clientIdentity(), maxVersion })
            : tlsServer(mutualServer({ maxVersion }), { entropy: entropyOf(SEED, 'server') });
          const incoming = concatBytes(
            ...flights.filter(({ from }) => (from === 'server') === spoilsClient).map(({ bytes }) => bytes),
          );
          const spoiled = Uint8Array.from(incoming);
          const at = position % spoiled.length;
          spoiled[at] = (spoiled[at] ?? 0) ^ change;
          victim.receive(spoiled);
          // Only the minor version of a record is read by nobody.
          if (victim.isEstablished()) expect(minorVersions(incoming)).toContain(at);
        },
      ),
      { numRuns: 80 },
    );
  });
  test('a whole handshake in one-byte pieces', () => {
    for (const { maxVersion, flights } of FLIGHTS) {
      const ours = client({ credential: clientIdentity(), maxVersion });
      for (const { from, bytes } of flights)
        if (from === 'server') for (const byte of bytes) ours.receive(Uint8Array.of(byte));
      expect(ours.outcome()).toEqual({ kind: 'established' });
    }
  });
});

const record = (type: Parameters<typeof recordBytes>[0], content: Bytes): Bytes => recordBytes(type, 0x0303, content);
const HELLO = FLIGHTS[1]?.flights[0]?.bytes ?? new Uint8Array(0);
const finished = encodeHandshake('finished', { verifyData: new Uint8Array(32) });

describe('a server refuses', () => {
  test.each([
    ['a message out of turn', record('handshake', finished), 'unexpected_message'],
    ['application data before the handshake', record('application_data', utf8('x')), 'unexpected_message'],
    ['change_cipher_spec before the handshake', record('change_cipher_spec', Uint8Array.of(1)), 'unexpected_message'],
    ['an empty handshake record', record('handshake', new Uint8Array(0)), 'unexpected_message'],
    ['a record that is too long', Uint8Array.of(22, 3, 1, 0x40, 1), 'record_overflow'],
    ['an unknown type of record', Uint8Array.of(99, 3, 1, 0, 0), 'protocol_version'],
    ['SSL 2', fromHex('802e0100020015') ?? utf8(''), 'protocol_version'],
    ['a malformed ClientHello', record('handshake', Uint8Array.of(1, 0, 0, 2, 3, 3)), 'decode_error'],
    ['a message that claims to be huge', record('handshake', Uint8Array.of(1, 0xff, 0xff, 0xff)), 'illegal_parameter'],
    ['a short alert', record('alert', Uint8Array.of(2)), 'decode_error'],
    ['a second ClientHello in the clear', concatBytes(HELLO, HELLO), 'bad_record_mac'],
  ] as const)('%s', (_, bytes, alert) => {
    const endpoint = server();
    endpoint.receive(bytes);
    expect(alertOf(endpoint)).toBe(alert);
  });
  test('a Finished that does not fit', () => {
    const endpoint = server();
    const other = client();
    const hello = other.takeOutput();
    endpoint.receive(hello);
    other.receive(endpoint.takeOutput());
    const flight = other.takeOutput();
    // The same bytes in another connection: its keys are others.
    const elsewhere = tlsServer(serverConfig(), { entropy: entropyOf('another', 'server') });
    elsewhere.receive(hello);
    elsewhere.receive(flight);
    expect(alertOf(elsewhere)).toBe('bad_record_mac');
    endpoint.receive(flight);
    expect(endpoint.isEstablished()).toBe(true);
  });
});

describe('TLS 1.2 wants the curve of a certificate among the groups', () => {
  const tls12 = { maxVersion: '1.2', alpn: [] } as const;
  const p384 = serverIdentity('P-384');
  const outcome = (implementation: TlsClientConfig['implementation'], serverSide: TlsServerConfig['implementation']) =>
    runHandshake({
      client: clientConfig({
        ...tls12,
        implementation,
        groups: ['x25519', 'secp256r1'],
        signatureSchemes: ['ecdsa_secp384r1_sha384', 'ecdsa_secp256r1_sha256'],
      }),
      server: serverConfig({ ...tls12, implementation: serverSide, credential: p384 }),
      seed: SEED,
    }).result;
  test('Envoy and OpenSSL servers keep it back', () => {
    for (const implementation of ['envoy-boringssl', 'curl-openssl'] as const)
      expect(outcome('go', implementation)).toMatchObject({
        by: 'server',
        alert: 'handshake_failure',
        reason: 'certificate-curve-not-offered',
      });
  });
  test('Envoy and OpenSSL clients refuse it, Go does not look', () => {
    for (const implementation of ['envoy-boringssl', 'curl-openssl'] as const)
      expect(outcome(implementation, 'go')).toMatchObject({
        by: 'client',
        alert: 'illegal_parameter',
        reason: 'certificate-curve-not-offered',
      });
    expect(outcome('go', 'go')).toEqual({ kind: 'established' });
  });
});

describe('TLS 1.2 downgrade', () => {
  test('a client that could do better notices that a server could too', () => {
    // A man in the middle took TLS 1.3 out of the ClientHello; this is what the server answered.
    const honest = client();
    const transcript = runHandshake({
      client: clientConfig({ maxVersion: '1.2' }),
      server: serverConfig(),
      seed: SEED,
    });
    honest.receive(transcript.flights[1]?.bytes ?? new Uint8Array(0));
    expect(honest.outcome()).toMatchObject({
      kind: 'refused-peer',
      alert: 'illegal_parameter',
      reason: 'downgrade-detected',
    });
  });
});

describe('certificates', () => {
  test('the verifier is asked about exactly what was presented', () => {
    const seen: Bytes[][] = [];
    runHandshake({
      client: clientConfig({
        verifyServer: (presented) => {
          seen.push([...presented.der]);
          return trusting('server')(presented);
        },
      }),
      server: serverConfig(),
      seed: SEED,
    });
    expect(seen).toEqual([[serverIdentity().certificate.der]]);
  });
});
