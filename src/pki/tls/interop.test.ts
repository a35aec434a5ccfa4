/**
 * Second opinion on whole handshakes: node's own TLS (OpenSSL) as client and as server, for every
 * combination of version, group, cipher, key type and client certificate. The matrix is kept in
 * docs/tls-interop.md; UPDATE_TLS_INTEROP=1 writes it anew.
 */

import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { GREETING, speakWithOpenssl } from '../../testing/opensslPeer.ts';
import {
  clientConfig,
  clientIdentity,
  FOREIGN_CA,
  identity,
  mutualServer,
  SERVER_NAME,
  serverConfig,
  serverIdentity,
  TEST_CA,
  trusting,
} from '../../testing/tlsParties.ts';
import { certificatePem } from '../certificate.ts';
import type { KeyAlgorithm } from '../keyAlgorithm.ts';
import type { TlsClientConfig, TlsServerConfig } from './endpoint/config.ts';
import { type TlsEndpoint, tlsClient, tlsServer } from './endpoint/endpoint.ts';
import { entropyOf } from './keys/entropy.ts';
import { cipherSuiteNamed } from './registry/cipherSuites.ts';
import type { GroupName } from './registry/namedGroups.ts';

const CA_PEM = certificatePem(TEST_CA.certificate);

/** OpenSSL's names of curves, as node's ecdhCurve takes them. */
const OPENSSL_GROUP: Readonly<Record<GroupName, string>> = {
  x25519: 'X25519',
  secp256r1: 'P-256',
  secp384r1: 'P-384',
  secp521r1: 'P-521',
};
const GROUPS = Object.keys(OPENSSL_GROUP) as readonly GroupName[];
const KEYS: readonly KeyAlgorithm[] = ['P-256', 'P-384', 'P-521', 'Ed25519', 'RSA-2048'];
/** Every key with these groups and ciphers; P-256 keys with all of them. */
const MAIN_GROUPS: readonly GroupName[] = ['x25519', 'secp256r1'];
const MAIN_CIPHERS: readonly Cipher[] = ['AES-128-GCM', 'AES-256-GCM'];
const CIPHERS = ['AES-128-GCM', 'AES-256-GCM', 'CHACHA20-POLY1305'] as const;
const VERSIONS = ['1.3', '1.2'] as const;
const ROLES = ['client', 'server'] as const;

type Version = (typeof VERSIONS)[number];
type Cipher = (typeof CIPHERS)[number];

/** IANA name of the suite that this version, cipher and kind of key come to. */
function suiteName(version: Version, cipher: Cipher, key: KeyAlgorithm): string {
  const tail = {
    'AES-128-GCM': 'AES_128_GCM_SHA256',
    'AES-256-GCM': 'AES_256_GCM_SHA384',
    'CHACHA20-POLY1305': 'CHACHA20_POLY1305_SHA256',
  }[cipher];
  return version === '1.3' ? `TLS_${tail}` : `TLS_ECDHE_${key === 'RSA-2048' ? 'RSA' : 'ECDSA'}_WITH_${tail}`;
}

const curveOf = (key: KeyAlgorithm): readonly GroupName[] =>
  key === 'P-256' ? ['secp256r1'] : key === 'P-384' ? ['secp384r1'] : key === 'P-521' ? ['secp521r1'] : [];

const options = (label: string) => ({ entropy: entropyOf('interop', label) });
const range = (version: Version) => ({ minVersion: version, maxVersion: version }) as const;
const opensslRange = (version: Version) => ({ minVersion: `TLSv${version}`, maxVersion: `TLSv${version}` }) as const;

interface Combination {
  readonly role: 'client' | 'server';
  readonly version: Version;
  readonly group: GroupName;
  readonly cipher: Cipher;
  readonly key: KeyAlgorithm;
  readonly mutual: boolean;
}

function ourEnd({ role, version, group, cipher, key, mutual }: Combination): TlsEndpoint {
  const shared = {
    implementation: 'curl-openssl',
    ...range(version),
    alpn: ['http/1.1'],
    cipherSuites: [suiteName(version, cipher, key)],
    // In TLS 1.2 the groups say also which curves a certificate may be on (RFC 8422 5.3).
    groups: [...new Set([group, ...curveOf(key)])],
  } as const;
  return role === 'client'
    ? tlsClient(clientConfig({ ...shared, ...(mutual ? { credential: clientIdentity(key) } : {}) }), options('client'))
    : tlsServer(
        (mutual ? mutualServer : serverConfig)({ ...shared, credential: serverIdentity(key) }),
        options('server'),
      );
}

