/** Rules of a VirtualService -> Envoy routes: conditions, actions, names. */
import { describe, expect, it } from 'vitest';
import type { MeshService } from '../../mesh/types.ts';
import type { HttpMatchRequest } from '../../resources/kinds/virtualService.ts';
import { meshOf } from '../../testing/meshOf.ts';
import { scopeOf } from '../../testing/scopeOf.ts';
import type { Route } from '../envoy/http.ts';
import { translateMatch } from './routeMatch.ts';
import { virtualServiceRoutes } from './virtualServiceRoutes.ts';
import { mergeDelegates } from './virtualServices.ts';

const BASE = `
apiVersion: v1
kind: Namespace
metadata: {name: shop, labels: {istio-injection: enabled}}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: client, namespace: shop}
spec:
  selector: {matchLabels: {app: client}}
  template: {metadata: {labels: {app: client, tier: front}}, spec: {containers: [{name: app, image: x}]}}
---
apiVersion: v1
kind: Service
metadata: {name: one, namespace: shop}
spec: {ports: [{name: http, port: 8000}]}
---
apiVersion: v1
kind: Service
metadata: {name: two, namespace: shop}
spec: {ports: [{name: http, port: 8000}, {name: http-b, port: 8001}]}
---
`;

function routesOf(http: string, context: { gateway?: string; port?: number; tls?: boolean } = {}): Route[] {
  const { mesh } = meshOf(`${BASE}
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: vs, namespace: shop}
spec: {hosts: [one], gateways: [mesh, edge/gw], http: ${http}}
`);
  const [virtualService] = mergeDelegates(mesh);
  if (!virtualService) throw new Error('rejected');
  return virtualServiceRoutes(virtualService, {
    workload: scopeOf(mesh, 'shop/client').workload,
    gatewayName: context.gateway ?? 'mesh',
    listenerPort: context.port ?? 80,
    tls: context.tls ?? false,
    lookupService: (host) => mesh.serviceByHostname.get(host as MeshService['hostname'])?.[0],
    defaultRetries: mesh.config.defaultHttpRetryPolicy,
  });
}

const TO_ONE = 'route: [{destination: {host: one}}]';

describe('conditions known beforehand', () => {
  it.each([
    ['own labels', 'sourceLabels: {tier: front}', {}, 1],
    ['other labels', 'sourceLabels: {tier: back}', {}, 0],
    ['own namespace', 'sourceNamespace: shop', {}, 1],
    ['other namespace', 'sourceNamespace: ops', {}, 0],
    ['this port', 'port: 80', {}, 1],
    ['another port', 'port: 81', {}, 0],
    ['this gateway', 'gateways: [mesh]', {}, 1],
    ['another gateway', 'gateways: [edge/gw]', {}, 0],
    ['gateways make the namespace void', 'gateways: [mesh], sourceNamespace: ops', {}, 1],
    ['the gateway asked for', 'gateways: [edge/gw]', { gateway: 'edge/gw' }, 1],
  ])('%s', (_, match, context, count) => {
    expect(routesOf(`[{match: [{uri: {prefix: /a}, ${match}}], ${TO_ONE}}]`, context)).toHaveLength(count);
  });
});

describe('order', () => {
  it('each entry of match is a route; a catch-all ends the list', () => {
    const routes = routesOf(
      `[{match: [{uri: {exact: /a}}, {uri: {prefix: /}}], ${TO_ONE}}, {match: [{uri: {exact: /b}}], ${TO_ONE}}]`,
    );
    expect(routes.map(({ match }) => match.path.value)).toEqual(['/a', '/']);
  });
  it('a rule without conditions ends the list', () => {
    expect(routesOf(`[{${TO_ONE}}, {match: [{uri: {exact: /b}}], ${TO_ONE}}]`)).toHaveLength(1);
  });
  it('points to the entry that made it', () => {
    const [, second] = routesOf(`[{match: [{uri: {exact: /a}}, {uri: {exact: /b}}], ${TO_ONE}}]`);
    expect(second?.origins[0]?.path).toEqual(['spec', 'http', 0, 'match', 1]);
  });
});

describe('route names', () => {
  it.each([
    ['none', '{', 'match: [{uri: {prefix: /a}}]', undefined],
    ['of the rule', '{name: r, ', 'match: [{uri: {prefix: /a}}]', 'r'],
    ['of rule and entry', '{name: r, ', 'match: [{name: m, uri: {prefix: /a}}]', 'r.m'],
    ['of the entry alone', '{', 'match: [{name: m, uri: {prefix: /a}}]', '.m'],
  ])('%s', (_, head, match, name) => expect(routesOf(`[${head}${match}, ${TO_ONE}}]`)[0]?.name).toBe(name));
});

