/** Gateway API: listeners, attachment, grants, rules, backends, BackendTLSPolicy. */
import { describe, expect, it } from 'vitest';
import { certificatePem } from '../../../pki/certificate.ts';
import { meshOf } from '../../../testing/meshOf.ts';
import { scopeOf } from '../../../testing/scopeOf.ts';
import { identity, TEST_CA } from '../../../testing/tlsParties.ts';
import { sidecarRouteConfiguration } from '../../routes/sidecarRoutes.ts';
import { specOf } from '../../routes/virtualServiceInForce.ts';
import { mergeDelegates } from '../../routes/virtualServices.ts';
import { buildGateway } from '../listeners.ts';

const SERVER = identity('shop.example.com');
const CA = certificatePem(TEST_CA.certificate);

const BASE = `
apiVersion: v1
kind: Namespace
metadata: {name: edge}
---
apiVersion: v1
kind: Namespace
metadata: {name: shop, labels: {team: a, istio-injection: enabled}}
---
apiVersion: v1
kind: Namespace
metadata: {name: blog, labels: {team: b}}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: ingress, namespace: edge}
spec:
  selector: {matchLabels: {istio: ingress}}
  template:
    metadata: {labels: {istio: ingress}, annotations: {inject.istio.io/templates: gateway}}
    spec: {containers: [{name: istio-proxy, image: auto}]}
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
metadata: {name: ingress, namespace: edge}
spec: {selector: {istio: ingress}, ports: [{name: http, port: 80, targetPort: 8080}, {name: https, port: 443, targetPort: 8443}]}
---
apiVersion: v1
kind: Service
metadata: {name: web, namespace: shop}
spec: {clusterIP: 10.96.0.1, selector: {app: web}, ports: [{name: http, port: 80}]}
---
apiVersion: v1
kind: Service
metadata: {name: api, namespace: shop}
spec: {clusterIP: 10.96.0.2, selector: {app: api}, ports: [{name: http, port: 80}]}
---
`;
const ADDRESS = 'addresses: [{type: Hostname, value: ingress.edge.svc.cluster.local}]';
const gateway = (listeners: string, options: { namespace?: string; spec?: string; address?: string } = {}) => `
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: gw, namespace: ${options.namespace ?? 'edge'}}
spec: {gatewayClassName: istio, ${options.address ?? ADDRESS}, ${options.spec ?? ''} listeners: [${listeners}]}
---
`;
const HTTP = 'name: http, port: 80, protocol: HTTP';
const ALL = 'allowedRoutes: {namespaces: {from: All}}';
const route = (
  rules: string,
  options: { name?: string; namespace?: string; hosts?: string; parent?: string; kind?: string } = {},
) => `
apiVersion: gateway.networking.k8s.io/v1
kind: ${options.kind ?? 'HTTPRoute'}
metadata: {name: ${options.name ?? 'route'}, namespace: ${options.namespace ?? 'shop'}}
spec:
  parentRefs: [${options.parent ?? '{name: gw, namespace: edge}'}]
  ${options.hosts === undefined ? '' : `hostnames: ${options.hosts}`}
  rules: [${rules}]
---
`;
const WEB = 'backendRefs: [{name: web, port: 80}]';
const grant = (from: string, to: string, namespace = 'shop') => `
apiVersion: gateway.networking.k8s.io/v1beta1
kind: ReferenceGrant
metadata: {name: g, namespace: ${namespace}}
spec: {from: [${from}], to: [${to}]}
---
`;

const meshFrom = (yaml: string) => meshOf(BASE + yaml).mesh;
const build = (yaml: string) => buildGateway(scopeOf(meshFrom(yaml), 'edge/ingress'));
const hostsOf = (yaml: string, table = 'http.8080') =>
  (build(yaml).routes.get(table)?.virtualHosts ?? []).flatMap(({ domains, routes }) =>
    routes.length > 0 ? domains : [],
  );

describe('a Gateway', () => {
  it.each([
    ['with an address in its Service`s namespace acts', gateway(`{${HTTP}}`), 1],
    ['elsewhere does not', gateway(`{${HTTP}}`, { namespace: 'shop' }), 0],
    [
      'with a short name means its own namespace',
      gateway(`{${HTTP}}`, { address: 'addresses: [{type: Hostname, value: ingress}]' }),
      1,
    ],
    ['on a port that no Service has', gateway('{name: http, port: 81, protocol: HTTP}'), 0],
    ['of another class', gateway(`{${HTTP}}`).replace('gatewayClassName: istio', 'gatewayClassName: other'), 0],
    ['with a protocol in lower case', gateway('{name: http, port: 80, protocol: http}'), 0],
    ['without tls on an HTTPS listener', gateway('{name: https, port: 443, protocol: HTTPS}'), 0],
  ])('%s', (_, yaml, count) => expect(build(yaml).listeners).toHaveLength(count));
  it('two listeners for one host: the first stays', () => {
    const { listeners } = build(gateway(`{${HTTP}}, {name: again, port: 80, protocol: HTTP}`));
    expect(listeners[0]?.origins).toEqual([
      { resource: 'gateway.networking.k8s.io/Gateway/edge/gw', path: ['spec', 'listeners', 0] },
    ]);
  });
});

