/** istio.mesh.v1alpha1 ProxyConfig: `defaultConfig` of MeshConfig and the annotation proxy.istio.io/config. */
import {
  any,
  boolean,
  duration,
  enumOf,
  type Infer,
  ignored,
  int32,
  list,
  map,
  object,
  string,
  uint32,
  unmodelled,
  unmodelledIf,
} from '../schema/schema.ts';
import { proxyImage } from './proxyConfig.ts';
import { readinessProbe } from './workloadGroup.ts';

const forwardClientCertDetails = enumOf('istio.mesh.v1alpha1.ForwardClientCertDetails', [
  'UNDEFINED',
  'SANITIZE',
  'FORWARD_ONLY',
  'APPEND_FORWARD',
  'SANITIZE_SET',
  'ALWAYS_FORWARD_ONLY',
]);
export type ForwardClientCertDetails = Infer<typeof forwardClientCertDetails>;

const authenticationPolicy = enumOf('istio.mesh.v1alpha1.AuthenticationPolicy', ['NONE', 'MUTUAL_TLS', 'INHERIT']);
const toggle = object({ disabled: boolean });
const enabled = object({ enabled: boolean });

const proxyHeaders = object({
  forwardedClientCert: forwardClientCertDetails,
  server: object({ disabled: boolean, value: string }),
  requestId: toggle,
  attemptCount: toggle,
  envoyDebugHeaders: ignored('telemetry-only', toggle),
  metadataExchangeHeaders: ignored(
    'telemetry-only',
    object({
      mode: enumOf('istio.mesh.v1alpha1.ProxyConfig.ProxyHeaders.MetadataExchangeMode', ['UNDEFINED', 'IN_MESH']),
    }),
  ),
  setCurrentClientCertDetails: object({
    subject: boolean,
    cert: boolean,
    chain: boolean,
    dns: boolean,
    uri: boolean,
  }),
  preserveHttp1HeaderCase: unmodelled('not-built', boolean),
  xForwardedHost: unmodelled('not-built', enabled),
  xForwardedPort: unmodelled('not-built', enabled),
});
export type ProxyHeaders = Infer<typeof proxyHeaders>;

const connectionSettings = object({
  profile: enumOf('istio.mesh.v1alpha1.ProxyConfig.ConnectionSettings.Profile', ['SIDECAR', 'EDGE']),
  listenerPerConnectionBufferLimitBytes: int32,
  clusterPerConnectionBufferLimitBytes: int32,
  httpIdleTimeout: duration,
  httpMaxConnectionDuration: duration,
  httpDrainTimeout: duration,
  httpRequestTimeout: duration,
  httpRequestHeadersTimeout: duration,
  httpStreamIdleTimeout: duration,
  httpMaxStreamDuration: duration,
  httpMaxConcurrentStreams: int32,
  http2InitialStreamWindowSize: int32,
  http2InitialConnectionWindowSize: int32,
  httpHeadersWithUnderscoresAction: enumOf(
    'istio.mesh.v1alpha1.ProxyConfig.ConnectionSettings.HeadersWithUnderscoresAction',
    [
      'HEADERS_WITH_UNDERSCORES_UNSPECIFIED',
      'HEADERS_WITH_UNDERSCORES_ALLOW',
      'HEADERS_WITH_UNDERSCORES_REJECT_REQUEST',
      'HEADERS_WITH_UNDERSCORES_DROP_HEADER',
    ],
  ),
  httpMergeSlashes: boolean,
  httpPathWithEscapedSlashesAction: enumOf(
    'istio.mesh.v1alpha1.ProxyConfig.ConnectionSettings.PathWithEscapedSlashesAction',
    [
      'PATH_WITH_ESCAPED_SLASHES_UNSPECIFIED',
      'KEEP_UNCHANGED',
      'REJECT_REQUEST',
      'UNESCAPE_AND_REDIRECT',
      'UNESCAPE_AND_FORWARD',
    ],
  ),
  listenerConnectionLimit: int32,
  globalDownstreamConnectionLimit: int32,
});

export const proxyConfigDefaults = object(
  {
    configPath: ignored('container-runtime', string),
    binaryPath: ignored('container-runtime', string),
    serviceCluster: ignored('telemetry-only', string),
    tracingServiceName: ignored(
      'telemetry-only',
      enumOf('istio.mesh.v1alpha1.ProxyConfig.TracingServiceName', [
        'APP_LABEL_AND_NAMESPACE',
        'CANONICAL_NAME_ONLY',
        'CANONICAL_NAME_AND_NAMESPACE',
      ]),
    ),
    drainDuration: ignored('timing-only', duration),
    discoveryAddress: ignored('not-read-by-mesh', string),
    discoveryRefreshDelay: ignored('timing-only', duration),
    zipkinAddress: ignored('telemetry-only', string),
    statsdUdpAddress: ignored('telemetry-only', string),
    envoyMetricsServiceAddress: ignored('telemetry-only', string),
    proxyAdminPort: ignored('not-read-by-mesh', int32),
    availabilityZone: ignored('no-effect', string),
    controlPlaneAuthPolicy: ignored('not-read-by-mesh', authenticationPolicy),
    customConfigFile: unmodelled('envoy-patch', string),
    statNameLength: ignored('telemetry-only', int32),
    concurrency: ignored('load-only', int32),
    proxyBootstrapTemplatePath: unmodelled('envoy-patch', string),
    interceptionMode: unmodelledIf(
      'capture-mode',
      'not REDIRECT',
      (value) => value !== 'REDIRECT',
      enumOf('istio.mesh.v1alpha1.ProxyConfig.InboundInterceptionMode', ['REDIRECT', 'TPROXY', 'NONE']),
    ),
    tracing: ignored('telemetry-only', any),
    sds: ignored('no-effect', any),
    envoyAccessLogService: ignored('telemetry-only', any),
    envoyMetricsService: ignored('telemetry-only', any),
    proxyMetadata: map(string),
    runtimeValues: unmodelled('envoy-patch', map(string)),
    statusPort: int32,
    extraStatTags: ignored('telemetry-only', list(string)),
    gatewayTopology: object({
      numTrustedProxies: uint32,
      forwardClientCertDetails,
      proxyProtocol: unmodelled('not-built', object({})),
    }),
    terminationDrainDuration: ignored('rollout', duration),
    meshId: unmodelled('multi-cluster', string),
    readinessProbe: ignored('rollout', readinessProbe),
    proxyStatsMatcher: ignored('telemetry-only', any),
    holdApplicationUntilProxyStarts: ignored('rollout', boolean),
    caCertificatesPem: unmodelled('not-built', list(string)),
    image: ignored('container-runtime', proxyImage),
    privateKeyProvider: unmodelled('proxy-files', any),
    proxyHeaders,
    fileFlushInterval: ignored('telemetry-only', duration),
    fileFlushMinSizeKb: ignored('telemetry-only', uint32),
    statsCompression: ignored('telemetry-only', boolean),
    connectionSettings: unmodelled('not-built', connectionSettings),
  },
  ['serviceCluster', 'tracingServiceName'],
);
export type MeshProxyConfig = Infer<typeof proxyConfigDefaults>;