describe('conditions on the request', () => {
  const matchOf = (match: HttpMatchRequest) => translateMatch(match, 'istio');
  it.each([
    [{ uri: { prefix: '/A' }, ignoreUriCase: true }, { path: { kind: 'prefix', value: '/A', caseSensitive: false } }],
    [{ uri: { regex: '/v[0-9]' } }, { path: { kind: 'regex', value: '/v[0-9]' } }],
    [
      { headers: { 'X-A': { exact: '1' } } },
      { headers: [{ name: 'x-a', match: { kind: 'exact', value: '1' }, invert: false }] },
    ],
    [{ headers: { 'x-a': {} } }, { headers: [{ name: 'x-a', match: 'present' }] }],
    [{ headers: { 'x-a': { regex: '*' } } }, { headers: [{ name: 'x-a', match: 'present' }] }],
    [
      { withoutHeaders: { 'x-a': { exact: '1' } } },
      { headers: [{ name: 'x-a', invert: true, treatMissingAsEmpty: true }] },
    ],
    [
      { withoutHeaders: { 'x-a': {} } },
      { headers: [{ name: 'x-a', match: 'present', invert: true, treatMissingAsEmpty: false }] },
    ],
    [{ method: { exact: 'POST' } }, { headers: [{ name: ':method', match: { value: 'POST' } }] }],
    [{ authority: { prefix: 'a' } }, { headers: [{ name: ':authority', match: { kind: 'prefix', value: 'a' } }] }],
    [{ queryParams: { q: { exact: '' } } }, { queryParams: [{ name: 'q', match: { kind: 'exact', value: '' } }] }],
    [
      { headers: { '@request.auth.claims.a.b': { exact: 'x' } } },
      { headers: [], claims: [{ path: ['a', 'b'], invert: false }] },
    ],
    [{ headers: { '@request.auth.claims[a.b][c]': { exact: 'x' } } }, { claims: [{ path: ['a.b', 'c'] }] }],
    [{ withoutHeaders: { '@request.auth.claims.a': { exact: 'x' } } }, { claims: [{ path: ['a'], invert: true }] }],
  ])('%j', (match, expected) => expect(matchOf(match)).toMatchObject(expected));
});

describe('destinations', () => {
  const clustersOf = (route: string, port?: number) => {
    const action = routesOf(`[{route: ${route}}]`, port === undefined ? {} : { port })[0]?.action;
    return action?.kind === 'forward' ? action.clusters.map(({ name, weight }) => [name, weight]) : undefined;
  };
  it.each([
    [
      'the only port of a service',
      '[{destination: {host: one}}]',
      80,
      [['outbound|8000||one.shop.svc.cluster.local', 1]],
    ],
    [
      'the port that is listened on',
      '[{destination: {host: two}}]',
      80,
      [['outbound|80||two.shop.svc.cluster.local', 1]],
    ],
    [
      'the port given',
      '[{destination: {host: two, port: {number: 8001}}}]',
      80,
      [['outbound|8001||two.shop.svc.cluster.local', 1]],
    ],
    ['a subset', '[{destination: {host: one, subset: v1}}]', 80, [['outbound|8000|v1|one.shop.svc.cluster.local', 1]]],
    ['a host with a dot as it stands', '[{destination: {host: one.shop}}]', 80, [['outbound|80||one.shop', 1]]],
    [
      'by weight, without those of weight 0',
      '[{destination: {host: one}, weight: 90}, {destination: {host: two}, weight: 10}, {destination: {host: x}, weight: 0}]',
      80,
      [
        ['outbound|8000||one.shop.svc.cluster.local', 90],
        ['outbound|80||two.shop.svc.cluster.local', 10],
      ],
    ],
  ])('%s', (_, route, port, expected) => expect(clustersOf(route, port)).toEqual(expected));
});

