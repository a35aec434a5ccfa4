/** MeshConfig from its ConfigMap, with istiod's defaults. */
import { describe, expect, test } from 'vitest';
import { meshConfig } from '../testing/documents.ts';
import { meshOf } from '../testing/meshOf.ts';
import type { MeshConfig } from './types.ts';

const configOf = (text: string): MeshConfig => meshOf(meshConfig(text)).mesh.config;

test('without a ConfigMap everything has its default', () => {
  const { mesh, diagnostics } = meshOf('');
  expect(diagnostics).toEqual([]);
  expect(mesh.config).toMatchObject({
    rootNamespace: 'istio-system',
    trustDomain: 'cluster.local',
    trustDomainAliases: [],
    enableAutoMtls: true,
    outboundTrafficPolicy: 'ALLOW_ANY',
    inboundTrafficPolicy: 'PASSTHROUGH',
    defaultServiceExportTo: ['*'],
    pathNormalization: 'BASE',
    meshMtlsMinVersion: '1.2',
    protocolDetectionTimeoutMs: 0,
    connectTimeoutMs: 10_000,
    localityLbEnabled: true,
    h2Upgrade: false,
  });
  expect(mesh.config.origin).toBeUndefined();
});

describe('fields', () => {
  test.each<[string, Partial<MeshConfig>]>([
    ['rootNamespace: mesh', { rootNamespace: 'mesh' }],
    ['rootNamespace: ""', { rootNamespace: 'istio-system' }],
    ['trustDomain: example.org', { trustDomain: 'example.org' }],
    ['trustDomainAliases: [a, b]', { trustDomainAliases: ['a', 'b'] }],
    ['enableAutoMtls: false', { enableAutoMtls: false }],
    ['outboundTrafficPolicy: {mode: REGISTRY_ONLY}', { outboundTrafficPolicy: 'REGISTRY_ONLY' }],
    ['inboundTrafficPolicy: {mode: LOCALHOST}', { inboundTrafficPolicy: 'LOCALHOST' }],
    ['defaultServiceExportTo: [.]', { defaultServiceExportTo: ['.'] }],
    ['defaultDestinationRuleExportTo: [.]', { defaultDestinationRuleExportTo: ['.'] }],
    ['defaultVirtualServiceExportTo: [.]', { defaultVirtualServiceExportTo: ['.'] }],
    ['pathNormalization: {normalization: DEFAULT}', { pathNormalization: 'BASE' }],
    ['pathNormalization: {normalization: NONE}', { pathNormalization: 'NONE' }],
    ['pathNormalization: {normalization: MERGE_SLASHES}', { pathNormalization: 'MERGE_SLASHES' }],
    [
      'meshMTLS: {minProtocolVersion: TLSV1_3, cipherSuites: [A]}',
      { meshMtlsMinVersion: '1.3', meshMtlsCipherSuites: ['A'] },
    ],
    [
      'tlsDefaults: {minProtocolVersion: TLSV1_3, cipherSuites: [A], ecdhCurves: [P-256]}',
      { tlsDefaults: { minProtocolVersion: '1.3', cipherSuites: ['A'], ecdhCurves: ['P-256'] } },
    ],
    ['protocolDetectionTimeout: 5s', { protocolDetectionTimeoutMs: 5000 }],
    ['connectTimeout: 3s', { connectTimeoutMs: 3000 }],
    ['h2UpgradePolicy: UPGRADE', { h2Upgrade: true }],
    ['localityLbSetting: {enabled: false}', { localityLbEnabled: false }],
    ['ingressSelector: edge', { ingressSelector: 'edge' }],
  ])('%s', (text, expected) => {
    expect(configOf(text)).toMatchObject(expected);
  });

  test('providers and CA certificates keep the place they were written', () => {
    const config = configOf(
      '{extensionProviders: [{name: ext, envoyExtAuthzHttp: {service: a.b, port: 80}}], caCertificates: [{pem: X, trustDomains: [a]}]}',
    );
    expect(config.extensionProviders).toMatchObject([
      { name: 'ext', type: 'envoyExtAuthzHttp', origin: { path: ['data', 'mesh', 'extensionProviders', 0] } },
    ]);
    expect(config.caCertificates).toMatchObject([
      { pem: 'X', trustDomains: ['a'], certSigners: [], origin: { path: ['data', 'mesh', 'caCertificates', 0] } },
    ]);
  });
});

test.each(['[', '- a', 'text'])('%j is no mesh configuration, and the defaults hold', (text) => {
  const { mesh, diagnostics } = meshOf(meshConfig(text));
  expect(diagnostics).toMatchObject([{ code: 'mesh-config-invalid', severity: 'error' }]);
  expect(mesh.config.trustDomain).toBe('cluster.local');
});

test('an empty document is fine', () => {
  expect(meshOf(meshConfig('')).diagnostics).toEqual([]);
});
