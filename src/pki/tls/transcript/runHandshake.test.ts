/** Our client with our server: which messages are sent, under which keys, with which habits. */
import { describe, expect, test } from 'vitest';
import { fromUtf8, toHex, utf8 } from '../../../crypto/bytes.ts';
import {
  clientConfig,
  clientIdentity,
  FOREIGN_CA,
  identity,
  mutualServer,
  SERVER_NAME,
  serverConfig,
  serverIdentity,
} from '../../../testing/tlsParties.ts';
import type { TlsClientConfig, TlsServerConfig } from '../endpoint/config.ts';
import { runHandshake } from './runHandshake.ts';
import type { HandshakeTranscript } from './types.ts';

const DATA = [
  { from: 'client', data: utf8('question') },
  { from: 'server', data: utf8('answer') },
] as const;

const run = (client: TlsClientConfig, server: TlsServerConfig): HandshakeTranscript =>
  runHandshake({ client, server, seed: 'test', applicationData: DATA, closedBy: 'client' });

const messagesOf = (transcript: HandshakeTranscript): string[] =>
  transcript.events.flatMap((event) =>
    event.kind === 'message' ? [`${event.from} ${event.name} ${event.epoch}`] : [],
  );

describe('messages in order, with the keys that protect them', () => {
  test('TLS 1.3, mutual', () => {
    const transcript = run(clientConfig({ credential: clientIdentity() }), mutualServer());
    expect(messagesOf(transcript)).toEqual([
      'client client_hello plaintext',
      'server server_hello plaintext',
      'server change_cipher_spec plaintext',
      'server encrypted_extensions handshake',
      'server certificate_request handshake',
      'server certificate handshake',
      'server certificate_verify handshake',
      'server finished handshake',
      'client change_cipher_spec plaintext',
      'client certificate handshake',
      'client certificate_verify handshake',
      'client finished handshake',
      'client application_data application',
      'server new_session_ticket application',
      'server new_session_ticket application',
      'server application_data application',
      'client alert application',
      'server alert application',
    ]);
    expect(transcript.result).toEqual({ kind: 'established' });
    expect(transcript.negotiated).toEqual({ version: '1.3', cipherSuite: 'TLS_AES_128_GCM_SHA256', group: 'x25519' });
    expect(transcript.serverName).toBe(SERVER_NAME);
    expect(fromUtf8(transcript.received.client)).toBe('answer');
    expect(fromUtf8(transcript.received.server)).toBe('question');
    expect(transcript.client).toEqual({ kind: 'closed', by: 'client' });
  });
  test('TLS 1.3, the server wants another group', () => {
    const transcript = run(clientConfig(), serverConfig({ groups: ['secp256r1'], sessionTickets: 0 }));
    expect(messagesOf(transcript).slice(0, 6)).toEqual([
      'client client_hello plaintext',
      'server hello_retry_request plaintext',
      'server change_cipher_spec plaintext',
      'client change_cipher_spec plaintext',
      'client client_hello plaintext',
      'server server_hello plaintext',
    ]);
    expect(transcript.result).toEqual({ kind: 'established' });
    expect(transcript.negotiated?.group).toBe('secp256r1');
  });
  test('TLS 1.2, mutual: certificates travel in the clear', () => {
    const transcript = run(clientConfig({ credential: clientIdentity() }), mutualServer({ maxVersion: '1.2' }));
    expect(messagesOf(transcript)).toEqual([
      'client client_hello plaintext',
      'server server_hello plaintext',
      'server certificate plaintext',
      'server server_key_exchange plaintext',
      'server certificate_request plaintext',
      'server server_hello_done plaintext',
      'client certificate plaintext',
      'client client_key_exchange plaintext',
      'client certificate_verify plaintext',
      'client change_cipher_spec plaintext',
      'client finished tls12',
      'server change_cipher_spec plaintext',
      'server finished tls12',
      'client application_data tls12',
      'server application_data tls12',
      'client alert tls12',
      'server alert tls12',
    ]);
    expect(transcript.result).toEqual({ kind: 'established' });
  });
});

const FOREIGN = identity('spiffe://other/ns/x/sa/y', 'P-256', { ca: FOREIGN_CA });
const ONLY_12 = { maxVersion: '1.2' } as const;

test('a chain longer than a record is fragmented, and an empty server name is none', () => {
  const { chain, key } = serverIdentity();
  const credential = { chain: [...chain, ...Array.from({ length: 60 }, () => chain[0] ?? new Uint8Array(0))], key };
  for (const maxVersion of ['1.2', '1.3'] as const) {
    const transcript = run(clientConfig({ sni: '', maxVersion }), serverConfig({ credential }));
    expect(transcript.result).toEqual({ kind: 'established' });
    expect(transcript.serverName).toBeUndefined();
    const message = transcript.events.find((event) => event.kind === 'message' && event.name === 'certificate');
    expect(message?.kind === 'message' ? message.records.length : 0).toBe(2);
  }
});

