/** What SDS answers for a name: where it is read, by whom, which keys count, what Envoy refuses. */
import { describe, expect, it } from 'vitest';
import { certificatePem } from '../../pki/certificate.ts';
import { meshOf } from '../../testing/meshOf.ts';
import { scopeOf } from '../../testing/scopeOf.ts';
import { identity, TEST_CA } from '../../testing/tlsParties.ts';
import type { WorkloadIdentity } from './identity.ts';
import { CA_SUFFIX, parseSecretName, secretName } from './names.ts';
import { resolveSecret, type SecretUse } from './resolveSecret.ts';

const SERVER = identity('shop.example.com');
const OTHER = identity('other.example.com');
const CA = certificatePem(TEST_CA.certificate);
const NO_IDENTITY: WorkloadIdentity = { kind: 'none', why: { code: 'csr-refused', params: {} }, origins: [] };

const GATEWAY = `
apiVersion: v1
kind: Namespace
metadata: {name: istio-system}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: ingress, namespace: istio-system}
spec:
  selector: {matchLabels: {istio: ingressgateway}}
  template:
    metadata: {labels: {istio: ingressgateway}, annotations: {inject.istio.io/templates: gateway}}
    spec:
      containers:
      - name: istio-proxy
        image: auto
        volumeMounts: [{name: certs, mountPath: /etc/gateway-certs}, {name: disk, mountPath: /disk}]
      volumes:
      - {name: certs, secret: {secretName: mounted}}
      - {name: disk, persistentVolumeClaim: {claimName: x}}
---
`;

const json = (value: unknown) => JSON.stringify(value);
const secret = (name: string, keys: Record<string, string>, options: { namespace?: string; type?: string } = {}) =>
  `${json({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name, namespace: options.namespace ?? 'istio-system' },
    type: options.type ?? 'Opaque',
    stringData: keys,
  })}\n---\n`;
const configMap = (name: string, keys: Record<string, string>, namespace = 'istio-system') =>
  `${json({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace }, data: keys })}\n---\n`;

function ask(yaml: string, name: string, use: SecretUse = name.endsWith(CA_SUFFIX) ? 'trust-bundle' : 'certificate') {
  const { mesh } = meshOf(GATEWAY + yaml);
  const { workload } = scopeOf(mesh, 'istio-system/ingress');
  return resolveSecret({ mesh, workload, identity: NO_IDENTITY, name, use, verifiedReferences: new Set() });
}

describe('names', () => {
  it.each([
    ['foo', 'kubernetes://foo'],
    ['ns/foo', 'kubernetes://ns/foo'],
    ['kubernetes-gateway://ns/foo', 'kubernetes-gateway://ns/foo'],
    ['configmap://ns/foo', 'configmap://ns/foo'],
    ['builtin://', 'default'],
    ['builtin://-cacert', 'ROOTCA'],
    ['sds://foo', 'kubernetes://foo'],
    ['invalid://-cacert', 'invalid://'],
  ])('credential %s is %s', (credential, name) => expect(secretName(credential)).toBe(name));
  it.each([
    ['kubernetes://foo', { kind: 'kubernetes', namespace: 'pod-ns', name: 'foo' }],
    ['kubernetes://ns/foo', { kind: 'kubernetes', namespace: 'ns', name: 'foo' }],
    ['configmap://foo', { kind: 'invalid' }],
    ['kubernetes-gateway://ns/', { kind: 'invalid' }],
    ['file-cert:/a/c.pem~/a/k.pem', { kind: 'file-certificate', certificate: '/a/c.pem', key: '/a/k.pem' }],
    ['file-root:system', { kind: 'file-root', path: 'system' }],
    ['unknown://x', { kind: 'invalid' }],
  ])('%s', (name, expected) => expect(parseSecretName(name, 'pod-ns')).toEqual(expected));
});

const pair = { cert: SERVER.certificatePem, key: SERVER.keyPem };
const tlsPair = { 'tls.crt': OTHER.certificatePem, 'tls.key': OTHER.keyPem };

