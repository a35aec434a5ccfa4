/** What a proxy knows: exportTo, Sidecar resources, and which of several services of one host. */
import { describe, expect, test } from 'vitest';
import { deployment, documents, meshConfig, namespace, resource, service } from '../../testing/documents.ts';
import { meshOf } from '../../testing/meshOf.ts';
import { scopeOf } from '../../testing/scopeOf.ts';
import { parseEgressHosts } from './egressHosts.ts';
import { scopeOfPort } from './proxyScope.ts';

describe('egress hosts', () => {
  const WEB = 'web.prod.svc.cluster.local';
  test.each<[string[], boolean, boolean]>([
    // entries; whether prod/web and shop/web are imported by a proxy of shop
    [['*/*'], true, true],
    [['./*'], false, true],
    [['prod/*'], true, false],
    [[`prod/${WEB}`], true, false],
    [[`*/${WEB}`], true, false],
    [['prod/*.svc.cluster.local'], true, false],
    [['prod/*.example'], false, false],
    [['prod/web'], false, false],
    [['~/*'], false, false],
    [['*/*', '~prod/*'], false, true],
    [['*/*', `~prod/${WEB}`], false, true],
    [['*/*', '~prod/other.prod.svc.cluster.local'], true, true],
    [['*/*', '~./*'], true, false],
    [['web'], false, false],
    [['a/b/c'], false, false],
  ])('%j: prod/web %s, shop/web %s', (entries, prod, shop) => {
    const hosts = parseEgressHosts(entries, 'shop');
    expect(hosts.importsService('prod', WEB)).toBe(prod);
    expect(hosts.importsService('shop', 'web.shop.svc.cluster.local')).toBe(shop);
  });

  test('a VirtualService is imported when one of its hosts overlaps', () => {
    const hosts = parseEgressHosts(['prod/a.example.com'], 'shop');
    expect(hosts.importsVirtualService('prod', ['x', 'a.example.com'], false)).toBe(true);
    expect(hosts.importsVirtualService('prod', ['*.example.com'], false)).toBe(true);
    expect(hosts.importsVirtualService('prod', ['*.example.com'], true)).toBe(false);
    expect(hosts.importsVirtualService('prod', ['b.example.com'], false)).toBe(false);
    expect(hosts.importsVirtualService('ops', ['a.example.com'], false)).toBe(false);
  });

  test('what imports everything, and what only names', () => {
    const of = (...entries: string[]) => parseEgressHosts(entries, 'shop');
    expect(of('*/*').everything).toBe(true);
    expect(of('./*').everything).toBe(false);
    expect(of('*/*', '~prod/x').everything).toBe(false);
    expect(of('prod/a.example', './b.example').allExact).toBe(true);
    expect(of('*/a.example').allExact).toBe(false);
  });
});

const BASE = [
  namespace('shop'),
  namespace('prod'),
  deployment('shop/client'),
  deployment('shop/other'),
  deployment('prod/client'),
  deployment('shop/edge', { annotations: { 'inject.istio.io/templates': 'gateway' } }),
  service('shop/web', '[{name: http, port: 80}, {name: tcp, port: 81}]'),
  service('prod/web', '[{name: http, port: 80}]'),
  `{apiVersion: v1, kind: Service, metadata: {name: hidden, namespace: prod, annotations: {networking.istio.io/exportTo: .}}, spec: {ports: [{name: http, port: 80}]}}`,
];

const scopeFor = (docs: readonly string[], client = 'shop/client') =>
  scopeOf(meshOf(documents(...BASE, ...docs)).mesh, client);

const hosts = (docs: readonly string[], client?: string) =>
  scopeFor(docs, client)
    .services.map(({ namespace: ns, name, ports }) => `${ns}/${name}:${ports.map(({ number }) => number).join('+')}`)
    .sort();

const sidecar = (path: string, spec: string) => resource('Sidecar', path, `{${spec}}`);
const egress = (path: string, ...list: string[]) => sidecar(path, `egress: [${list.join(', ')}]`);

describe('services', () => {
  test('without a Sidecar: all that is exported', () => {
    expect(hosts([])).toEqual(['prod/web:80', 'shop/web:80+81']);
    expect(hosts([], 'prod/client')).toEqual(['prod/hidden:80', 'prod/web:80', 'shop/web:80+81']);
    expect(hosts([], 'shop/edge')).toEqual(['prod/web:80', 'shop/web:80+81']);
  });

  test.each<[string, string[], string[]]>([
    ['of its own namespace', [egress('shop/s', '{hosts: [./*]}')], ['shop/web:80+81']],
    ['of another', [egress('shop/s', '{hosts: [prod/*]}')], ['prod/web:80']],
    ['nothing', [egress('shop/s', '{hosts: [~/*]}')], []],
    ['one port', [egress('shop/s', '{port: {number: 81, protocol: TCP, name: t}, hosts: [./*]}')], ['shop/web:81']],
    [
      'listeners together',
      [egress('shop/s', '{port: {number: 81, protocol: TCP, name: t}, hosts: [./*]}, {hosts: [prod/*]}')],
      ['prod/web:80', 'shop/web:81'],
    ],
    ['what is not exported stays hidden', [egress('shop/s', '{hosts: [prod/hidden.prod.svc.cluster.local]}')], []],
    [
      'and destinations of imported VirtualServices',
      [
        egress('shop/s', '{hosts: [./*]}'),
        resource(
          'VirtualService',
          'shop/v',
          '{hosts: [web.shop.svc.cluster.local], http: [{route: [{destination: {host: web.prod.svc.cluster.local}}]}]}',
        ),
      ],
      ['prod/web:80', 'shop/web:80+81'],
    ],
  ])('%s', (_, docs, expected) => {
    expect(hosts(docs)).toEqual(expected);
  });
});

