/** Servers on one port: which share it, which are dropped, which table each reads. */
import { describe, expect, it } from 'vitest';
import { meshOf } from '../../testing/meshOf.ts';
import { scopeOf } from '../../testing/scopeOf.ts';
import { allGateways } from './allGateways.ts';
import { gatewaysFor, resolveNamespaces } from './gatewayInForce.ts';
import { mergeGateways } from './mergeGateways.ts';

const BASE = `
apiVersion: apps/v1
kind: Deployment
metadata: {name: ingress, namespace: istio-system}
spec:
  selector: {matchLabels: {istio: ingressgateway}}
  template:
    metadata: {labels: {istio: ingressgateway, app: gw}, annotations: {inject.istio.io/templates: gateway}}
    spec: {containers: [{name: istio-proxy, image: auto}]}
---
apiVersion: v1
kind: Service
metadata: {name: ingress, namespace: istio-system}
spec: {type: LoadBalancer, selector: {istio: ingressgateway}, ports: [{name: http, port: 80, targetPort: 8080}, {name: https, port: 443, targetPort: 8443}]}
---
`;

interface ServerText {
  readonly port?: number;
  readonly protocol?: string;
  readonly name?: string;
  readonly hosts?: readonly string[];
  readonly tls?: string;
  readonly bind?: string;
}

const gateway = (
  name: string,
  servers: readonly ServerText[],
  selector = '{istio: ingressgateway}',
  namespace = 'shop',
) => `
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: ${name}, namespace: ${namespace}}
spec:
  selector: ${selector}
  servers:
${servers
  .map(
    (server, index) => `
  - port: {number: ${server.port ?? 443}, name: ${server.name ?? `p${index}`}, protocol: ${server.protocol ?? 'HTTPS'}}
    hosts: ${JSON.stringify(server.hosts ?? ['a.example.com'])}
    ${server.bind ? `bind: ${server.bind}` : ''}
    ${server.tls === undefined ? '' : `tls: ${server.tls}`}`,
  )
  .join('')}
---
`;
const SIMPLE = '{mode: SIMPLE, credentialName: c}';
const PASSTHROUGH = '{mode: PASSTHROUGH}';

function merged(yaml: string) {
  const { mesh } = meshOf(BASE + yaml);
  const { workload } = scopeOf(mesh, 'istio-system/ingress');
  return mergeGateways(gatewaysFor(workload, allGateways(mesh), mesh));
}
const portsOf = (yaml: string) =>
  merged(yaml).ports.map(({ number, bind, servers }) => [number, bind, servers.map(({ server }) => server.hosts[0])]);
const skippedOf = (yaml: string) => merged(yaml).skipped.map(({ server, reason }) => [server.gateway, reason]);

describe('selection', () => {
  it.each([
    ['a subset of the pod`s labels', '{istio: ingressgateway}', 1],
    ['all of them', '{istio: ingressgateway, app: gw}', 1],
    ['one wrong', '{istio: ingressgateway, app: other}', 0],
    ['a key the pod lacks', '{tier: edge}', 0],
  ])('%s', (_, selector, count) => {
    expect(merged(gateway('g', [{ tls: SIMPLE }], selector)).ports).toHaveLength(count);
  });
});

describe('the port that is really listened on', () => {
  it.each([
    ['a Service port`s target', 443, 8443],
    ['a number no Service has, as it is', 9443, 9443],
    ['a target port that is no Service port, as it is', 8443, 8443],
  ])('%s', (_, port, expected) => {
    expect(merged(gateway('g', [{ port, tls: SIMPLE }])).ports[0]?.number).toBe(expected);
  });
});

describe('two servers on one port', () => {
  const http = (hosts: readonly string[]): ServerText => ({ port: 80, protocol: 'HTTP', hosts });
  it('plain HTTP servers share one table', () => {
    const yaml = gateway('g', [http(['a.com'])]) + gateway('h', [http(['b.com'])]);
    expect(portsOf(yaml)).toEqual([[8080, '', ['a.com', 'b.com']]]);
    expect([...merged(yaml).serversByTable.keys()]).toEqual(['http.8080']);
  });
  it('HTTPS servers have a table each', () => {
    const yaml = gateway('g', [
      { name: 'x', tls: SIMPLE },
      { name: 'z', hosts: ['b.com'], tls: SIMPLE },
    ]);
    expect([...merged(yaml).serversByTable.keys()]).toEqual(['https.443.x.g.shop', 'https.443.z.g.shop']);
  });
  it('a shared host drops the whole younger server', () => {
    const yaml =
      gateway('old', [{ hosts: ['a.com'], tls: SIMPLE }]) +
      gateway('young', [{ hosts: ['b.com', 'a.com'], tls: SIMPLE }]);
    expect(skippedOf(yaml)).toEqual([['shop/young', 'duplicate-host']]);
  });
  it('the same host under two namespaces passes unnoticed', () => {
    const yaml =
      gateway('g', [{ hosts: ['a/x.com'], tls: SIMPLE }]) + gateway('h', [{ hosts: ['b/x.com'], tls: SIMPLE }]);
    expect(skippedOf(yaml)).toEqual([]);
  });
  it('the same host on another address is no conflict', () => {
    const yaml = gateway('g', [{ tls: SIMPLE, bind: '10.0.0.1' }]) + gateway('h', [{ tls: SIMPLE, bind: '10.0.0.2' }]);
    expect(portsOf(yaml)).toHaveLength(2);
  });
  it.each([
    ['TCP after HTTP', http(['*']), { port: 80, protocol: 'TCP', hosts: ['*'] }, 'protocol-conflict'],
    ['HTTPS after HTTP', http(['*']), { port: 80, hosts: ['*'], tls: SIMPLE }, 'protocol-conflict'],
    ['HTTP after TCP', { port: 80, protocol: 'TCP', hosts: ['*'] }, http(['*']), 'protocol-conflict'],
    [
      'TCP after TCP',
      { port: 80, protocol: 'TCP', hosts: ['*'] },
      { port: 80, protocol: 'TCP', hosts: ['*'] },
      'protocol-conflict',
    ],
  ])('%s is dropped', (_, first, second, reason) => {
    expect(skippedOf(gateway('a', [first]) + gateway('b', [second]))).toEqual([['shop/b', reason]]);
  });
  it('HTTP after HTTPS is a chain of its own on the port', () => {
    const yaml = gateway('a', [{ tls: SIMPLE }]) + gateway('b', [{ port: 443, protocol: 'HTTP', hosts: ['*'] }]);
    expect(portsOf(yaml)).toEqual([
      [8443, '', ['a.example.com']],
      [8443, '', ['*']],
    ]);
  });
  it('PASSTHROUGH and termination stand side by side', () => {
    const yaml = gateway('a', [{ tls: SIMPLE }, { protocol: 'TLS', hosts: ['b.com'], tls: PASSTHROUGH }]);
    expect(skippedOf(yaml)).toEqual([]);
    expect(portsOf(yaml)).toHaveLength(2);
  });
});

describe('hosts with a namespace', () => {
  it.each([
    [['./a.com'], ['shop/a.com']],
    [['*/a.com'], ['a.com']],
    [['ns/a.com'], ['ns/a.com']],
    [['a.com', '*/*'], ['*']],
  ])('%j', (hosts, expected) => expect(resolveNamespaces(hosts, 'shop')).toEqual(expected));
});
