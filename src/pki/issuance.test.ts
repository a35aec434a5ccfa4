/** Where certificates come from: istiod's CA in its forms, cert-manager behind istiod, and each way it fails. */
import { describe, expect, test } from 'vitest';
import { privateKeyPem } from '../crypto/privateKey.ts';
import { NOW, proxy, secret, tenants, world } from '../testing/pkiWorlds.ts';
import type { IssuerInput, PkiWorld, ProxyInput, SecretInput } from './ca/inputs.ts';
import { type CertificateAuthority, createCa, DAY, HOUR } from './ca.ts';
import { certificatePem, certificatesPem } from './certificate.ts';
import { credentialFailure } from './credential.ts';
import { issuance, type ProxyIssuance } from './issuance.ts';

const root = createCa({
  seed: 'plug',
  label: 'root',
  subject: [['CN', 'Root']],
  notBefore: NOW - 10 * DAY,
  notAfter: NOW + 900 * DAY,
});
const inter = createCa({
  seed: 'plug',
  label: 'inter',
  subject: [['CN', 'Inter']],
  notBefore: NOW - 10 * DAY,
  notAfter: NOW + 90 * DAY,
  parent: root,
});

const issue = (given: PkiWorld, one: ProxyInput, others: readonly ProxyInput[] = []): ProxyIssuance =>
  issuance(given, [one, ...others]).proxy(one);

/** `leaf issuer > presented subjects | trusted subjects`, or the failure. */
function outcome(result: ProxyIssuance): string {
  if (result.kind === 'unknown') return `unknown: ${result.because}`;
  if (result.kind === 'failed') return `failed: ${result.failure.code}`;
  const { credential } = result;
  const [leaf, ...above] = credential.chain();
  const names = (list: readonly { subject: { text: string } }[]): string =>
    list.map(({ subject }) => subject.text).join(', ');
  return `${leaf.issuer.text} > ${names(above)} | ${names(credential.anchors)}`;
}

const plugged = (ca: CertificateAuthority, more: Record<string, string | undefined> = {}): SecretInput => {
  const data = {
    'ca-cert.pem': certificatePem(ca.certificate),
    'ca-key.pem': privateKeyPem(ca.key),
    'cert-chain.pem': certificatesPem([ca.certificate, root.certificate]),
    'root-cert.pem': certificatePem(root.certificate),
    ...more,
  };
  const kept = Object.entries(data).flatMap(([key, value]) => (value === undefined ? [] : [[key, value] as const]));
  return secret('istio-system', 'cacerts', Object.fromEntries(kept));
};

