import { describe, expect, it } from 'vitest';
import type { KeyAlgorithm } from '../../pki/keyAlgorithm.ts';
import { FOREIGN_CA, identity, TEST_CA } from '../../testing/tlsParties.ts';
import type { TlsVersion } from '../../trace/call.ts';
import type { TlsClient, TlsPayload } from '../wire.ts';
import { handshakeOutcome, type ServerTls } from './handshakeOutcome.ts';
import { ANY_CIPHER_SUITES, ENVOY_CIPHER_SUITES, negotiateAlpn, negotiateVersion } from './versions.ts';

const NOW = Date.UTC(2026, 10, 23);
const ANCHORS = [TEST_CA.certificate];
const SPIFFE = 'spiffe://cluster.local/ns/a/sa/b';

const pair = (name: string, algorithm: KeyAlgorithm = 'P-256', expired = false) => {
  const { certificate, key } = identity(name, algorithm, { expired });
  return { chain: [certificate] as const, key };
};
const foreign = (name: string) => {
  const { certificate, key } = identity(name, 'P-256', { ca: FOREIGN_CA });
  return { chain: [certificate] as const, key };
};

const open = { anchors: 'none', names: [], hashPins: [], spkiPins: [] } as const;

const curl = (over: Partial<TlsClient> = {}): TlsClient => ({
  implementation: 'curl-openssl',
  sni: 'web.test',
  alpn: ['http/1.1'],
  minVersion: '1.0',
  maxVersion: '1.3',
  cipherSuites: ANY_CIPHER_SUITES,
  trust: { ...open, anchors: ANCHORS, names: [{ kind: 'host-name', host: 'web.test' }] },
  ...over,
});

const envoy = (over: Partial<TlsClient> = {}): TlsClient => ({
  ...curl(),
  implementation: 'envoy-boringssl',
  minVersion: '1.2',
  cipherSuites: ENVOY_CIPHER_SUITES,
  trust: { ...open, anchors: ANCHORS },
  ...over,
});

const server = (over: Partial<ServerTls> = {}): ServerTls => ({
  implementation: 'envoy-boringssl',
  certificates: [pair('web.test')],
  alpn: ['h2', 'http/1.1'],
  minVersion: '1.2',
  maxVersion: '1.3',
  cipherSuites: ENVOY_CIPHER_SUITES,
  clientCertificate: 'not-requested',
  demands: open,
  acceptUntrusted: false,
  origins: [],
  ...over,
});

const mutual = (over: Partial<ServerTls> = {}): ServerTls =>
  server({ clientCertificate: 'required', demands: { ...open, anchors: ANCHORS }, ...over });

const meet = (client: TlsClient, to: ServerTls) => {
  const payload: TlsPayload = { kind: 'tls', client, inner: { kind: 'nothing' }, connection: 1, layer: 1 };
  const { facts, session } = handshakeOutcome(payload, to, NOW);
  return { facts, session, result: facts.result };
};

const max12 = { maxVersion: '1.2' as TlsVersion };

describe('a handshake is established', () => {
  it('with a server the client trusts', () => {
    const { result, session, facts } = meet(curl(), server());
    expect(result).toEqual({ kind: 'established' });
    expect(session).toMatchObject({ version: '1.3', alpn: 'http/1.1', peerChain: [], clientLeaves: false });
    expect(facts.negotiated).toMatchObject({ version: '1.3', alpn: 'http/1.1' });
  });

  it('with a client certificate that the server trusts', () => {
    const { session } = meet(curl({ certificate: pair(SPIFFE) }), mutual());
    expect(session?.peerValidated).toBe(true);
    expect(session?.peerChain).toHaveLength(1);
  });

  it('without a client certificate where one is only asked for', () => {
    expect(meet(curl(), mutual({ clientCertificate: 'requested' })).session?.peerChain).toEqual([]);
  });

  it('with an untrusted client where untrusted ones are accepted', () => {
    const { session } = meet(curl({ certificate: foreign(SPIFFE) }), mutual({ acceptUntrusted: true }));
    expect(session).toMatchObject({ peerValidated: false });
    expect(session?.peerChain).toHaveLength(1);
  });

  it('without application protocol when Envoy and its client share none', () => {
    expect(meet(curl({ alpn: ['spdy/3'] }), server()).session?.alpn).toBeUndefined();
  });

  it('with the certificate of the requested name, and among those an elliptic curve key', () => {
    const certificates = [pair('other.test'), pair('web.test', 'RSA-2048'), pair('web.test', 'P-384')];
    const { session } = meet(curl(), server({ certificates }));
    expect(session?.serverChain[0].publicKey).toMatchObject({ kind: 'ec', curve: 'P-384' });
  });

  it('at TLS 1.2 with an RSA certificate when the suites leave no other', () => {
    const certificates = [pair('web.test'), pair('web.test', 'RSA-2048')];
    const suites = ['ECDHE-RSA-AES128-GCM-SHA256'];
    const { session, facts } = meet(curl(max12), server({ certificates, cipherSuites: suites }));
    expect(session?.serverChain[0].publicKey.kind).toBe('rsa');
    expect(facts.negotiated?.cipherSuite).toBe('ECDHE-RSA-AES128-GCM-SHA256');
  });
});

