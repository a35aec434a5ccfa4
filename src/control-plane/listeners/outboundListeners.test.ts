/** The outbound listeners of a sidecar: which there are, what they hand to which cluster, and what becomes of the rest. */
import { describe, expect, test } from 'vitest';
import { deployment, documents, meshConfig, namespace, resource, service } from '../../testing/documents.ts';
import { meshOf } from '../../testing/meshOf.ts';
import { scopeOf } from '../../testing/scopeOf.ts';
import type { FilterChain, Listener } from '../envoy/listener.ts';
import { outboundListeners } from './outboundListeners.ts';

const ADDRESSES = {
  addresses: { 'pod shop/web': '10.0.0.7', 'pod shop/client': '10.0.0.8', 'pod shop/cart': '10.0.0.9' },
};
const POD = [namespace('shop'), deployment('shop/client', { labels: { tier: 'front' } })];

const build = (...docs: string[]): readonly Listener[] =>
  outboundListeners(scopeOf(meshOf(documents(...POD, ...docs), ADDRESSES).mesh, 'shop/client'));

function line({ match, filters }: FilterChain): string {
  const [filter] = filters;
  const target =
    filter?.kind === 'tcp-proxy'
      ? filter.tcpProxy.clusters
          .map(({ name, weight }) => (filter.tcpProxy.clusters.length > 1 ? `${name}=${weight}` : name))
          .join('+')
      : filter?.kind === 'http-connection-manager' && filter.hcm.routes.kind === 'rds'
        ? `routes ${filter.hcm.routes.name}`
        : '?';
  const conditions = [
    ...match.serverNames.map((name) => `sni ${name}`),
    ...match.prefixRanges,
    ...(match.transportProtocol ? [match.transportProtocol] : []),
    ...(match.applicationProtocols.length > 0 ? ['http'] : []),
  ];
  return [...conditions, '->', target.replaceAll('.shop.svc.cluster.local', '')].join(' ');
}

/** Every listener but 15001: its chains, then `else` its default one. */
const shapes = (...docs: string[]): Record<string, string[]> =>
  Object.fromEntries(
    build(...docs)
      .filter(({ name }) => name !== 'virtualOutbound')
      .map(({ name, filterChains, defaultFilterChain }) => [
        name,
        [...filterChains.map(line), ...(defaultFilterChain ? [`else ${line(defaultFilterChain)}`] : [])],
      ]),
  );

const svc = (name: string, ports: string, ip = '10.96.0.1') =>
  service(`shop/${name}`, ports, ip === 'None' ? 'clusterIP: None' : `clusterIP: ${ip}`);
const HTTP_CHAIN = ['raw_buffer http -> routes 80', 'else -> PassthroughCluster'];

describe('by protocol', () => {
  test.each<[string, string[], Record<string, string[]>]>([
    [
      'HTTP shares a wildcard',
      [svc('web', '[{name: http, port: 80}]'), svc('cart', '[{name: http2, port: 80}]', '10.96.0.2')],
      { '0.0.0.0_80': HTTP_CHAIN },
    ],
    ['TCP has its own address', [svc('db', '[{name: tcp, port: 80}]')], { '10.96.0.1_80': ['-> outbound|80||db'] }],
    ['so has TLS', [svc('db', '[{name: tls, port: 443}]')], { '10.96.0.1_443': ['-> outbound|443||db'] }],
    [
      'sniffed ports have both',
      [svc('web', '[{name: x, port: 80}]')],
      { '10.96.0.1_80': ['raw_buffer http -> routes web:80', 'else -> outbound|80||web'] },
    ],
    ['UDP has none', [svc('dns', '[{name: dns, port: 53, protocol: UDP}]')], {}],
    [
      'an ExternalName has none',
      [
        `{apiVersion: v1, kind: Service, metadata: {name: x, namespace: shop}, spec: {type: ExternalName, externalName: a.example, ports: [{name: tcp, port: 80}]}}`,
      ],
      {},
    ],
    ['HTTP on a port of the proxy', [svc('web', '[{name: http, port: 15090}]')], {}],
  ])('%s', (_, docs, expected) => {
    expect(shapes(...docs)).toEqual(expected);
  });
});

describe('headless', () => {
  const pods = [deployment('shop/web'), deployment('shop/cart', { labels: { app: 'web' } })];
  test.each<[string, string[], Record<string, string[]>]>([
    ['HTTP: the wildcard', [svc('web', '[{name: http, port: 80}]', 'None'), ...pods], { '0.0.0.0_80': HTTP_CHAIN }],
    [
      'TCP: each pod',
      [svc('web', '[{name: tcp, port: 80}]', 'None'), ...pods],
      { '10.0.0.7_80': ['-> outbound|80||web'], '10.0.0.9_80': ['-> outbound|80||web'] },
    ],
    ['nobody there', [svc('web', '[{name: tcp, port: 80}]', 'None')], {}],
    ['never the pod itself', [svc('client', '[{name: tcp, port: 80}]', 'None')], {}],
  ])('%s', (_, docs, expected) => {
    expect(shapes(...docs)).toEqual(expected);
  });
});