function opensslOptions({ role, version, group, cipher, key, mutual }: Combination) {
  const name = suiteName(version, cipher, key);
  const shared = {
    ...opensslRange(version),
    ca: CA_PEM,
    ciphers: cipherSuiteNamed(name)?.opensslName ?? name,
    ecdhCurve: [...new Set([group, ...curveOf(key)])].map((name) => OPENSSL_GROUP[name]).join(':'),
    ALPNProtocols: ['http/1.1'],
  };
  const own = (identityOf: typeof serverIdentity) => {
    const { certificatePem: cert, keyPem } = identityOf(key);
    return { cert, key: keyPem };
  };
  return role === 'client'
    ? { ...shared, ...own(serverIdentity), requestCert: mutual, rejectUnauthorized: mutual }
    : { ...shared, servername: SERVER_NAME, ...(mutual ? own(clientIdentity) : {}) };
}

/** What agreed, row by row: the table of the document. */
const agreed = new Map<string, string[]>();
const rowOf = ({ role, version, key, mutual }: Combination): string =>
  `| ${role} | ${version} | ${key} | ${mutual ? 'yes' : 'no'} |`;

describe.each(ROLES)('our %s with OpenSSL', (role) => {
  describe.each(VERSIONS)('TLS %s', (version) => {
    const rows = KEYS.flatMap((key) => [false, true].map((mutual) => ({ key, mutual })));
    test.each(rows)('$key, client certificate: $mutual', async ({ key, mutual }) => {
      for (const group of key === 'P-256' ? GROUPS : MAIN_GROUPS)
        for (const cipher of key === 'P-256' ? CIPHERS : MAIN_CIPHERS) {
          const combination: Combination = { role, version, group, cipher, key, mutual };
          const ours = ourEnd(combination);
          const report = await speakWithOpenssl(
            ours,
            role === 'client' ? 'server' : 'client',
            opensslOptions(combination),
          );
          expect({ ...report, ours: ours.outcome() }, `${rowOf(combination)} ${group} ${cipher}`).toMatchObject({
            established: true,
            protocol: `TLSv${version}`,
            cipher: suiteName(version, cipher, key),
            alpn: 'http/1.1',
            authorized: role === 'server' || mutual,
            received: 'hello from us',
            oursReceived: GREETING,
            ...(role === 'client' ? { serverName: SERVER_NAME } : { ephemeralKey: ephemeralName(group) }),
            ours: { kind: 'established' },
          });
          agreed.set(rowOf(combination), [...(agreed.get(rowOf(combination)) ?? []), `${group} ${cipher}`]);
        }
    });
  });
});

const ephemeralName = (group: GroupName): string =>
  ({ x25519: 'X25519', secp256r1: 'prime256v1', secp384r1: 'secp384r1', secp521r1: 'secp521r1' })[group];

describe('both settle on a group by a HelloRetryRequest', () => {
  test('our client', async () => {
    const ours = tlsClient(clientConfig({ groups: ['x25519', 'secp256r1'] }), options('client'));
    const { certificatePem: cert, keyPem } = serverIdentity();
    const report = await speakWithOpenssl(ours, 'server', { cert, key: keyPem, ecdhCurve: 'P-256' });
    expect(report).toMatchObject({ established: true, protocol: 'TLSv1.3', received: 'hello from us' });
  });
  test('our server', async () => {
    const ours = tlsServer(serverConfig({ groups: ['secp256r1'] }), options('server'));
    const report = await speakWithOpenssl(ours, 'client', {
      ca: CA_PEM,
      servername: SERVER_NAME,
      ecdhCurve: 'X25519:P-256',
    });
    expect(report).toMatchObject({ established: true, ephemeralKey: 'prime256v1', received: 'hello from us' });
  });
});

describe('more than one record', () => {
  test.each(VERSIONS)('TLS %s', async (version) => {
    const long = 'x'.repeat(40_000);
    const ours = tlsServer(serverConfig(range(version)), options('server'));
    const report = await speakWithOpenssl(ours, 'client', { ca: CA_PEM, servername: SERVER_NAME }, long);
    expect(report).toMatchObject({ established: true, received: long });
  });
});

test('a certificate chain longer than a record', async () => {
  const { chain, key } = serverIdentity();
  const long = [...chain, ...Array.from({ length: 60 }, () => TEST_CA.certificate.der)];
  const ours = tlsServer(serverConfig({ credential: { chain: long, key } }), options('server'));
  const report = await speakWithOpenssl(ours, 'client', { ca: CA_PEM, servername: SERVER_NAME });
  expect(report).toMatchObject({ established: true, authorized: true, received: 'hello from us' });
});

