/** Whole handshakes as a page shows them, one for each way of computing, for tests that repeat their values. */
import { handshakeView } from '../pki/tls/index.ts';
import { runHandshake } from '../pki/tls/transcript/runHandshake.ts';
import { clientConfig, clientIdentity, mutualServer, serverIdentity } from './tlsParties.ts';

const SHAPES = [
  { name: 'TLS 1.3, X25519, ECDSA', version: '1.3', group: 'x25519', key: 'P-256' },
  { name: 'TLS 1.3, P-256, RSA, after a retry', version: '1.3', group: 'secp256r1', key: 'RSA-2048' },
  { name: 'TLS 1.3, P-384, Ed25519', version: '1.3', group: 'secp384r1', key: 'Ed25519' },
  { name: 'TLS 1.2, P-256, ECDSA', version: '1.2', group: 'secp256r1', key: 'P-256' },
  { name: 'TLS 1.2, X25519, RSA', version: '1.2', group: 'x25519', key: 'RSA-2048' },
  { name: 'TLS 1.2, ChaCha20', version: '1.2', group: 'x25519', key: 'P-256', suite: 'ECDHE-ECDSA-CHACHA20-POLY1305' },
] as const;

export const shownHandshakes = () =>
  SHAPES.map(({ name, version, group, key, ...more }) => {
    const [server, client] = [serverIdentity(key), clientIdentity(key)];
    const transcript = runHandshake({
      // Key shares of two groups at most are sent at once: another one takes a retry.
      client: clientConfig({ credential: client, implementation: 'curl-openssl', maxVersion: version }),
      server: mutualServer({
        credential: server,
        maxVersion: version,
        groups: [group],
        ...('suite' in more ? { cipherSuites: [more.suite] } : {}),
      }),
      seed: `shown ${name}`,
    });
    const pems = { 'server-chain.pem': server.certificatePem, 'client-chain.pem': client.certificatePem };
    return { name, view: handshakeView(transcript), pems };
  });