describe('who may attach', () => {
  it.each([
    ['other namespaces by default not', `{${HTTP}}`, {}, []],
    ['all when allowed', `{${HTTP}, ${ALL}}`, {}, ['shop.com']],
    [
      'selected namespaces',
      `{${HTTP}, allowedRoutes: {namespaces: {from: Selector, selector: {matchLabels: {team: a}}}}}`,
      {},
      ['shop.com'],
    ],
    [
      'not the others',
      `{${HTTP}, allowedRoutes: {namespaces: {from: Selector, selector: {matchLabels: {team: b}}}}}`,
      {},
      [],
    ],
    [
      'by expression',
      `{${HTTP}, allowedRoutes: {namespaces: {from: Selector, selector: {matchExpressions: [{key: team, operator: NotIn, values: [b]}]}}}}`,
      {},
      ['shop.com'],
    ],
    [
      'by the name that every namespace carries',
      `{${HTTP}, allowedRoutes: {namespaces: {from: Selector, selector: {matchLabels: {kubernetes.io/metadata.name: shop}}}}}`,
      {},
      ['shop.com'],
    ],
    [
      'kinds that are not allowed',
      `{${HTTP}, allowedRoutes: {namespaces: {from: All}, kinds: [{kind: GRPCRoute}]}}`,
      {},
      [],
    ],
    [
      'a section that does not exist',
      `{${HTTP}, ${ALL}}`,
      { parent: '{name: gw, namespace: edge, sectionName: other}' },
      [],
    ],
    ['another port', `{${HTTP}, ${ALL}}`, { parent: '{name: gw, namespace: edge, port: 81}' }, []],
    ['a host outside the listener`s', `{${HTTP}, hostname: "*.org", ${ALL}}`, {}, []],
    [
      'a wildcard within the listener`s host',
      `{${HTTP}, hostname: a.shop.com, ${ALL}}`,
      { hosts: '["*.shop.com"]' },
      ['a.shop.com'],
    ],
    ['another Gateway', `{${HTTP}, ${ALL}}`, { parent: '{name: other, namespace: edge}' }, []],
  ])('%s', (_, listener, options, hosts) => {
    expect(hostsOf(gateway(listener) + route(`{${WEB}}`, { hosts: '[shop.com]', ...options }))).toEqual(hosts);
  });
  it('a more exact listener keeps its host from the wildcard`s routes', () => {
    const yaml =
      gateway(`{${HTTP}, hostname: "*.com", ${ALL}}, {name: own, port: 80, protocol: HTTP, hostname: a.com, ${ALL}}`) +
      route(`{${WEB}}`, { hosts: '[a.com, b.com]', parent: '{name: gw, namespace: edge, sectionName: http}' });
    expect(hostsOf(yaml)).toEqual(['b.com']);
  });
});