describe("istiod's own CA", () => {
  test.each<[string, readonly SecretInput[], string]>([
    ['self-signed', [], 'O=cluster.local > O=cluster.local | O=cluster.local'],
    ['plugged in', [plugged(inter)], 'CN=Inter > CN=Inter, CN=Root, CN=Root | CN=Root'],
    [
      'plugged in as a TLS Secret',
      [
        secret('istio-system', 'cacerts', {
          'tls.crt': certificatePem(inter.certificate),
          'tls.key': privateKeyPem(inter.key),
          'ca.crt': certificatePem(root.certificate),
        }),
      ],
      'CN=Inter > CN=Inter, CN=Root, CN=Root | CN=Root',
    ],
    [
      'another namespace does not count',
      [{ ...plugged(inter), namespace: 'default' }],
      'O=cluster.local > O=cluster.local | O=cluster.local',
    ],
    ['incomplete', [plugged(inter, { 'cert-chain.pem': undefined })], 'failed: istiod-does-not-run'],
    ['a key of another CA', [plugged(inter, { 'ca-key.pem': privateKeyPem(root.key) })], 'failed: istiod-does-not-run'],
    [
      'a root that does not fit',
      [
        plugged(inter, {
          'root-cert.pem': certificatePem(
            createCa({ seed: 'x', label: 'x', notBefore: NOW - DAY, notAfter: NOW + DAY }).certificate,
          ),
        }),
      ],
      'failed: istiod-does-not-run',
    ],
    [
      'kept from before',
      [
        secret('istio-system', 'istio-ca-secret', {
          'ca-cert.pem': certificatePem(root.certificate),
          'ca-key.pem': privateKeyPem(root.key),
        }),
      ],
      'CN=Root > CN=Root | CN=Root',
    ],
  ])('%s', (_, secrets, expected) => {
    expect(outcome(issue(world({ secrets }), proxy('a')))).toBe(expected);
  });
  test.each<[string, SecretInput, string]>([
    [
      'incomplete',
      plugged(inter, { 'cert-chain.pem': undefined }),
      'failed to create an istiod CA: incomplete signing CA bundle detected',
    ],
    [
      'key',
      plugged(inter, { 'ca-key.pem': privateKeyPem(root.key) }),
      'failed to create an istiod CA: failed to create CA KeyCertBundle (the cert does not match the key: tls: private key does not match public key)',
    ],
  ])('says why it does not start: %s', (_, given, text) => {
    expect(issuance(world({ secrets: [given] }), []).istiodCa).toMatchObject({ ok: false, error: { text } });
  });
  test('an expired plugged-in CA stops istiod; near its end it shortens certificates', () => {
    const late = world({ secrets: [plugged(inter)], now: NOW + 91 * DAY });
    expect(outcome(issue(late, proxy('a')))).toBe('failed: istiod-does-not-run');
    const near = issue(world({ secrets: [plugged(inter)], now: NOW + 90 * DAY - HOUR }), proxy('a'));
    expect(near.kind === 'issued' && near.credential.notAfter).toBe(NOW + 90 * DAY);
  });
  test.each([
    ['what the agent asks for', { ttl: 8 * HOUR }, {}, 8],
    ['a day, when it asks for nothing', {}, { DEFAULT_WORKLOAD_CERT_TTL: '6h' }, 24],
    ['istiod’s default, when it asks for a lifetime that is none', { ttl: 0 }, { DEFAULT_WORKLOAD_CERT_TTL: '6h' }, 6],
  ])('a certificate lasts %s', (_, more, env, hours) => {
    const result = issue(world({ istiod: { env } }), proxy('a', more));
    const { notBefore = 0, notAfter = 0 } = result.kind === 'issued' ? result.credential : {};
    expect(Math.round((notAfter - notBefore) / HOUR)).toBe(hours);
  });
  test('more than the maximum lifetime is refused and not retried', () => {
    const result = issue(world(), proxy('a', { ttl: 100 * DAY }));
    expect(result).toMatchObject({
      kind: 'failed',
      failure: { code: 'ttl-too-long', grpc: 'InvalidArgument', retried: false },
      sdsText: expect.stringContaining('requested TTL 2400h0m0s is greater than the max allowed TTL 2160h0m0s'),
    });
  });
  test('the root is left out of what is presented when the world says so', () => {
    expect(outcome(issue(world({ presentRoot: false }), proxy('a')))).toBe('O=cluster.local >  | O=cluster.local');
  });
  test('the same workload keeps its certificate whatever else there is, and whenever within its half life', () => {
    const one = issue(world(), proxy('a'));
    const two = issue(world({ now: NOW + HOUR }), proxy('a'), [proxy('b'), proxy('c')]);
    const fingerprint = (result: ProxyIssuance) => result.kind === 'issued' && result.credential.chain()[0].fingerprint;
    expect(fingerprint(two)).toBe(fingerprint(one));
    expect(fingerprint(issue(world({ now: NOW + 12 * HOUR }), proxy('a')))).not.toBe(fingerprint(one));
  });
});

const foo = proxy('foo', { certSigner: 'foo' });
const bar = proxy('bar', { certSigner: 'bar' });