describe('habits', () => {
  test('Envoy goes on without ALPN when there is no common protocol', () => {
    const transcript = run(clientConfig({ alpn: ['istio'] }), serverConfig({ alpn: ['h2', 'http/1.1'] }));
    expect(transcript.result).toEqual({ kind: 'established' });
    expect(transcript.negotiated?.alpn).toBeUndefined();
  });
  test('the server prefers its own order of protocols', () => {
    const transcript = run(clientConfig({ alpn: ['http/1.1', 'h2'] }), serverConfig({ alpn: ['h2', 'http/1.1'] }));
    expect(transcript.negotiated?.alpn).toBe('h2');
  });
  test('a Go server for h2 alone lets http/1.1 go on without ALPN', () => {
    const transcript = run(clientConfig({ alpn: ['http/1.1'] }), serverConfig({ alpn: ['h2'], implementation: 'go' }));
    expect(transcript.result).toEqual({ kind: 'established' });
    expect(transcript.negotiated?.alpn).toBeUndefined();
  });
  test.each(['Ed25519', 'P-521'] as const)('a client keeps its %s certificate from an Envoy server', (algorithm) => {
    const transcript = run(clientConfig({ credential: clientIdentity(algorithm) }), mutualServer());
    expect(transcript.result).toMatchObject({ kind: 'refused', by: 'server', alert: 'certificate_required' });
  });
  test('TLS 1.2 schemes name no curve: P-521 clients can sign', () => {
    const transcript = run(clientConfig({ credential: clientIdentity('P-521') }), mutualServer({ maxVersion: '1.2' }));
    expect(transcript.result).toEqual({ kind: 'established' });
  });
  test('a Go client keeps a certificate that no authority of the request issued', () => {
    const client = clientConfig({ credential: FOREIGN, implementation: 'go' });
    expect(run(client, mutualServer()).result).toMatchObject({ reason: 'certificate-missing' });
    expect(run(client, mutualServer({ authorities: [] })).result).toMatchObject({ reason: 'certificate-refused' });
  });
  test('a requested certificate may stay away', () => {
    expect(run(clientConfig(), serverConfig({ clientCertificate: 'requested' })).result).toEqual({
      kind: 'established',
    });
  });
});

describe('what is not spoken here', () => {
  test('suites that only both configurations know decide nothing', () => {
    const cipherSuites = ['AES128-SHA'];
    const transcript = run(clientConfig({ cipherSuites, ...ONLY_12 }), serverConfig({ cipherSuites }));
    expect(transcript.result).toEqual({ kind: 'cannot-tell', reason: 'cipher-suites-not-modelled' });
  });
  test('TLS 1.1 on both sides', () => {
    const transcript = run(clientConfig({ minVersion: '1.0', maxVersion: '1.1' }), serverConfig({ minVersion: '1.0' }));
    expect(transcript.result).toEqual({ kind: 'cannot-tell', reason: 'version-not-modelled' });
  });
  test('a server that speaks HTTP', () => {
    const sends = utf8('HTTP/1.1 400 Bad Request\r\n\r\n');
    const transcript = runHandshake({
      client: clientConfig(),
      server: { kind: 'plain', sends, afterwards: 'close' },
      seed: 's',
    });
    expect(transcript.result).toEqual({ kind: 'broken', reason: 'not-tls' });
    expect(transcript.client).toMatchObject({ kind: 'refused-peer', reason: 'not-tls' });
  });
  test('a client that speaks HTTP is dropped without a word', () => {
    const sends = utf8('GET / HTTP/1.1\r\n\r\n');
    const transcript = runHandshake({
      client: { kind: 'plain', sends, afterwards: 'wait' },
      server: serverConfig(),
      seed: 's',
    });
    expect(transcript.server).toMatchObject({ kind: 'refused-peer', reason: 'http-request' });
    expect(transcript.flights).toHaveLength(1);
  });
  test.each([
    ['close', 'closed'],
    ['reset', 'reset'],
  ] as const)('a server that answers with a %s', (afterwards, reason) => {
    const server = { kind: 'plain', sends: new Uint8Array(0), afterwards } as const;
    expect(runHandshake({ client: clientConfig(), server, seed: 's' }).result).toEqual({ kind: 'broken', reason });
  });
});

describe('reproducible', () => {
  const bytesOf = (seed: string): string =>
    runHandshake({ client: clientConfig({ credential: clientIdentity() }), server: mutualServer(), seed })
      .flights.map((flight) => toHex(flight.bytes))
      .join(' ');
  test('the same seed gives the same bytes, another seed others', () => {
    expect(bytesOf('one')).toBe(bytesOf('one'));
    expect(bytesOf('one')).not.toBe(bytesOf('two'));
  });
  test('a flipped byte of a certificate changes the outcome', () => {
    const der = Uint8Array.from(serverIdentity().certificate.der);
    der[der.length - 5] = (der[der.length - 5] ?? 0) ^ 1;
    const transcript = run(clientConfig(), serverConfig({ credential: { chain: [der], key: serverIdentity().key } }));
    expect(transcript.result).toMatchObject({ kind: 'refused', by: 'client', alert: 'decrypt_error' });
  });
});

describe('TLS inside TLS', () => {
  test('records of the inner handshake are application data of the outer', () => {
    const inner = run(clientConfig({ sni: 'inner.test', credential: clientIdentity() }), mutualServer());
    const outer = runHandshake({
      client: clientConfig(),
      server: serverConfig({ sessionTickets: 0 }),
      seed: 'outer',
      applicationData: inner.flights.map((flight) => ({ from: flight.from, data: flight.bytes })),
    });
    expect(outer.result).toEqual({ kind: 'established' });
    const sent = inner.flights.filter((flight) => flight.from === 'client').map((flight) => toHex(flight.bytes));
    expect(toHex(outer.received.server)).toBe(sent.join(''));
  });
});