describe('certificates of a listener', () => {
  const secret = (namespace: string, keys: Record<string, string>, name = 'cert') =>
    `${JSON.stringify({ apiVersion: 'v1', kind: 'Secret', metadata: { name, namespace }, stringData: keys })}\n---\n`;
  const pair = { 'tls.crt': SERVER.certificatePem, 'tls.key': SERVER.keyPem };
  const https = (references: string, rest = '') =>
    gateway(`{name: https, port: 443, protocol: HTTPS, tls: {certificateRefs: ${references}${rest}}}`);
  const tlsOf = (yaml: string) => build(yaml).listeners[0]?.filterChains[0]?.tls;
  const gatewayOf = '{group: gateway.networking.k8s.io, kind: Gateway, namespace: edge}';
  it.each([
    ['in its own namespace', secret('edge', pair) + https('[{name: cert}]'), ['kubernetes-gateway://edge/cert']],
    ['absent: the listener is not programmed', https('[{name: cert}]'), undefined],
    ['without the keys', secret('edge', { a: '1' }) + https('[{name: cert}]'), undefined],
    [
      'with another`s key',
      secret('edge', { ...pair, 'tls.key': identity('b').keyPem }) + https('[{name: cert}]'),
      undefined,
    ],
    ['of another namespace without grant', secret('shop', pair) + https('[{name: cert, namespace: shop}]'), undefined],
    [
      'of another namespace with grant',
      secret('shop', pair) + grant(gatewayOf, '{group: "", kind: Secret}') + https('[{name: cert, namespace: shop}]'),
      ['kubernetes-gateway://shop/cert'],
    ],
    [
      'granted by name',
      secret('shop', pair) +
        grant(gatewayOf, '{group: "", kind: Secret, name: cert}') +
        https('[{name: cert, namespace: shop}]'),
      ['kubernetes-gateway://shop/cert'],
    ],
    [
      'granted under another name',
      secret('shop', pair) +
        grant(gatewayOf, '{group: "", kind: Secret, name: other}') +
        https('[{name: cert, namespace: shop}]'),
      undefined,
    ],
    [
      'two',
      secret('edge', pair) + secret('edge', pair, 'second') + https('[{name: cert}, {name: second}]'),
      ['kubernetes-gateway://edge/cert', 'kubernetes-gateway://edge/second'],
    ],
    ['three are too many', secret('edge', pair) + https('[{name: cert}, {name: cert}, {name: cert}]'), undefined],
  ])('%s', (_, yaml, certificates) => expect(tlsOf(yaml)?.certificates).toEqual(certificates));
  it.each([
    ['SIMPLE', '', { requireClientCertificate: false }],
    [
      'MUTUAL by option',
      ', options: {gateway.istio.io/tls-terminate-mode: MUTUAL}',
      { requireClientCertificate: true, validation: { trustBundle: 'kubernetes-gateway://edge/cert-cacert' } },
    ],
  ])('mode %s', (_, rest, expected) =>
    expect(tlsOf(secret('edge', { ...pair, 'ca.crt': CA }) + https('[{name: cert}]', rest))).toMatchObject(expected),
  );
  it('a CA for client certificates', () => {
    const yaml =
      secret('edge', pair) +
      `${JSON.stringify({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'ca', namespace: 'edge' }, data: { 'ca.crt': CA } })}\n---\n` +
      gateway('{name: https, port: 443, protocol: HTTPS, tls: {certificateRefs: [{name: cert}]}}', {
        spec: 'tls: {frontend: {default: {validation: {caCertificateRefs: [{group: "", kind: ConfigMap, name: ca}]}}}},',
      });
    expect(tlsOf(yaml)).toMatchObject({
      requireClientCertificate: true,
      validation: { trustBundle: 'configmap://edge/ca-cacert', acceptUntrusted: false },
    });
  });
});

