/** Clusters: which there are, how they find their endpoints, whom they expect there. */
import { describe, expect, test } from 'vitest';
import { deployment, documents, meshConfig, namespace, resource, service } from '../../testing/documents.ts';
import { meshOf } from '../../testing/meshOf.ts';
import { scopeOf } from '../../testing/scopeOf.ts';
import type { Cluster } from '../envoy/cluster.ts';
import { buildClusters } from './clusters.ts';

const ADDRESSES = {
  addresses: { 'pod shop/web': '10.0.0.7', 'pod shop/v2': '10.0.0.9', 'pod shop/client': '10.0.0.8' },
};
const POD = [
  namespace('shop'),
  deployment('shop/client'),
  deployment('shop/edge', { annotations: { 'inject.istio.io/templates': 'gateway' } }),
];
const WEB = [
  deployment('shop/web', { labels: { version: 'v1' }, spec: { serviceAccountName: 'web' } }),
  service('shop/web', '[{name: http, port: 80, targetPort: 8080}]'),
];
const HOST = 'web.shop.svc.cluster.local';

const clustersOf = (docs: readonly string[], proxy = 'shop/client') =>
  buildClusters(scopeOf(meshOf(documents(...POD, ...docs), ADDRESSES).mesh, proxy));

const get = (docs: readonly string[], name: string, proxy?: string): Cluster =>
  clustersOf(docs, proxy).get(name) ?? expect.fail(`no ${name}`);

const addresses = ({ endpoints }: Cluster) => endpoints.map(({ address, port }) => `${address}:${port}`);

const rule = (spec: string) => resource('DestinationRule', 'shop/r', `{host: web, ${spec}}`);
const entry = (spec: string, protocol = 'HTTP') =>
  resource(
    'ServiceEntry',
    'shop/e',
    `{hosts: [out.example], ports: [{number: 80, name: p, protocol: ${protocol}}], ${spec}}`,
  );

describe('which there are', () => {
  test('of a sidecar', () => {
    const docs = [
      ...WEB,
      service('shop/client', '[{name: http, port: 90, targetPort: 9000}]'),
      rule('subsets: [{name: v1, labels: {version: v1}}]'),
    ];
    expect([...clustersOf(docs).keys()].sort()).toEqual([
      'BlackHoleCluster',
      'InboundPassthroughCluster',
      'PassthroughCluster',
      'inbound|9000||',
      'outbound|80|v1|web.shop.svc.cluster.local',
      'outbound|80||web.shop.svc.cluster.local',
      'outbound|90||client.shop.svc.cluster.local',
    ]);
  });

  test('of a gateway, which has no original destination', () => {
    expect([...clustersOf(WEB, 'shop/edge').keys()].sort()).toEqual(['BlackHoleCluster', `outbound|80||${HOST}`]);
  });

  test('of a gateway that routes by SNI', () => {
    const gateway = resource(
      'Gateway',
      'shop/g',
      '{selector: {app: edge}, servers: [{port: {number: 15443, name: tls, protocol: TLS}, hosts: ["*.local"], tls: {mode: AUTO_PASSTHROUGH}}]}',
    );
    const sni = get([...WEB, gateway], `outbound_.80_._.${HOST}`, 'shop/edge');
    expect(sni.transport).toMatchObject({ kind: 'raw', why: { code: 'sni-routed' } });
    expect(addresses(sni)).toEqual(['10.0.0.7:8080']);
  });

  test.each<[string, string[], string]>([
    ['a port that no Service has', WEB, `outbound|81||${HOST}`],
    ['a subset that no rule has', WEB, `outbound|80|v1|${HOST}`],
    ['an unknown host', WEB, 'outbound|80||x'],
    ['a UDP port', [service('shop/web', '[{name: dns, port: 53, protocol: UDP}]')], `outbound|53||${HOST}`],
    [
      'DNS without endpoints',
      [entry('resolution: DNS, workloadSelector: {labels: {app: none}}')],
      'outbound|80||out.example',
    ],
    ['no name at all', WEB, 'x'],
  ])('none for %s', (_, docs, name) => {
    expect(clustersOf(docs).has(name)).toBe(false);
  });
});

