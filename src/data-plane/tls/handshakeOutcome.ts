/**
 * What becomes of a TLS handshake: a pure decision over what the client offers and demands and how
 * the server is set up. Input: both parties' parameters and the time; output: the step with every
 * check, and, when the server got through, the session. Nothing is looked up by "mode": the result
 * follows from the checks, in the order in which a real handshake makes them:
 * version, server certificate, cipher suite, ALPN, client verifies server, server verifies client.
 * In TLS 1.3 the client is done before the server judges its certificate (RFC 8446 appendix E.1.2);
 * in TLS 1.2 it still waits. Texts are those of curl 7.88 with OpenSSL 3, BoringSSL (Envoy) and Go.
 */
import type { Origin } from '../../base/origin.ts';
import type { PrivateKey } from '../../crypto/keys.ts';
import { dnsNameMatch } from '../../pki/names.ts';
import type { Certificate } from '../../pki/types.ts';
import type { TlsVersion } from '../../trace/call.ts';
import type { CertificateCheck, TlsHandshakeStep, TlsResult, TrustParams } from '../../trace/tlsStep.ts';
import type { TlsClient, TlsPayload } from '../wire.ts';
import {
  alertName,
  BORINGSSL,
  boringsslAlertText,
  OPENSSL_LEGACY_SIGNATURE,
  opensslAlertText,
  TLS_ALERT,
} from './alerts.ts';
import { type Chain, type Demands, lacksDigitalSignature, type VerificationFailure, verifyPeer } from './verifyPeer.ts';
import { hasVersions, negotiateAlpn, negotiateCipherSuite, negotiateVersion, signsWithOldHash } from './versions.ts';

export interface ServerTls {
  readonly implementation: 'envoy-boringssl' | 'go';
  readonly certificates: readonly { readonly chain: Chain; readonly key: PrivateKey }[];
  readonly alpn: readonly string[];
  readonly minVersion: TlsVersion;
  readonly maxVersion: TlsVersion;
  /** For TLS 1.2 and below, by preference. */
  readonly cipherSuites: readonly string[];
  readonly clientCertificate: 'not-requested' | 'requested' | 'required';
  readonly demands: Demands;
  /** A client certificate that fails is let through, unverified. */
  readonly acceptUntrusted: boolean;
  readonly origins: readonly Origin[];
  /** Milliseconds by which its clock is ahead of the mesh's. */
  readonly clockSkew?: number;
}

/** What the server knows once its side is done. */
export interface TlsSession {
  readonly version: TlsVersion;
  readonly alpn?: string;
  readonly serverChain: Chain;
  /** The client's certificate; empty: none. */
  readonly peerChain: readonly Certificate[];
  readonly peerValidated: boolean;
  /** The client hangs up now, without a byte (curl does when it dislikes the name). */
  readonly clientLeaves: boolean;
}

export type HandshakeFacts = Omit<TlsHandshakeStep, 'role'>;

export interface Handshake {
  readonly facts: HandshakeFacts;
  readonly session?: TlsSession;
}

/** Decides one handshake. */
export function handshakeOutcome(payload: TlsPayload, server: ServerTls, now: number): Handshake {
  const { client } = payload;
  const checks: CertificateCheck[] = [];
  if (!hasVersions(server)) {
    // A minimum above the maximum: BoringSSL gives up without an alert.
    const result: TlsResult = {
      kind: 'broken',
      reason: 'closed',
      clientSees: '',
      serverSees: BORINGSSL.noSupportedVersions,
    };
    return finish(payload, server, { checks, result });
  }
  const version = negotiateVersion(client, server);
  if (version === undefined) {
    return finish(payload, server, {
      checks,
      result: refusal(client, 'server', TLS_ALERT.protocolVersion, BORINGSSL.unsupportedProtocol),
    });
  }
  const certificate = selectCertificate(client, server, version);
  const cipherSuite =
    certificate &&
    negotiateCipherSuite(client.cipherSuites, server.cipherSuites, version, certificate.chain[0].publicKey.kind);
  if (certificate === undefined || cipherSuite === undefined) {
    return finish(payload, server, {
      checks,
      version,
      result: refusal(client, 'server', TLS_ALERT.handshakeFailure, BORINGSSL.noSharedCipher),
    });
  }
  const progress = { checks, version, cipherSuite, serverChain: certificate.chain };
  const alpn = negotiateAlpn(client.alpn, server.alpn, server.implementation);
  if (alpn.kind === 'refused') {
    return finish(payload, server, {
      ...progress,
      result: refusal(client, 'server', TLS_ALERT.noApplicationProtocol, ''),
    });
  }
  const agreed = { ...progress, ...(alpn.kind === 'agreed' ? { alpn: alpn.protocol } : {}) };

  const verified = clientVerifies(client, certificate.chain, version, now, checks);
  // Between the certificate and its name, at which curl looks last.
  const distrust =
    verified?.alert === undefined ? (oldSignature(client, version, cipherSuite, checks) ?? verified) : verified;
  if (distrust?.alert !== undefined) {
    return finish(payload, server, {
      ...agreed,
      result: {
        kind: 'refused',
        by: 'client',
        alert: alertName(distrust.alert),
        late: false,
        clientSees: distrust.text,
        serverSees: alertAtServer(client, version, distrust.alert),
      },
    });
  }
  const offered = offeredCertificate(client, server, version);
  const clientRefused = serverVerifies(server, offered, version, now, checks);
  if (clientRefused && (version !== '1.3' || distrust === undefined)) {
    return finish(payload, server, { ...agreed, result: refusedClient(client, version, clientRefused) });
  }
  // The handshake is over for curl; only now it looks at the name, and hangs up.
  const result: TlsResult =
    distrust === undefined
      ? { kind: 'established' }
      : {
          kind: 'refused',
          by: 'client',
          late: false,
          clientSees: distrust.text,
          ...(clientRefused === undefined ? {} : { serverSees: clientRefused.text }),
        };
  const done = finish(payload, server, { ...agreed, result });
  if (clientRefused) return done;
  const session: TlsSession = {
    version,
    ...(alpn.kind === 'agreed' ? { alpn: alpn.protocol } : {}),
    serverChain: certificate.chain,
    peerChain: offered ?? [],
    peerValidated: offered !== undefined && !checks.some((check) => check.by === 'server' && !check.passed),
    clientLeaves: distrust !== undefined,
  };
  return { ...done, session };
}

