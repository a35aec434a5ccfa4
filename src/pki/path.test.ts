/** BoringSSL's path validation as a table: what Envoy answers for each shape of chain. */
import { describe, expect, test } from 'vitest';
import { type CertificateTemplate, createCa, DAY, EKU, signCertificate, signCrl, signSelf } from './ca.ts';
import { parseCertificate } from './certificate.ts';
import type { Signer } from './issue/sign.ts';
import { deriveKey } from './keyAlgorithm.ts';
import { envoyPathError, type PathOptions, validatePath } from './path.ts';
import type { Certificate, Crl } from './types.ts';
import { encodeName } from './x509/name.ts';

const NOW = Date.UTC(2026, 10, 23);
const LONG = { notBefore: NOW - 100 * DAY, notAfter: NOW + 1000 * DAY };

const key = (label: string) => deriveKey('path', label, 'P-256');

const caTemplate = (name: string, more: Partial<CertificateTemplate> = {}): CertificateTemplate => ({
  serial: 7n,
  subject: encodeName([['CN', name]]),
  ...LONG,
  keyUsage: ['keyCertSign', 'cRLSign'],
  basicConstraints: { ca: true },
  subjectKeyId: 'computed',
  ...more,
});
const leafTemplate = (more: Partial<CertificateTemplate> = {}): CertificateTemplate => ({
  serial: 9n,
  subject: encodeName([]),
  ...LONG,
  keyUsage: ['digitalSignature', 'keyEncipherment'],
  extendedKeyUsage: [EKU.serverAuth, EKU.clientAuth],
  basicConstraints: { ca: false },
  subjectAltNames: [{ kind: 'uri', value: 'spiffe://cluster.local/ns/a/sa/b' }],
  subjectAltNamesCritical: true,
  ...more,
});
const rootCa = (name: string, label = name, more: Partial<CertificateTemplate> = {}): Signer => ({
  key: key(label),
  certificate: signSelf(caTemplate(name, more), key(label)),
});
const subCa = (name: string, parent: Signer, more: Partial<CertificateTemplate> = {}): Signer => ({
  key: key(name),
  certificate: signCertificate(caTemplate(name, more), key(name).publicKey, parent),
});
const leafOf = (issuer: Signer, more: Partial<CertificateTemplate> = {}): Certificate =>
  signCertificate(leafTemplate(more), key('leaf').publicKey, issuer);

const root = rootCa('Root');
const twin = rootCa('Root', 'another key');
const renewed = rootCa('Root', 'Root', { serial: 8n, notBefore: NOW - DAY });
const expiredRoot = rootCa('Root', 'Root', { notAfter: NOW - DAY });
const inter = subCa('Inter', root);
const lower = subCa('Lower', inter);
const expired = { notAfter: NOW - 1000 };
const future = { notBefore: NOW + 1000 };

function judge(
  presented: readonly Certificate[],
  anchors: readonly (Certificate | Signer)[],
  options: Partial<PathOptions> = {},
): string {
  const [leaf, ...rest] = presented;
  if (leaf === undefined) throw new Error('no leaf');
  const pool = anchors.map((anchor) => ('key' in anchor ? anchor.certificate : anchor));
  const result = validatePath([leaf, ...rest], pool, { now: NOW, purpose: 'client', ...options });
  return result.ok
    ? `ok ${result.chain.length} ${result.anchorDepth}`
    : `${result.failure.number}@${result.failure.depth}`;
}

