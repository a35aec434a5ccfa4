/** Listeners of a gateway: chains, TLS, routes, and what Envoy refuses. */
import { describe, expect, it } from 'vitest';
import { meshOf } from '../../testing/meshOf.ts';
import { scopeOf } from '../../testing/scopeOf.ts';
import type { Route } from '../envoy/http.ts';
import { buildGateway } from './listeners.ts';

const BASE = `
apiVersion: v1
kind: Namespace
metadata: {name: istio-system}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: ingress, namespace: istio-system}
spec:
  selector: {matchLabels: {istio: ingressgateway}}
  template:
    metadata: {labels: {istio: ingressgateway}, annotations: {inject.istio.io/templates: gateway}}
    spec: {containers: [{name: istio-proxy, image: auto}]}
---
apiVersion: v1
kind: Service
metadata: {name: ingress, namespace: istio-system}
spec: {selector: {istio: ingressgateway}, ports: [{name: http, port: 80, targetPort: 8080}, {name: https, port: 443, targetPort: 8443}]}
---
apiVersion: v1
kind: Service
metadata: {name: web, namespace: shop}
spec: {clusterIP: 10.96.0.1, selector: {app: web}, ports: [{name: http, port: 80}]}
---
`;

const build = (yaml: string) => buildGateway(scopeOf(meshOf(BASE + yaml).mesh, 'istio-system/ingress'));

const gateway = (servers: string, name = 'gw') => `
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: ${name}, namespace: shop}
spec: {selector: {istio: ingressgateway}, servers: [${servers}]}
---
`;
const virtualService = (spec: string, name = 'vs') => `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: ${name}, namespace: shop}
spec: {gateways: [gw], ${spec}}
---
`;
const https = (hosts: string, tls: string, name = 'https') =>
  `{port: {number: 443, name: ${name}, protocol: HTTPS}, hosts: ${hosts}, tls: ${tls}}`;
const http = (hosts: string, rest = '') => `{port: {number: 80, name: http, protocol: HTTP}, hosts: ${hosts}${rest}}`;
const TO_WEB = 'route: [{destination: {host: web}}]';
const SIMPLE = '{mode: SIMPLE, credentialName: c}';

describe('a port without a chain is not listened on', () => {
  const tcp = '{port: {number: 9000, name: tcp, protocol: TCP}, hosts: ["*"]}';
  const terminating = `{port: {number: 9000, name: tls, protocol: TLS}, hosts: ["*"], tls: ${SIMPLE}}`;
  const passthrough = '{port: {number: 9000, name: tls, protocol: TLS}, hosts: [a.com], tls: {mode: PASSTHROUGH}}';
  it.each([
    ['TCP without VirtualService', tcp, '', 0],
    ['TCP with http rules only', tcp, virtualService(`hosts: ["*"], http: [{${TO_WEB}}]`), 0],
    [
      'TCP with a rule for another port',
      tcp,
      virtualService(`hosts: ["*"], tcp: [{match: [{port: 1}], ${TO_WEB}}]`),
      0,
    ],
    ['TCP with a rule', tcp, virtualService(`hosts: ["*"], tcp: [{${TO_WEB}}]`), 1],
    [
      'terminating TLS with tls rules',
      terminating,
      virtualService(`hosts: [a.com], tls: [{match: [{sniHosts: [a.com]}], ${TO_WEB}}]`),
      0,
    ],
    ['terminating TLS with a tcp rule', terminating, virtualService(`hosts: ["*"], tcp: [{${TO_WEB}}]`), 1],
    ['PASSTHROUGH with http rules', passthrough, virtualService(`hosts: [a.com], http: [{${TO_WEB}}]`), 0],
    [
      'PASSTHROUGH with a tls rule',
      passthrough,
      virtualService(`hosts: [a.com], tls: [{match: [{sniHosts: [a.com]}], ${TO_WEB}}]`),
      1,
    ],
    ['HTTP without VirtualService', http('["*"]'), '', 1],
  ])('%s', (_, server, yaml, count) => expect(build(gateway(server) + yaml).listeners).toHaveLength(count));

  it('a client-side port falls to the port of the server', () => {
    const { listeners } = build(
      gateway(tcp) +
        virtualService('hosts: ["*"], tcp: [{route: [{destination: {host: nobody.shop.svc.cluster.local}}]}]'),
    );
    expect(listeners[0]?.filterChains[0]?.filters.at(-1)).toMatchObject({
      tcpProxy: { clusters: [{ name: 'outbound|9000||nobody.shop.svc.cluster.local' }] },
    });
  });
});

