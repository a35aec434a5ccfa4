import { beforeAll, describe, expect, it } from 'vitest';
import { type CallSpec, logLines, type TestMesh, testMesh } from '../testing/callMesh.ts';

const deployment = (namespace: string, name: string, extra = '') => `
apiVersion: apps/v1
kind: Deployment
metadata: {name: ${name}, namespace: ${namespace}}
spec:
  selector: {matchLabels: {app: ${name}}}
  template:
    metadata: {labels: {app: ${name}}${extra}}
    spec: {serviceAccountName: ${name}, containers: [{name: app, image: app}]}
---`;

const service = (namespace: string, name: string, ports: string) => `
apiVersion: v1
kind: Service
metadata: {name: ${name}, namespace: ${namespace}}
spec: {selector: {app: ${name}}, ports: [${ports}]}
---`;

const MESH = `
apiVersion: v1
kind: Namespace
metadata: {name: shop, labels: {istio-injection: enabled}}
---
apiVersion: v1
kind: Namespace
metadata: {name: legacy}
---${deployment('shop', 'curl')}${deployment('legacy', 'old')}
${deployment('shop', 'web', ', annotations: {meshverdict.dev/serves: "8443=https,9000=tcp"}')}
${service('shop', 'web', '{name: http, port: 80, targetPort: 8080}, {name: tcp, port: 9000}, {name: https, port: 443, targetPort: 8443}, {port: 8000, targetPort: 8001}, {name: tcp-web, port: 81, targetPort: 8080}')}
${deployment('shop', 'strict')}${service('shop', 'strict', '{name: http, port: 80, targetPort: 8080}, {name: tcp, port: 9000}')}
${service('shop', 'empty', '{name: http, port: 80}, {name: tcp, port: 9000}')}
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: {name: strict, namespace: shop}
spec: {selector: {matchLabels: {app: strict}}, mtls: {mode: STRICT}}
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: web, namespace: shop}
spec:
  hosts: [web.shop.svc.cluster.local]
  http:
  - match: [{uri: {prefix: /slow}}]
    fault: {delay: {percentage: {value: 100}, fixedDelay: 10s}}
    route: [{destination: {host: web.shop.svc.cluster.local, port: {number: 80}}}]
  - match: [{uri: {prefix: /halves}}]
    route:
    - {destination: {host: web.shop.svc.cluster.local, port: {number: 80}}, weight: 50}
    - {destination: {host: empty.shop.svc.cluster.local, port: {number: 80}}, weight: 50}
  - match: [{uri: {prefix: /abort}}]
    fault: {abort: {percentage: {value: 100}, httpStatus: 418}}
    route: [{destination: {host: web.shop.svc.cluster.local}}]
  - route: [{destination: {host: web.shop.svc.cluster.local, port: {number: 80}}}]
`;

let mesh: TestMesh;
beforeAll(async () => {
  mesh = await testMesh(MESH);
});

const insecure = { tls: { insecure: true } };

