/** Route tables of a sidecar: which Host reaches which routes, and where they lead. */
import { describe, expect, it } from 'vitest';
import { meshOf } from '../../testing/meshOf.ts';
import { scopeOf } from '../../testing/scopeOf.ts';
import type { RouteConfiguration } from '../envoy/http.ts';
import { sidecarRouteConfiguration } from './sidecarRoutes.ts';

const BASE = `
apiVersion: v1
kind: Namespace
metadata: {name: shop, labels: {istio-injection: enabled}}
---
apiVersion: v1
kind: Namespace
metadata: {name: ops, labels: {istio-injection: enabled}}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: client, namespace: shop}
spec:
  selector: {matchLabels: {app: client}}
  template: {metadata: {labels: {app: client}}, spec: {containers: [{name: app, image: x}]}}
---
apiVersion: v1
kind: Service
metadata: {name: web, namespace: shop}
spec: {clusterIP: 10.96.0.1, selector: {app: web}, ports: [{name: http, port: 80, targetPort: 8080}, {name: auto, port: 9000}]}
---
apiVersion: v1
kind: Service
metadata: {name: db, namespace: shop}
spec: {clusterIP: 10.96.0.2, selector: {app: db}, ports: [{name: tcp, port: 80}]}
---
apiVersion: v1
kind: Service
metadata: {name: stats, namespace: ops}
spec: {clusterIP: None, selector: {app: stats}, ports: [{name: http, port: 80}]}
---
`;

const tableOf = (yaml: string, name = '80'): RouteConfiguration =>
  sidecarRouteConfiguration(scopeOf(meshOf(BASE + yaml).mesh, 'shop/client'), name);

const virtualService = (name: string, spec: string, age = '2026-01-01T00:00:00Z') => `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: ${name}, namespace: shop, creationTimestamp: "${age}"}
spec: ${spec}
---
`;

/** Cluster of the first route of the virtual host that has the domain. */
const clusterFor = (table: RouteConfiguration, domain: string): string | undefined => {
  const action = table.virtualHosts.find(({ domains }) => domains.includes(domain))?.routes[0]?.action;
  return action?.kind === 'forward' ? action.clusters[0]?.name : undefined;
};

describe('domains of a service', () => {
  const table = tableOf('');
  it.each([
    ['web.shop.svc.cluster.local', 'outbound|80||web.shop.svc.cluster.local'],
    ['web.shop.svc.cluster.local.', 'outbound|80||web.shop.svc.cluster.local'],
    ['web.shop.svc', 'outbound|80||web.shop.svc.cluster.local'],
    ['web.shop', 'outbound|80||web.shop.svc.cluster.local'],
    ['web', 'outbound|80||web.shop.svc.cluster.local'],
    ['10.96.0.1', 'outbound|80||web.shop.svc.cluster.local'],
    ['stats.ops', 'outbound|80||stats.ops.svc.cluster.local'],
    ['*.stats.ops', 'outbound|80||stats.ops.svc.cluster.local'],
    ['stats', undefined],
    ['db', undefined],
    ['*', 'PassthroughCluster'],
  ])('%s -> %s', (domain, cluster) => expect(clusterFor(table, domain)).toBe(cluster));

  it('has default routes with the names that logs show', () => {
    const web = table.virtualHosts.find(({ name }) => name === 'web.shop.svc.cluster.local:80');
    expect(web?.routes).toMatchObject([
      {
        name: 'default',
        decorator: 'web.shop.svc.cluster.local:80/*',
        action: { timeoutMs: 0, retry: { attempts: 2 } },
      },
    ]);
  });
});

describe('a port whose protocol is detected', () => {
  it('has one virtual host for every Host and no catch-all', () => {
    const table = tableOf('', 'web.shop.svc.cluster.local:9000');
    expect(table.virtualHosts.map(({ name, domains }) => [name, domains])).toEqual([
      ['web.shop.svc.cluster.local:9000', ['*']],
    ]);
  });
});