describe('TLS of a server', () => {
  const tlsOf = (tls: string) => build(gateway(https('[a.com]', tls))).listeners[0]?.filterChains[0]?.tls;
  it.each([
    [
      'SIMPLE',
      SIMPLE,
      { certificates: ['kubernetes://c'], requireClientCertificate: false, minVersion: '1.2', maxVersion: '1.3' },
    ],
    [
      'MUTUAL',
      '{mode: MUTUAL, credentialName: c}',
      { requireClientCertificate: true, validation: { trustBundle: 'kubernetes://c-cacert' } },
    ],
    [
      'OPTIONAL_MUTUAL',
      '{mode: OPTIONAL_MUTUAL, credentialName: c}',
      { requireClientCertificate: false, validation: { trustBundle: 'kubernetes://c-cacert' } },
    ],
    [
      'a CA of its own',
      '{mode: MUTUAL, credentialName: c, caCertCredentialName: d-cacert}',
      { validation: { trustBundle: 'kubernetes://d-cacert' } },
    ],
    [
      'two certificates',
      '{mode: MUTUAL, credentialNames: [r, e]}',
      { certificates: ['kubernetes://r', 'kubernetes://e'], validation: { trustBundle: 'kubernetes://r-cacert' } },
    ],
    [
      'ISTIO_MUTUAL',
      '{mode: ISTIO_MUTUAL, minProtocolVersion: TLSV1_3}',
      {
        certificates: ['default'],
        requireClientCertificate: true,
        minVersion: '1.2',
        validation: { trustBundle: 'ROOTCA' },
      },
    ],
    [
      'files',
      '{mode: MUTUAL, serverCertificate: /c, privateKey: /k, caCertificates: /ca}',
      { certificates: ['file-cert:/c~/k'], validation: { trustBundle: 'file-root:/ca' } },
    ],
    [
      'names',
      '{mode: MUTUAL, credentialName: c, subjectAltNames: [x, z]}',
      {
        validation: {
          matchSans: [
            { kind: 'exact', value: 'x' },
            { kind: 'exact', value: 'z' },
          ],
        },
      },
    ],
    ['versions', '{mode: SIMPLE, credentialName: c, minProtocolVersion: TLSV1_3}', { minVersion: '1.3' }],
    [
      'ciphers, unknown ones dropped',
      '{mode: SIMPLE, credentialName: c, cipherSuites: [NONE, AES128-SHA, AES128-SHA]}',
      { cipherSuites: ['AES128-SHA'] },
    ],
  ])('%s', (_, tls, expected) => expect(tlsOf(tls)).toMatchObject(expected));
  it('SIMPLE asks for no certificate', () => expect(tlsOf(SIMPLE)).not.toHaveProperty('validation'));
});

