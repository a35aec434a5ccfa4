/** The whole configuration of a proxy, and what makes all of it unknowable. */
import { describe, expect, test } from 'vitest';
import { deployment, documents, meshConfig, namespace, resource, service } from '../testing/documents.ts';
import { meshOf } from '../testing/meshOf.ts';
import { workloadOf } from '../testing/scopeOf.ts';
import { buildProxyConfig } from './buildProxyConfig.ts';
import type { WorkloadIdentity } from './secrets/index.ts';

const NOBODY: WorkloadIdentity = { kind: 'none', why: { code: 'test', params: {} }, origins: [] };

const build = (docs: readonly string[], path = 'shop/web') => {
  const { mesh } = meshOf(documents(namespace('shop'), ...docs));
  return buildProxyConfig(mesh, workloadOf(mesh, path), NOBODY);
};

test('a workload without a proxy has none', () => {
  expect(build([deployment('shop/web', { labels: { 'sidecar.istio.io/inject': 'false' } })])).toBeUndefined();
});

test('a sidecar: listeners, the route tables they name, clusters', () => {
  const config =
    build([deployment('shop/web'), service('shop/web', '[{name: http, port: 80}]')]) ?? expect.fail('no configuration');
  expect(config.type).toBe('sidecar');
  expect(config.listeners.map(({ name }) => name)).toEqual(['0.0.0.0_80', 'virtualOutbound', 'virtualInbound']);
  expect([...config.routes.keys()]).toEqual(['80']);
  expect(config.clusters.has('outbound|80||web.shop.svc.cluster.local')).toBe(true);
  expect([config.taints, config.nacks]).toEqual([[], []]);
});

test('a gateway listens where a Gateway says so', () => {
  const docs = [
    deployment('shop/web', { annotations: { 'inject.istio.io/templates': 'gateway' } }),
    service('shop/web', '[{name: http, port: 80, targetPort: 8080}]'),
    resource(
      'Gateway',
      'shop/g',
      '{selector: {app: web}, servers: [{port: {number: 80, name: http, protocol: HTTP}, hosts: ["*"]}]}',
    ),
  ];
  expect(build(docs)).toMatchObject({ type: 'gateway', listeners: [{ port: 8080 }] });
});

describe('taints', () => {
  const codes = (...docs: string[]) =>
    build([...docs, deployment('shop/web')])?.taints.map(({ code, params }) => [
      code,
      params['field'] ?? params['kind'],
    ]);
  const proxy = (text: string) => meshConfig(`{defaultConfig: {${text}}}`);
  test.each<[string, string[], unknown[]]>([
    [
      'patches',
      [
        resource(
          'EnvoyFilter',
          'shop/f',
          '{configPatches: [{applyTo: CLUSTER, patch: {operation: MERGE, value: {}}}]}',
        ),
      ],
      [['unmodelled-kind', 'EnvoyFilter']],
    ],
    ['another bootstrap', [proxy('runtimeValues: {a: b}')], [['unmodelled-field', 'proxyConfig.runtimeValues']]],
    ['another capture', [proxy('interceptionMode: TPROXY')], [['unmodelled-field', 'proxyConfig.interceptionMode']]],
    ['other ports of capture', [meshConfig('proxyListenPort: 16001')], [['unmodelled-field', 'proxyListenPort']]],
    ['the usual ones', [meshConfig('{proxyListenPort: 15001, proxyInboundListenPort: 15006}')], []],
    [
      'headers',
      [proxy('proxyHeaders: {preserveHttp1HeaderCase: true}')],
      [['unmodelled-field', 'proxyConfig.proxyHeaders.preserveHttp1HeaderCase']],
    ],
    ['the usual capture', [proxy('interceptionMode: REDIRECT')], []],
    [
      'the PROXY protocol',
      [proxy('gatewayTopology: {proxyProtocol: {}}')],
      [['unmodelled-field', 'proxyConfig.gatewayTopology.proxyProtocol']],
    ],
  ])('%s', (_, docs, expected) => {
    expect(codes(...docs)).toEqual(expected);
  });
});