/** The certificate that this server shows to this client; undefined: they do not get so far. */
export function presentedCertificate(
  client: TlsClient,
  server: ServerTls,
): ServerTls['certificates'][number] | undefined {
  const version = negotiateVersion(client, server);
  return version && selectCertificate(client, server, version);
}

/** Certificates for the requested name first, and among those elliptic curve keys (Envoy's preference). */
function selectCertificate(
  client: TlsClient,
  server: ServerTls,
  version: TlsVersion,
): ServerTls['certificates'][number] | undefined {
  const { sni } = client;
  const usable = server.certificates.filter(
    ({ chain }) =>
      negotiateCipherSuite(client.cipherSuites, server.cipherSuites, version, chain[0].publicKey.kind) !== undefined,
  );
  const named = usable.filter(
    ({ chain }) => sni !== undefined && namesOf(chain[0]).some((name) => dnsNameMatch(sni, name)),
  );
  const candidates = named.length > 0 ? named : usable;
  return candidates.find(({ chain }) => chain[0].publicKey.kind === 'ec') ?? candidates[0];
}

const namesOf = (certificate: Certificate): readonly string[] =>
  (certificate.subjectAltNames ?? []).flatMap((name) => (name.kind === 'dns' ? [name.value] : []));

/** What the client thinks of the server's certificate; each check is added to `checks`. */
export function clientVerifies(
  client: TlsClient,
  chain: Chain,
  version: TlsVersion,
  now: number,
  checks: CertificateCheck[],
): VerificationFailure | undefined {
  const { trust, implementation } = client;
  if (implementation === 'envoy-boringssl' && version === '1.3' && lacksDigitalSignature(chain[0])) {
    checks.push({
      by: 'client',
      check: 'usage',
      passed: false,
      depth: 0,
      wanted: 'digitalSignature',
      text: 'KEY_USAGE_BIT_INCORRECT',
    });
    return { text: BORINGSSL.keyUsage, alert: TLS_ALERT.illegalParameter };
  }
  const verification = verifyPeer(chain, trust, 'client', implementation, now + (client.clockSkew ?? 0));
  checks.push(...verification.checks);
  return verification.failure;
}

/** OpenSSL 3 takes no signature of SHA-1: below TLS 1.2 an ephemeral key has no other. */
function oldSignature(
  { implementation }: TlsClient,
  version: TlsVersion,
  cipherSuite: string,
  checks: CertificateCheck[],
): VerificationFailure | undefined {
  if (implementation !== 'curl-openssl' || !signsWithOldHash(version, cipherSuite)) return undefined;
  const text = 'legacy sigalg disallowed or unsupported';
  checks.push({ by: 'client', check: 'signature', passed: false, text });
  return { text: OPENSSL_LEGACY_SIGNATURE, alert: TLS_ALERT.internalError };
}

/** The certificate that the client sends: it has none, or the server's signature algorithms exclude it. */
function offeredCertificate(client: TlsClient, server: ServerTls, version: TlsVersion): Chain | undefined {
  const [leaf, ...rest] = client.certificate?.chain ?? [];
  if (leaf === undefined || server.clientCertificate === 'not-requested') return undefined;
  const key = leaf.publicKey;
  if (server.implementation === 'envoy-boringssl') {
    if (key.kind === 'ed25519') return undefined;
    if (key.kind === 'ec' && key.curve === 'P-521' && version === '1.3') return undefined;
  }
  return [leaf, ...rest];
}