describe('the catch-all', () => {
  it.each([
    ['ALLOW_ANY', { name: 'allow_any', routes: [{ action: { kind: 'forward' } }] }],
    [
      'REGISTRY_ONLY',
      { name: 'block_all', routes: [{ name: 'block_all', action: { kind: 'direct-response', status: 502 } }] },
    ],
  ] as const)('%s', (mode, expected) => {
    const scope = scopeOf(meshOf(BASE).mesh, 'shop/client', { outboundTrafficPolicy: { mode, origins: [] } });
    expect(sidecarRouteConfiguration(scope, '80').virtualHosts.at(-1)).toMatchObject(expected);
  });
});

describe('a VirtualService', () => {
  it('takes the place of the service`s own route, under all its names', () => {
    const table = tableOf(
      virtualService('a', '{hosts: [web], http: [{route: [{destination: {host: stats.ops.svc.cluster.local}}]}]}'),
    );
    expect(clusterFor(table, 'web.shop')).toBe('outbound|80||stats.ops.svc.cluster.local');
    expect(table.virtualHosts.filter(({ domains }) => domains.includes('web'))).toHaveLength(1);
  });
  it('of two for one host the older owns it alone', () => {
    const table = tableOf(
      virtualService(
        'young',
        '{hosts: [web], http: [{match: [{uri: {prefix: /y}}], route: [{destination: {host: y}}]}]}',
        '2026-02-01T00:00:00Z',
      ) +
        virtualService(
          'old',
          '{hosts: [web], http: [{match: [{uri: {prefix: /o}}], route: [{destination: {host: o}}]}]}',
        ),
    );
    const routes = table.virtualHosts.find(({ domains }) => domains.includes('web'))?.routes;
    expect(routes?.map(({ match }) => match.path)).toEqual([{ kind: 'prefix', value: '/o', caseSensitive: true }]);
  });
  it('whose rules are all dropped leaves the service`s own route', () => {
    const table = tableOf(
      virtualService(
        'a',
        '{hosts: [web], http: [{match: [{sourceLabels: {app: other}}], route: [{destination: {host: o}}]}]}',
      ),
    );
    expect(clusterFor(table, 'web')).toBe('outbound|80||web.shop.svc.cluster.local');
  });
  it('bound to a gateway only says nothing to sidecars', () => {
    const table = tableOf(
      virtualService('a', '{hosts: [web], gateways: [gw], http: [{route: [{destination: {host: o}}]}]}'),
    );
    expect(clusterFor(table, 'web')).toBe('outbound|80||web.shop.svc.cluster.local');
  });
  it('for a host that is no service counts on port 80 only', () => {
    const yaml = virtualService(
      'a',
      '{hosts: [example.org], http: [{route: [{destination: {host: web, port: {number: 80}}}]}]}',
    );
    expect(clusterFor(tableOf(yaml), 'example.org')).toBe('outbound|80||web.shop.svc.cluster.local');
    expect(clusterFor(tableOf(yaml, '9000'), 'example.org')).toBeUndefined();
  });
  it('with a wildcard claims the services that no other names more exactly', () => {
    const table = tableOf(
      virtualService('wide', '{hosts: ["*.svc.cluster.local"], http: [{route: [{destination: {host: wide}}]}]}') +
        virtualService(
          'exact',
          '{hosts: [web], http: [{route: [{destination: {host: exact}}]}]}',
          '2026-03-01T00:00:00Z',
        ),
    );
    expect(clusterFor(table, 'web')).toBe('outbound|80||exact.shop.svc.cluster.local');
    expect(clusterFor(table, 'stats.ops')).toBe('outbound|80||wide.shop.svc.cluster.local');
  });
  it('a destination without port goes to the port that was dialled', () => {
    const yaml = virtualService('a', '{hosts: [web], http: [{route: [{destination: {host: db}}]}]}');
    expect(clusterFor(tableOf(yaml, '9000'), 'web')).toBe('outbound|9000||db.shop.svc.cluster.local');
  });
  it('with a redirect code that Envoy does not have empties the whole table', () => {
    const table = tableOf(virtualService('a', '{hosts: [web], http: [{redirect: {uri: /b, redirectCode: 305}}]}'));
    expect(table.virtualHosts).toEqual([]);
    expect(table.nack).toContain('caused by field: "action", reason: is required');
  });
});