describe('versions below 1.2', () => {
  const rsa = [pair('web.test', 'RSA-2048')];
  const at = (cipherSuites: readonly string[], client: TlsClient) =>
    meet(client, server({ certificates: rsa, minVersion: '1.0', maxVersion: '1.1', cipherSuites }));

  it('curl takes no ephemeral key signed over SHA-1, and no certificate is at fault', () => {
    const { result, facts } = at(['ECDHE-RSA-AES128-SHA'], curl());
    expect(result).toMatchObject({ kind: 'refused', by: 'client', alert: 'internal_error' });
    expect(facts.checks.filter(({ passed }) => !passed)).toMatchObject([{ by: 'client', check: 'signature' }]);
  });

  it('without an ephemeral key nothing is signed', () => {
    expect(at(['AES128-SHA'], curl()).result).toEqual({ kind: 'established' });
  });

  it('a distrusted certificate comes first, a wrong name last', () => {
    const distrusting = curl({ trust: { ...open, anchors: [FOREIGN_CA.certificate] } });
    expect(at(['ECDHE-RSA-AES128-SHA'], distrusting).result).toMatchObject({ alert: 'unknown_ca' });
    const elsewhere = curl({
      trust: { ...open, anchors: ANCHORS, names: [{ kind: 'host-name', host: 'other.test' }] },
    });
    expect(at(['ECDHE-RSA-AES128-SHA'], elsewhere).result).toMatchObject({ alert: 'internal_error' });
  });

  it('a minimum above the maximum closes the connection without an alert', () => {
    const { result } = meet(curl(), server({ minVersion: '1.3', maxVersion: '1.2' }));
    expect(result).toMatchObject({ kind: 'broken', reason: 'closed', clientSees: '' });
  });
});

describe('the client refuses the server', () => {
  it.each<[string, Partial<ServerTls>, Partial<TlsClient>, string, string | undefined]>([
    [
      'an authority it does not know',
      { certificates: [foreign('web.test')] },
      {},
      'SSL certificate problem: unable to get local issuer certificate',
      'unknown_ca',
    ],
    [
      'an expired certificate',
      { certificates: [pair('web.test', 'P-256', true)] },
      {},
      'SSL certificate problem: certificate has expired',
      'certificate_expired',
    ],
    [
      'another name, after the handshake',
      { certificates: [pair('other.test')] },
      {},
      "SSL: no alternative certificate subject name matches target host name 'web.test'",
      undefined,
    ],
  ])('curl: %s', (_name, serverOver, clientOver, text, alert) => {
    const { result, session } = meet(curl(clientOver), server(serverOver));
    expect(result).toMatchObject({ kind: 'refused', by: 'client', clientSees: text });
    expect(result.kind === 'refused' ? result.alert : '').toBe(alert);
    expect(session?.clientLeaves).toBe(alert === undefined ? true : undefined);
  });

  it('curl -k looks at nothing', () => {
    expect(meet(curl({ trust: open }), server({ certificates: [foreign('x.test')] })).result.kind).toBe('established');
  });

  it('Envoy: names of a list, with the names that the certificate has', () => {
    const trust = { ...open, anchors: ANCHORS, names: [{ kind: 'exact-san' as const, anyOf: [SPIFFE] }] };
    const { result } = meet(envoy({ trust }), server());
    expect(result).toMatchObject({
      by: 'client',
      alert: 'certificate_unknown',
      clientSees:
        'TLS_error:|268435581:SSL_routines:OPENSSL_internal:CERTIFICATE_VERIFY_FAILED:verify_cert_failed:' +
        '_SAN_matcher,_certificate_SANs_are_[web.test]:TLS_error_end',
      serverSees: 'TLS_error:|268436502:SSL_routines:OPENSSL_internal:SSLV3_ALERT_CERTIFICATE_UNKNOWN:TLS_error_end',
    });
  });

  it('Envoy: the name that the request asked for', () => {
    const trust = { ...open, anchors: ANCHORS, names: [{ kind: 'auto-san' as const, host: 'api.test' }] };
    expect(meet(envoy({ trust }), server()).result).toMatchObject({
      clientSees: expect.stringContaining('verify_SAN_list,_expected_SANs:_[api.test],_certificate_SANs:_[web.test]'),
    });
  });

  it.each([
    ['curl at TLS 1.3 leaves an unreadable alert', '1.3', 'BAD_PACKET_LENGTH'],
    ['curl at TLS 1.2 leaves its alert', '1.2', 'TLSV1_ALERT_UNKNOWN_CA'],
  ] as const)('%s', (_name, maxVersion, reason) => {
    const { result } = meet(curl({ maxVersion }), server({ certificates: [foreign('web.test')] }));
    expect(result).toMatchObject({ serverSees: expect.stringContaining(reason) });
  });

  it('comes before the server refuses the client', () => {
    const { result, facts } = meet(curl(), mutual({ certificates: [foreign('web.test')] }));
    expect(result).toMatchObject({ by: 'client' });
    expect(facts.checks.every((check) => check.by === 'client')).toBe(true);
  });
});

