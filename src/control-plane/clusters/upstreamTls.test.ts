/** What a cluster speaks: by the DestinationRule's tls, else by auto mTLS. */
import { describe, expect, test } from 'vitest';
import type { Origin } from '../../base/origin.ts';
import type { ClientTlsSettings } from '../../resources/kinds/shared/trafficPolicy.ts';
import { meshOf } from '../../testing/meshOf.ts';
import { reason } from './reasons.ts';
import { type UpstreamTlsInput, upstreamTransport } from './upstreamTls.ts';

const ORIGIN: Origin = { resource: 'r' as Origin['resource'], path: ['spec', 'trafficPolicy', 'tls'] };

function transport(tls: ClientTlsSettings | undefined, more: Partial<UpstreamTlsInput> = {}) {
  return upstreamTransport({
    config: meshOf('').mesh.config,
    proxyType: 'sidecar',
    tls: tls && { value: tls, origin: ORIGIN },
    ruleHasSelector: false,
    auto: { enabled: true, why: reason('auto-mtls', { namespace: 'shop' }), origins: [] },
    originalDestination: false,
    http2: false,
    meshSni: 'outbound_.80_._.web',
    identities: ['spiffe://a'],
    fromServiceEntry: false,
    ...more,
  });
}

/** The parts of a context that matter, in one line each. */
function shape(tls: ClientTlsSettings | undefined, more: Partial<UpstreamTlsInput> = {}) {
  const found = transport(tls, more);
  if (found.kind === 'raw') return { kind: 'raw', why: found.why.code };
  const { certificate, validation, sni, autoSni, autoSanValidation, alpn, alpnOverride } = found.tls;
  return {
    kind: found.kind,
    certificate,
    roots: validation?.trustBundle,
    names: validation?.matchSans.map((matcher) => 'value' in matcher && matcher.value),
    sni: autoSni ? 'Host' : sni,
    checksHost: autoSanValidation,
    alpn: alpn.join(','),
    alpnOverride,
  };
}

const MESH = {
  kind: 'tls',
  certificate: 'default',
  roots: 'ROOTCA',
  names: ['spiffe://a'],
  sni: 'outbound_.80_._.web',
  checksHost: false,
  alpn: 'istio-peer-exchange,istio',
  alpnOverride: true,
};
const OWN = { kind: 'tls', names: [], checksHost: false, alpn: '', alpnOverride: false };

describe('auto mTLS', () => {
  test('by the label of each endpoint', () => {
    expect(shape(undefined)).toEqual({ ...MESH, kind: 'by-endpoint-label' });
  });
  test('to every original destination', () => {
    expect(shape(undefined, { originalDestination: true })).toEqual(MESH);
  });
  test('off', () => {
    const auto = { enabled: false, why: reason('auto-mtls-off'), origins: [] };
    expect(shape(undefined, { auto })).toEqual({ kind: 'raw', why: 'auto-mtls-off' });
  });
  test('HTTP/2 is offered after the mesh protocols', () => {
    expect(shape(undefined, { http2: true })).toMatchObject({ alpn: 'istio-peer-exchange,istio,h2' });
  });
});

describe('DestinationRule', () => {
  test.each<[string, ClientTlsSettings, Partial<UpstreamTlsInput>, object]>([
    ['no mode', {}, {}, { kind: 'raw', why: 'destination-rule-tls' }],
    ['DISABLE', { mode: 'DISABLE' }, {}, { kind: 'raw', why: 'destination-rule-tls' }],
    ['ISTIO_MUTUAL', { mode: 'ISTIO_MUTUAL' }, {}, MESH],
    [
      'ISTIO_MUTUAL with names of its own',
      { mode: 'ISTIO_MUTUAL', sni: 'web.example', subjectAltNames: ['x'] },
      {},
      { ...MESH, sni: 'web.example', names: ['x'] },
    ],
    ['SIMPLE', { mode: 'SIMPLE' }, {}, { ...OWN, roots: 'file-root:system', sni: 'Host', checksHost: true }],
    [
      'SIMPLE with a CA file',
      { mode: 'SIMPLE', caCertificates: '/etc/ca.pem' },
      {},
      { ...OWN, roots: 'file-root:/etc/ca.pem', sni: 'Host', checksHost: true },
    ],
    [
      'a given SNI ends the check of the Host',
      { mode: 'SIMPLE', sni: 'web.example' },
      {},
      { ...OWN, roots: 'file-root:system', sni: 'web.example' },
    ],
    [
      'given names too',
      { mode: 'SIMPLE', subjectAltNames: ['x'] },
      {},
      { ...OWN, roots: 'file-root:system', sni: 'Host', names: ['x'] },
    ],
    [
      'names of a ServiceEntry are checked besides the Host',
      { mode: 'SIMPLE' },
      { fromServiceEntry: true },
      { ...OWN, roots: 'file-root:system', sni: 'Host', names: ['spiffe://a'], checksHost: true },
    ],
    [
      'nothing is verified',
      { mode: 'SIMPLE', insecureSkipVerify: true },
      {},
      { ...OWN, names: undefined, sni: 'Host' },
    ],
    [
      'HTTP/2',
      { mode: 'SIMPLE', sni: 'x' },
      { http2: true },
      { ...OWN, roots: 'file-root:system', sni: 'x', alpn: 'h2' },
    ],
    [
      'MUTUAL with files',
      { mode: 'MUTUAL', clientCertificate: '/c', privateKey: '/k' },
      {},
      { ...OWN, certificate: 'file-cert:/c~/k', roots: 'file-root:system', sni: 'Host', checksHost: true },
    ],
    ['MUTUAL without a certificate', { mode: 'MUTUAL' }, {}, { kind: 'raw', why: 'client-certificate-missing' }],
    [
      'a credential on a sidecar needs a workloadSelector',
      { mode: 'SIMPLE', credentialName: 'c' },
      {},
      { kind: 'raw', why: 'credential-without-workload-selector' },
    ],
    [
      'with one it is used',
      { mode: 'MUTUAL', credentialName: 'c' },
      { ruleHasSelector: true },
      { ...OWN, certificate: 'kubernetes://c', roots: 'kubernetes://c-cacert', sni: 'Host', checksHost: true },
    ],
    [
      'on a gateway always',
      { mode: 'SIMPLE', credentialName: 'c' },
      { proxyType: 'gateway' },
      { ...OWN, roots: 'kubernetes://c-cacert', sni: 'Host', checksHost: true },
    ],
  ])('%s', (_, tls, more, expected) => {
    const found = shape(tls, more);
    expect(found).toEqual(
      'certificate' in expected || found.kind === 'raw' ? expected : { certificate: undefined, ...expected },
    );
  });

  test('a ConfigMap is no secret: any sidecar may use it', () => {
    expect(transport({ mode: 'SIMPLE', credentialName: 'configmap://shop/ca' }).kind).toBe('tls');
  });

  test('the origin is the tls block', () => {
    expect(transport({ mode: 'SIMPLE' }).origins).toEqual([ORIGIN]);
  });
});
