/** Names, pins and loading: what Envoy accepts, as tables. */
import { describe, expect, test } from 'vitest';
import { fromHex, toBase64, toHex } from '../crypto/bytes.ts';
import { privateKeyPem } from '../crypto/privateKey.ts';
import { type CertificateTemplate, createCa, DAY, EKU, signSelf } from './ca.ts';
import { certificatePem } from './certificate.ts';
import { curlHostMismatch } from './curl.ts';
import { loadTlsCertificate, loadTrustBundle } from './envoyLoad.ts';
import { maySignHandshake, parseCertificateHash, parseSpkiHash, verifyPeer } from './envoyPeer.ts';
import { deriveKey, type KeyAlgorithm } from './keyAlgorithm.ts';
import { dnsNameMatch, matchesAnySan, matchesSanList } from './names.ts';
import type { Certificate, GeneralName } from './types.ts';
import { parseIp } from './x509/generalName.ts';
import { encodeName } from './x509/name.ts';

const NOW = Date.UTC(2026, 10, 23);

function certificate(
  names: readonly GeneralName[] | undefined,
  more: Partial<CertificateTemplate> = {},
  algorithm: KeyAlgorithm = 'P-256',
): Certificate {
  return signSelf(
    {
      serial: 1n,
      subject: encodeName([]),
      notBefore: NOW - DAY,
      notAfter: NOW + DAY,
      extendedKeyUsage: [EKU.serverAuth, EKU.clientAuth],
      ...(names && { subjectAltNames: names }),
      ...more,
    },
    deriveKey('names', 'x', algorithm),
  );
}
const dns = (value: string): GeneralName => ({ kind: 'dns', value });
const uri = (value: string): GeneralName => ({ kind: 'uri', value });
const ip = (text: string): GeneralName => ({ kind: 'ip', value: text, bytes: parseIp(text) ?? new Uint8Array(0) });

describe('DNS names', () => {
  test.each([
    ['a.example.com', 'a.example.com', true],
    ['A.Example.com', 'a.eXample.com', true],
    ['a.example.com', '*.example.com', true],
    ['a.b.example.com', '*.example.com', false],
    ['example.com', '*.example.com', false],
    ['a.example.com', '*.com', false],
    ['example.com', '*.com', true],
    ['foo1.example.com', 'foo*.example.com', true],
    ['foo.example.com', 'f*o.example.com', true],
    ['fo.example.com', 'f*o.example.com', true],
    ['f.example.com', 'f*f.example.com', false],
    ['foo.example.com', '*o*.example.com', false],
    ['xn--a.example.com', 'xn--*.example.com', false],
    ['a.b.com', 'a.*.com', false],
    ['localhost', '*', false],
  ])('%s against %s: %s', (name, pattern, expected) => {
    expect(dnsNameMatch(name, pattern)).toBe(expected);
  });
});

describe('SAN matchers', () => {
  const all = certificate([dns('*.partner.example'), uri('spiffe://Partner/a'), ip('10.9.9.9'), ip('2001:db8::1')]);
  test.each<[string, string, boolean]>([
    ['a wildcard covers the wanted name', 'a.partner.example', true],
    ['a URI is compared exactly', 'spiffe://Partner/a', true],
    ['with its case', 'spiffe://partner/a', false],
    ['an IP address by its text', '10.9.9.9', true],
    ['an IPv6 address by its short text', '2001:db8::1', true],
    ['nothing else', 'partner.example', false],
  ])('%s', (_, value, expected) => {
    expect(matchesAnySan(all, [{ pattern: { kind: 'exact', value } }])).toBe(expected);
    expect(matchesSanList(all, [value])).toBe(expected);
  });
  test('a prefix of the trust domain, for URIs alone', () => {
    const matcher = { names: ['uri'], pattern: { kind: 'prefix', value: 'spiffe://Partner/' } } as const;
    expect(matchesAnySan(all, [matcher])).toBe(true);
    expect(matchesAnySan(certificate([dns('spiffe://Partner/')]), [matcher])).toBe(false);
  });
  test('a certificate without names matches nothing', () => {
    expect(matchesAnySan(certificate(undefined), [{ pattern: { kind: 'prefix', value: '' } }])).toBe(false);
  });
});

