/**
 * The parties of a decided handshake as ends of a real one: same certificates, keys and parameters,
 * and the same judges (`clientVerifies`, `serverVerifies`), now asked about the bytes that arrive.
 */

import {
  clientVerifies,
  presentedCertificate,
  type ServerTls,
  serverVerifies,
} from '../data-plane/tls/handshakeOutcome.ts';
import type { VerificationFailure } from '../data-plane/tls/verifyPeer.ts';
import { negotiateVersion } from '../data-plane/tls/versions.ts';
import type { TlsClient } from '../data-plane/wire.ts';
import type { PlainPeer, PresentedChain, TlsClientConfig, TlsServerConfig, VerifyPeer } from '../pki/tls/index.ts';
import type { Certificate } from '../pki/types.ts';
import type { TlsVersion } from '../trace/call.ts';

const der = (chain: readonly Certificate[]) => chain.map((certificate) => certificate.der);

type Judge = (chain: readonly [Certificate, ...Certificate[]]) => VerificationFailure | undefined;

const judgedBy =
  (judge: Judge, counts: (failure: VerificationFailure) => boolean): VerifyPeer =>
  ({ certificates: [leaf, ...rest] }: PresentedChain) => {
    const failure = leaf === undefined ? undefined : judge([leaf, ...rest]);
    if (failure === undefined || !counts(failure)) return { accepted: true };
    return { accepted: false, alert: failure.alert ?? 'certificate_unknown', detail: failure.text };
  };

/** Whatever the two would agree on; judges ask for it before they look. */
const versionOf = (client: TlsClient, server: ServerTls | undefined): TlsVersion =>
  (server && negotiateVersion(client, server)) ?? client.maxVersion;

export function clientEnd(client: TlsClient, server: ServerTls | undefined, now: number): TlsClientConfig {
  const { implementation, minVersion, maxVersion, alpn, cipherSuites, sni, certificate } = client;
  const judge: Judge = (chain) => clientVerifies(client, chain, versionOf(client, server), now, []);
  return {
    implementation,
    minVersion,
    maxVersion,
    alpn,
    ...(cipherSuites.length === 0 ? {} : { cipherSuites }),
    ...(sni === undefined ? {} : { sni }),
    ...(certificate === undefined ? {} : { credential: { chain: der(certificate.chain), key: certificate.key } }),
    // A failure without an alert is one that is noticed only after the handshake.
    verifyServer: judgedBy(judge, ({ alert }) => alert !== undefined),
    verifyAfterwards: judgedBy(judge, ({ alert }) => alert === undefined),
  };
}

/** Undefined: the server has no certificate at all. */
export function serverEnd(server: ServerTls, client: TlsClient | undefined, now: number): TlsServerConfig | undefined {
  const presented = (client && presentedCertificate(client, server)) ?? server.certificates[0];
  if (presented === undefined) return undefined;
  const { implementation, minVersion, maxVersion, alpn, cipherSuites, clientCertificate, demands } = server;
  const version = client === undefined ? maxVersion : versionOf(client, server);
  return {
    implementation,
    minVersion,
    maxVersion,
    alpn,
    cipherSuites,
    credential: { chain: der(presented.chain), key: presented.key },
    clientCertificate,
    ...(typeof demands.anchors === 'string' ? {} : { authorities: demands.anchors.map(({ subject }) => subject.der) }),
    verifyClient: judgedBy(
      (chain) => serverVerifies(server, chain, version, now, []),
      () => true,
    ),
  };
}

export const plainPeer = (sends: Uint8Array, afterwards: PlainPeer['afterwards']): PlainPeer => ({
  kind: 'plain',
  sends,
  afterwards,
});