describe('actions', () => {
  const actionOf = (rule: string, context = {}) =>
    routesOf(`[{match: [{uri: {prefix: /a}}], ${rule}}]`, context)[0]?.action;
  it.each([
    [
      'no time-out, two retries',
      TO_ONE,
      {},
      { kind: 'forward', timeoutMs: 0, clusterNotFoundStatus: 503, retry: { attempts: 2 } },
    ],
    ['time-out', `timeout: 1.5s, ${TO_ONE}`, {}, { timeoutMs: 1500 }],
    [
      'retries by condition and code',
      `retries: {attempts: 3, perTryTimeout: 2s, retryOn: "5xx,503"}, ${TO_ONE}`,
      {},
      {
        retry: {
          attempts: 3,
          perTryTimeoutMs: 2000,
          retryOn: ['5xx', 'retriable-status-codes'],
          retriableStatusCodes: [503],
        },
      },
    ],
    ['path rewrite', `rewrite: {uri: /b}, ${TO_ONE}`, {}, { rewrite: { kind: 'prefix', value: '/b' } }],
    [
      'rewrite by expression',
      `rewrite: {uriRegexRewrite: {match: "/a/(.*)", rewrite: "/\\\\1"}}, ${TO_ONE}`,
      {},
      { rewrite: { kind: 'regex', pattern: '/a/(.*)', substitution: '/\\1' } },
    ],
    ['authority rewrite', `rewrite: {authority: b.example.com}, ${TO_ONE}`, {}, { hostRewrite: 'b.example.com' }],
    [
      'Host as a header',
      `headers: {request: {set: {Host: c.example.com}}}, ${TO_ONE}`,
      {},
      { hostRewrite: 'c.example.com' },
    ],
    [
      'mirror',
      `mirror: {host: two, port: {number: 8001}}, mirrorPercentage: {value: 5}, ${TO_ONE}`,
      {},
      { mirrors: [{ percent: 5 }] },
    ],
    ['no mirror at 0 %', `mirror: {host: two}, mirrorPercentage: {value: 0}, ${TO_ONE}`, {}, { mirrors: [] }],
    ['redirect', 'redirect: {uri: /b}', {}, { kind: 'redirect', code: 301, path: '/b' }],
    [
      'redirect with port',
      'redirect: {authority: x, port: 8443, redirectCode: 308}',
      {},
      { code: 308, host: 'x', port: 8443 },
    ],
    ['redirect to the port dialled', 'redirect: {derivePort: FROM_REQUEST_PORT}', { port: 8000 }, { port: 8000 }],
    [
      'direct response',
      'directResponse: {status: 503, body: {string: later}}',
      {},
      { kind: 'direct-response', status: 503, body: 'later' },
    ],
    ['direct response in bytes', 'directResponse: {status: 200, body: {bytes: aGk=}}', {}, { body: 'hi' }],
  ])('%s', (_, rule, context, expected) => expect(actionOf(rule, context)).toMatchObject(expected));

  it.each([
    [80, false],
    [443, true],
  ])('a redirect names no default port (%d)', (port, tls) => {
    const action = actionOf('redirect: {derivePort: FROM_REQUEST_PORT}', { port, tls });
    expect(action).not.toHaveProperty('port');
  });
  it('attempts: 0 switches retries off', () => {
    expect(actionOf(`retries: {attempts: 0}, ${TO_ONE}`)).not.toHaveProperty('retry');
  });
  it('headers of the only destination join those of the rule', () => {
    const [route] = routesOf(
      `[{headers: {request: {set: {b: "2", a: "1"}, remove: [x]}}, route: [{destination: {host: one}, headers: {request: {add: {c: "3"}}}}]}]`,
    );
    expect(route?.requestHeaders).toEqual({
      set: [
        ['a', '1'],
        ['b', '2'],
      ],
      add: [['c', '3']],
      remove: ['x'],
    });
  });
  it.each([
    ['fixed delay', 'delay: {fixedDelay: 2s, percentage: {value: 50}}', { delay: { percent: 50, ms: 2000 } }],
    ['abort without percentage never fires', 'abort: {httpStatus: 500}', { abort: { percent: 0, httpStatus: 500 } }],
    ['abort', 'abort: {httpStatus: 500, percentage: {value: 0.1}}', { abort: { percent: 0.1, httpStatus: 500 } }],
  ])('fault: %s', (_, fault, expected) => {
    expect(routesOf(`[{fault: {${fault}}, ${TO_ONE}}]`)[0]?.fault).toMatchObject(expected);
  });
});

describe('operation that traces show', () => {
  it.each([
    [`{match: [{uri: {prefix: /a}}], ${TO_ONE}}`, 'one.shop.svc.cluster.local:8000/a*'],
    [`{match: [{uri: {exact: /a}}], ${TO_ONE}}`, 'one.shop.svc.cluster.local:8000/a'],
    ['{redirect: {uri: /b}}', 'vs:80/*'],
  ])('%s', (rule, operation) => expect(routesOf(`[${rule}]`)[0]?.decorator).toBe(operation));
});