describe('the server refuses the client', () => {
  const pinned = { ...open, anchors: ANCHORS, hashPins: ['00'.repeat(32)] };
  it.each<[string, Partial<TlsClient>, Partial<ServerTls>, string]>([
    ['no certificate', {}, {}, 'certificate_required'],
    ['an unknown authority', { certificate: foreign(SPIFFE) }, {}, 'unknown_ca'],
    ['an expired certificate', { certificate: pair(SPIFFE, 'P-256', true) }, {}, 'certificate_expired'],
    [
      'a trust domain that is not served',
      { certificate: pair(SPIFFE) },
      { demands: { ...open, anchors: ANCHORS, names: [{ kind: 'san-prefix', anyOf: ['spiffe://other/'] }] } },
      'certificate_unknown',
    ],
    [
      'a certificate that is not pinned',
      { certificate: pair(SPIFFE) },
      { demands: pinned },
      'bad_certificate_hash_value',
    ],
    ['an Ed25519 key, which it does not ask for', { certificate: pair(SPIFFE, 'Ed25519') }, {}, 'certificate_required'],
  ])('%s: late at TLS 1.3', (_name, clientOver, serverOver, alert) => {
    const { result, session } = meet(curl(clientOver), mutual(serverOver));
    expect(result).toMatchObject({ kind: 'refused', by: 'server', alert, late: true });
    expect(session).toBeUndefined();
    const text = alert.replaceAll('_', ' ');
    expect(result).toMatchObject({ clientSees: expect.stringMatching(new RegExp(`^OpenSSL SSL_read: .*${text}`)) });
  });

  it('in time at TLS 1.2, with another alert for a missing certificate', () => {
    expect(meet(curl(max12), mutual()).result).toMatchObject({
      alert: 'handshake_failure',
      late: false,
      clientSees: 'OpenSSL/3.0.22: error:0A000410:SSL routines::sslv3 alert handshake failure',
      serverSees: expect.stringContaining('PEER_DID_NOT_RETURN_A_CERTIFICATE:peer_did_not_provide'),
    });
  });

  it('an Envoy client is told nothing of a late refusal', () => {
    expect(meet(envoy(), mutual()).result).toMatchObject({ late: true, clientSees: '' });
  });

  it('P-521 keys are usable at TLS 1.2 only', () => {
    const certificate = pair(SPIFFE, 'P-521');
    expect(meet(curl({ certificate, ...max12 }), mutual()).result.kind).toBe('established');
    expect(meet(curl({ certificate }), mutual()).result).toMatchObject({ alert: 'certificate_required' });
  });

  it('Go tells unknown authorities from other faults', () => {
    const go = mutual({ implementation: 'go', alpn: [], cipherSuites: ANY_CIPHER_SUITES });
    expect(meet(curl({ certificate: foreign(SPIFFE) }), go).result).toMatchObject({ alert: 'unknown_ca' });
  });
});

describe('the parameters do not fit', () => {
  it.each<[string, Partial<TlsClient>, Partial<ServerTls>, string]>([
    ['a client that is too old', { maxVersion: '1.1' }, {}, 'protocol_version'],
    ['a server that is too old', { minVersion: '1.3' }, { maxVersion: '1.2' }, 'protocol_version'],
    ['no suite for the kind of key', max12, { cipherSuites: ['ECDHE-RSA-AES128-GCM-SHA256'] }, 'handshake_failure'],
    ['modern suites under an old version', { maxVersion: '1.1' }, { minVersion: '1.0' }, 'handshake_failure'],
    ['Go without a common application protocol', { alpn: ['x'] }, { implementation: 'go' }, 'no_application_protocol'],
  ])('%s', (_name, clientOver, serverOver, alert) => {
    const { result, facts } = meet(curl(clientOver), server(serverOver));
    expect(result).toMatchObject({ kind: 'refused', by: 'server', alert, late: false });
    expect(facts.checks).toEqual([]);
  });
});

describe('negotiation', () => {
  it.each([
    ['1.0', '1.3', '1.2', '1.3', '1.3'],
    ['1.0', '1.2', '1.2', '1.3', '1.2'],
    ['1.3', '1.3', '1.0', '1.2', undefined],
    ['1.0', '1.1', '1.2', '1.3', undefined],
  ] as const)('client %s-%s, server %s-%s: %s', (cMin, cMax, sMin, sMax, expected) => {
    const version = negotiateVersion({ minVersion: cMin, maxVersion: cMax }, { minVersion: sMin, maxVersion: sMax });
    expect(version).toBe(expected);
  });

  it('takes the server’s order of application protocols', () => {
    expect(negotiateAlpn(['http/1.1', 'h2'], ['h2', 'http/1.1'], 'envoy-boringssl')).toEqual({
      kind: 'agreed',
      protocol: 'h2',
    });
  });
});
