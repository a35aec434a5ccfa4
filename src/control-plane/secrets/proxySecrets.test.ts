/** All secrets of one proxy: which arrive when the proxy refuses one of them, and what its log says. */
import { describe, expect, it } from 'vitest';
import { createCa } from '../../pki/ca.ts';
import { certificatePem } from '../../pki/certificate.ts';
import { privateKeyText } from '../../pki/givenCa.ts';
import { meshOf } from '../../testing/meshOf.ts';
import { scopeOf } from '../../testing/scopeOf.ts';
import { identity, TEST_CA } from '../../testing/tlsParties.ts';
import { buildGateway } from '../gateway/listeners.ts';
import { proxyNacks, proxySecrets } from './proxySecrets.ts';

const SERVER = identity('shop.example.com');
const GOOD = { cert: SERVER.certificatePem, key: SERVER.keyPem, cacert: certificatePem(TEST_CA.certificate) };
const BAD = { cert: 'x', key: 'y' };

const gatewayPod = `
apiVersion: apps/v1
kind: Deployment
metadata: {name: ingress, namespace: istio-system}
spec:
  selector: {matchLabels: {istio: ingressgateway}}
  template:
    metadata: {labels: {istio: ingressgateway}, annotations: {inject.istio.io/templates: gateway}}
    spec: {containers: [{name: istio-proxy, image: auto}]}
---
`;
const secret = (name: string, keys: Record<string, string>) =>
  `${JSON.stringify({ apiVersion: 'v1', kind: 'Secret', metadata: { name, namespace: 'istio-system' }, stringData: keys })}\n---\n`;

/** One server for each credential, in this order, named like it. */
function answers(secrets: Record<string, Record<string, string>>, servers: readonly { name: string; tls: object }[]) {
  const gateway = {
    apiVersion: 'networking.istio.io/v1',
    kind: 'Gateway',
    metadata: { name: 'gw', namespace: 'shop' },
    spec: {
      selector: { istio: 'ingressgateway' },
      servers: servers.map(({ name, tls }) => ({
        port: { number: 8443, name, protocol: 'HTTPS' },
        hosts: [`${name}.example.com`],
        tls,
      })),
    },
  };
  const documents = Object.entries(secrets).map(([name, keys]) => secret(name, keys));
  const { mesh } = meshOf(`${gatewayPod}${documents.join('')}${JSON.stringify(gateway)}`);
  const scope = scopeOf(mesh, 'istio-system/ingress');
  const { listeners } = buildGateway(scope);
  const identityOf = { kind: 'none', why: { code: 'csr-refused', params: {} }, origins: [] } as const;
  const resolved = proxySecrets(mesh, scope.workload, identityOf, listeners, []);
  return {
    kinds: Object.fromEntries(
      [...resolved].flatMap(([name, { kind }]) =>
        name.includes('://') ? [[name.replace('kubernetes://', ''), kind]] : [],
      ),
    ),
    nacks: proxyNacks(listeners, resolved, []).map(({ resource, message }) => [resource, message]),
  };
}
const simple = (name: string) => ({ name, tls: { mode: 'SIMPLE', credentialName: name } });

describe('secrets of one response are taken in reverse order, up to the first that is refused', () => {
  it.each([
    ['refused first', ['bad', 'one'], { bad: 'unloadable', one: 'certificate' }],
    ['refused last', ['one', 'bad'], { one: 'missing', bad: 'unloadable' }],
    ['refused between', ['one', 'bad', 'two'], { one: 'missing', bad: 'unloadable', two: 'certificate' }],
    ['two refused', ['bad', 'one', 'bad2'], { bad: 'missing', one: 'missing', bad2: 'unloadable' }],
    ['one missing', ['one', 'none', 'two'], { one: 'certificate', none: 'missing', two: 'certificate' }],
  ])('%s', (_, servers, expected) => {
    const { kinds } = answers({ one: GOOD, two: GOOD, bad: BAD, bad2: BAD }, servers.map(simple));
    expect(kinds).toEqual(expected);
  });
  it('the log has the refusal', () => {
    expect(answers({ one: GOOD, bad: BAD }, [simple('one'), simple('bad')]).nacks).toEqual([
      ['kubernetes://bad', 'Failed to load certificate chain from <inline>'],
    ]);
  });
});

describe('pins of the right length that are no fingerprints', () => {
  const pinned = (tls: object) => ({ name: 'one', tls: { mode: 'MUTUAL', credentialName: 'one', ...tls } });
  it.each([
    ['hash', { verifyCertificateHash: ['z'.repeat(64)] }, `Invalid hex-encoded SHA-256 ${'z'.repeat(64)}`],
    ['spki', { verifyCertificateSpki: ['!'.repeat(44)] }, `Invalid base64-encoded SHA-256 ${'!'.repeat(44)}`],
  ])('%s', (_, tls, message) => {
    expect(answers({ one: GOOD }, [pinned(tls)]).nacks).toEqual([['kubernetes://one', message]]);
  });
  it('go unnoticed while the CA is missing', () => {
    const { cert, key } = GOOD;
    expect(answers({ one: { cert, key } }, [pinned({ verifyCertificateHash: ['z'.repeat(64)] })]).nacks).toEqual([]);
  });
});

it('a server certificate without any name is refused', () => {
  const period = { notBefore: Date.UTC(2020, 0, 1), notAfter: Date.UTC(2120, 0, 1) };
  const named = { label: 'nameless', subject: [['O', 'Acme']] as const, keyAlgorithm: 'RSA-2048' as const };
  const { certificate, key } = createCa({ seed: 'proxySecrets', ...named, ...period });
  const nameless = { cert: certificatePem(certificate), key: privateKeyText(key) };
  expect(answers({ one: nameless }, [simple('one')]).nacks).toEqual([
    ['kubernetes://one', 'Invalid TLS context has neither subject CN nor SAN names'],
  ]);
});