describe('what Envoy refuses', () => {
  const nackOf = (yaml: string) => build(yaml).listeners.map(({ nack }) => nack);
  it('names without a CA', () => {
    expect(nackOf(gateway(https('[a.com]', '{mode: SIMPLE, credentialName: c, subjectAltNames: [x]}')))).toEqual([
      'SAN-based verification of peer certificates without trusted CA is insecure and not allowed',
    ]);
  });
  it('one SNI in two chains', () => {
    const yaml = gateway(https('[a/a.com]', SIMPLE)) + gateway(https('[b/a.com]', SIMPLE), 'gw2');
    expect(nackOf(yaml)).toEqual([
      `error adding listener '0.0.0.0:8443': filter chain '' has the same matching rules defined as ''. duplicate matcher is: {"server_names":["a.com"]}`,
    ]);
  });
  it('one SNI terminated here and passed on there', () => {
    const yaml =
      gateway(
        `${https('[a.com]', SIMPLE)}, {port: {number: 443, name: tls, protocol: TLS}, hosts: ["*.com"], tls: {mode: PASSTHROUGH}}`,
      ) + virtualService(`hosts: [a.com], tls: [{match: [{sniHosts: [a.com]}], ${TO_WEB}}]`);
    expect(nackOf(yaml)[0]).toContain('duplicate matcher is: {"server_names":["a.com"]}');
  });
  it('lists of names that share one', () => {
    const yaml = gateway(https('[a/a.com, b.com]', SIMPLE)) + gateway(https('[b/a.com, c.com]', SIMPLE), 'gw2');
    expect(nackOf(yaml)[0]).toContain('multiple filter chains with overlapping matching rules are defined');
  });
  it('names that overlap by wildcard are fine', () => {
    expect(nackOf(gateway(`${https('["*.com"]', SIMPLE, 'x')}, ${https('[a.com]', SIMPLE, 'z')}`))).toEqual([
      undefined,
    ]);
  });
  it('a pin that is no fingerprint', () => {
    expect(
      nackOf(gateway(https('[a.com]', '{mode: MUTUAL, credentialName: c, verifyCertificateHash: [abc]}')))[0],
    ).toContain('VerifyCertificateHash[0]: value length must be at least 64 characters');
  });
});

describe('route tables', () => {
  const hostsOf = (yaml: string, table = 'http.8080') =>
    build(yaml)
      .routes.get(table)
      ?.virtualHosts.map(({ domains, routes, requireTls }) => ({
        domains,
        paths: routes.map((route: Route) => route.match.path.value),
        requireTls,
      }));
  const rule = (path: string) => `http: [{match: [{uri: {prefix: ${path}}}], ${TO_WEB}}]`;

  it.each([
    ['a wildcard server and an exact host', '["*.a.com"]', '[x.a.com]', ['x.a.com']],
    ['an exact server and a wildcard host', '[x.a.com]', '["*.a.com"]', ['x.a.com']],
    ['any server', '["*"]', '[a.com]', ['a.com']],
    ['the bare domain is not below its wildcard', '["*.a.com"]', '[a.com]', ['*']],
    ['the VirtualService`s own namespace', '[shop/a.com]', '[a.com]', ['a.com']],
    ['another namespace', '[edge/a.com]', '[a.com]', ['*']],
  ])('%s', (_, serverHosts, hosts, domains) => {
    const found = hostsOf(gateway(http(serverHosts)) + virtualService(`hosts: ${hosts}, ${rule('/')}`));
    expect(found?.flatMap((host) => host.domains)).toEqual(domains);
  });
  it('without any shared host everything is 404', () => {
    expect(hostsOf(gateway(http('["*"]')))).toEqual([{ domains: ['*'], paths: [], requireTls: false }]);
  });
  it('two VirtualServices of one host are joined, catch-alls last', () => {
    const yaml =
      gateway(http('["*"]')) +
      virtualService(`hosts: [a.com], http: [{match: [{uri: {prefix: /a}}], ${TO_WEB}}, {${TO_WEB}}]`, 'one') +
      virtualService(`hosts: [a.com], ${rule('/b')}`, 'two');
    expect(hostsOf(yaml)?.[0]?.paths).toEqual(['/a', '/b', '/']);
  });
  it('hosts with the same routes share one virtual host', () => {
    expect(
      hostsOf(gateway(http('["*"]')) + virtualService(`hosts: [a.com, b.com], ${rule('/')}`))?.map((h) => h.domains),
    ).toEqual([['a.com', 'b.com']]);
  });
  it.each([
    ['without VirtualService', '', [{ domains: ['a.com'], paths: [], requireTls: true }]],
    [
      'with one',
      virtualService(`hosts: [a.com], ${rule('/')}`),
      [{ domains: ['a.com'], paths: ['/'], requireTls: true }],
    ],
  ])('httpsRedirect %s', (_, yaml, expected) => {
    expect(hostsOf(gateway(http('[a.com]', ', tls: {httpsRedirect: true}')) + yaml)).toEqual(expected);
  });
  it('a redirected host that names a namespace matches nothing', () => {
    expect(hostsOf(gateway(http('[./a.com]', ', tls: {httpsRedirect: true}')))?.[0]?.domains).toEqual(['shop/a.com']);
  });
  it('each HTTPS server serves only its own hosts', () => {
    const yaml =
      gateway(`${https('[a.com]', SIMPLE, 'x')}, ${https('[b.com]', SIMPLE, 'z')}`) +
      virtualService(`hosts: [a.com, b.com], ${rule('/')}`);
    expect(hostsOf(yaml, 'https.443.z.gw.shop')?.map((h) => h.domains)).toEqual([['b.com']]);
  });
  it('a rule`s port is the port of the server, not the one listened on', () => {
    const yaml = (port: number) =>
      gateway(http('["*"]')) + virtualService(`hosts: [a.com], http: [{match: [{port: ${port}}], ${TO_WEB}}]`);
    expect(hostsOf(yaml(80))?.[0]?.domains).toEqual(['a.com']);
    expect(hostsOf(yaml(8080))?.[0]?.domains).toEqual(['*']);
  });
});