describe('HTTP calls', () => {
  it.each<[string, CallSpec, number, number, readonly string[]]>([
    [
      'between sidecars: mutual TLS',
      { from: 'shop/curl', url: 'http://strict/' },
      0,
      200,
      ['shop/curl 200 - via_upstream', 'shop/strict 200 - via_upstream'],
    ],
    [
      'HTTP/1.0 through a TCP port: the server refuses it, and the caller’s proxy logs the bytes much later',
      { from: 'shop/curl', url: 'http://web:81/', httpVersion: '1.0' },
      0,
      426,
      ['shop/web 426 DPE low_version'],
    ],
    [
      'without a sidecar to a permissive port',
      { from: 'legacy/old', url: 'http://web.shop/' },
      0,
      200,
      ['shop/web 200 - via_upstream'],
    ],
    [
      'without a sidecar to a strict port',
      { from: 'legacy/old', url: 'http://strict.shop/' },
      56,
      0,
      ['shop/strict 0 NR filter_chain_not_found'],
    ],
    [
      'TLS to a permissive HTTP port',
      { from: 'legacy/old', url: 'https://web.shop:80/', ...insecure },
      35,
      0,
      ['shop/web 0 NR filter_chain_not_found'],
    ],
    [
      'TLS to a strict port without certificate',
      { from: 'legacy/old', url: 'https://strict.shop:80/', ...insecure },
      56,
      0,
      [],
    ],
    ['no endpoints', { from: 'shop/curl', url: 'http://empty/' }, 0, 503, ['shop/curl 503 UH no_healthy_upstream']],
    ['a fault', { from: 'shop/curl', url: 'http://web/abort' }, 0, 418, ['shop/curl 418 FI fault_filter_abort']],
    [
      'a delay beyond the caller’s patience',
      { from: 'shop/curl', url: 'http://web/slow' },
      28,
      0,
      ['shop/curl 0 DI,DC downstream_remote_disconnect'],
    ],
    [
      'to an application that speaks no HTTP',
      { from: 'legacy/old', url: 'http://web.shop:9000/' },
      1,
      0,
      ['shop/web 0 - -'],
    ],
    [
      'HTTP/1.0 to a sidecar',
      { from: 'legacy/old', url: 'http://web.shop/', httpVersion: '1.0' },
      0,
      426,
      ['shop/web 426 DPE low_version'],
    ],
    [
      'a method that HTTP/1.1 does not know',
      { from: 'shop/curl', url: 'http://web/', method: 'get' },
      0,
      400,
      ['shop/curl 400 DPE http1.codec_error'],
    ],
    [
      'plain HTTP to an https application',
      { from: 'legacy/old', url: 'http://web.shop:443/' },
      0,
      400,
      ['shop/web 0 - -'],
    ],
    ['an unknown name', { from: 'shop/curl', url: 'http://nowhere.example/' }, 6, 0, []],
    ['a name of another namespace, short', { from: 'legacy/old', url: 'http://web/' }, 6, 0, []],
    ['a port that the service has not', { from: 'shop/curl', url: 'http://web:999/' }, 56, 0, ['shop/curl 0 UF,URX -']],
    [
      'the proxy’s own user is not captured',
      { from: 'shop/curl', container: 'istio-proxy', url: 'http://web/' },
      0,
      200,
      ['shop/web 200 - via_upstream'],
    ],
  ])('%s', (_name, spec, exit, status, logs) => {
    const trace = mesh.call(spec);
    expect(trace.outcome).toMatchObject({ kind: 'http', curlExit: exit, status });
    expect(logLines(trace)).toEqual(logs);
  });

  it('end to end TLS through both sidecars', () => {
    const trace = mesh.call({ from: 'shop/curl', url: 'https://web.shop/', ...insecure });
    expect(trace.outcome).toMatchObject({ status: 200, servedBy: 'shop/web', appSaw: { tls: true, sni: 'web.shop' } });
    const handshakes = trace.hops.flatMap((hop) =>
      hop.steps.flatMap((step) =>
        step.kind === 'tls-handshake' ? [`${step.connection} ${step.layer} ${step.role}`] : [],
      ),
    );
    // The application's TLS is connection 1, inside the mesh's, connection 2; each is seen from both ends.
    expect(handshakes.sort()).toEqual(['1 2 client', '1 2 server', '2 1 client', '2 1 server']);
  });

  it('without trust in the application’s certificate', () => {
    const trace = mesh.call({ from: 'shop/curl', url: 'https://web.shop/' });
    expect(trace.outcome).toMatchObject({ curlExit: 60, error: 'SSL certificate problem: self-signed certificate' });
    expect(trace.disposition).toMatchObject({ kind: 'refused', hop: 0, by: 'server-certificate' });
  });

  it('what the server sees of its peer', () => {
    const { outcome } = mesh.call({ from: 'shop/curl', url: 'http://strict/x?y', headers: { 'X-Own': 'a' } });
    expect(outcome.kind === 'http' && outcome.appSaw).toMatchObject({
      path: '/x?y',
      host: 'strict',
      headers: {
        'x-own': 'a',
        'x-forwarded-proto': 'http',
        'x-forwarded-client-cert': expect.stringContaining('URI=spiffe://cluster.local/ns/shop/sa/curl'),
      },
    });
  });
});

