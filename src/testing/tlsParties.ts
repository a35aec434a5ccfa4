/** A small PKI and the two ends of a handshake, for tests: any key type, expired or foreign on request. */
import { deriveSerial } from '../crypto/derive.ts';
import { privateKeyPem } from '../crypto/privateKey.ts';
import { type CertificateAuthority, createCa, EKU, encodeName, signCertificate } from '../pki/ca.ts';
import { certificatePem } from '../pki/certificate.ts';
import { deriveKey, type KeyAlgorithm } from '../pki/keyAlgorithm.ts';
import { validatePath } from '../pki/path.ts';
import type { PathPurpose } from '../pki/pathTypes.ts';
import type { TlsClientConfig, TlsCredential, TlsServerConfig, VerifyPeer } from '../pki/tls/index.ts';
import type { Certificate } from '../pki/types.ts';

const START = Date.UTC(2020, 0, 1);
const END = Date.UTC(2120, 0, 1);
/** The verifier's clock; OpenSSL uses the real one, and both lie within START..END. */
const NOW = Date.UTC(2026, 10, 23);

export const SERVER_NAME = 'server.test';

const authority = (label: string): CertificateAuthority =>
  createCa({ seed: 'tls tests', label, subject: [['O', label]], notBefore: START, notAfter: END });

export const TEST_CA = authority('test CA');
export const FOREIGN_CA = authority('foreign CA');

export interface TestIdentity extends TlsCredential {
  readonly certificate: Certificate;
  readonly certificatePem: string;
  readonly keyPem: string;
}

const identities = new Map<string, TestIdentity>();

/** A certificate and key for `name` (a DNS name, or a URI when it has a scheme). */
export function identity(
  name: string,
  algorithm: KeyAlgorithm = 'P-256',
  options: { readonly ca?: CertificateAuthority; readonly expired?: boolean } = {},
): TestIdentity {
  const ca = options.ca ?? TEST_CA;
  const cacheKey = [name, algorithm, ca.certificate.fingerprint, options.expired].join(' ');
  const known = identities.get(cacheKey);
  if (known !== undefined) return known;
  const key = deriveKey('tls tests', name, algorithm);
  const certificate = signCertificate(
    {
      serial: deriveSerial('tls tests', cacheKey),
      subject: encodeName([]),
      notBefore: START,
      notAfter: options.expired === true ? START + 86_400_000 : END,
      keyUsage: ['digitalSignature'],
      extendedKeyUsage: [EKU.serverAuth, EKU.clientAuth],
      basicConstraints: { ca: false },
      subjectAltNames: [name.includes('://') ? { kind: 'uri', value: name } : { kind: 'dns', value: name }],
      subjectAltNamesCritical: true,
    },
    key.publicKey,
    ca,
  );
  const made = {
    chain: [certificate.der],
    key,
    certificate,
    certificatePem: certificatePem(certificate),
    keyPem: privateKeyPem(key),
  };
  identities.set(cacheKey, made);
  return made;
}

export const serverIdentity = (algorithm?: KeyAlgorithm): TestIdentity => identity(SERVER_NAME, algorithm);
export const clientIdentity = (algorithm?: KeyAlgorithm): TestIdentity =>
  identity('spiffe://cluster.local/ns/demo/sa/client', algorithm);

/** Judges chains by path validation against these roots. */
export const trusting =
  (purpose: PathPurpose, ...authorities: readonly CertificateAuthority[]): VerifyPeer =>
  ({ certificates }) => {
    const [leaf, ...rest] = certificates;
    if (leaf === undefined) return { accepted: false, alert: 'decode_error' };
    const anchors = authorities.map((ca) => ca.certificate);
    const path = validatePath([leaf, ...rest], anchors, { now: NOW, purpose });
    return path.ok
      ? { accepted: true }
      : { accepted: false, alert: path.failure.alert, detail: path.failure.boringsslText };
  };

export const clientConfig = (options: Partial<TlsClientConfig> = {}): TlsClientConfig => ({
  implementation: 'envoy-boringssl',
  minVersion: '1.2',
  maxVersion: '1.3',
  alpn: [],
  sni: SERVER_NAME,
  verifyServer: trusting('server', TEST_CA),
  ...options,
});

export const serverConfig = (options: Partial<TlsServerConfig> = {}): TlsServerConfig => ({
  implementation: 'envoy-boringssl',
  minVersion: '1.2',
  maxVersion: '1.3',
  alpn: [],
  credential: serverIdentity(),
  clientCertificate: 'not-requested',
  verifyClient: trusting('client', TEST_CA),
  ...options,
});

/** A server that demands a certificate of the test CA. */
export const mutualServer = (options: Partial<TlsServerConfig> = {}): TlsServerConfig =>
  serverConfig({
    clientCertificate: 'required',
    authorities: [TEST_CA.certificate.subject.der],
    ...options,
  });