describe('ServiceEntries', () => {
  const entry = (name: string, spec: string) =>
    resource('ServiceEntry', `shop/${name}`, `{hosts: [${name}.example], ${spec}}`);
  const tls = 'ports: [{number: 443, name: tls, protocol: TLS}], resolution: DNS';
  const tcp = 'ports: [{number: 443, name: tcp, protocol: TCP}], resolution: DNS';
  test.each<[string, string[], Record<string, string[]>]>([
    [
      'TLS without addresses: told apart by SNI',
      [entry('a', tls), entry('b', tls)],
      {
        '0.0.0.0_443': [
          'sni a.example -> outbound|443||a.example',
          'sni b.example -> outbound|443||b.example',
          'else -> PassthroughCluster',
        ],
      },
    ],
    [
      'TCP without addresses: the first',
      [entry('a', tcp), entry('b', tcp)],
      { '0.0.0.0_443': ['-> outbound|443||a.example'] },
    ],
    [
      'with an address',
      [entry('a', `${tcp}, addresses: [10.5.0.1]`)],
      { '10.5.0.1_443': ['-> outbound|443||a.example'] },
    ],
    [
      'with a network',
      [entry('a', `ports: [{number: 443, name: tcp, protocol: TCP}], addresses: [10.5.0.0/16]`)],
      { '0.0.0.0_443': ['10.5.0.0/16 -> outbound|443||a.example', 'else -> PassthroughCluster'] },
    ],
  ])('%s', (_, docs, expected) => {
    expect(shapes(...docs)).toEqual(expected);
  });

  test('a proxy that captures DNS listens on the addresses istiod allocates', () => {
    const config = meshConfig('{defaultConfig: {proxyMetadata: {ISTIO_META_DNS_CAPTURE: "true"}}}');
    const [name] = Object.keys(shapes(config, entry('a', tcp)));
    expect(name).toMatch(/^240\.240\./);
  });
});

describe('conflicts on one port', () => {
  const entry = (name: string, protocol: string) =>
    resource(
      'ServiceEntry',
      `shop/${name}`,
      `{hosts: [${name}.example], ports: [{number: 80, name: p, protocol: ${protocol}}], resolution: DNS}`,
    );
  test.each<[string, string[], string[]]>([
    [
      'HTTP, then TCP: both, sniffed',
      [entry('a', 'HTTP'), entry('b', 'TCP')],
      ['raw_buffer http -> routes 80', 'else -> outbound|80||b.example'],
    ],
    [
      'TCP, then HTTP: both',
      [entry('a', 'TCP'), entry('b', 'HTTP')],
      ['raw_buffer http -> routes 80', 'else -> outbound|80||a.example'],
    ],
    [
      'a server that speaks first shares with nobody',
      [entry('a', 'Mongo'), entry('b', 'HTTP')],
      ['-> outbound|80||a.example'],
    ],
  ])('%s', (_, docs, expected) => {
    expect(shapes(...docs)['0.0.0.0_80']).toEqual(expected);
  });
});

describe('VirtualServices', () => {
  const virtual = (spec: string) => resource('VirtualService', 'shop/v', `{hosts: [db], ${spec}}`);
  const db = svc('db', '[{name: tcp, port: 80}]');
  const other = svc('other', '[{name: tcp, port: 81}]', '10.96.0.2');
  const to = (host: string, weight?: number) =>
    `{destination: {host: ${host}}${weight === undefined ? '' : `, weight: ${weight}`}}`;
  const found = (...docs: string[]) => shapes(...docs)['10.96.0.1_80'];

  test.each<[string, string, string[]]>([
    ['a route', `tcp: [{route: [${to('other')}]}]`, ['-> outbound|81||other']],
    [
      'weights',
      `tcp: [{route: [${to('other', 30)}, ${to('db', 70)}]}]`,
      ['-> outbound|81||other=30+outbound|80||db=70'],
    ],
    ['weight zero', `tcp: [{route: [${to('other', 0)}, ${to('db', 100)}]}]`, ['-> outbound|80||db']],
    ['of another port', `tcp: [{match: [{port: 99}], route: [${to('other')}]}]`, ['-> outbound|80||db']],
    [
      'of these clients',
      `tcp: [{match: [{sourceLabels: {tier: front}}], route: [${to('other')}]}]`,
      ['-> outbound|81||other'],
    ],
    [
      'of other clients',
      `tcp: [{match: [{sourceLabels: {tier: back}}], route: [${to('other')}]}]`,
      ['-> outbound|80||db'],
    ],
    [
      'of another namespace',
      `tcp: [{match: [{sourceNamespace: ops}], route: [${to('other')}]}]`,
      ['-> outbound|80||db'],
    ],
    [
      'of a gateway',
      `gateways: [mesh, shop/gw], tcp: [{match: [{gateways: [shop/gw]}], route: [${to('other')}]}]`,
      ['-> outbound|80||db'],
    ],
    [
      'of a network',
      `tcp: [{match: [{destinationSubnets: [10.1.0.0/16]}], route: [${to('other')}]}]`,
      ['10.1.0.0/16 -> outbound|81||other', 'else -> outbound|80||db'],
    ],
    [
      'the first that matches all ends it',
      `tcp: [{route: [${to('other')}]}, {route: [${to('db')}]}]`,
      ['-> outbound|81||other'],
    ],
  ])('tcp: %s', (_, spec, expected) => {
    expect(found(db, other, virtual(spec))).toEqual(expected);
  });

  test('tls: by SNI, for ports declared TLS; the rest falls through', () => {
    const secure = svc('db', '[{name: tls, port: 80}]');
    const named = resource(
      'VirtualService',
      'shop/v',
      `{hosts: [db.shop.svc.cluster.local], tls: [{match: [{port: 80, sniHosts: [db.shop.svc.cluster.local]}], route: [${to('other')}]}]}`,
    );
    expect(found(secure, other, named)).toEqual([
      'sni db.shop.svc.cluster.local -> outbound|81||other',
      'else -> PassthroughCluster',
    ]);
    expect(found(db, other, named)).toEqual(['-> outbound|80||db']);
  });
});