describe('TCP calls', () => {
  it.each<[string, CallSpec, unknown]>([
    [
      'between sidecars',
      { from: 'shop/curl', tcp: 'strict:9000' },
      { kind: 'line', text: 'echo ping from shop/strict' },
    ],
    ['without a sidecar to a strict port', { from: 'legacy/old', tcp: 'strict.shop:9000' }, { kind: 'reset' }],
    [
      'without a sidecar to a permissive port',
      { from: 'legacy/old', tcp: 'web.shop:9000' },
      { kind: 'line', text: 'echo ping from shop/web' },
    ],
    ['no endpoints', { from: 'shop/curl', tcp: 'empty:9000' }, { kind: 'closed' }],
    [
      'a line to a port declared HTTP',
      { from: 'legacy/old', tcp: 'web.shop:80' },
      { kind: 'line', text: 'HTTP/1.1 400 Bad Request' },
    ],
    [
      'a line to an HTTP application behind an undeclared port',
      { from: 'legacy/old', tcp: 'web.shop:8000' },
      { kind: 'timeout' },
    ],
    ['a line to an https application', { from: 'legacy/old', tcp: 'web.shop:443' }, { kind: 'closed' }],
    [
      'an unknown name',
      { from: 'shop/curl', tcp: 'nowhere:80' },
      { kind: 'dial', error: 'unknown-host', host: 'nowhere' },
    ],
    ['a closed port of one’s own', { from: 'shop/curl', tcp: 'localhost:1' }, { kind: 'connection-refused' }],
  ])('%s', (_name, spec, result) => {
    expect(mesh.call(spec).outcome).toMatchObject({ kind: 'tcp', result });
  });
});

describe('the verdict in one word', () => {
  it.each<[string, CallSpec, unknown]>([
    ['served', { from: 'shop/curl', url: 'http://web/' }, { kind: 'served', by: 'shop/web', status: 200 }],
    [
      'refused by a missing filter chain, at the server',
      { from: 'legacy/old', url: 'http://strict.shop/' },
      { kind: 'refused', by: 'no-filter-chain' },
    ],
    ['answered on the way', { from: 'shop/curl', url: 'http://web/abort' }, { kind: 'answered', hop: 1, status: 418 }],
    ['failed', { from: 'shop/curl', url: 'http://empty/' }, { kind: 'failed', hop: 1 }],
    [
      'refused by the server for want of a certificate',
      { from: 'legacy/old', url: 'https://strict.shop:80/', ...insecure },
      { kind: 'refused', by: 'client-certificate' },
    ],
    [
      'cannot tell what istio-agent answers',
      { from: 'shop/curl', url: 'http://localhost:15000/' },
      { kind: 'cannot-tell' },
    ],
  ])('%s', (_name, spec, disposition) => {
    expect(mesh.call(spec).disposition).toMatchObject(disposition as object);
  });
});

describe('lots', () => {
  it('every outcome of a weighted route is found', () => {
    const statuses = mesh
      .every({ from: 'shop/curl', url: 'http://web/halves' })
      .map(({ outcome }) => (outcome.kind === 'http' ? outcome.status : 0));
    expect(statuses.sort()).toEqual([200, 503]);
  });

  it('a call without lots has one outcome', () => {
    expect(mesh.every({ from: 'shop/curl', url: 'http://web/' })).toHaveLength(1);
  });

  it('the same call gives the same trace', () => {
    const spec = { from: 'shop/curl', url: 'http://web/halves' };
    expect(mesh.call(spec)).toEqual(mesh.call(spec));
  });
});
