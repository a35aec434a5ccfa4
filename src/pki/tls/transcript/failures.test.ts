/** How each failure of a handshake ends at each side: who refuses, by which alert, under which keys, when. */
import { describe, expect, test } from 'vitest';
import { utf8 } from '../../../crypto/bytes.ts';
import {
  clientConfig,
  clientIdentity,
  FOREIGN_CA,
  identity,
  mutualServer,
  serverConfig,
  serverIdentity,
  trusting,
} from '../../../testing/tlsParties.ts';
import type { TlsClientConfig, TlsServerConfig } from '../endpoint/config.ts';
import { runHandshake } from './runHandshake.ts';
import type { HandshakeTranscript } from './types.ts';

const run = (client: TlsClientConfig, server: TlsServerConfig): HandshakeTranscript =>
  runHandshake({
    client,
    server,
    seed: 'test',
    applicationData: [
      { from: 'client', data: utf8('question') },
      { from: 'server', data: utf8('answer') },
    ],
  });

interface Failure {
  readonly name: string;
  readonly client?: Partial<TlsClientConfig>;
  readonly server?: Partial<TlsServerConfig>;
  readonly by: 'client' | 'server';
  readonly alert: string;
  readonly reason: string;
  readonly late?: boolean;
  /** How the other side learns of it; default: by the alert. */
  readonly other?: string;
  /** Under which keys the alert travels. */
  readonly epoch: string;
}

const FOREIGN = identity('spiffe://other/ns/x/sa/y', 'P-256', { ca: FOREIGN_CA });
const mutual = { clientCertificate: 'required' } as const;
const ONLY_12 = { maxVersion: '1.2' } as const;
const DISTRUSTING = { verifyServer: trusting('server', FOREIGN_CA) };

