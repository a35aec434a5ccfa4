/** What the bytes of a handshake cost: both ends, key schedule, signatures and annotations. */
import { handshakeView, runHandshake } from '../src/pki/tls/index.ts';
import { clientConfig, clientIdentity, mutualServer, serverIdentity } from '../src/testing/tlsParties.ts';

let round = 0;
/** Another seed each time: nothing is remembered but the certificates. */
const mutual = (version: '1.2' | '1.3', algorithm: 'P-256' | 'RSA-2048'): string => {
  const { result } = runHandshake({
    client: clientConfig({ credential: clientIdentity(algorithm) }),
    server: mutualServer({ maxVersion: version, credential: serverIdentity(algorithm) }),
    seed: String(round++),
  });
  return result.kind;
};
const shown = runHandshake({
  client: clientConfig({ credential: clientIdentity() }),
  server: mutualServer(),
  seed: 'shown',
});

export const tlsBenchmarks = [
  { name: 'tls: mutual handshake, 1.3, P-256', repeat: 100, body: () => mutual('1.3', 'P-256') },
  { name: 'tls: mutual handshake, 1.3, RSA-2048', repeat: 100, body: () => mutual('1.3', 'RSA-2048') },
  {
    name: 'tls: view of a mutual handshake',
    repeat: 100,
    body: () => `${handshakeView(shown).messages.length} messages`,
  },
];
