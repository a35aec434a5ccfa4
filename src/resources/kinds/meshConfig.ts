/**
 * istio.mesh.v1alpha1 MeshConfig: the YAML inside ConfigMap `istio` (key `mesh`). Only what the
 * control plane reads for sidecars and gateways is modelled.
 */
import {
  any,
  boolean,
  duration,
  enumOf,
  type Infer,
  ignored,
  int32,
  list,
  object,
  string,
  unmodelled,
  unmodelledIf,
} from '../schema/schema.ts';
import { extensionProvider } from './meshConfigProviders.ts';
import { proxyConfigDefaults } from './meshConfigProxy.ts';
import { httpRetry } from './shared/httpRetry.ts';
import { labelSelector } from './shared/selector.ts';
import {
  clientTlsSettings,
  connectionPoolSettings,
  localityLbSetting,
  outlierDetection,
  tcpKeepalive,
  zoneAwareLbSetting,
} from './shared/trafficPolicy.ts';

const meshTls = object({
  minProtocolVersion: enumOf('istio.mesh.v1alpha1.MeshConfig.TLSConfig.TLSProtocol', [
    'TLS_AUTO',
    'TLSV1_2',
    'TLSV1_3',
  ]),
  ecdhCurves: list(string),
  cipherSuites: list(string),
});
export type MeshTlsConfig = Infer<typeof meshTls>;

const caCertificates = list(
  object(
    {
      pem: string,
      spiffeBundleUrl: unmodelled('external-server', string),
      certSigners: list(string),
      trustDomains: list(string),
    },
    ['pem', 'spiffeBundleUrl'],
  ),
);

export const meshConfig = object({
  proxyListenPort: unmodelledIf('capture-mode', 'not 15001', (value) => value !== 15001, int32),
  proxyInboundListenPort: unmodelledIf('capture-mode', 'not 15006', (value) => value !== 15006, int32),
  proxyHttpPort: unmodelled('not-built', int32),
  connectTimeout: duration,
  hboneIdleTimeout: ignored('timing-only', duration),
  protocolDetectionTimeout: duration,
  tcpKeepalive: ignored('timing-only', tcpKeepalive),
  ingressClass: string,
  ingressService: string,
  ingressControllerMode: enumOf('istio.mesh.v1alpha1.MeshConfig.IngressControllerMode', [
    'UNSPECIFIED',
    'OFF',
    'DEFAULT',
    'STRICT',
  ]),
  ingressSelector: string,
  enableTracing: ignored('telemetry-only', boolean),
  accessLogFile: ignored('telemetry-only', string),
  accessLogFormat: ignored('telemetry-only', string),
  accessLogEncoding: ignored(
    'telemetry-only',
    enumOf('istio.mesh.v1alpha1.MeshConfig.AccessLogEncoding', ['TEXT', 'JSON']),
  ),
  enableEnvoyAccessLogService: ignored('telemetry-only', boolean),
  disableEnvoyListenerLog: ignored('telemetry-only', boolean),
  defaultConfig: proxyConfigDefaults,
  outboundTrafficPolicy: object({
    mode: enumOf('istio.mesh.v1alpha1.MeshConfig.OutboundTrafficPolicy.Mode', [
      'REGISTRY_ONLY',
      'ALLOW_ANY',
      'ALLOW_ANY_DYNAMIC_DNS',
    ]),
    tls: unmodelled('not-built', clientTlsSettings),
  }),
  inboundTrafficPolicy: object({
    mode: enumOf('istio.mesh.v1alpha1.MeshConfig.InboundTrafficPolicy.Mode', ['PASSTHROUGH', 'LOCALHOST']),
  }),
  configSources: ignored('not-read-by-mesh', any),
  enableAutoMtls: boolean,
  trustDomain: string,
  trustDomainAliases: list(string),
  caCertificates,
  defaultServiceExportTo: list(string),
  defaultVirtualServiceExportTo: list(string),
  defaultDestinationRuleExportTo: list(string),
  rootNamespace: string,
  localityLbSetting: unmodelled('locality', localityLbSetting),
  zoneAwareLbSetting: unmodelled('locality', zoneAwareLbSetting),
  dnsRefreshRate: ignored('timing-only', duration),
  h2UpgradePolicy: enumOf('istio.mesh.v1alpha1.MeshConfig.H2UpgradePolicy', ['DO_NOT_UPGRADE', 'UPGRADE']),
  inboundClusterStatName: ignored('telemetry-only', string),
  outboundClusterStatName: ignored('telemetry-only', string),
  certificates: ignored('no-effect', any),
  serviceSettings: unmodelled(
    'multi-cluster',
    list(object({ settings: object({ clusterLocal: boolean }), hosts: list(string) })),
  ),
  serviceScopeConfigs: unmodelled('multi-cluster', any),
  enablePrometheusMerge: ignored('telemetry-only', boolean),
  verifyCertificateAtClient: ignored('no-effect', boolean),
  ca: unmodelled('external-server', any),
  extensionProviders: list(extensionProvider),
  defaultProviders: ignored(
    'telemetry-only',
    object({ tracing: list(string), metrics: list(string), accessLogging: list(string) }),
  ),
  discoverySelectors: list(labelSelector),
  pathNormalization: object({
    normalization: enumOf('istio.mesh.v1alpha1.MeshConfig.ProxyPathNormalization.NormalizationType', [
      'DEFAULT',
      'NONE',
      'BASE',
      'MERGE_SLASHES',
      'DECODE_AND_MERGE_SLASHES',
    ]),
  }),
  defaultHttpRetryPolicy: httpRetry,
  defaultInboundHttpRetryPolicy: httpRetry,
  meshMTLS: meshTls,
  tlsDefaults: meshTls,
  defaultTrafficPolicy: object({
    connectionPool: connectionPoolSettings,
    outlierDetection: ignored('load-only', outlierDetection),
  }),
  serviceEntryVisibility: unmodelled('not-built', any),
});
export type MeshConfig = Infer<typeof meshConfig>;