describe('how they find endpoints', () => {
  test.each<[string, string[], string, string, Cluster['type'], string[]]>([
    ['a Service', WEB, `outbound|80||${HOST}`, 'shop/client', 'EDS', ['10.0.0.7:8080']],
    [
      'a headless one',
      [WEB[0] ?? '', service('shop/web', '[{name: http, port: 80}]', 'clusterIP: None')],
      `outbound|80||${HOST}`,
      'shop/client',
      'ORIGINAL_DST',
      [],
    ],
    [
      'on a gateway',
      [WEB[0] ?? '', service('shop/web', '[{name: http, port: 80}]', 'clusterIP: None')],
      `outbound|80||${HOST}`,
      'shop/edge',
      'EDS',
      ['10.0.0.7:80'],
    ],
    [
      'load balancing PASSTHROUGH',
      [...WEB, rule('trafficPolicy: {loadBalancer: {simple: PASSTHROUGH}}')],
      `outbound|80||${HOST}`,
      'shop/client',
      'ORIGINAL_DST',
      [],
    ],
    [
      'a ServiceEntry without resolution',
      [entry('resolution: NONE')],
      'outbound|80||out.example',
      'shop/client',
      'ORIGINAL_DST',
      [],
    ],
    ['on a gateway nothing', [entry('resolution: NONE')], 'outbound|80||out.example', 'shop/edge', 'EDS', []],
    [
      'static',
      [entry('resolution: STATIC, endpoints: [{address: 10.5.0.1}]')],
      'outbound|80||out.example',
      'shop/client',
      'EDS',
      ['10.5.0.1:80'],
    ],
    [
      'DNS',
      [entry('resolution: DNS, endpoints: [{address: a.example}, {address: b.example}]')],
      'outbound|80||out.example',
      'shop/client',
      'STRICT_DNS',
      ['a.example:80', 'b.example:80'],
    ],
    [
      'one of DNS',
      [entry('resolution: DNS_ROUND_ROBIN')],
      'outbound|80||out.example',
      'shop/client',
      'LOGICAL_DNS',
      ['out.example:80'],
    ],
  ])('%s', (_, docs, name, proxy, type, expected) => {
    const cluster = get(docs, name, proxy);
    expect(cluster.type).toBe(type);
    expect(addresses(cluster)).toEqual(expected);
  });

  test('a subset has the pods with its labels', () => {
    const two = deployment('shop/v2', { labels: { app: 'web', version: 'v2' } });
    const subsets = rule('subsets: [{name: v2, labels: {version: v2}}, {name: v3, labels: {version: v3}}]');
    expect(addresses(get([...WEB, two, subsets], `outbound|80|v2|${HOST}`))).toEqual(['10.0.0.9:8080']);
    expect(addresses(get([...WEB, two, subsets], `outbound|80|v3|${HOST}`))).toEqual([]);
  });

  test('a target port replaces that of an original destination', () => {
    const spec = resource(
      'ServiceEntry',
      'shop/e',
      '{hosts: [out.example], ports: [{number: 80, name: p, protocol: HTTP, targetPort: 8080}]}',
    );
    expect(get([spec], 'outbound|80||out.example').originalDstPortOverride).toBe(8080);
  });

  test.each(['failoverPriority: [topology.kubernetes.io/zone]', 'distribute: [{from: a/*, to: {a/*: 100}}]'])(
    'which of two is near is not simulated: %s',
    (setting) => {
      const two = deployment('shop/v2', { labels: { app: 'web' } });
      const near = rule(
        `trafficPolicy: {loadBalancer: {simple: RANDOM, localityLbSetting: {enabled: true, ${setting}}}}`,
      );
      expect(get([...WEB, two, near], `outbound|80||${HOST}`).cannotTell).toMatchObject({
        params: { field: 'loadBalancer.localityLbSetting' },
      });
      expect(get([...WEB, near], `outbound|80||${HOST}`).cannotTell).toBeUndefined();
    },
  );
});

describe('whom they expect', () => {
  const names = (docs: readonly string[], name = `outbound|80||${HOST}`) => {
    const { transport } = get(docs, name);
    return transport.kind === 'raw' ? 'raw' : transport.tls.validation?.matchSans.map(({ value }) => value);
  };
  test('accounts of all endpoints, of every subset', () => {
    const two = deployment('shop/v2', { labels: { app: 'web', version: 'v2' }, spec: { serviceAccountName: 'two' } });
    const subsets = rule('subsets: [{name: v1, labels: {version: v1}}]');
    const both = ['spiffe://cluster.local/ns/shop/sa/two', 'spiffe://cluster.local/ns/shop/sa/web'];
    expect(names([...WEB, two, subsets])).toEqual(both);
    expect(names([...WEB, two, subsets], `outbound|80|v1|${HOST}`)).toEqual(both);
  });
  test('in every trust domain of the mesh', () => {
    expect(names([...WEB, meshConfig('{trustDomain: a.org, trustDomainAliases: [b.org]}')])).toEqual([
      'spiffe://a.org/ns/shop/sa/web',
      'spiffe://b.org/ns/shop/sa/web',
    ]);
  });
  test('names that a ServiceEntry declares', () => {
    const spec = entry(
      'location: MESH_INTERNAL, resolution: STATIC, endpoints: [{address: 10.5.0.1, serviceAccount: a}], subjectAltNames: [x]',
    );
    expect(names([spec], 'outbound|80||out.example')).toEqual(['spiffe://cluster.local/ns/shop/sa/a', 'x']);
  });
  test('accounts that a Service declares', () => {
    const declared = `{apiVersion: v1, kind: Service, metadata: {name: web, namespace: shop, annotations: {alpha.istio.io/kubernetes-serviceaccounts: b, alpha.istio.io/canonical-serviceaccounts: x}}, spec: {selector: {app: web}, ports: [{name: http, port: 80}]}}`;
    expect(names([WEB[0] ?? '', declared])).toEqual([
      'spiffe://cluster.local/ns/shop/sa/b',
      'spiffe://cluster.local/ns/shop/sa/web',
      'x',
    ]);
  });
});

