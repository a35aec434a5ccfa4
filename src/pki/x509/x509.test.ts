/** Reading certificates: second opinions of node:crypto and the openssl command, broken input. */
import { execFileSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { toHex } from '../../crypto/bytes.ts';
import { readDer } from '../../crypto/der/read.ts';
import { readPem } from '../../crypto/pem.ts';
import { describeWithTool } from '../../testing/tools.ts';
import { DAY, signCrl, signSelf } from '../ca.ts';
import { certificatePem, isCa, parseCertificate, parseCertificates } from '../certificate.ts';
import { createCsr, createWorkloadCsr, csrPem, parseCsr } from '../csr.ts';
import { deriveKey } from '../keyAlgorithm.ts';
import type { Certificate } from '../types.ts';
import { encodeName } from './name.ts';
import { readCrl } from './readCrl.ts';

const NOW = Date.UTC(2026, 10, 23);
const FOLDER = new URL('../../../conformance/pki/', import.meta.url);

/** Every distinct certificate that lies as PEM in the pki cases. */
const corpus: readonly Certificate[] = [
  ...new Map(
    readdirSync(FOLDER).flatMap((file) =>
      readPem(readFileSync(new URL(file, FOLDER), 'utf8').replace(/^ +/gm, ''))
        .filter(({ label }) => label === 'CERTIFICATE')
        .flatMap(({ bytes }) => {
          const parsed = bytes && parseCertificate(bytes);
          return parsed?.ok ? [[parsed.value.fingerprint, parsed.value] as const] : [];
        }),
    ),
  ).values(),
];

const openssl = (input: string, ...args: string[]): string =>
  execFileSync('openssl', args, { input, encoding: 'utf8' });

describe('certificates of the corpus', () => {
  test('are many', () => expect(corpus.length).toBeGreaterThan(80));
  test('read as node:crypto reads them', () => {
    for (const ours of corpus) {
      const theirs = new X509Certificate(ours.der);
      expect(ours.fingerprint).toBe(theirs.fingerprint256.replaceAll(':', '').toLowerCase());
      expect(ours.serial).toBe(BigInt(`0x${theirs.serialNumber}`));
      expect(new Date(ours.notBefore).getTime()).toBe(Date.parse(theirs.validFrom));
      expect(new Date(ours.notAfter).getTime()).toBe(Date.parse(theirs.validTo));
      expect(isCa(ours)).toBe(theirs.ca);
      expect(ours.extendedKeyUsage).toEqual(theirs.keyUsage);
      expect(toHex(ours.publicKey.spki)).toBe(theirs.publicKey.export({ type: 'spki', format: 'der' }).toString('hex'));
      const names = ours.subjectAltNames?.map(
        ({ kind, value }) => `${{ dns: 'DNS', uri: 'URI', ip: 'IP Address', email: 'email' }[kind as 'dns']}:${value}`,
      );
      expect(names?.join(', ')).toBe(theirs.subjectAltName);
    }
  });
});

describeWithTool('openssl', 'names as openssl prints them', () => {
  const subjects: readonly (readonly [string, string])[][] = [
    [],
    [['CN', 'frontend.foocorp.com']],
    [
      ['C', 'US'],
      ['O', 'Sue, Grabbit and Runn'],
      ['CN', 'L. Eagle'],
    ],
    [
      ['O', '#hash'],
      ['OU', ' leading'],
      ['CN', 'trailing '],
    ],
    [
      ['O', 'a"b<c>d;e\\f+g'],
      ['CN', 'Ünïcode'],
    ],
    [
      ['emailAddress', 'x@example.com'],
      ['DC', 'example'],
      ['UID', 'me'],
      ['serialNumber', '7'],
      ['ST', 'x'],
      ['L', 'y'],
    ],
  ];
  test.each(subjects.map((subject) => [JSON.stringify(subject), subject] as const))(
    '%s prints as openssl prints RFC 2253',
    (_, subject) => {
      const key = deriveKey('x509', 'names', 'P-256');
      const certificate = signSelf(
        { serial: 1n, subject: encodeName(subject), notBefore: NOW, notAfter: NOW + DAY },
        key,
      );
      const printed = openssl(certificatePem(certificate), 'x509', '-noout', '-subject', '-nameopt', 'RFC2253').replace(
        /^subject=|\n$/g,
        '',
      );
      expect(certificate.subject.text).toBe(printed);
    },
  );
});

describe('names', () => {
  test('compare without regard to case, string type and repeated spaces', () => {
    const canonical = (value: string): string => {
      const key = deriveKey('x509', 'names', 'P-256');
      return signSelf({ serial: 1n, subject: encodeName([['CN', value]]), notBefore: NOW, notAfter: NOW + DAY }, key)
        .subject.canonical;
    };
    expect(canonical('Acme  Root ')).toBe(canonical('acme root'));
    expect(canonical('Acme* Root')).toBe(canonical('ACME* root'));
    expect(canonical('AcmeRoot')).not.toBe(canonical('acme root'));
  });
});

describe('broken input', () => {
  const [sample] = corpus;
  test('any bytes give a value, never an exception', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => typeof readDer(bytes).ok === 'boolean'));
    const der = sample?.der ?? new Uint8Array(0);
    fc.assert(
      fc.property(fc.nat(der.length - 1), fc.nat(255), fc.nat(der.length), (at, value, length) => {
        const changed = der.map((byte, i) => (i === at ? value : byte));
        expect(typeof parseCertificate(changed).ok).toBe('boolean');
        expect(parseCertificate(changed.subarray(0, length)).ok).toBe(
          length === der.length && parseCertificate(changed).ok,
        );
      }),
    );
  });
  test.each([
    ['non-minimal length', [0x30, 0x81, 0x01, 0x05]],
    ['indefinite length', [0x30, 0x80, 0x00, 0x00]],
    ['overrun', [0x30, 0x05, 0x05, 0x00]],
    ['bytes after the end', [0x05, 0x00, 0x00]],
    ['a tag of several bytes', [0x3f, 0x81, 0x01, 0x00]],
  ])('%s is not DER', (_, bytes) => {
    expect(readDer(Uint8Array.from(bytes)).ok).toBe(false);
  });
  test('text is tolerated around PEM blocks, a broken block is not', () => {
    const pem = sample === undefined ? '' : certificatePem(sample);
    expect(parseCertificates(`Subject: x\n\n${pem}more\r\n\n${pem.replaceAll('\n', '\r\n')}`)).toMatchObject({
      ok: true,
      value: [{}, {}],
    });
    expect(parseCertificates(pem.replace(/^/gm, '  '))).toMatchObject({ error: { code: 'certificate-absent' } });
    expect(parseCertificates('nothing')).toMatchObject({ error: { code: 'certificate-absent' } });
    expect(parseCertificates(`${pem}-----BEGIN CERTIFICATE-----\n!!!\n-----END CERTIFICATE-----\n`)).toMatchObject({
      error: { code: 'certificate-pem-malformed', index: 1 },
    });
    expect(parseCertificates('-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----')).toMatchObject({
      error: { code: 'certificate-malformed' },
    });
  });
});

