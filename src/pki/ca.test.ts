/** What Istio's CA issues: fields, determinism, and openssl's opinion of the bytes. */
import { execFileSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { describeWithTool } from '../testing/tools.ts';
import {
  type CertificateAuthority,
  createCa,
  DAY,
  HOUR,
  issueWorkloadCertificate,
  latestRenewal,
  MINUTE,
} from './ca.ts';
import { certificatePem, keyMatches } from './certificate.ts';
import { credentialFailure, givenCredential, workloadCredential } from './credential.ts';
import { verifyPeer } from './envoyPeer.ts';
import type { KeyAlgorithm } from './keyAlgorithm.ts';
import { validatePath } from './path.ts';
import type { Certificate } from './types.ts';

const NOW = Date.UTC(2026, 10, 23);
const root = createCa({ seed: 'ca', label: 'root', notBefore: NOW - DAY, notAfter: NOW + 3650 * DAY });
const inter = createCa({
  seed: 'ca',
  label: 'inter',
  subject: [['CN', 'Inter']],
  notBefore: NOW - DAY,
  notAfter: NOW + 100 * DAY,
  parent: root,
});
const lower = createCa({
  seed: 'ca',
  label: 'lower',
  subject: [['CN', 'Lower']],
  notBefore: NOW - DAY,
  notAfter: NOW + 50 * DAY,
  parent: inter,
});
const ID = 'spiffe://cluster.local/ns/foo/sa/httpbin';
const request = { spiffeId: ID, issuedAt: NOW };

function leafOf(
  ca: CertificateAuthority,
  more: Partial<Parameters<typeof issueWorkloadCertificate>[1]> = {},
): Certificate {
  const issued = issueWorkloadCertificate(ca, { ...request, ...more });
  if (!issued.ok) throw new Error(issued.error.code);
  expect(keyMatches(issued.value.certificate, issued.value.key)).toBe(true);
  return issued.value.certificate;
}

const text = (certificate: Certificate): string =>
  execFileSync('openssl', ['x509', '-noout', '-text'], { input: certificatePem(certificate), encoding: 'utf8' });

describeWithTool('openssl', 'the root', () => {
  test('has the fields of a self-signed istiod CA', () => {
    const printed = text(root.certificate);
    expect(printed).toMatch(/Issuer: O = cluster\.local\n[\s\S]*Subject: O = cluster\.local\n/);
    expect(printed).toMatch(/Key Usage: critical\n\s+Certificate Sign\n/);
    expect(printed).toMatch(/Basic Constraints: critical\n\s+CA:TRUE\n/);
    expect(root.certificate).toMatchObject({ selfIssued: true, subjectKeyId: expect.any(String) });
    expect(root.certificate).not.toHaveProperty('extendedKeyUsage');
    expect(root.certificate).not.toHaveProperty('authorityKeyId');
  });
});

describeWithTool('openssl', 'a workload certificate as openssl prints it', () => {
  const leaf = leafOf(root);
  test('has exactly what Istio puts there', () => {
    const printed = text(leaf);
    expect(printed).toMatch(/Subject: \n/);
    expect(printed).toMatch(
      /Subject Alternative Name: critical\n\s+URI:spiffe:\/\/cluster\.local\/ns\/foo\/sa\/httpbin\n/,
    );
    expect(printed).toMatch(/Key Usage: critical\n\s+Digital Signature, Key Encipherment\n/);
    expect(printed).toMatch(/Extended Key Usage: \n\s+TLS Web Server Authentication, TLS Web Client Authentication\n/);
    expect(printed).toMatch(/Basic Constraints: critical\n\s+CA:FALSE\n/);
    expect(leaf).toMatchObject({ notBefore: NOW - 2 * MINUTE, notAfter: NOW + DAY, subject: { text: '' } });
    expect(leaf.authorityKeyId?.keyId).toBe(root.certificate.subjectKeyId);
    expect(leaf.extensions.map(({ oid }) => oid)).toEqual([
      '2.5.29.15',
      '2.5.29.37',
      '2.5.29.19',
      '2.5.29.35',
      '2.5.29.17',
    ]);
  });
});

describe('a workload certificate', () => {
  const leaf = leafOf(root);
  test('is the same for the same request, another for anything else', () => {
    expect(leafOf(root).fingerprint).toBe(leaf.fingerprint);
    const others = [
      leafOf(root, { spiffeId: `${ID}2` }),
      leafOf(root, { issuedAt: NOW + 12 * HOUR }),
      leafOf(root, { ttl: HOUR }),
      leafOf(root, { keyAlgorithm: 'RSA-2048' }),
      leafOf(inter),
      leafOf(createCa({ seed: 'another', label: 'root', notBefore: NOW - DAY, notAfter: NOW + 3650 * DAY })),
    ];
    expect(new Set([leaf, ...others].map(({ fingerprint }) => fingerprint)).size).toBe(others.length + 1);
    expect(others[0]?.serial).not.toBe(leaf.serial);
  });
  test.each<[string, Partial<Parameters<typeof issueWorkloadCertificate>[1]>, string]>([
    ['more than the maximum', { ttl: 91 * DAY }, 'ttl-too-long'],
    ['more than a configured maximum', { ttl: 2 * HOUR, maxTtl: HOUR }, 'ttl-too-long'],
    ['after the CA has expired', { issuedAt: NOW + 51 * DAY }, 'signing-certificate-expired'],
  ])('is refused for %s', (_, more, code) => {
    expect(issueWorkloadCertificate(lower, { ...request, ...more })).toMatchObject({ ok: false, error: { code } });
  });
  test('ends with its CA', () => {
    expect(leafOf(lower, { issuedAt: NOW + 50 * DAY - HOUR }).notAfter).toBe(NOW + 50 * DAY);
  });
});

describeWithTool('openssl', 'every key algorithm', () => {
  test.each<KeyAlgorithm>(['P-256', 'P-384', 'P-521', 'Ed25519', 'RSA-2048'])(
    '%s: openssl verifies the chain',
    (keyAlgorithm) => {
      const ca = createCa({ seed: 'k', label: 'ca', keyAlgorithm, notBefore: NOW - DAY, notAfter: NOW + DAY });
      const leaf = leafOf(ca, { keyAlgorithm });
      expect(text(ca.certificate)).toContain('CA:TRUE');
      // The signature is checked by our own code too, on a copy that was not issued here.
      const result = validatePath([leaf], ca.roots, { now: NOW, purpose: 'server' });
      expect(result.ok).toBe(true);
      const verify = execFileSync(
        'bash',
        ['-c', `openssl verify -attime ${NOW / 1000} -CAfile <(echo "$CA") <(echo "$LEAF")`],
        { env: { ...process.env, CA: certificatePem(ca.certificate), LEAF: certificatePem(leaf) }, encoding: 'utf8' },
      );
      expect(verify).toContain('OK');
    },
  );
});

describe('renewal', () => {
  test('lies at each half of the lifetime', () => {
    expect(latestRenewal(NOW + 13 * HOUR)).toBe(NOW + 12 * HOUR);
    expect(latestRenewal(NOW + 11 * HOUR)).toBe(NOW);
    expect(latestRenewal(NOW + 9 * HOUR, 10 * HOUR, 0.2)).toBe(latestRenewal(NOW + 9 * HOUR, 16 * HOUR, 0.5));
    expect(NOW + HOUR - latestRenewal(NOW + HOUR, 10 * HOUR, 7)).toBeLessThan(60_000);
  });
});

describe('a credential', () => {
  const credentialOf = (ca: CertificateAuthority, presentRoot: boolean, spiffeId = ID) => {
    const made = workloadCredential(ca, { ...request, spiffeId }, presentRoot);
    if (!made.ok) throw new Error(made.error.code);
    return made.value;
  };
  test.each<[string, CertificateAuthority, boolean, readonly string[]]>([
    ['root CA', root, false, ['']],
    ['root CA, root presented', root, true, ['', 'O=cluster.local']],
    ['intermediate CA', inter, false, ['', 'CN=Inter']],
    ['two intermediates, root presented', lower, true, ['', 'CN=Lower', 'CN=Inter', 'O=cluster.local']],
  ])('%s presents the right certificates', (_, ca, presentRoot, subjects) => {
    const credential = credentialOf(ca, presentRoot);
    expect(credential.chain().map(({ subject }) => subject.text)).toEqual(subjects);
    expect(credential.chain()).toBe(credential.chain());
    expect(credential.anchors).toEqual([root.certificate]);
  });

  const stranger = createCa({ seed: 'x', label: 'x', notBefore: NOW - DAY, notAfter: NOW + DAY });
  const narrow = createCa({
    seed: 'ca',
    label: 'narrow',
    notBefore: NOW - DAY,
    notAfter: NOW + DAY,
    nameConstraints: {
      permitted: [{ base: { kind: 'uri', value: 'cluster.local' }, hasDistance: false }],
      excluded: [],
    },
  });
  const when = { now: NOW, purpose: 'server' } as const;
  const exact = (value: string) => [{ pattern: { kind: 'exact', value } }] as const;
  test.each<[string, CertificateAuthority, string, Parameters<typeof verifyPeer>[1]]>([
    ['trusted', root, ID, { anchors: root.roots }],
    ['trusted and named', lower, ID, { anchors: root.roots, sanMatchers: exact(ID) }],
    ['misnamed', root, ID, { anchors: root.roots, sanMatchers: exact('spiffe://x') }],
    ['of a stranger', stranger, ID, { anchors: root.roots, sanMatchers: exact('spiffe://x') }],
    ['within name constraints', narrow, ID, { anchors: narrow.roots }],
    ['outside name constraints', narrow, 'spiffe://other/ns/a/sa/b', { anchors: narrow.roots }],
    ['pinned wrongly', root, ID, { anchors: root.roots, spkiHashes: ['00'] }],
    ['at another time', root, ID, { anchors: root.roots }],
  ])('%s: the quick judgement is the full one', (name, ca, spiffeId, validation) => {
    const credential = credentialOf(ca, true, spiffeId);
    const moment = name === 'at another time' ? { ...when, now: NOW + 2 * DAY } : when;
    const full = verifyPeer(credential.chain(), validation, moment);
    expect(credentialFailure(credential, validation, moment)).toEqual(full.failure);
    const given = givenCredential(credential.chain(), credential.key(), []);
    expect(credentialFailure(given, validation, moment)).toEqual(full.failure);
  });
});
