import { describe, expect, it } from 'vitest';
import type { TlsHandshakeStep } from '../../trace/tlsStep.ts';
import { handshakeEvents } from './handshakeMessages.ts';
import { matchMessages } from './matchMessages.ts';

const step = (over: Partial<TlsHandshakeStep>): TlsHandshakeStep => ({
  kind: 'tls-handshake',
  origins: [],
  role: 'server',
  connection: 1,
  layer: 1,
  client: {
    implementation: 'curl-openssl',
    alpn: [],
    minVersion: '1.2',
    maxVersion: '1.3',
    certificateChain: ['c'],
    trust: { anchors: [] },
  },
  server: {
    implementation: 'envoy-boringssl',
    alpn: [],
    minVersion: '1.2',
    maxVersion: '1.3',
    certificateChain: ['s'],
    clientCertificate: 'required',
  },
  negotiated: { version: '1.3' },
  checks: [
    { by: 'client', check: 'chain', passed: true },
    { by: 'server', check: 'chain', passed: true },
  ],
  result: { kind: 'established' },
  ...over,
});
const refusedBy = (by: 'client' | 'server', late = false) =>
  ({ kind: 'refused', by, late, clientSees: '', serverSees: '' }) as const;

/** `>` from the client, `<` from the server, upper case what an eavesdropper cannot read. */
const told = (over: Partial<TlsHandshakeStep>): string[] =>
  handshakeEvents(step(over)).map((event) =>
    event.kind === 'check'
      ? `check by ${event.check.by}`
      : `${event.from === 'client' ? '>' : '<'}${event.encrypted ? event.name.toUpperCase() : event.name}`,
  );

describe('handshakeEvents', () => {
  it('mutual TLS 1.3: all but the hellos is encrypted, the server checks last', () => {
    expect(told({})).toEqual([
      '>client_hello',
      '<server_hello',
      '<ENCRYPTED_EXTENSIONS',
      '<CERTIFICATE_REQUEST',
      '<SERVER_CERTIFICATE',
      '<CERTIFICATE_VERIFY',
      '<FINISHED',
      'check by client',
      '>CLIENT_CERTIFICATE',
      '>CERTIFICATE_VERIFY',
      '>FINISHED',
      'check by server',
    ]);
  });

  it('the client refuses before it shows its own certificate', () => {
    expect(told({ result: refusedBy('client') }).slice(-2)).toEqual(['check by client', '>ALERT']);
  });

  it('TLS 1.3: the server refuses after the client has finished', () => {
    expect(told({ result: refusedBy('server', true) }).slice(-3)).toEqual(['>FINISHED', 'check by server', '<ALERT']);
  });

  it('a client without certificate answers a request with an empty one and verifies nothing', () => {
    const { client } = step({});
    const events = told({ client: { ...client, certificateChain: [] } });
    expect(events).toContain('>CLIENT_CERTIFICATE');
    expect(events).not.toContain('>CERTIFICATE_VERIFY');
  });

  it('TLS 1.2 shows certificates in the clear and ends with the server', () => {
    const events = told({ negotiated: { version: '1.2' } });
    expect(events).toContain('<server_certificate');
    expect(events.slice(-2)).toEqual(['<change_cipher_spec', '<FINISHED']);
  });

  it('nothing in common: an alert answers the first message', () => {
    const { negotiated: _none, ...rest } = step({ checks: [], result: refusedBy('server') });
    expect(handshakeEvents(rest).map((event) => event.kind === 'message' && event.name)).toEqual([
      'client_hello',
      'alert',
    ]);
  });

  it('the other side speaks no TLS', () => {
    expect(told({ result: { kind: 'broken', reason: 'not-tls', clientSees: '' } })).toEqual([
      '>client_hello',
      '<plain_bytes',
    ]);
  });
});

describe('matchMessages', () => {
  it('pairs messages by sender and name, in order, and leaves checks and missing ones out', () => {
    const events = handshakeEvents(step({ negotiated: { version: '1.3' } }));
    const sent = [
      { from: 'client', name: 'client_hello' },
      { from: 'server', name: 'server_hello' },
      { from: 'server', name: 'certificate' },
      { from: 'client', name: 'certificate' },
      { from: 'client', name: 'new_session_ticket' },
    ] as const;
    const found = matchMessages(events, sent).flatMap((message, at) => {
      const event = events[at];
      return message === undefined || event?.kind !== 'message' ? [] : [[event.name, message] as const];
    });
    expect(found).toEqual([
      ['client_hello', sent[0]],
      ['server_hello', sent[1]],
      ['server_certificate', sent[2]],
      ['client_certificate', sent[3]],
    ]);
  });
});