describeWithTool('openssl', 'requests', () => {
  const key = deriveKey('x509', 'csr', 'P-256');
  const spiffe = { kind: 'uri', value: 'spiffe://cluster.local/ns/foo/sa/httpbin' } as const;
  test('openssl verifies ours and sees the SPIFFE ID', () => {
    const text = openssl(csrPem(createWorkloadCsr(spiffe.value, key)), 'req', '-verify', '-noout', '-text');
    expect(text).toContain('URI:spiffe://cluster.local/ns/foo/sa/httpbin');
    expect(text).toMatch(/Subject: O = ?\n/);
  });
  test('we read what we wrote, and notice a changed byte', () => {
    const der = createCsr({ subject: [['CN', 'x']], subjectAltNames: [spiffe] }, key);
    const parsed = parseCsr(der);
    expect(parsed).toMatchObject({
      ok: true,
      value: { signatureValid: true, subjectAltNames: [spiffe], subject: { text: 'CN=x' } },
    });
    const changed = parseCsr(der.map((byte, i) => (i === der.length - 1 ? byte ^ 1 : byte)));
    expect(changed).toMatchObject({ ok: true, value: { signatureValid: false } });
    expect(parseCsr('text')).toMatchObject({ error: { code: 'csr-malformed' } });
  });
});

describeWithTool('openssl', 'revocation lists', () => {
  const key = deriveKey('x509', 'crl', 'P-256');
  const certificate = signSelf(
    {
      serial: 1n,
      subject: encodeName([['CN', 'CA']]),
      notBefore: NOW,
      notAfter: NOW + DAY,
      subjectKeyId: 'computed',
      basicConstraints: { ca: true },
    },
    key,
  );
  test('openssl reads and verifies ours; we read it back', () => {
    const crl = signCrl(
      {
        number: 3,
        thisUpdate: NOW,
        nextUpdate: NOW + DAY,
        revoked: [{ serial: 0xabcn, revokedAt: NOW - DAY, reason: 1 }],
      },
      { certificate, key },
    );
    const pem = `-----BEGIN X509 CRL-----\n${Buffer.from(crl.der)
      .toString('base64')
      .replace(/(.{64})/g, '$1\n')}\n-----END X509 CRL-----\n`;
    const text = openssl(pem, 'crl', '-noout', '-text');
    expect(text).toContain('Serial Number: 0ABC');
    expect(text).toContain('Key Compromise');
    expect(readCrl(crl.der)).toMatchObject({
      ok: true,
      value: { revoked: [{ serial: 0xabcn, reason: 1 }], scope: 'all' },
    });
  });
});
