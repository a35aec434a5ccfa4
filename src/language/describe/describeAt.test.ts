import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { meshOf } from '../../testing/meshOf.ts';
import { atCursor, exampleCredentials, SHOP_MESH } from '../../testing/shopMesh.ts';
import { describeAt } from './describeAt.ts';

const POLICY = `---
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: {name: default, namespace: shop}
spec:
  mtls: {mode: STRICT}
`;
const { mesh } = meshOf(SHOP_MESH + POLICY);
const at = (marked: string) => {
  const { text, offset } = atCursor(marked);
  return describeAt(mesh, text, offset);
};
const document = (apiVersion: string, kind: string, rest: string): string =>
  `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: {name: default, namespace: shop}\n${rest}`;
const rule = (rest: string): string => document('networking.istio.io/v1', 'DestinationRule', rest);
const peer = (rest: string): string => document('security.istio.io/v1', 'PeerAuthentication', rest);

describe('what a field is', () => {
  test.each<[string, string, object]>([
    ['a key', rule('spec:\n  ho|st: web'), { key: 'DestinationRule.spec.host', type: 'string', required: true }],
    ['its value', rule('spec:\n  host: we|b'), { key: 'DestinationRule.spec.host' }],
    ['an item', rule('spec:\n  exportTo: [|a]'), { key: 'DestinationRule.spec.exportTo', type: '[]string' }],
    ['of a shared type', rule('spec: {trafficPolicy: {tls: {mo|de: SIMPLE}}}'), { key: 'ClientTLSSettings.mode' }],
    [
      'left out on purpose',
      rule('spec: {trafficPolicy: {outlier|Detection: {}}}'),
      { status: 'ignored', reason: 'load-only' },
    ],
    [
      'not simulated',
      rule('spec: {trafficPolicy: {loadBalancer: {locality|LbSetting: {}}}}'),
      { status: 'unmodelled', reason: 'locality' },
    ],
    ['the kind', 'apiVersion: v1\nkind: Servi|ce', { key: 'Resource.kind' }],
  ])('%s', (_, marked, about) => {
    expect(at(marked)?.about).toMatchObject(about);
  });

  it('the value of an enum has its own words', () => {
    expect(at(peer('spec: {mtls: {mode: STR|ICT}}'))?.valueKey).toBe('PeerAuthentication.spec.mtls.mode=STRICT');
    expect(at('apiVersion: v1\nkind: Servi|ce')?.valueKey).toBe('Service');
  });

  it('nothing between tokens', () => {
    expect(at('a: 1\n|\nb: 2')).toBeUndefined();
    expect(at('# com|ment')).toBeUndefined();
  });
});

describe('what it means in this mesh', () => {
  test.each<[string, string, object]>([
    [
      'a host',
      rule('spec: {host: we|b}'),
      { kind: 'host', hostname: 'web.shop.svc.cluster.local', ports: ['80 http HTTP', '9000 admin'] },
    ],
    ['a host that is not there', rule('spec: {host: no|body}'), { kind: 'names-nothing', reference: 'host' }],
    [
      'a selector',
      peer('spec: {selec|tor: {matchLabels: {app: web}}}'),
      { kind: 'selects', workloads: { names: ['shop/web'], count: 1 } },
    ],
    [
      'no selector',
      peer('spec: {}').replace('name: default', 'name: de|fault'),
      { kind: 'selects', workloads: { count: 1 } },
    ],
    [
      'the labels of a Service',
      document('v1', 'Service', 'spec: {selector: {ap|p: web}}'),
      { workloads: { count: 1 } },
    ],
    [
      'the mode of mTLS',
      peer('spec: {mtls: {mode: STR|ICT}}'),
      { kind: 'decides-mtls', workloads: { names: ['shop/web'] } },
    ],
    [
      'a gateway by its name',
      document('networking.istio.io/v1', 'VirtualService', 'spec: {gateways: [ingress/ed|ge]}'),
      { kind: 'names', what: { names: ['Gateway ingress/edge'] } },
    ],
    [
      'a key set',
      document(
        'security.istio.io/v1',
        'RequestAuthentication',
        `spec: {jwtRules: [{issuer: a, jw|ks: '{"keys":[{"kty":"EC","kid":"one","crv":"P-256"}]}'}]}`,
      ),
      { kind: 'key-set', keys: [{ id: 'one', type: 'EC P-256' }] },
    ],
  ])('%s', (_, marked, meaning) => {
    expect(at(marked)?.meanings[0]).toMatchObject(meaning);
  });

  const credentials = exampleCredentials();
  it('a certificate in a Secret, as it is written there', () => {
    const offset = /^ {2}cert: /m.exec(credentials)?.index ?? 0;
    const [meaning] = describeAt(mesh, credentials, offset + 3)?.meanings ?? [];
    expect(meaning).toMatchObject({ kind: 'certificates' });
    expect(meaning?.kind === 'certificates' && meaning.certificates[0]?.subject).toMatch(/CN=/);
  });

  it('a certificate that is none', () => {
    const broken = document(
      'v1',
      'Secret',
      'stringData:\n  tls.crt: "-----BEGIN CERTIFICATE-----x-----END CERTIFICATE-----"',
    );
    expect(describeAt(mesh, broken, broken.indexOf('tls.crt'))?.meanings).toEqual([{ kind: 'certificate-unreadable' }]);
  });
});

it('any text and any offset get an answer', () => {
  const lines = (SHOP_MESH + POLICY).split(/(?<=[\n:{[ ])/);
  const piece = fc.oneof(fc.constantFrom(...lines), fc.string());
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 40 }), fc.nat({ max: 500 }), (pieces, where) => {
      const text = pieces.join('');
      const found = describeAt(mesh, text, Math.min(where, text.length));
      expect(found === undefined || (found.start >= 0 && found.end <= text.length)).toBe(true);
    }),
    { numRuns: 1000 },
  );
});