describe('building', () => {
  const leaf = leafOf(lower);
  const all = [lower.certificate, inter.certificate];
  test.each<[string, readonly Certificate[], readonly (Certificate | Signer)[], string]>([
    ['whole chain', [leaf, ...all], [root], 'ok 4 3'],
    ['order does not matter', [leaf, inter.certificate, lower.certificate], [root], 'ok 4 3'],
    ['the root may be sent', [leaf, ...all, root.certificate], [root], 'ok 4 3'],
    ['intermediate alone trusted', [leaf, ...all], [inter], 'ok 3 2'],
    ['intermediates only in the pool', [leaf], [inter, root, lower], 'ok 4 1'],
    ['the leaf itself trusted', [leaf], [leaf], 'ok 1 0'],
    ['another leaf trusted', [leaf], [leafOf(lower, { serial: 10n })], '20@0'],
    ['leaf alone', [leaf], [root], '20@0'],
    ['upper intermediate missing', [leaf, lower.certificate], [root], '20@1'],
    ['lower intermediate missing', [leaf, inter.certificate], [root], '20@0'],
    ['unknown root not sent', [leafOf(twin)], [inter], '20@0'],
    ['unknown root sent', [leafOf(twin), twin.certificate], [inter], '19@1'],
    ['unknown root sent, same name as an anchor, other key', [leafOf(twin), twin.certificate], [root], '19@1'],
    ['unknown root sent under an intermediate', [leaf, ...all, root.certificate], [twin], '19@3'],
    ['renewed root of the same key, old leaf', [leafOf(root)], [renewed], 'ok 2 1'],
    ['old root, leaf issued under the renewed one', [leafOf(renewed)], [root], 'ok 2 1'],
    ['lone CA', [twin.certificate], [root], '18@0'],
    ['lone CA, trusted', [twin.certificate], [twin, root], 'ok 1 0'],
    ['lone CA, trusted, but after another anchor of its name', [twin.certificate], [root, twin], '18@0'],
    ['lone self-signed certificate that is no CA', [signSelf(leafTemplate(), key('x'))], [root], '20@0'],
    ['its own anchor', [signSelf(leafTemplate(), key('x'))], [signSelf(leafTemplate(), key('x'))], 'ok 1 0'],
    ['no anchors at all', [leaf, ...all], [], '20@2'],
  ])('%s', (_, presented, anchors, expected) => {
    expect(judge(presented, anchors)).toBe(expected);
  });

  test('only the first of several anchors with the same name and key is tried', () => {
    expect(judge([leafOf(root)], [expiredRoot, renewed])).toBe('10@1');
    expect(judge([leafOf(root)], [renewed, expiredRoot])).toBe('ok 2 1');
  });
  test('without key identifiers the wrong root is tried, and its signature fails', () => {
    const bare = rootCa('Bare', 'Bare', { subjectKeyId: '' });
    const plain = (label: string): Signer => {
      const { subjectKeyId: _, ...template } = caTemplate('Bare');
      return { key: key(label), certificate: signSelf(template, key(label)) };
    };
    expect(bare.certificate.subject.text).toBe('CN=Bare');
    expect(judge([leafOf(plain('one'))], [plain('two')])).toBe('7@0');
  });
  test('an expired root above a trusted intermediate in the same pool counts', () => {
    expect(judge([leafOf(inter)], [inter, expiredRoot])).toBe('10@2');
    expect(judge([leafOf(inter)], [inter])).toBe('ok 2 1');
  });
});