/** What the server thinks of the client's; undefined: it did not send one. */
export function serverVerifies(
  server: ServerTls,
  chain: Chain | undefined,
  version: TlsVersion,
  now: number,
  checks: CertificateCheck[],
): VerificationFailure | undefined {
  if (server.clientCertificate === 'not-requested') return undefined;
  if (chain === undefined) {
    if (server.clientCertificate === 'requested') return undefined;
    checks.push({ by: 'server', check: 'presented', passed: false });
    return {
      text: BORINGSSL.noClientCertificate,
      alert: version === '1.3' ? TLS_ALERT.certificateRequired : TLS_ALERT.handshakeFailure,
    };
  }
  checks.push({ by: 'server', check: 'presented', passed: true });
  const boring = server.implementation === 'envoy-boringssl';
  const cannotSign = (): VerificationFailure => {
    checks.push({
      by: 'server',
      check: 'usage',
      passed: false,
      depth: 0,
      wanted: 'digitalSignature',
      text: 'KEY_USAGE_BIT_INCORRECT',
    });
    return { text: BORINGSSL.keyUsage, alert: TLS_ALERT.illegalParameter };
  };
  // TLS 1.3 looks before the chain, TLS 1.2 when the client's signature arrives.
  if (boring && version === '1.3' && lacksDigitalSignature(chain[0])) return cannotSign();
  const verification = verifyPeer(
    chain,
    server.demands,
    'server',
    server.implementation,
    now + (server.clockSkew ?? 0),
  );
  checks.push(...verification.checks);
  if (verification.failure && !server.acceptUntrusted) return verification.failure;
  if (boring && version !== '1.3' && lacksDigitalSignature(chain[0])) return cannotSign();
  return undefined;
}

/** The server's refusal of the client's certificate, as each side learns of it. */
function refusedClient(client: TlsClient, version: TlsVersion, failure: VerificationFailure): TlsResult {
  const alert = failure.alert ?? TLS_ALERT.badCertificate;
  const late = version === '1.3';
  return {
    kind: 'refused',
    by: 'server',
    alert: alertName(alert),
    late,
    clientSees: alertAtClient(client, alert, late),
    serverSees: failure.text,
  };
}

function refusal(client: TlsClient, by: 'server', alert: number, serverSees: string): TlsResult {
  return {
    kind: 'refused',
    by,
    alert: alertName(alert),
    late: false,
    clientSees: alertAtClient(client, alert, false),
    serverSees,
  };
}

/** A late alert reaches Envoy on a connection it already uses: it only sees it end. */
function alertAtClient(client: TlsClient, alert: number, late: boolean): string {
  switch (client.implementation) {
    case 'curl-openssl':
      return late ? `OpenSSL SSL_read: ${opensslAlertText(alert)}, errno 0` : opensslAlertText(alert);
    case 'envoy-boringssl':
      return late ? '' : boringsslAlertText(alert);
    case 'go':
      return `remote error: tls: ${alertName(alert).replaceAll('_', ' ')}`;
  }
}

const alertAtServer = (client: TlsClient, version: TlsVersion, alert: number): string =>
  client.implementation === 'curl-openssl' && version === '1.3' ? BORINGSSL.unreadableAlert : boringsslAlertText(alert);

interface Progress {
  readonly checks: readonly CertificateCheck[];
  readonly result: TlsResult;
  readonly version?: TlsVersion;
  readonly cipherSuite?: string;
  readonly alpn?: string;
  readonly serverChain?: Chain;
}

function finish(payload: TlsPayload, server: ServerTls, progress: Progress): Handshake {
  const { checks, result, version, cipherSuite, alpn, serverChain } = progress;
  return {
    facts: {
      kind: 'tls-handshake',
      origins: server.origins,
      connection: payload.connection,
      layer: payload.layer,
      client: clientParams(payload.client),
      server: {
        implementation: server.implementation,
        alpn: server.alpn,
        minVersion: server.minVersion,
        maxVersion: server.maxVersion,
        cipherSuites: server.cipherSuites,
        certificateChain: fingerprints(serverChain ?? []),
        clientCertificate: server.clientCertificate,
        ...(server.clientCertificate === 'not-requested' ? {} : { trust: trustParams(server.demands) }),
      },
      ...(version === undefined
        ? {}
        : {
            negotiated: {
              version,
              ...(alpn === undefined ? {} : { alpn }),
              ...(cipherSuite === undefined ? {} : { cipherSuite }),
            },
          }),
      checks,
      result,
    },
  };
}

const fingerprints = (chain: readonly Certificate[]): readonly string[] => chain.map(({ fingerprint }) => fingerprint);

export function clientParams(client: TlsClient): HandshakeFacts['client'] {
  return {
    implementation: client.implementation,
    ...(client.sni === undefined ? {} : { sni: client.sni }),
    alpn: client.alpn,
    minVersion: client.minVersion,
    maxVersion: client.maxVersion,
    certificateChain: fingerprints(client.certificate?.chain ?? []),
    trust: trustParams(client.trust),
  };
}

function trustParams(demands: Demands): TrustParams {
  const [names] = demands.names;
  return {
    anchors: typeof demands.anchors === 'string' ? demands.anchors : fingerprints(demands.anchors),
    ...(names === undefined ? {} : { names }),
    ...(demands.crls === undefined ? {} : { crl: true }),
  };
}