describe('what they speak', () => {
  const upstream = (name: string, policy?: string, ...docs: string[]) =>
    get(
      [
        ...docs,
        service('shop/web', `[{name: ${name}, port: 80}]`),
        ...(policy === undefined ? [] : [rule(`trafficPolicy: {connectionPool: ${policy}}`)]),
      ],
      `outbound|80||${HOST}`,
    ).upstreamHttp;
  test.each<[string, string | undefined, Cluster['upstreamHttp']]>([
    ['http', undefined, 'http1'],
    ['tcp', undefined, 'http1'],
    ['http2', undefined, 'http2'],
    ['grpc', undefined, 'http2'],
    ['x', undefined, 'use-downstream'],
    ['http', '{http: {h2UpgradePolicy: UPGRADE}}', 'http2'],
    ['http2', '{http: {h2UpgradePolicy: DO_NOT_UPGRADE}}', 'http2'],
    ['http', '{http: {useClientProtocol: true}}', 'use-downstream'],
  ])('port %s, %s: %s', (name, policy, expected) => {
    expect(upstream(name, policy)).toBe(expected);
  });
  test('the mesh may upgrade, and a rule may keep it', () => {
    const config = meshConfig('h2UpgradePolicy: UPGRADE');
    expect(upstream('http', undefined, config)).toBe('http2');
    expect(upstream('tcp', undefined, config)).toBe('http1');
    expect(upstream('http', '{http: {h2UpgradePolicy: DO_NOT_UPGRADE}}', config)).toBe('http1');
  });
  test.each<[string[], number]>([
    [[], 10_000],
    [[meshConfig('connectTimeout: 3s')], 3000],
    [[meshConfig('connectTimeout: 3s'), rule('trafficPolicy: {connectionPool: {tcp: {connectTimeout: 500ms}}}')], 500],
  ])('time to connect: %#', (docs, expected) => {
    expect(get([...WEB, ...docs], `outbound|80||${HOST}`).connectTimeoutMs).toBe(expected);
  });
});

describe('behind the inbound listener', () => {
  const own = service('shop/client', '[{name: http, port: 90, targetPort: 9000}]');
  const sidecar = (endpoint: string) =>
    resource(
      'Sidecar',
      'shop/s',
      `{ingress: [{port: {number: 9000, protocol: HTTP, name: h}, defaultEndpoint: "${endpoint}"}]}`,
    );
  test.each<[string, string[], Partial<Cluster>, string[]]>([
    ['where it came for', [own], { type: 'ORIGINAL_DST', bindSource: '127.0.0.6' }, []],
    [
      'the loopback address',
      [own, meshConfig('inboundTrafficPolicy: {mode: LOCALHOST}')],
      { type: 'STATIC' },
      ['127.0.0.1:9000'],
    ],
    ['the endpoint of a Sidecar', [own, sidecar('127.0.0.1:9001')], { type: 'STATIC' }, ['127.0.0.1:9001']],
    ['on the pod', [own, sidecar('0.0.0.0:9001')], { type: 'STATIC', bindSource: '127.0.0.6' }, ['10.0.0.8:9001']],
  ])('%s', (_, docs, expected, targets) => {
    const cluster = get(docs, 'inbound|9000||');
    expect(cluster).toMatchObject({ ...expected, transport: { kind: 'raw' } });
    expect(addresses(cluster)).toEqual(targets);
  });
});

test('proxies that see the same share their clusters', () => {
  const { mesh } = meshOf(documents(...POD, ...WEB, deployment('shop/other')));
  const name = `outbound|80||${HOST}`;
  const of = (proxy: string) => buildClusters(scopeOf(mesh, proxy)).get(name);
  expect(of('shop/other')).toBe(of('shop/client'));
});

test('but not where a rule tells them apart', () => {
  const selecting = resource(
    'DestinationRule',
    'shop/r',
    '{host: web, workloadSelector: {matchLabels: {app: client}}, trafficPolicy: {tls: {mode: DISABLE}}}',
  );
  const { mesh } = meshOf(documents(...POD, ...WEB, deployment('shop/other'), selecting));
  const kind = (proxy: string) => buildClusters(scopeOf(mesh, proxy)).get(`outbound|80||${HOST}`)?.transport.kind;
  expect([kind('shop/client'), kind('shop/other')]).toEqual(['raw', 'by-endpoint-label']);
});
