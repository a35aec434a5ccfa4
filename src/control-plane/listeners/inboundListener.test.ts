/** The inbound listener of a sidecar: which chains there are, by Services, Sidecar.ingress and PeerAuthentication. */
import { describe, expect, test } from 'vitest';
import { deployment, documents, meshConfig, namespace, resource, service } from '../../testing/documents.ts';
import { meshOf } from '../../testing/meshOf.ts';
import { scopeOf } from '../../testing/scopeOf.ts';
import type { FilterChain, Listener } from '../envoy/listener.ts';
import { inboundListener } from './inboundListener.ts';

const POD = [namespace('shop'), deployment('shop/web')];
const IP = { addresses: { 'pod shop/web': '10.0.0.7' } };

const build = (...docs: string[]): Listener =>
  inboundListener(scopeOf(meshOf(documents(...POD, ...docs), IP).mesh, 'shop/web'));

/** Name, port, transport, kind of the last filter, its cluster, `mTLS`. */
function line({ name, match, tls, filters }: FilterChain): string {
  const last = filters.at(-1);
  const cluster =
    last?.kind === 'tcp-proxy'
      ? last.tcpProxy.clusters[0]?.name
      : last?.kind === 'http-connection-manager' && last.hcm.routes.kind === 'inline'
        ? last.hcm.routes.table.name
        : '?';
  const kind = last?.kind === 'tcp-proxy' ? 'tcp' : 'http';
  return [
    name,
    match.destinationPort ?? '*',
    match.transportProtocol ?? '',
    kind,
    cluster,
    ...(tls ? ['mTLS'] : []),
  ].join(' ');
}

/** Chains of declared ports and of passthrough ports with a mode of their own. */
const ofPorts = (listener: Listener) =>
  listener.filterChains
    .filter((c) => c.match.destinationPort !== undefined && c.match.destinationPort !== 15006)
    .map(line);

const strict = resource('PeerAuthentication', 'shop/p', '{mtls: {mode: STRICT}}');
const own = (spec: string) =>
  resource('PeerAuthentication', 'shop/own', `{selector: {matchLabels: {app: web}}, ${spec}}`);
const HTTP = service('shop/web', '[{name: http, port: 80, targetPort: 8080}]');

test('without Services: what would loop, and passthrough', () => {
  const listener = build();
  expect(listener).toMatchObject({
    name: 'virtualInbound',
    address: '0.0.0.0',
    port: 15006,
    bindToPort: true,
    useOriginalDestination: true,
  });
  expect(listener.filterChains.map(line)).toEqual([
    'virtualInbound-blackhole 15006  tcp BlackHoleCluster',
    'virtualInbound-catchall-http * tls http InboundPassthroughCluster mTLS',
    'virtualInbound-catchall-http * raw_buffer http InboundPassthroughCluster',
    'virtualInbound * tls tcp InboundPassthroughCluster mTLS',
    'virtualInbound * raw_buffer tcp InboundPassthroughCluster',
    'virtualInbound * tls tcp InboundPassthroughCluster',
  ]);
});

describe('declared ports', () => {
  test.each<[string, string[], string[]]>([
    ['an HTTP Service', [strict, HTTP], ['0.0.0.0_8080 8080 tls http inbound|8080|| mTLS']],
    [
      'the older of two Services on one port',
      [
        strict,
        service('shop/web', '[{name: tcp, port: 81, targetPort: 8080}, {name: http, port: 80, targetPort: 8080}]'),
      ],
      ['0.0.0.0_8080 8080 tls tcp inbound|8080|| mTLS'],
    ],
    [
      'UDP ports take TCP bytes',
      [strict, service('shop/web', '[{name: dns, port: 53, protocol: UDP}]')],
      ['0.0.0.0_53 53 tls tcp inbound|53|| mTLS'],
    ],
    [
      'ports of the proxy itself are left out',
      [strict, service('shop/web', '[{name: http, port: 80, targetPort: 15021}]')],
      [],
    ],
    ['a Service of other pods', [strict, service('shop/cart', '[{name: http, port: 80}]')], []],
  ])('%s', (_, docs, expected) => {
    expect(ofPorts(build(...docs))).toEqual(expected);
  });
});

describe('PeerAuthentication of ports', () => {
  test.each<[string, string, string[]]>([
    [
      'of a target port',
      'portLevelMtls: {8080: {mode: DISABLE}}',
      ['0.0.0.0_8080 8080 raw_buffer http inbound|8080||'],
    ],
    [
      'of a Service port, which is another port of the pod',
      'portLevelMtls: {80: {mode: DISABLE}}',
      [
        'virtualInbound-catchall-http 80 raw_buffer http InboundPassthroughCluster',
        'virtualInbound 80 raw_buffer tcp InboundPassthroughCluster',
        '0.0.0.0_8080 8080 tls http inbound|8080|| mTLS',
      ],
    ],
  ])('%s', (_, spec, expected) => {
    expect(ofPorts(build(strict, HTTP, own(spec)))).toEqual(expected);
  });

  test('what decided comes first among the origins', () => {
    const listener = build(strict, HTTP, own('portLevelMtls: {8080: {mode: DISABLE}}'));
    const chain = listener.filterChains.find(({ match }) => match.destinationPort === 8080);
    expect(chain?.origins.map(({ resource: id, path }) => `${id} ${path.join('.')}`)).toEqual([
      'security.istio.io/PeerAuthentication/shop/own spec.portLevelMtls.8080.mode',
      'core/Service/shop/web spec.ports.0',
    ]);
  });
});