const FAILURES: readonly Failure[] = [
  {
    name: 'client distrusts the server, 1.3',
    client: DISTRUSTING,
    by: 'client',
    alert: 'unknown_ca',
    reason: 'certificate-refused',
    epoch: 'handshake',
  },
  {
    name: 'OpenSSL distrusts the server, 1.3: the alert is in the clear and Envoy cannot read it',
    client: { ...DISTRUSTING, implementation: 'curl-openssl' },
    by: 'client',
    alert: 'unknown_ca',
    reason: 'certificate-refused',
    other: 'record-unreadable',
    epoch: 'plaintext',
  },
  {
    name: 'client distrusts the server, 1.2',
    client: DISTRUSTING,
    server: ONLY_12,
    by: 'client',
    alert: 'unknown_ca',
    reason: 'certificate-refused',
    epoch: 'plaintext',
  },
  {
    name: 'no client certificate, 1.3',
    server: mutual,
    by: 'server',
    alert: 'certificate_required',
    reason: 'certificate-missing',
    late: true,
    epoch: 'application',
  },
  {
    name: 'no client certificate, 1.2',
    server: { ...mutual, ...ONLY_12 },
    by: 'server',
    alert: 'handshake_failure',
    reason: 'certificate-missing',
    epoch: 'plaintext',
  },
  {
    name: 'foreign client certificate, 1.3',
    client: { credential: FOREIGN },
    server: mutual,
    by: 'server',
    alert: 'unknown_ca',
    reason: 'certificate-refused',
    late: true,
    epoch: 'application',
  },
  {
    name: 'foreign client certificate, 1.2',
    client: { credential: FOREIGN },
    server: { ...mutual, ...ONLY_12 },
    by: 'server',
    alert: 'unknown_ca',
    reason: 'certificate-refused',
    epoch: 'plaintext',
  },
  {
    name: 'expired client certificate',
    client: { credential: identity('spiffe://cluster.local/ns/a/sa/b', 'P-256', { expired: true }) },
    server: mutual,
    by: 'server',
    alert: 'certificate_expired',
    reason: 'certificate-refused',
    late: true,
    epoch: 'application',
  },
  {
    name: 'server only 1.3, client only 1.2',
    client: ONLY_12,
    server: { minVersion: '1.3' },
    by: 'server',
    alert: 'protocol_version',
    reason: 'no-shared-version',
    epoch: 'plaintext',
  },
  {
    name: 'server only 1.2, client only 1.3',
    client: { minVersion: '1.3' },
    server: ONLY_12,
    by: 'server',
    alert: 'protocol_version',
    reason: 'no-shared-version',
    epoch: 'plaintext',
  },
  {
    name: 'client only 1.1',
    client: { minVersion: '1.0', maxVersion: '1.1' },
    by: 'server',
    alert: 'protocol_version',
    reason: 'no-shared-version',
    epoch: 'plaintext',
  },
  {
    name: 'no common suite, 1.2',
    client: { cipherSuites: ['ECDHE-ECDSA-AES128-GCM-SHA256'] },
    server: { ...ONLY_12, cipherSuites: ['ECDHE-ECDSA-AES256-GCM-SHA384'] },
    by: 'server',
    alert: 'handshake_failure',
    reason: 'no-shared-cipher-suite',
    epoch: 'plaintext',
  },
  {
    name: 'suites for RSA alone, ECDSA key',
    client: { cipherSuites: ['ECDHE-RSA-AES128-GCM-SHA256'] },
    server: ONLY_12,
    by: 'server',
    alert: 'handshake_failure',
    reason: 'no-shared-cipher-suite',
    epoch: 'plaintext',
  },
  {
    name: 'no common group, 1.3',
    client: { groups: ['x25519'] },
    server: { groups: ['secp256r1'] },
    by: 'server',
    alert: 'handshake_failure',
    reason: 'no-shared-group',
    epoch: 'plaintext',
  },
  {
    name: 'Envoy offers no Ed25519',
    server: { credential: serverIdentity('Ed25519') },
    by: 'server',
    alert: 'handshake_failure',
    reason: 'no-common-signature-scheme',
    epoch: 'plaintext',
  },
  {
    name: 'ALPN, a Go server',
    client: { alpn: ['istio'] },
    server: { alpn: ['h2'], implementation: 'go' },
    by: 'server',
    alert: 'no_application_protocol',
    reason: 'no-application-protocol',
    epoch: 'plaintext',
  },
  {
    name: 'the server has another key than its certificate',
    server: { credential: { chain: serverIdentity().chain, key: clientIdentity().key } },
    by: 'client',
    alert: 'decrypt_error',
    reason: 'signature-invalid',
    epoch: 'handshake',
  },
  {
    name: 'a broken certificate',
    server: { credential: { chain: [serverIdentity().certificate.der.subarray(0, 100)], key: serverIdentity().key } },
    by: 'client',
    alert: 'decode_error',
    reason: 'certificate-malformed',
    epoch: 'handshake',
  },
];

describe('failures', () => {
  test.each(FAILURES)('$name', ({ client, server, by, alert, reason, late = false, other, epoch }) => {
    const transcript = run(clientConfig(client), serverConfig(server));
    expect(transcript.result).toMatchObject({ kind: 'refused', by, alert, reason, late });
    const otherOutcome = transcript[by === 'client' ? 'server' : 'client'];
    if (other === undefined) expect(otherOutcome).toEqual({ kind: 'alert-received', alert, late });
    else expect(otherOutcome).toMatchObject({ kind: 'refused-peer', reason: other });
    const sent = transcript.events.find((event) => event.kind === 'message' && event.name === 'alert');
    expect(sent).toMatchObject({ from: by, epoch });
    expect(transcript.received.client).toHaveLength(0);
  });
  test('a client that has said everything before it is refused', () => {
    const transcript = runHandshake({
      client: clientConfig(),
      server: mutualServer(),
      seed: 'test',
      closedBy: 'client',
    });
    expect(transcript.client).toEqual({ kind: 'closed', by: 'client' });
    expect(transcript.result).toMatchObject({ kind: 'refused', by: 'server', late: true });
  });
  test('a server that does not read a late-refused request', () => {
    const transcript = run(clientConfig(), mutualServer());
    const sent = transcript.events.flatMap((event) =>
      event.kind === 'message' ? [`${event.from} ${event.name}`] : [],
    );
    expect(sent.slice(-2)).toEqual(['client application_data', 'server alert']);
    expect(transcript.received.server).toHaveLength(0);
  });
});