describe('rules', () => {
  const all = gateway(`{${HTTP}, ${ALL}}`);
  const routesOf = (yaml: string) => build(all + yaml).routes.get('http.8080')?.virtualHosts[0]?.routes ?? [];
  it('are ordered: exact, longest prefix, method, headers, query, expression last', () => {
    const yaml = route(
      [
        `{matches: [{path: {type: RegularExpression, value: "/x.*"}}], ${WEB}}`,
        `{matches: [{path: {value: /}}], ${WEB}}`,
        `{matches: [{path: {value: /a}}], ${WEB}}`,
        `{matches: [{path: {value: /a}, headers: [{name: h, value: "1"}]}], ${WEB}}`,
        `{matches: [{path: {value: /a}, method: GET}], ${WEB}}`,
        `{matches: [{path: {type: Exact, value: /a}}], ${WEB}}`,
      ].join(', '),
    );
    expect(routesOf(yaml).map(({ name }) => name)).toEqual([
      'shop.route.5',
      'shop.route.4',
      'shop.route.3',
      'shop.route.2',
      // istiod stops at a rule for everything: the expression behind it is never reached.
      'shop.route.1',
    ]);
  });
  it('of several routes for one host are merged, the older first', () => {
    const yaml =
      route(`{matches: [{path: {value: /a}}], ${WEB}}`, { name: 'one', hosts: '[a.com]' }) +
      route(`{matches: [{path: {value: /a/b}}], ${WEB}}, {matches: [{path: {value: /a}}], ${WEB}}`, {
        name: 'two',
        hosts: '[a.com]',
      });
    expect(routesOf(yaml).map(({ name }) => name)).toEqual(['shop.two.0', 'shop.one.0', 'shop.two.1']);
  });
  it('a prefix matches by segment', () => {
    expect(routesOf(route(`{matches: [{path: {value: /a/}}], ${WEB}}`))[0]?.match.path).toMatchObject({
      kind: 'path-separated-prefix',
      value: '/a',
    });
  });
  it.each([
    ['a backend', WEB, { clusters: [{ name: 'outbound|80||web.shop.svc.cluster.local' }], clusterNotFoundStatus: 500 }],
    [
      'two by weight',
      'backendRefs: [{name: web, port: 80, weight: 9}, {name: api, port: 80}]',
      { clusters: [{ weight: 9 }, { weight: 1 }] },
    ],
    [
      'another namespace without grant',
      'backendRefs: [{name: posts, namespace: blog, port: 80}]',
      { clusters: [{ name: 'UnknownService' }] },
    ],
    [
      'an unknown kind',
      'backendRefs: [{group: x.io, kind: Thing, name: thing, port: 80}]',
      { clusters: [{ name: 'UnknownService' }] },
    ],
    [
      'a Service that is missing',
      'backendRefs: [{name: gone, port: 80}]',
      { clusters: [{ name: 'outbound|80||gone.shop.svc.cluster.local' }] },
    ],
    ['nobody', 'backendRefs: []', { kind: 'direct-response', status: 500 }],
    ['no weight at all', 'backendRefs: [{name: web, port: 80, weight: 0}]', { kind: 'direct-response', status: 500 }],
    [
      'a redirect',
      'filters: [{type: RequestRedirect, requestRedirect: {scheme: https}}]',
      { kind: 'redirect', code: 302, scheme: 'https' },
    ],
    [
      'a rewritten prefix',
      `filters: [{type: URLRewrite, urlRewrite: {path: {type: ReplacePrefixMatch, replacePrefixMatch: /}}}], matches: [{path: {value: /a}}], ${WEB}`,
      { rewrite: { kind: 'regex', pattern: '^/a(/?)(.*)', substitution: '/\\2' } },
    ],
    [
      'a rewritten path',
      `filters: [{type: URLRewrite, urlRewrite: {path: {type: ReplaceFullPath, replaceFullPath: /b}}}], ${WEB}`,
      { rewrite: { kind: 'regex', pattern: '/.*', substitution: '/b' } },
    ],
    ['a time-out', `timeouts: {request: 2s}, ${WEB}`, { timeoutMs: 2000 }],
    ['a time-out for the backend', `timeouts: {request: 2s, backendRequest: 1s}, ${WEB}`, { timeoutMs: 1000 }],
    [
      'retries',
      `retry: {attempts: 4, codes: [503]}, timeouts: {request: 2s, backendRequest: 1s}, ${WEB}`,
      { timeoutMs: 2000, retry: { attempts: 4, perTryTimeoutMs: 1000, retriableStatusCodes: [503] } },
    ],
  ])('to %s', (_, rule, action) => expect(routesOf(route(`{${rule}}`))[0]?.action).toMatchObject(action));
  it('a malformed filter or backend voids the whole route', () => {
    expect(
      routesOf(
        route(`{${WEB}}, {filters: [{type: ExtensionRef, extensionRef: {group: x, kind: y, name: n}}], ${WEB}}`),
      ),
    ).toEqual([]);
    expect(routesOf(route(`{${WEB}}, {backendRefs: [{name: web}]}`))).toEqual([]);
  });
  it('a GRPCRoute matches service and method', () => {
    const yaml = route(`{matches: [{method: {service: pkg.Svc, method: Do}}], ${WEB}}`, { kind: 'GRPCRoute' });
    expect(routesOf(yaml)[0]?.match.path).toEqual({ kind: 'exact', value: '/pkg.Svc/Do', caseSensitive: true });
  });
});

describe('TLSRoute and TCPRoute', () => {
  const passthrough = gateway(
    `{name: tls, port: 443, protocol: TLS, hostname: "*.example.com", tls: {mode: Passthrough}, ${ALL}}`,
  );
  it('a TLSRoute serves the names that the listener leaves it', () => {
    const yaml = passthrough + route(`{${WEB}}`, { kind: 'TLSRoute', hosts: '["*.com", a.org]' });
    expect(build(yaml).listeners[0]?.filterChains.map(({ match }) => match.serverNames)).toEqual([['*.example.com']]);
  });
  it('a TCPRoute takes the whole port', () => {
    const yaml = gateway(`{name: tcp, port: 80, protocol: TCP, ${ALL}}`) + route(`{${WEB}}`, { kind: 'TCPRoute' });
    expect(build(yaml).listeners[0]?.filterChains[0]?.filters.at(-1)).toMatchObject({
      tcpProxy: { clusters: [{ name: 'outbound|80||web.shop.svc.cluster.local' }] },
    });
  });
});

describe('a route on a Service', () => {
  it('is for sidecars', () => {
    const mesh = meshFrom(
      route('{backendRefs: [{name: api, port: 80}]}', { parent: '{group: "", kind: Service, name: web, port: 80}' }),
    );
    expect(mergeDelegates(mesh).map(specOf)).toMatchObject([
      { hosts: ['web.shop.svc.cluster.local'], gateways: ['mesh'] },
    ]);
    const table = sidecarRouteConfiguration(scopeOf(mesh, 'shop/client'), '80');
    expect(table.virtualHosts.find(({ domains }) => domains.includes('web'))?.routes[0]).toMatchObject({
      name: 'shop.route.0',
      action: { clusters: [{ name: 'outbound|80||api.shop.svc.cluster.local' }] },
    });
  });
});