describe('curl and host names', () => {
  const named = (commonName: string, names?: readonly GeneralName[]): Certificate =>
    certificate(names, {
      subject: encodeName([
        ['CN', 'first'],
        ['CN', commonName],
      ]),
    });
  test.each<[string, Certificate, string, boolean]>([
    ['exact', certificate([dns('a.example.com')]), 'A.example.com', true],
    ['a dot at the end', certificate([dns('a.example.com')]), 'a.example.com.', true],
    ['wildcard', certificate([dns('*.example.com')]), 'a.example.com', true],
    ['wildcard of two labels', certificate([dns('*.com')]), 'example.com', false],
    ['wildcard inside a label', certificate([dns('w*b.example.com')]), 'web.example.com', false],
    ['two labels under a wildcard', certificate([dns('*.example.com')]), 'a.b.example.com', false],
    [
      'the last common name, when no name is DNS or IP',
      named('a.example.com', [uri('spiffe://a')]),
      'a.example.com',
      true,
    ],
    ['a wildcard common name', named('*.example.com'), 'a.example.com', true],
    [
      'the common name does not count beside a DNS name',
      named('a.example.com', [dns('b.example.com')]),
      'a.example.com',
      false,
    ],
    ['an IP address', certificate([ip('192.0.2.1')]), '192.0.2.1', true],
    ['an IP address written as DNS name', certificate([dns('192.0.2.1')]), '192.0.2.1', false],
    ['IPv6', certificate([ip('2001:db8::1')]), '2001:db8:0::1', true],
  ])('%s', (_, given, host, expected) => {
    expect(curlHostMismatch(given, host) === undefined).toBe(expected);
  });
  test('the messages', () => {
    expect(curlHostMismatch(certificate([dns('b')]), 'a')).toBe(
      "SSL: no alternative certificate subject name matches target host name 'a'",
    );
    expect(curlHostMismatch(named('b'), 'a')).toBe(
      "SSL: certificate subject name 'b' does not match target host name 'a'",
    );
    expect(curlHostMismatch(certificate(undefined), 'a')).toBe(
      'SSL: unable to obtain common name from peer certificate',
    );
  });
});

describe('a peer judged by Envoy', () => {
  const ca = createCa({ seed: 'n', label: 'ca', notBefore: NOW - DAY, notAfter: NOW + DAY });
  const peer = certificate([dns('a.example.com'), uri('spiffe://td/ns/a/sa/b')]);
  const when = { now: NOW, purpose: 'client' } as const;
  const pin = peer.fingerprint;
  const exact = [{ pattern: { kind: 'exact', value: 'spiffe://td/ns/a/sa/c' } }] as const;
  test.each<[string, Parameters<typeof verifyPeer>[1], string, number]>([
    [
      'chain first',
      { anchors: [ca.certificate], sanMatchers: exact },
      'verify cert failed: X509_verify_cert: certificate verification error at depth 0: self signed certificate',
      48,
    ],
    [
      'then SAN matchers',
      { anchors: [peer], sanMatchers: exact, certificateHashes: ['x'] },
      'verify cert failed: SAN matcher, certificate SANs are [a.example.com, spiffe://td/ns/a/sa/b]',
      46,
    ],
    [
      'an expected list replaces the matchers',
      { anchors: [peer], sanMatchers: exact, expectedSans: ['b.example.com'] },
      'verify cert failed: verify SAN list, expected SANs: [b.example.com], certificate SANs: [a.example.com, spiffe://td/ns/a/sa/b]',
      46,
    ],
    [
      'pins last',
      { anchors: [peer], certificateHashes: ['00'], spkiHashes: ['11'] },
      'verify cert failed: cert hash and spki',
      114,
    ],
  ])('%s', (_, validation, detail, alert) => {
    const verdict = verifyPeer([peer], validation, when);
    expect(verdict).toMatchObject({ accepted: false, validated: false, failure: { detail, alert } });
    expect(verifyPeer([peer], { ...validation, acceptUntrusted: true }, when)).toMatchObject({
      accepted: true,
      validated: false,
    });
  });
  test('either pin is enough', () => {
    for (const validation of [
      { certificateHashes: ['00', pin] },
      { certificateHashes: ['00'], spkiHashes: [peer.publicKey.id] },
    ])
      expect(verifyPeer([peer], { anchors: [peer], ...validation }, when)).toMatchObject({
        accepted: true,
        validated: true,
      });
  });
  test('nothing to check: accepted, not validated', () => {
    expect(verifyPeer([peer], {}, when)).toEqual({ accepted: true, validated: false, checks: [] });
  });
});