describe('Kubernetes signers with cert-manager', () => {
  const given = tenants(['foo', 'bar']);
  test('each tenant has its own CA, and trusts it alone', () => {
    expect(outcome(issue(given, foo))).toBe('CN=foo > CN=foo | CN=foo');
    expect(outcome(issue(given, bar))).toBe('CN=bar > CN=bar | CN=bar');
    const [a, b] = [issue(given, foo), issue(given, bar)];
    if (a.kind !== 'issued' || b.kind !== 'issued') throw new Error('not issued');
    const when = { now: NOW, purpose: 'server' } as const;
    expect(credentialFailure(a.credential, { anchors: a.credential.anchors }, when)).toBeUndefined();
    expect(credentialFailure(b.credential, { anchors: a.credential.anchors }, when)?.detail).toContain(
      'error at depth 1: self signed certificate in certificate chain',
    );
  });
  test('the multi-root mesh makes everybody trust everybody, when both sides take part', () => {
    const multi = tenants(['foo', 'bar'], { istiod: { env: { ...given.istiod.env, ISTIO_MULTIROOT_MESH: 'true' } } });
    const anchors = (one: ProxyInput): number => {
      const result = issue(multi, one);
      return result.kind === 'issued' ? result.credential.anchors.length : 0;
    };
    expect(anchors({ ...foo, takesTrustBundle: true })).toBe(3);
    expect(anchors(foo)).toBe(1);
  });
  test('the order of the objects does not matter', () => {
    const reversed = {
      ...given,
      issuers: [...given.issuers].reverse(),
      certificates: [...given.certificates].reverse(),
    };
    const [one, two] = [issue(given, foo), issue(reversed, foo)];
    expect(one.kind === 'issued' && two.kind === 'issued' && one.credential.chain()).toEqual(
      two.kind === 'issued' ? two.credential.chain() : undefined,
    );
  });
  test('nothing described istiod: a named signer tells that it is a registration authority', () => {
    const undescribed = { ...given, istiod: {} };
    expect(outcome(issue(undescribed, foo))).toBe('CN=foo > CN=foo | CN=foo');
    expect(issuance(undescribed, [foo]).environment).toMatchObject({ assumed: true, externalCa: 'kubernetes' });
    expect(issuance(undescribed, [proxy('a')]).environment).toMatchObject({ assumed: true, externalCa: 'none' });
  });

  test.each<[string, PkiWorld, ProxyInput, string, string]>([
    [
      'no such issuer',
      given,
      proxy('x', { certSigner: 'x' }),
      'csr-timeout',
      'IssuerNotFound Referenced ClusterIssuer /x not found',
    ],
    [
      'issuer whose Secret lies elsewhere',
      { ...given, clusterResourceNamespace: 'default' },
      foo,
      'csr-timeout',
      'IssuerNotReady Referenced ClusterIssuer /foo does not have a Ready status condition',
    ],
    [
      'controllers disabled',
      { ...given, csrControllers: false },
      foo,
      'csr-timeout',
      'ControllersDisabled clusterissuers.cert-manager.io/foo',
    ],
    ['no root in mesh configuration', { ...given, caCertificates: [] }, foo, 'root-missing', ''],
    [
      'a short name in certSigners',
      { ...given, caCertificates: given.caCertificates.map(({ pem = '' }) => ({ pem, certSigners: ['foo'] })) },
      foo,
      'root-missing',
      '',
    ],
    [
      'a root that did not sign',
      {
        ...given,
        caCertificates: [
          { pem: given.caCertificates[1]?.pem ?? '', certSigners: ['clusterissuers.cert-manager.io/foo'] },
        ],
      },
      foo,
      'root-does-not-verify',
      '',
    ],
    [
      'the pinned root is old after the CA was renewed',
      { ...given, now: NOW + 90 * DAY },
      foo,
      'root-does-not-verify',
      '',
    ],
    [
      'no signer domain',
      { ...given, istiod: { env: { EXTERNAL_CA: 'ISTIOD_RA_KUBERNETES_API' } } },
      foo,
      'signer-domain-missing',
      '',
    ],
    ['no signer at all', given, proxy('a'), 'signer-name-missing', ''],
    [
      'a signer for all, but no root for it',
      { ...given, istiod: { env: { ...given.istiod.env, K8S_SIGNER: 'clusterissuers.cert-manager.io/foo' } } },
      proxy('a'),
      'reply-too-short',
      '',
    ],
    [
      'istiod may not approve',
      { ...given, istiod: { ...given.istiod, mayApprove: ['clusterissuers.cert-manager.io/bar'] } },
      foo,
      'approval-forbidden',
      '',
    ],
    ['an unknown external CA', { ...given, istiod: { env: { EXTERNAL_CA: 'x' } } }, foo, 'istiod-does-not-run', ''],
    [
      'a self-signed issuer cannot sign a workload',
      given,
      proxy('a', { certSigner: 'selfsigned-foo' }),
      'csr-timeout',
      'MissingAnnotation Missing private key reference annotation: "experimental.cert-manager.io/private-key-secret-name"',
    ],
    [
      'less than ten minutes',
      given,
      { ...foo, ttl: 60_000 },
      'csr-timeout',
      'InvalidDuration CertificateSigningRequest minimum allowed duration is 10m0s',
    ],
  ])('fails: %s', (_, where, one, code, event) => {
    const result = issue(where, one, [foo]);
    expect(result).toMatchObject({ kind: 'failed', failure: { code } });
    if (result.kind !== 'failed') return;
    expect(
      result.failure.event === undefined ? '' : `${result.failure.event.reason} ${result.failure.event.message}`,
    ).toBe(event);
    // The last step is the one that failed.
    if (code !== 'istiod-does-not-run') expect(result.steps[result.steps.length - 1]?.ok).toBe(false);
    expect(result.sdsText).toMatch(/^failed to generate secret for default: /);
  });

  test('an issuer outside the mesh and two roots for one signer cannot be told', () => {
    const acme: IssuerInput = { kind: 'ClusterIssuer', namespace: '', name: 'le', spec: { acme: {} } };
    expect(outcome(issue({ ...given, issuers: [acme] }, proxy('a', { certSigner: 'le' })))).toBe(
      'unknown: acme issuer',
    );
    const [first, second] = given.caCertificates;
    const both = [
      first,
      { pem: `${first?.pem ?? ''}${second?.pem ?? ''}`, certSigners: first?.certSigners ?? [] },
    ].flatMap((entry) => entry ?? []);
    expect(outcome(issue({ ...given, caCertificates: both }, foo))).toBe(
      'unknown: several caCertificates for one signer',
    );
  });
  test('a bundle of roots for a signer: only its last certificate becomes the anchor', () => {
    const [first, second] = given.caCertificates.map(({ pem = '' }) => pem);
    const bundle = (pem: string): PkiWorld => ({
      ...given,
      caCertificates: [{ pem, certSigners: ['clusterissuers.cert-manager.io/foo'] }],
    });
    expect(outcome(issue(bundle(`${second}${first}`), foo))).toBe('CN=foo > CN=bar, CN=foo | CN=foo');
    expect(outcome(issue(bundle(`${first}${second}`), foo))).toBe('CN=foo > CN=foo, CN=bar | CN=bar');
  });
  test('an external root file replaces mesh configuration', () => {
    const external = { ...given, istiod: { ...given.istiod, externalCaRoot: certificatePem(root.certificate) } };
    expect(outcome(issue(external, foo))).toBe('CN=foo > CN=Root | CN=Root');
  });
  test("agents that cannot verify istiod's own certificate never ask", () => {
    const provider = { ...given.istiod.env, PILOT_CERT_PROVIDER: 'k8s.io/clusterissuers.cert-manager.io/foo' };
    const fits = { ...given, istiod: { env: provider } };
    expect(issue(fits, foo).kind).toBe('issued');
    const stale = {
      ...fits,
      caCertificates: [{ pem: certificatePem(root.certificate), certSigners: ['clusterissuers.cert-manager.io/foo'] }],
    };
    expect(issue(stale, foo)).toMatchObject({
      failure: {
        code: 'istiod-untrusted',
        text: expect.stringContaining('x509: certificate signed by unknown authority'),
      },
    });
  });
  test('a thousand workloads of a signer cost one answer', () => {
    const proxies = Array.from({ length: 300 }, (_, i) =>
      proxy('foo', {
        certSigner: 'foo',
        serviceAccount: `app-${i}`,
        spiffeId: `spiffe://cluster.local/ns/foo/sa/app-${i}`,
      }),
    );
    const all = issuance(given, proxies);
    const anchors = new Set(
      proxies.map((one) => {
        const result = all.proxy(one);
        return result.kind === 'issued' ? result.credential.representative()[0].fingerprint : result.kind;
      }),
    );
    expect(anchors.size).toBe(1);
  });
});
