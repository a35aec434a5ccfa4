/** cert-manager at rest: issuers, what lies in Secrets, refusals, renewals. */
import { describe, expect, test } from 'vitest';
import { privateKeyPem } from '../../../crypto/privateKey.ts';
import { caCertificate, NOW, secret, tenants } from '../../../testing/pkiWorlds.ts';
import { createCa, DAY } from '../../ca.ts';
import { certificatePem, parseCertificates } from '../../certificate.ts';
import { issuance } from '../../issuance.ts';
import type { CertificateInput, IssuerInput, PkiWorld } from '../inputs.ts';

describe('cert-manager', () => {
  const issuer = (namespace: string, name: string, spec: IssuerInput['spec']): IssuerInput => ({
    kind: 'Issuer',
    namespace,
    name,
    spec,
  });
  const leafCertificate = (more: Partial<CertificateInput['spec']> = {}): CertificateInput => ({
    namespace: 'app',
    name: 'web',
    spec: {
      secretName: 'web-tls',
      dnsNames: ['web.example.com'],
      privateKey: { algorithm: 'ECDSA' },
      issuerRef: { name: 'foo', kind: 'ClusterIssuer' },
      ...more,
    },
  });
  const managerOf = (more: Partial<PkiWorld>) => issuance({ ...tenants(['foo']), ...more }, []).certManager;

  test('writes leaf, key and root into the Secret', () => {
    const made = managerOf({ certificates: [caCertificate('foo'), leafCertificate()] }).secret('app', 'web-tls');
    expect(Object.keys(made?.data ?? {})).toEqual(['tls.crt', 'tls.key', 'ca.crt']);
    const chain = parseCertificates(made?.data['tls.crt'] ?? '');
    expect(chain).toMatchObject({
      value: [
        {
          subjectAltNames: [{ value: 'web.example.com' }],
          issuer: { text: 'CN=foo' },
          keyUsage: ['digitalSignature', 'keyEncipherment'],
          basicConstraints: { ca: false },
        },
      ],
    });
    expect(chain.ok && chain.value[0]).not.toHaveProperty('extendedKeyUsage');
    const top = parseCertificates(made?.data['ca.crt'] ?? '');
    expect(top.ok && top.value.map(({ subject }) => subject.text)).toEqual(['CN=foo']);
  });
  test('a self-signed Certificate is its own root', () => {
    const state = managerOf({}).certificate('cert-manager', 'foo-ca');
    expect(state).toMatchObject({
      kind: 'ready',
      condition: { reason: 'Ready', message: 'Certificate is up to date and has not expired' },
    });
    if (state?.kind === 'ready') expect(state.secret.data['ca.crt']).toBe(state.secret.data['tls.crt']);
  });
  test('is renewed in time, with a new key unless the policy is Never', () => {
    const keys = (policy: string): boolean => {
      const at = (now: number): string | undefined =>
        managerOf({
          now,
          certificates: [
            caCertificate('foo'),
            leafCertificate({ duration: '2160h', privateKey: { algorithm: 'ECDSA', rotationPolicy: policy } }),
          ],
        }).secret('app', 'web-tls')?.data['tls.key'];
      return at(NOW) === at(NOW + 61 * DAY);
    };
    expect([keys('Always'), keys('Never')]).toEqual([false, true]);
  });
  test.each<[string, IssuerInput, string]>([
    [
      'Secret missing',
      issuer('app', 'ca', { ca: { secretName: 'none' } }),
      'ErrGetKeyPair Error getting keypair for CA issuer: secret "none" not found',
    ],
    [
      'Secret without certificate',
      issuer('app', 'ca', { ca: { secretName: 'empty' } }),
      'ErrGetKeyPair Error getting keypair for CA issuer: no data for "tls.crt" in secret \'app/empty\'',
    ],
    [
      'certificate that is no CA',
      issuer('app', 'ca', { ca: { secretName: 'web-tls' } }),
      'ErrInvalidKeyPair Error getting keypair for CA issuer: certificate is not a CA',
    ],
    ['self-signed', issuer('app', 'ca', { selfSigned: {} }), 'IsReady '],
  ])('issuer: %s', (_, one, expected) => {
    const manager = managerOf({
      issuers: [...tenants(['foo']).issuers, one],
      certificates: [caCertificate('foo'), leafCertificate()],
      secrets: [secret('app', 'empty', {})],
    });
    const state = manager.issuer('Issuer', 'app', 'ca');
    expect(state !== undefined && 'condition' in state && `${state.condition.reason} ${state.condition.message}`).toBe(
      expected,
    );
  });
  test('an issuer has exactly one type', () => {
    const manager = managerOf({
      issuers: [issuer('a', 'none', {}), issuer('a', 'two', { selfSigned: {}, ca: { secretName: 'x' } })],
    });
    expect(manager.issuer('Issuer', 'a', 'none')).toMatchObject({
      kind: 'refused',
      text: 'spec: Required value: at least one issuer must be configured',
    });
    expect(manager.issuer('Issuer', 'a', 'two')).toMatchObject({
      kind: 'refused',
      text: expect.stringContaining('may not specify more than one issuer type'),
    });
  });
  test('a CA that would have to sign itself never becomes ready, from whichever side one asks', () => {
    const circular: Partial<PkiWorld> = {
      issuers: [issuer('app', 'loop', { ca: { secretName: 'web-tls' } })],
      certificates: [leafCertificate({ isCA: true, issuerRef: { name: 'loop' } })],
    };
    expect(managerOf(circular).certificate('app', 'web')).toMatchObject({
      kind: 'pending',
      request: { message: 'Referenced issuer does not have a Ready status condition' },
    });
    expect(managerOf(circular).issuer('Issuer', 'app', 'loop')).toMatchObject({ kind: 'not-ready' });
  });
  test.each<[string, Partial<CertificateInput['spec']>, string]>([
    ['no name', { dnsNames: [] }, 'at least one of commonName'],
    ['too short', { duration: '30m' }, 'certificate duration must be greater than 1h0m0s'],
    [
      'renewed too early',
      { duration: '2h', renewBefore: '3h' },
      'certificate duration 2h must be greater than renewBefore 3h',
    ],
    ['a long common name', { commonName: 'x'.repeat(65) }, 'may not be more than 64 bytes'],
    ['an unknown usage', { usages: ['fly'] }, 'Unsupported value: "fly"'],
  ])('the webhook refuses: %s', (_, spec, text) => {
    const state = managerOf({ certificates: [leafCertificate(spec)] }).certificate('app', 'web');
    expect(state).toMatchObject({ kind: 'refused', refusal: { text: expect.stringContaining(text) } });
  });
  test('a given Secret is used as it is, and what is wrong with it is told', () => {
    const other = createCa({ seed: 'other', label: 'x', notBefore: NOW - 9 * DAY, notAfter: NOW - DAY });
    const given = secret('app', 'web-tls', {
      'tls.crt': certificatePem(other.certificate),
      'tls.key': privateKeyPem(other.key),
    });
    const state = managerOf({ certificates: [leafCertificate()], secrets: [given] }).certificate('app', 'web');
    expect(state).toMatchObject({ kind: 'ready', given: true, secret: given, stale: { reason: 'Expired' } });
  });
});