describe('Sidecar.ingress', () => {
  const ingress = (entry: string) =>
    resource('Sidecar', 'shop/s', `{workloadSelector: {labels: {app: web}}, ingress: [${entry}]}`);
  test('takes the place of the Services', () => {
    expect(
      ofPorts(
        build(strict, HTTP, ingress('{port: {number: 9000, protocol: TCP, name: t}, defaultEndpoint: 127.0.0.1:9001}')),
      ),
    ).toEqual(['10.0.0.7_9000 9000 tls tcp inbound|9000|| mTLS']);
  });
  test('with an address of its own', () => {
    expect(
      ofPorts(
        build(
          strict,
          ingress('{port: {number: 9000, protocol: HTTP, name: h}, bind: 0.0.0.0, defaultEndpoint: 127.0.0.1:9001}'),
        ),
      ),
    ).toEqual(['0.0.0.0_9000 9000 tls http inbound|9000|| mTLS']);
  });
});

describe('TLS of the mesh', () => {
  const tlsOf = (port: string, ...docs: string[]) =>
    build(strict, service('shop/web', `[{name: ${port}, port: 8080}]`), ...docs).filterChains.find(
      ({ match }) => match.destinationPort === 8080,
    )?.tls;

  test('asks every client for a certificate of the trust domain', () => {
    expect(tlsOf('http')).toMatchObject({
      certificates: ['default'],
      requireClientCertificate: true,
      validation: { trustBundle: 'ROOTCA', matchSans: [{ kind: 'prefix', value: 'spiffe://cluster.local/' }] },
      alpn: ['h2', 'http/1.1'],
      minVersion: '1.2',
      maxVersion: '1.3',
    });
    expect(tlsOf('tcp')?.alpn).toEqual(['istio-peer-exchange', 'h2', 'http/1.1']);
  });

  test('aliases, other CAs and stronger settings', () => {
    const config = meshConfig(
      '{trustDomain: a.org, trustDomainAliases: [b.org, a.org], caCertificates: [{pem: x, trustDomains: [c.org]}], meshMTLS: {minProtocolVersion: TLSV1_3, cipherSuites: [ECDHE-RSA-AES128-GCM-SHA256]}}',
    );
    const tls = tlsOf('http', config);
    expect(tls?.validation?.matchSans.map(({ value }) => value)).toEqual([
      'spiffe://a.org/',
      'spiffe://b.org/',
      'spiffe://c.org/',
    ]);
    expect(tls).toMatchObject({ minVersion: '1.3', cipherSuites: ['ECDHE-RSA-AES128-GCM-SHA256'] });
  });
});

describe('the connection manager', () => {
  const hcm = (options: Parameters<typeof deployment>[1] = {}, ...docs: string[]) => {
    const yaml = documents(namespace('shop'), deployment('shop/web', options), HTTP, ...docs);
    const chain = inboundListener(scopeOf(meshOf(yaml).mesh, 'shop/web')).filterChains.find(
      ({ match }) => match.destinationPort === 8080,
    );
    const last = chain?.filters.at(-1);
    return last?.kind === 'http-connection-manager' ? last.hcm : expect.fail('no connection manager');
  };
  const annotated = (text: string) => ({ annotations: { 'proxy.istio.io/config': text } });

  test('as istiod sets it', () => {
    expect(hcm()).toMatchObject({
      forwardClientCert: 'APPEND_FORWARD',
      xfccDetails: { subject: true, cert: false, dns: true, uri: true },
      serverHeader: { name: 'istio-envoy', transformation: 'OVERWRITE' },
      pathNormalization: { normalize: true, mergeSlashes: false, decodeSlashes: false },
      useRemoteAddress: false,
      acceptHttp10: false,
    });
    expect(hcm().httpFilters.map(({ kind }) => kind)).toEqual(['grpc-stats', 'fault', 'cors', 'router']);
  });

  test.each<[string, Parameters<typeof deployment>[1], string[], object]>([
    [
      'server header off',
      annotated('proxyHeaders: {server: {disabled: true}}'),
      [],
      { serverHeader: { name: 'envoy', transformation: 'PASS_THROUGH' } },
    ],
    [
      'server header of its own',
      annotated('proxyHeaders: {server: {value: web}}'),
      [],
      { serverHeader: { name: 'web', transformation: 'OVERWRITE' } },
    ],
    [
      'client certificates',
      annotated('proxyHeaders: {forwardedClientCert: SANITIZE}'),
      [],
      { forwardClientCert: 'SANITIZE' },
    ],
    [
      'details of them',
      annotated('proxyHeaders: {setCurrentClientCertDetails: {cert: true, uri: false}}'),
      [],
      { xfccDetails: { subject: true, cert: true, dns: true, uri: false } },
    ],
    ['HTTP/1.0', annotated('proxyMetadata: {ISTIO_META_HTTP10: "1"}'), [], { acceptHttp10: true }],
    [
      'paths',
      {},
      [meshConfig('pathNormalization: {normalization: DECODE_AND_MERGE_SLASHES}')],
      { pathNormalization: { normalize: true, mergeSlashes: true, decodeSlashes: true } },
    ],
    [
      'paths as they come',
      {},
      [meshConfig('pathNormalization: {normalization: NONE}')],
      { pathNormalization: { normalize: false, mergeSlashes: false, decodeSlashes: false } },
    ],
  ])('%s', (_, options, docs, expected) => {
    expect(hcm(options, ...docs)).toMatchObject(expected);
  });
});