describe('Sidecar.egress', () => {
  const sidecar = (egress: string, more = '') => resource('Sidecar', 'shop/s', `{egress: [${egress}]${more}}`);
  const web = svc('web', '[{name: http, port: 80}, {name: tcp, port: 81}]');

  test('a port of its own, the others as they are', () => {
    expect(
      Object.keys(shapes(web, sidecar('{port: {number: 81, protocol: TCP, name: t}, hosts: [./*]}, {hosts: [./*]}'))),
    ).toEqual(['10.96.0.1_81', '0.0.0.0_80']);
  });

  test('an address of its own', () => {
    expect(shapes(web, sidecar('{port: {number: 81, protocol: TCP, name: t}, bind: 10.1.1.1, hosts: [./*]}'))).toEqual({
      '10.1.1.1_81': ['-> outbound|81||web'],
    });
  });

  test('what is bound to a real port is not simulated', () => {
    const [listener] = build(
      web,
      sidecar('{port: {number: 81, protocol: TCP, name: t}, bind: 127.0.0.1, captureMode: NONE, hosts: [./*]}'),
    );
    expect(listener?.cannotTell).toMatchObject({ code: 'unmodelled-field', params: { field: 'egress.captureMode' } });
  });
});

describe('unknown destinations', () => {
  const catchAll = (...docs: string[]) => build(...docs).find(({ name }) => name === 'virtualOutbound');
  const sidecar = (policy: string) => resource('Sidecar', 'shop/s', `{outboundTrafficPolicy: ${policy}}`);

  test.each<[string, string[], string]>([
    ['pass', [], '-> PassthroughCluster'],
    ['are closed', [meshConfig('outboundTrafficPolicy: {mode: REGISTRY_ONLY}')], '-> BlackHoleCluster'],
    [
      'a Sidecar lets them pass',
      [meshConfig('outboundTrafficPolicy: {mode: REGISTRY_ONLY}'), sidecar('{mode: ALLOW_ANY}')],
      '-> PassthroughCluster',
    ],
    [
      'go to a proxy for them',
      [
        svc('egress', '[{name: tcp, port: 443}]'),
        sidecar('{mode: ALLOW_ANY, egressProxy: {host: egress.shop.svc.cluster.local, port: {number: 443}}}'),
      ],
      '-> outbound|443||egress',
    ],
  ])('%s', (_, docs, expected) => {
    const listener = catchAll(...docs);
    expect(listener).toMatchObject({ port: 15001, bindToPort: true, useOriginalDestination: true });
    expect(listener?.filterChains.map(line)).toEqual(['-> BlackHoleCluster', expected]);
  });

  test('the end of every listener follows the same policy', () => {
    const docs = [svc('web', '[{name: http, port: 80}]'), meshConfig('outboundTrafficPolicy: {mode: REGISTRY_ONLY}')];
    expect(shapes(...docs)['0.0.0.0_80']).toEqual(['raw_buffer http -> routes 80', 'else -> BlackHoleCluster']);
  });

  test('an explicit HTTP proxy listens, but what it does is not simulated', () => {
    const listener = build(meshConfig('proxyHttpPort: 3128')).find(({ port }) => port === 3128);
    expect(listener).toMatchObject({
      name: '127.0.0.1_3128',
      bindToPort: true,
      cannotTell: { params: { field: 'proxyHttpPort' } },
    });
  });
});