interface Failure {
  readonly name: string;
  readonly role: 'client' | 'server';
  readonly client?: Partial<TlsClientConfig>;
  readonly server?: Partial<TlsServerConfig>;
  readonly openssl?: Record<string, unknown>;
  /** How it ends for OpenSSL. */
  readonly error: string;
  readonly ours: Record<string, unknown>;
}

const EXPIRED = identity(SERVER_NAME, 'P-256', { expired: true });
const EXPIRED_CLIENT = identity('spiffe://cluster.local/ns/demo/sa/client', 'P-256', { expired: true });
const FOREIGN = identity('spiffe://other/ns/x/sa/y', 'P-256', { ca: FOREIGN_CA });
const refusedBy = (alert: string) => ({ kind: 'refused-peer', alert });
const told = (alert: string) => ({ kind: 'alert-received', alert, late: false });
/** The peer of a refusing client of OpenSSL gets the alert in the clear; habits decide who can read it. */
const asOpenssl = { implementation: 'curl-openssl' } as const;

const FAILURES: readonly Failure[] = [
  {
    name: 'our client knows another root',
    role: 'client',
    client: { verifyServer: trusting('server', FOREIGN_CA) },
    error: 'ERR_SSL_TLSV1_ALERT_UNKNOWN_CA',
    ours: refusedBy('unknown_ca'),
  },
  {
    name: 'our client, 1.2, knows another root',
    role: 'client',
    client: { verifyServer: trusting('server', FOREIGN_CA), maxVersion: '1.2' },
    error: 'ERR_SSL_TLSV1_ALERT_UNKNOWN_CA',
    ours: refusedBy('unknown_ca'),
  },
  {
    name: 'our client like OpenSSL: the alert is in the clear',
    role: 'client',
    client: { ...asOpenssl, verifyServer: trusting('server', FOREIGN_CA) },
    error: 'ERR_SSL_TLSV1_ALERT_UNKNOWN_CA',
    ours: refusedBy('unknown_ca'),
  },
  {
    name: 'our client meets an expired server',
    role: 'client',
    openssl: { cert: EXPIRED.certificatePem, key: EXPIRED.keyPem },
    error: 'ERR_SSL_SSLV3_ALERT_CERTIFICATE_EXPIRED',
    ours: refusedBy('certificate_expired'),
  },
  {
    name: 'our client offers 1.2, OpenSSL wants 1.3',
    role: 'client',
    client: { maxVersion: '1.2' },
    openssl: { minVersion: 'TLSv1.3' },
    error: 'ERR_SSL_UNSUPPORTED_PROTOCOL',
    ours: told('protocol_version'),
  },
  {
    name: 'our client offers 1.3, OpenSSL wants 1.2',
    role: 'client',
    client: { minVersion: '1.3' },
    openssl: { maxVersion: 'TLSv1.2' },
    error: 'ERR_SSL_UNSUPPORTED_PROTOCOL',
    ours: told('protocol_version'),
  },
  {
    name: 'our client offers 1.1',
    role: 'client',
    client: { minVersion: '1.0', maxVersion: '1.1' },
    error: 'ERR_SSL_UNSUPPORTED_PROTOCOL',
    ours: told('protocol_version'),
  },
  {
    name: 'our client shares no suite',
    role: 'client',
    client: { maxVersion: '1.2', cipherSuites: ['ECDHE-ECDSA-AES128-GCM-SHA256'] },
    openssl: { ciphers: 'ECDHE-ECDSA-AES256-GCM-SHA384' },
    error: 'ERR_SSL_NO_SHARED_CIPHER',
    ours: told('handshake_failure'),
  },
  {
    name: 'our client shares no protocol',
    role: 'client',
    client: { alpn: ['istio'] },
    openssl: { ALPNProtocols: ['h2'] },
    error: 'ERR_SSL_NO_APPLICATION_PROTOCOL',
    ours: told('no_application_protocol'),
  },
  {
    name: 'our server refuses a foreign client, 1.3',
    role: 'server',
    server: { clientCertificate: 'required' },
    openssl: { cert: FOREIGN.certificatePem, key: FOREIGN.keyPem },
    error: 'ERR_SSL_TLSV1_ALERT_UNKNOWN_CA',
    ours: refusedBy('unknown_ca'),
  },
  {
    name: 'our server refuses a foreign client, 1.2',
    role: 'server',
    server: { clientCertificate: 'required', maxVersion: '1.2' },
    openssl: { cert: FOREIGN.certificatePem, key: FOREIGN.keyPem },
    error: 'ERR_SSL_TLSV1_ALERT_UNKNOWN_CA',
    ours: refusedBy('unknown_ca'),
  },
  {
    name: 'our server refuses an expired client',
    role: 'server',
    server: { clientCertificate: 'required' },
    openssl: { cert: EXPIRED_CLIENT.certificatePem, key: EXPIRED_CLIENT.keyPem },
    error: 'ERR_SSL_SSLV3_ALERT_CERTIFICATE_EXPIRED',
    ours: refusedBy('certificate_expired'),
  },
  {
    name: 'our server wants a certificate, 1.3',
    role: 'server',
    server: { clientCertificate: 'required' },
    error: 'ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED',
    ours: refusedBy('certificate_required'),
  },
  {
    name: 'our server wants a certificate, 1.2',
    role: 'server',
    server: { clientCertificate: 'required', maxVersion: '1.2' },
    error: 'ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE',
    ours: refusedBy('handshake_failure'),
  },
  {
    name: 'our server wants 1.3',
    role: 'server',
    server: { minVersion: '1.3' },
    openssl: { maxVersion: 'TLSv1.2' },
    error: 'ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION',
    ours: refusedBy('protocol_version'),
  },
  {
    name: 'our server wants 1.2',
    role: 'server',
    server: { maxVersion: '1.2' },
    openssl: { minVersion: 'TLSv1.3' },
    error: 'ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION',
    ours: refusedBy('protocol_version'),
  },
  {
    name: 'our server shares no suite',
    role: 'server',
    server: { maxVersion: '1.2', cipherSuites: ['ECDHE-ECDSA-AES128-GCM-SHA256'] },
    openssl: { ciphers: 'ECDHE-ECDSA-AES256-GCM-SHA384' },
    error: 'ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE',
    ours: refusedBy('handshake_failure'),
  },
  {
    name: 'our server shares no protocol',
    role: 'server',
    server: { implementation: 'go', alpn: ['istio'] },
    openssl: { ALPNProtocols: ['h2'] },
    error: 'ERR_SSL_TLSV1_ALERT_NO_APPLICATION_PROTOCOL',
    ours: refusedBy('no_application_protocol'),
  },
];