describe('a key and certificate', () => {
  it.each([
    ['generic keys', { ...pair }, SERVER],
    ['tls keys', { ...tlsPair }, OTHER],
    ['generic keys before tls keys', { ...pair, ...tlsPair }, SERVER],
    ['tls keys when the generic ones are empty', { cert: '', key: '', ...tlsPair }, OTHER],
  ])('%s', (_, keys, expected) => {
    const answer = ask(secret('web', keys), 'kubernetes://web');
    expect(answer).toMatchObject({ kind: 'certificate', chain: [{ fingerprint: expected.certificate.fingerprint }] });
  });
  it('points to the keys it was read from', () => {
    expect(ask(secret('web', pair), 'kubernetes://web').origins).toEqual([
      { resource: 'core/Secret/istio-system/web', path: ['stringData', 'cert'] },
      { resource: 'core/Secret/istio-system/web', path: ['stringData', 'key'] },
    ]);
  });
  it.each([
    ['absent', '', 'kubernetes://web', 'secret-not-found'],
    [
      'in the Gateway`s namespace instead of the pod`s',
      secret('web', pair, { namespace: 'shop' }),
      'kubernetes://web',
      'secret-not-found',
    ],
    [
      'of another namespace',
      secret('web', pair, { namespace: 'shop' }),
      'kubernetes://shop/web',
      'secret-other-namespace',
    ],
    [
      'of a type that is not watched',
      secret('web', pair, { type: 'helm.sh/release.v1' }),
      'kubernetes://web',
      'secret-not-found',
    ],
    ['without a grant', secret('web', pair), 'kubernetes-gateway://istio-system/web', 'secret-reference-not-granted'],
    ['with other keys', secret('web', { a: '1' }), 'kubernetes://web', 'secret-keys-missing'],
    ['whose name means nothing', '', 'invalid://', 'credential-invalid'],
  ])('%s never arrives', (_, yaml, name, code) => {
    expect(ask(yaml, name)).toMatchObject({ kind: 'missing', why: { code } });
  });
  it.each([
    [{ a: '1' }, 'found: a'],
    [{ a: '1', b: '2', c: '3', d: '4' }, 'found: a, b, c, and 1 more...'],
    [{ cert: '', key: '' }, 'found keys "cert" and "key", but they were empty'],
  ])('istiod`s words for the keys %j', (keys, words) => {
    const answer = ask(secret('web', keys), 'kubernetes://web');
    expect(answer.kind === 'missing' && answer.why.params.message).toContain(words);
  });
  it.each([
    ['garbage', { cert: 'x', key: SERVER.keyPem }, 'Failed to load certificate chain from <inline>'],
    [
      'another`s key',
      { cert: SERVER.certificatePem, key: OTHER.keyPem },
      'Failed to load private key from <inline>, Cause: error:0b000074:X.509 certificate routines:OPENSSL_internal:KEY_VALUES_MISMATCH',
    ],
  ])('%s is refused by the proxy', (_, keys, message) => {
    expect(ask(secret('web', keys), 'kubernetes://web')).toMatchObject({ kind: 'unloadable', message });
  });
});

describe('a client CA', () => {
  const anchors = [{ fingerprint: TEST_CA.certificate.fingerprint }];
  it.each([
    ['in the Secret with the suffix', secret('web-cacert', { cacert: CA }) + secret('web', pair)],
    ['beside the key, generic', secret('web', { ...pair, cacert: CA })],
    ['beside the key, tls', secret('web', { ...tlsPair, 'ca.crt': CA })],
  ])('%s', (_, yaml) => {
    expect(ask(yaml, 'kubernetes://web-cacert')).toMatchObject({ kind: 'trust-bundle', anchors });
  });
  it('the Secret with the suffix counts alone, even without the keys', () => {
    const yaml = secret('web-cacert', { other: 'x' }) + secret('web', { ...pair, cacert: CA });
    expect(ask(yaml, 'kubernetes://web-cacert')).toMatchObject({
      kind: 'missing',
      why: { code: 'secret-keys-missing' },
    });
  });
  it('a ConfigMap of any namespace, with or without the suffix', () => {
    const yaml = configMap('roots', { 'ca.crt': CA }, 'shop');
    for (const name of ['configmap://shop/roots-cacert', 'configmap://shop/roots']) {
      expect(ask(yaml, name, 'trust-bundle')).toMatchObject({ kind: 'trust-bundle', anchors });
    }
  });
  it('garbage is refused by the proxy', () => {
    expect(ask(secret('web', { cacert: 'x' }), 'kubernetes://web-cacert')).toMatchObject({
      kind: 'unloadable',
      message: 'Failed to load trusted CA certificates from <inline>',
    });
  });
  it('is no key: the proxy refuses it where a key is expected', () => {
    expect(ask(secret('web', { cacert: CA }), 'kubernetes://web-cacert', 'certificate')).toMatchObject({
      kind: 'unloadable',
      message: 'Failed to load incomplete private key from path: ',
    });
  });
  it('a key where a CA is expected cannot be judged', () => {
    expect(ask(secret('web', pair), 'kubernetes://web', 'trust-bundle')).toMatchObject({ kind: 'unknown' });
  });
});

describe('files of the proxy', () => {
  const mounted = secret('mounted', { 'c.pem': SERVER.certificatePem, 'k.pem': SERVER.keyPem, 'ca.pem': CA });
  it.each([
    ['a mounted Secret', 'file-cert:/etc/gateway-certs/c.pem~/etc/gateway-certs/k.pem', 'certificate'],
    ['a mounted CA', 'file-root:/etc/gateway-certs/ca.pem', 'trust-bundle'],
    ['a key that the Secret lacks', 'file-root:/etc/gateway-certs/none.pem', 'missing'],
    ['nothing mounted', 'file-root:/nowhere/ca.pem', 'missing'],
    ['another kind of volume', 'file-root:/disk/ca.pem', 'unknown'],
    ['what the image brings', 'file-root:/usr/share/ca.pem', 'unknown'],
    ['the system`s bundle by name', 'file-root:system', 'system-trust'],
    ['the system`s bundle by path', 'file-root:/etc/ssl/certs/ca-certificates.crt', 'system-trust'],
  ])('%s', (_, name, kind) => expect(ask(mounted, name)).toMatchObject({ kind }));
});

describe('the workload`s own identity', () => {
  it('is missing when no CA issued it', () => {
    expect(ask('', 'default')).toMatchObject({ kind: 'missing', why: { code: 'csr-refused' } });
    expect(ask('', 'ROOTCA')).toMatchObject({ kind: 'missing' });
  });
});