describe('checks of each certificate', () => {
  const under = (more: Partial<CertificateTemplate>): readonly Certificate[] => {
    const ca = subCa('Sub', root, more);
    return [leafOf(ca), ca.certificate];
  };
  const withLeaf = (more: Partial<CertificateTemplate>): readonly Certificate[] => [leafOf(root, more)];
  const unknownCritical = { extraExtensions: [{ oid: '1.2.3.4', critical: true, value: Uint8Array.of(5, 0) }] };
  const { keyUsage: _k, ...noKeyUsage } = leafTemplate();

  test.each<[string, readonly Certificate[], string]>([
    ['expired leaf', withLeaf(expired), '10@0'],
    ['leaf of the future', withLeaf(future), '9@0'],
    ['leaf whose last second is now', withLeaf({ notAfter: NOW }), '10@0'],
    ['leaf whose first second is now', withLeaf({ notBefore: NOW }), 'ok 2 1'],
    [
      'expired intermediate over a leaf of the future',
      [leafOf(subCa('Sub', root, expired), future), subCa('Sub', root, expired).certificate],
      '10@1',
    ],
    ['intermediate that is no CA', under({ basicConstraints: { ca: false } }), '24@1'],
    ['intermediate without certSign is no issuer', under({ keyUsage: ['cRLSign'] }), '20@0'],
    ['server usage only', withLeaf({ extendedKeyUsage: [EKU.serverAuth] }), '26@0'],
    ['any usage does not count', withLeaf({ extendedKeyUsage: [EKU.any] }), '26@0'],
    ['intermediate for servers only', under({ extendedKeyUsage: [EKU.serverAuth] }), '26@1'],
    ['key encipherment alone', withLeaf({ keyUsage: ['keyEncipherment'] }), '26@0'],
    ['key agreement alone passes the chain check', withLeaf({ keyUsage: ['keyAgreement'] }), 'ok 2 1'],
    ['no key usage', [signCertificate(noKeyUsage, key('leaf').publicKey, root)], 'ok 2 1'],
    ['unknown critical extension', withLeaf(unknownCritical), '34@0'],
    ['a CA as leaf', [inter.certificate], '26@0'],
    [
      'a CA with digitalSignature as leaf',
      [subCa('Sub', root, { keyUsage: ['keyCertSign', 'digitalSignature'] }).certificate],
      'ok 2 1',
    ],
  ])('%s', (_, presented, expected) => {
    expect(judge(presented, [root])).toBe(expected);
  });

  test('what lies in the pool is not checked for CA flag, usage or path length', () => {
    const odd = rootCa('Odd', 'Odd', { basicConstraints: { ca: false }, extendedKeyUsage: [EKU.serverAuth] });
    expect(judge([leafOf(odd)], [odd])).toBe('ok 2 1');
    const short = rootCa('Short', 'Short', { basicConstraints: { ca: true, pathLength: 0 } });
    const sub = subCa('Sub', short);
    expect(judge([leafOf(sub), sub.certificate], [short])).toBe('ok 3 2');
  });
  test('path length of a presented CA: the error is at the CA whose limit is broken', () => {
    const limited = subCa('Limited', root, { basicConstraints: { ca: true, pathLength: 0 } });
    const below = subCa('Below', limited);
    expect(judge([leafOf(below), below.certificate, limited.certificate], [root])).toBe('25@2');
    expect(judge([leafOf(limited), limited.certificate], [root])).toBe('ok 3 2');
  });
  test('a changed byte breaks the signature, or the names, never passes', () => {
    const leaf = leafOf(root);
    for (let i = 0; i < leaf.der.length; i++) {
      const changed = parseCertificate(leaf.der.map((byte, at) => (at === i ? byte ^ 1 : byte)));
      if (changed.ok) expect(judge([changed.value], [root])).not.toMatch(/^ok/);
    }
  });
});

describe('name constraints', () => {
  const constrained = (kind: 'dns' | 'uri', value: string, excluded = false): Signer => {
    const subtree = [{ base: { kind, value }, hasDistance: false } as const];
    return subCa(`NC ${kind} ${value} ${excluded}`, root, {
      nameConstraints: excluded ? { permitted: [], excluded: subtree } : { permitted: subtree, excluded: [] },
    });
  };
  const dnsLeaf = (value: string): Partial<CertificateTemplate> => ({ subjectAltNames: [{ kind: 'dns', value }] });
  test.each<[string, Signer, Partial<CertificateTemplate>, string]>([
    ['trust domain permitted', constrained('uri', 'cluster.local'), {}, 'ok 3 2'],
    ['trust domain not permitted', constrained('uri', 'other.example'), {}, '47@0'],
    ['trust domain excluded', constrained('uri', 'cluster.local', true), {}, '48@0'],
    ['URIs are free of a DNS constraint', constrained('dns', 'example.com'), {}, 'ok 3 2'],
    ['DNS name within', constrained('dns', 'example.com'), dnsLeaf('a.EXAMPLE.com'), 'ok 3 2'],
    ['DNS name outside', constrained('dns', 'example.com'), dnsLeaf('example.org'), '47@0'],
    [
      'a wildcard that covers an excluded name',
      constrained('dns', 'bad.example.com', true),
      dnsLeaf('*.example.com'),
      '48@0',
    ],
  ])('%s', (_, ca, more, expected) => {
    expect(judge([leafOf(ca, more), ca.certificate], [root])).toBe(expected);
  });
  test('a leaf without names but a DNS-like common name is refused under a DNS constraint', () => {
    const ca = constrained('dns', 'example.com');
    const named = (name: string): Certificate => {
      const {
        subjectAltNames: _s,
        subjectAltNamesCritical: _c,
        ...template
      } = leafTemplate({ subject: encodeName([['CN', name]]) });
      return signCertificate(template, key('leaf').publicKey, ca);
    };
    expect(judge([named('a.example.com'), ca.certificate], [root])).toBe('67@0');
    expect(judge([named('A decorative name'), ca.certificate], [root])).toBe('ok 3 2');
  });
});

