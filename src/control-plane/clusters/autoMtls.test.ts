/** Whether a cluster without a TLS setting speaks mTLS, and to which endpoints. */
import { describe, expect, test } from 'vitest';
import { deployment, documents, meshConfig, namespace, resource, service } from '../../testing/documents.ts';
import { meshOf } from '../../testing/meshOf.ts';
import { scopeOf } from '../../testing/scopeOf.ts';
import { buildClusters } from './clusters.ts';

const HTTP = '[{name: http, port: 80, targetPort: 8080}]';
const PLAIN = { 'sidecar.istio.io/inject': 'false' };

/** The cluster of web as the client sees it: transport, then `name` or `name+` (mTLS) of each endpoint. */
function seen(docs: readonly string[], options: { more?: string; name?: string; plainToo?: boolean } = {}): string {
  const pods = [
    namespace('shop'),
    deployment('shop/client'),
    deployment('shop/web'),
    ...(options.plainToo ? [deployment('shop/bare', { labels: { app: 'web', ...PLAIN } })] : []),
    service('shop/web', HTTP, options.more),
  ];
  const clusters = buildClusters(scopeOf(meshOf(documents(...pods, ...docs)).mesh, 'shop/client'));
  const name = options.name ?? 'outbound|80||web.shop.svc.cluster.local';
  const cluster = clusters.get(name) ?? expect.fail(`no ${name} among ${[...clusters.keys()]}`);
  const endpoints = cluster.endpoints.map(
    ({ workload, tlsMode }) => `${workload?.split('/')[1]}${tlsMode === 'istio' ? '+' : ''}`,
  );
  return [cluster.transport.kind, cluster.transport.why.code, ...endpoints].join(' ');
}

const policy = (path: string, spec: string) => resource('PeerAuthentication', path, spec);
const rule = (spec: string) => resource('DestinationRule', 'shop/r', `{host: web, trafficPolicy: {${spec}}}`);

describe('by namespace and mesh', () => {
  test.each<[string, string[], string]>([
    ['nothing is said', [], 'by-endpoint-label auto-mtls web+'],
    ['the namespace is strict', [policy('shop/p', '{mtls: {mode: STRICT}}')], 'by-endpoint-label auto-mtls web+'],
    ['the namespace is off', [policy('shop/p', '{mtls: {mode: DISABLE}}')], 'raw auto-mtls-namespace-disabled web'],
    ['the mesh is off', [policy('istio-system/p', '{mtls: {mode: DISABLE}}')], 'raw auto-mtls-namespace-disabled web'],
    [
      'off, although the pod wants mTLS',
      [
        policy('shop/p', '{mtls: {mode: DISABLE}}'),
        policy('shop/q', '{selector: {matchLabels: {app: web}}, mtls: {mode: STRICT}}'),
      ],
      'raw auto-mtls-namespace-disabled web+',
    ],
    ['auto mTLS is off', [meshConfig('enableAutoMtls: false')], 'raw auto-mtls-off web+'],
    ['the rule says nothing of TLS', [rule('loadBalancer: {simple: RANDOM}')], 'by-endpoint-label auto-mtls web+'],
    ['the rule disables it', [rule('tls: {mode: DISABLE}')], 'raw destination-rule-tls web'],
    ['the rule wants it of all', [rule('tls: {mode: ISTIO_MUTUAL}')], 'tls destination-rule-tls web+'],
  ])('%s', (_, docs, expected) => {
    expect(seen(docs)).toBe(expected);
  });
});

describe('by endpoint', () => {
  const own = (spec: string) => policy('shop/q', `{selector: {matchLabels: {app: web}}, ${spec}}`);
  test.each<[string, string[], string]>([
    ['each for itself', [], 'by-endpoint-label auto-mtls web+ bare'],
    ['its own policy turns it off', [own('mtls: {mode: DISABLE}')], 'by-endpoint-label auto-mtls web bare'],
    ['of its container port', [own('portLevelMtls: {8080: {mode: DISABLE}}')], 'by-endpoint-label auto-mtls web bare'],
    ['not of the Service port', [own('portLevelMtls: {80: {mode: DISABLE}}')], 'by-endpoint-label auto-mtls web+ bare'],
    [
      'a port entry without tls: the cluster is automatic, the endpoints are not',
      [rule('tls: {mode: DISABLE}, portLevelSettings: [{port: {number: 80}, loadBalancer: {simple: RANDOM}}]')],
      'by-endpoint-label auto-mtls web bare',
    ],
    [
      'and with mTLS above, endpoints keep it whatever they want',
      [
        own('mtls: {mode: DISABLE}'),
        rule('tls: {mode: ISTIO_MUTUAL}, portLevelSettings: [{port: {number: 80}, loadBalancer: {simple: RANDOM}}]'),
      ],
      'by-endpoint-label auto-mtls web+ bare',
    ],
  ])('%s', (_, docs, expected) => {
    expect(seen(docs, { plainToo: true })).toBe(expected);
  });
});

describe('original destinations: all or nothing', () => {
  const headless = { more: 'clusterIP: None' };
  const passthrough = rule('loadBalancer: {simple: PASSTHROUGH}');
  const own = policy('shop/q', '{selector: {matchLabels: {app: web}}, mtls: {mode: DISABLE}}');

  test('headless', () => {
    expect(seen([], headless)).toBe('tls auto-mtls-original-destination');
    expect(seen([own], headless)).toBe('tls auto-mtls-original-destination');
    expect(seen([], { ...headless, plainToo: true })).toBe('raw auto-mtls-endpoint-without-proxy');
  });

  test('load balancing PASSTHROUGH', () => {
    expect(seen([passthrough])).toBe('tls auto-mtls-original-destination');
    expect(seen([passthrough], { plainToo: true })).toBe('raw auto-mtls-endpoint-without-proxy');
  });

  test('which subsets do not see', () => {
    const withSubset = resource(
      'DestinationRule',
      'shop/r',
      '{host: web, trafficPolicy: {loadBalancer: {simple: PASSTHROUGH}}, subsets: [{name: v1, labels: {app: web}}]}',
    );
    const name = 'outbound|80|v1|web.shop.svc.cluster.local';
    expect(seen([withSubset], { plainToo: true, name })).toBe('tls auto-mtls-original-destination');
  });

  test('nobody is there', () => {
    const none = [
      resource(
        'ServiceEntry',
        'shop/e',
        '{hosts: [e.example], location: MESH_INTERNAL, ports: [{number: 80, name: http, protocol: HTTP}]}',
      ),
    ];
    expect(seen(none, { name: 'outbound|80||e.example' })).toBe('raw auto-mtls-no-endpoints');
  });
});

describe('ServiceEntries', () => {
  const entry = (location: string) =>
    resource(
      'ServiceEntry',
      'shop/e',
      `{hosts: [e.example], ${location} ports: [{number: 80, name: http, protocol: HTTP}], resolution: STATIC, workloadSelector: {labels: {app: web}}}`,
    );
  const name = 'outbound|80||e.example';
  test('outside the mesh: never', () => {
    expect(seen([entry('')], { name })).toBe('raw auto-mtls-mesh-external web+');
  });
  test('inside: by endpoint', () => {
    expect(seen([entry('location: MESH_INTERNAL,')], { name })).toBe('by-endpoint-label auto-mtls web+');
  });
});