describe('AUTO_PASSTHROUGH', () => {
  it('has a chain for each service by its Istio SNI, for mesh mTLS only', () => {
    const { listeners } = build(
      gateway(
        '{port: {number: 15443, name: tls, protocol: TLS}, hosts: ["*.shop.svc.cluster.local"], tls: {mode: AUTO_PASSTHROUGH}}',
      ),
    );
    expect(listeners[0]?.filterChains).toMatchObject([
      {
        match: {
          serverNames: ['outbound_.80_._.web.shop.svc.cluster.local'],
          applicationProtocols: ['istio', 'istio-peer-exchange', 'istio-http/1.0', 'istio-http/1.1', 'istio-h2'],
        },
        filters: [{ tcpProxy: { clusters: [{ name: 'outbound_.80_._.web.shop.svc.cluster.local' }] } }],
      },
    ]);
  });
});

describe('an Ingress of class istio', () => {
  const ingress = (rest: string, annotations = 'kubernetes.io/ingress.class: istio') => `
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: shop, namespace: shop, annotations: {${annotations}}}
spec: {${rest}}
---
`;
  const PATHS =
    'rules: [{host: a.com, http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: web, port: {name: http}}}}, {path: /api, pathType: Exact, backend: {service: {name: web, port: {number: 80}}}}]}}]';
  it('is served on 80 and, with a Secret, on 443', () => {
    const { listeners, routes } = build(ingress(`tls: [{hosts: [a.com], secretName: c}], ${PATHS}`));
    expect(listeners.map(({ port }) => port).sort()).toEqual([8080, 8443]);
    expect(routes.get('http.8080')?.virtualHosts).toMatchObject([
      {
        domains: ['a.com'],
        routes: [
          { match: { path: { kind: 'exact', value: '/api' } } },
          {
            match: { path: { kind: 'prefix', value: '/' } },
            action: { clusters: [{ name: 'outbound|80||web.shop.svc.cluster.local' }] },
          },
        ],
      },
    ]);
  });
  it('of another class is nobody`s', () => {
    expect(build(ingress(PATHS, 'kubernetes.io/ingress.class: nginx')).listeners).toEqual([]);
  });
});