describe('revocation', () => {
  const list = (
    signer: Signer,
    serials: readonly bigint[] = [],
    more: { nextUpdate?: number; thisUpdate?: number } = {},
  ): Crl =>
    signCrl(
      {
        number: 1,
        thisUpdate: NOW - DAY,
        nextUpdate: NOW + DAY,
        revoked: serials.map((serial) => ({ serial, revokedAt: NOW - DAY })),
        ...more,
      },
      signer,
    );
  const direct = [leafOf(root)];
  const viaInter = [leafOf(inter), inter.certificate];
  test.each<[string, readonly Certificate[], readonly Crl[], string]>([
    ['asked for, but without any list', direct, [], '3@0'],
    ['list without the certificate', direct, [list(root)], 'ok 2 1'],
    ['revoked', direct, [list(root, [9n])], '23@0'],
    ['another serial number revoked', direct, [list(root, [1n])], 'ok 2 1'],
    ['expired list', direct, [list(root, [], { nextUpdate: NOW - 1000 })], '12@0'],
    ['list of the future', direct, [list(root, [], { thisUpdate: NOW + 1000 })], '11@0'],
    ['list of another CA', direct, [list(inter)], '3@0'],
    ['list of a CA with the same name', direct, [list(twin)], '3@0'],
    ['intermediate without list', viaInter, [list(root)], '3@0'],
    ['every issuer has a list', viaInter, [list(root), list(inter)], 'ok 3 2'],
    ['revoked intermediate', viaInter, [list(root, [7n]), list(inter)], '23@1'],
    ['the newer of two lists counts', direct, [list(root), list(root, [9n], { thisUpdate: NOW - 1000 })], '23@0'],
  ])('%s', (_, presented, crls, expected) => {
    expect(judge(presented, [root], { crls })).toBe(expected);
  });
  test('Envoy says that the list failed', () => {
    const result = validatePath([leafOf(root)], [root.certificate], {
      now: NOW,
      purpose: 'client',
      crls: [list(root, [9n])],
    });
    expect(!result.ok && envoyPathError(result.failure)).toBe(
      'X509_verify_cert: certificate verification error at depth 0: certificate revocation check against provided CRLs failed: certificate revoked',
    );
  });
  test('the leaf alone, when Envoy is told so', () => {
    expect(judge(viaInter, [root], { crls: [list(inter)], crlLeafOnly: true })).toBe('ok 3 2');
  });
});

describe('memory of results', () => {
  const ca = createCa({ seed: 'm', label: 'ca', notBefore: NOW - DAY, notAfter: NOW + DAY });
  const leaf = leafOf(ca, { notBefore: NOW - 1000, notAfter: NOW + 1000 });
  test.each([
    [NOW - 2000, '9@0'],
    [NOW - 1000, 'ok 2 1'],
    [NOW, 'ok 2 1'],
    [NOW + 999, 'ok 2 1'],
    [NOW + 1000, '10@0'],
    [NOW + 2 * DAY, '10@1'],
    [NOW, 'ok 2 1'],
  ])('at %i the answer is %s, whatever was asked before', (now, expected) => {
    expect(judge([leaf], [ca], { now })).toBe(expected);
  });
});