describe('failures', () => {
  test.each(FAILURES)('$name', async ({ role, client, server, openssl, error, ours }) => {
    const end =
      role === 'client'
        ? tlsClient(clientConfig(client), options('client'))
        : tlsServer(serverConfig(server), options('server'));
    const { certificatePem: cert, keyPem: key } = serverIdentity();
    const defaults = role === 'client' ? { cert, key, ca: CA_PEM } : { ca: CA_PEM, servername: SERVER_NAME };
    const report = await speakWithOpenssl(end, role === 'client' ? 'server' : 'client', { ...defaults, ...openssl });
    expect(report.error).toBe(error);
    expect(end.outcome()).toMatchObject(ours);
  });
});

describe('docs/tls-interop.md', () => {
  test('shows this matrix', () => {
    const path = 'docs/tls-interop.md';
    const rows = [...agreed].map(([row, pairs]) => `${row} ${summary(pairs)} |`);
    const failures = FAILURES.map(({ name, error, ours }) => `| ${name} | ${endText(ours)} | ${error} |`);
    const text = `${[...INTRODUCTION, ...rows, ...FAILURE_HEADING, ...failures].join('\n')}\n`;
    if (process.env.UPDATE_TLS_INTEROP === '1') writeFileSync(path, text);
    expect(readFileSync(path, 'utf8')).toBe(text);
  });
});

const INTRODUCTION = [
  '# TLS interoperation',
  '',
  'Written by `UPDATE_TLS_INTEROP=1 npx vitest run src/pki/tls/interop.test.ts`, which also fails when this page is out of date.',
  "Every handshake of Meshverdict's TLS with node's own (OpenSSL) that ended established, with ALPN, SNI, certificates and application data checked at both ends. Refusals inside the handshake, late and early, are tested with the `openssl` program besides (`src/pki/tls/opensslProgram.test.ts`).",
  '',
  '| Ours is | TLS | keys | client certificate | groups x ciphers |',
  '| --- | --- | --- | --- | --- |',
];
const FAILURE_HEADING = ['', '## Failures', '', '| case | ours | OpenSSL reports |', '| --- | --- | --- |'];

/** Groups and ciphers of a row, when all of their pairs agreed; else the pairs. */
function summary(pairs: readonly string[]): string {
  const groups = [...new Set(pairs.map((pair) => pair.split(' ')[0]))];
  const ciphers = [...new Set(pairs.map((pair) => pair.split(' ')[1]))];
  return groups.length * ciphers.length === pairs.length
    ? `${groups.join(', ')} x ${ciphers.join(', ')}`
    : pairs.join(', ');
}

const endText = ({ kind, alert }: Record<string, unknown>): string =>
  kind === 'refused-peer' ? `sends ${String(alert)}` : `receives ${String(alert)}`;