describe('the Sidecar in force', () => {
  const selecting = (path: string, app: string) =>
    sidecar(path, `workloadSelector: {labels: {app: ${app}}}, egress: [{hosts: [./*]}]`);
  const plain = (path: string) => egress(path, '{hosts: [./*]}');
  const chosen = (docs: readonly string[], client?: string) => {
    const { sidecar: found } = scopeFor(docs, client);
    return found && `${found.namespace}/${found.name}`;
  };

  test.each<[string, string[], string | undefined]>([
    ['none', [], undefined],
    ['of the namespace', [plain('shop/s')], 'shop/s'],
    ['of the root namespace', [plain('istio-system/s')], 'istio-system/s'],
    ['own before root', [plain('istio-system/s'), plain('shop/s')], 'shop/s'],
    ['the one that selects', [plain('shop/s'), selecting('shop/t', 'client')], 'shop/t'],
    ['none that selects others', [plain('shop/s'), selecting('shop/t', 'other')], 'shop/s'],
    ['the older of two', [selecting('shop/z', 'client'), selecting('shop/a', 'client')], 'shop/z'],
    ['a selecting one in the root namespace is for that namespace', [selecting('istio-system/t', 'client')], undefined],
    ['of another namespace', [plain('prod/s')], undefined],
  ])('%s', (_, docs, expected) => {
    expect(chosen(docs)).toBe(expected);
  });

  test('gateways have none', () => {
    expect(chosen([plain('shop/s')], 'shop/edge')).toBeUndefined();
  });
});

describe('unknown destinations', () => {
  const policy = (...docs: string[]) => scopeFor(docs).outboundTrafficPolicy;
  test.each<[string, string[], string]>([
    ['the default', [], 'ALLOW_ANY'],
    ['of the mesh', [meshConfig('outboundTrafficPolicy: {mode: REGISTRY_ONLY}')], 'REGISTRY_ONLY'],
    [
      'a Sidecar goes over it',
      [
        meshConfig('outboundTrafficPolicy: {mode: REGISTRY_ONLY}'),
        sidecar('shop/s', 'outboundTrafficPolicy: {mode: ALLOW_ANY}'),
      ],
      'ALLOW_ANY',
    ],
    ['without a mode', [sidecar('shop/s', 'outboundTrafficPolicy: {}')], 'REGISTRY_ONLY'],
    [
      'a Sidecar that says nothing',
      [meshConfig('outboundTrafficPolicy: {mode: REGISTRY_ONLY}'), egress('shop/s', '{hosts: [./*]}')],
      'REGISTRY_ONLY',
    ],
  ])('%s', (_, docs, expected) => {
    expect(policy(...docs).mode).toBe(expected);
  });

  test('its origin is where it was written', () => {
    expect(policy().origins).toEqual([]);
    expect(policy(sidecar('shop/s', 'outboundTrafficPolicy: {}')).origins).toMatchObject([
      { path: ['spec', 'outboundTrafficPolicy'] },
    ]);
  });
});

describe('two services of one host', () => {
  const entry = (path: string, more = '') =>
    resource(
      'ServiceEntry',
      path,
      `{hosts: [api.example], ports: [{number: 80, name: http, protocol: HTTP}], resolution: DNS${more}}`,
    );
  const chosen = (docs: readonly string[], client?: string) =>
    scopeFor(docs, client)
      .services.filter(({ hostname }) => hostname === 'api.example')
      .map(({ namespace: ns }) => ns);

  test.each<[string, string[], string]>([
    ['the own namespace first', [entry('prod/e'), entry('shop/e')], 'shop'],
    ['else the oldest', [entry('ops/e'), entry('prod/e')], 'ops'],
    ['exported by name before public', [entry('ops/e'), entry('prod/e', ', exportTo: [shop]')], 'prod'],
  ])('%s', (_, docs, expected) => {
    expect(chosen(docs)).toEqual([expected]);
  });

  test('ports of ServiceEntries that are alike are joined', () => {
    const second = resource(
      'ServiceEntry',
      'shop/f',
      '{hosts: [api.example], ports: [{number: 81, name: http2, protocol: HTTP}], resolution: DNS}',
    );
    const { services } = scopeFor([entry('shop/e'), second]);
    expect(services.find(({ hostname }) => hostname === 'api.example')?.ports.map(({ number }) => number)).toEqual([
      80, 81,
    ]);
  });
});

test('the routes of a port follow the first listener that owns it', () => {
  const docs = [egress('shop/s', '{port: {number: 80, protocol: HTTP, name: h}, hosts: [prod/*]}, {hosts: [./*]}')];
  const names = (port: number) => scopeOfPort(scopeFor(docs), port).services.map(({ namespace: ns }) => ns);
  expect(names(80)).toEqual(['prod']);
  expect(names(81)).toEqual(['shop']);
  const onlyPort = egress('shop/s', '{port: {number: 80, protocol: HTTP, name: h}, hosts: [prod/*]}');
  expect(scopeOfPort(scopeFor([onlyPort]), 81).services).toEqual([]);
});

test('proxies of one namespace share what they know', () => {
  const { mesh } = meshOf(documents(...BASE));
  expect(scopeOf(mesh, 'shop/client').services).toBe(scopeOf(mesh, 'shop/other').services);
  expect(scopeOf(mesh, 'shop/client').services).not.toBe(scopeOf(mesh, 'prod/client').services);
});