describe('pins as they are written', () => {
  const hex = 'ab'.repeat(32);
  const colons = Array.from({ length: 32 }, () => 'AB').join(':');
  const base64 = toBase64(fromHex(hex) ?? new Uint8Array(0));
  test.each([
    [parseCertificateHash(hex), hex],
    [parseCertificateHash(colons), hex],
    [parseCertificateHash('abc'), 'Invalid hex-encoded SHA-256 abc'],
    [parseSpkiHash(base64), hex],
    [parseSpkiHash('abc'), 'Invalid base64-encoded SHA-256 abc'],
    [parseSpkiHash(toBase64(new Uint8Array(31))), `Invalid base64-encoded SHA-256 ${toBase64(new Uint8Array(31))}`],
  ])('%#', (result, expected) => {
    expect(result.ok ? result.value : result.error).toBe(expected);
  });
});

describe('loading a server certificate', () => {
  const load = (given: Certificate, algorithm: KeyAlgorithm, label = 'x'): string => {
    const result = loadTlsCertificate(
      `some text\n${certificatePem(given)}`,
      privateKeyPem(deriveKey('names', label, algorithm)),
    );
    return result.ok ? 'ok' : result.error.text;
  };
  const chainText = 'Failed to load certificate chain from <inline>';
  const mismatch = (code: string): string => `Failed to load private key from <inline>, Cause: error:${code}`;
  test.each<[string, string, string]>([
    ['P-256', load(certificate([]), 'P-256'), 'ok'],
    ['P-384', load(certificate([], {}, 'P-384'), 'P-384'), 'ok'],
    ['P-521', load(certificate([], {}, 'P-521'), 'P-521'), 'ok'],
    ['Ed25519', load(certificate([], {}, 'Ed25519'), 'Ed25519'), 'ok'],
    ['ECDSA without digitalSignature', load(certificate([], { keyUsage: ['keyEncipherment'] }), 'P-256'), chainText],
    [
      'another key',
      load(certificate([]), 'P-256', 'y'),
      mismatch('0b000074:X.509 certificate routines:OPENSSL_internal:KEY_VALUES_MISMATCH'),
    ],
    [
      'a key of another kind',
      load(certificate([]), 'Ed25519'),
      mismatch('0b000073:X.509 certificate routines:OPENSSL_internal:KEY_TYPE_MISMATCH'),
    ],
  ])('%s', (_, actual, expected) => {
    expect(actual).toBe(expected);
  });
  test('text that is no certificate, and a bundle that is none', () => {
    expect(loadTlsCertificate('', '')).toMatchObject({ error: { text: chainText } });
    expect(loadTlsCertificate('-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n', '')).toMatchObject({
      error: { code: 'chain' },
    });
    expect(loadTrustBundle('nothing')).toMatchObject({
      error: { text: 'Failed to load trusted CA certificates from <inline>' },
    });
  });
  test('the handshake needs digitalSignature only where keyUsage is present', () => {
    expect(maySignHandshake(certificate([]))).toBe(true);
    expect(maySignHandshake(certificate([], { keyUsage: ['keyAgreement'] }))).toBe(false);
  });
});

describe('IP addresses', () => {
  test.each([
    ['10.1.2.3', '0a010203'],
    ['::', '0'.repeat(32)],
    ['2001:db8::1', '20010db8000000000000000000000001'],
    ['::ffff:10.1.2.3', '00000000000000000000ffff0a010203'],
    ['1:2:3:4:5:6:7:8', '00010002000300040005000600070008'],
    ['1.2.3', undefined],
    ['256.1.1.1', undefined],
    ['1:2:3', undefined],
    ['a.example.com', undefined],
  ])('%s', (text, expected) => {
    const bytes = parseIp(text);
    expect(bytes && toHex(bytes)).toBe(expected);
  });
});
