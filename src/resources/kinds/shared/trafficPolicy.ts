/** Client-side traffic settings: DestinationRule, Sidecar connection pools and MeshConfig share them. */
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
  number,
  object,
  string,
  uint32,
  uint64,
  unmodelled,
} from '../../schema/schema.ts';
import { portSelector } from './selector.ts';

const failover = object({ from: string, to: string });

export const localityLbSetting = object({
  distribute: list(object({ from: string, to: map(uint32) })),
  failover: list(failover),
  failoverPriority: list(string),
  enabled: boolean,
});
export type LocalityLbSetting = Infer<typeof localityLbSetting>;

export const zoneAwareLbSetting = object({
  enabled: boolean,
  failover: list(failover),
  failoverPriority: list(string),
  minClusterSize: uint32,
});

const consistentHash = object(
  {
    httpHeaderName: string,
    httpCookie: object({
      name: string,
      path: string,
      ttl: duration,
      attributes: list(object({ name: string, value: string })),
    }),
    useSourceIp: boolean,
    httpQueryParameterName: string,
    ringHash: object({ minimumRingSize: uint64 }),
    maglev: object({ tableSize: uint64 }),
    minimumRingSize: uint64,
  },
  ['httpHeaderName', 'httpCookie', 'useSourceIp', 'httpQueryParameterName'],
  ['ringHash', 'maglev'],
);

export const loadBalancerSettings = object(
  {
    simple: enumOf('istio.networking.v1alpha3.LoadBalancerSettings.SimpleLB', [
      'UNSPECIFIED',
      'LEAST_CONN',
      'RANDOM',
      'PASSTHROUGH',
      'ROUND_ROBIN',
      'LEAST_REQUEST',
    ]),
    consistentHash: ignored('endpoint-choice', consistentHash),
    localityLbSetting: unmodelled('locality', localityLbSetting),
    zoneAwareLbSetting: unmodelled('locality', zoneAwareLbSetting),
    warmupDurationSecs: ignored('load-only', duration),
    /** Newer than the version that is simulated, which ignores it. */
    backendUtilization: ignored('load-only', any),
    warmup: ignored('load-only', object({ duration, minimumPercent: number, aggression: number })),
  },
  ['simple', 'consistentHash'],
);
export type LoadBalancerSettings = Infer<typeof loadBalancerSettings>;

export const tcpKeepalive = object({ probes: uint32, time: duration, interval: duration });

export type ZoneAwareLbSetting = Infer<typeof zoneAwareLbSetting>;

export const connectionPoolSettings = object({
  tcp: object({
    maxConnections: int32,
    connectTimeout: duration,
    tcpKeepalive: ignored('timing-only', tcpKeepalive),
    maxConnectionDuration: ignored('timing-only', duration),
    idleTimeout: ignored('timing-only', duration),
  }),
  http: object({
    http1MaxPendingRequests: int32,
    http2MaxRequests: int32,
    maxRequestsPerConnection: ignored('load-only', int32),
    maxRetries: ignored('load-only', int32),
    idleTimeout: ignored('timing-only', duration),
    h2UpgradePolicy: enumOf('istio.networking.v1alpha3.ConnectionPoolSettings.HTTPSettings.H2UpgradePolicy', [
      'DEFAULT',
      'DO_NOT_UPGRADE',
      'UPGRADE',
    ]),
    useClientProtocol: boolean,
    maxConcurrentStreams: ignored('load-only', int32),
    http2KeepAlive: ignored('timing-only', object({ interval: duration, timeout: duration })),
  }),
});
export type ConnectionPoolSettings = Infer<typeof connectionPoolSettings>;

export const outlierDetection = object({
  consecutiveErrors: int32,
  splitExternalLocalOriginErrors: boolean,
  consecutiveLocalOriginFailures: uint32,
  consecutiveGatewayErrors: uint32,
  consecutive5xxErrors: uint32,
  interval: duration,
  baseEjectionTime: duration,
  maxEjectionPercent: int32,
  minHealthPercent: int32,
  outlierDetectionHttpErrorCodes: list(uint32),
});
export type OutlierDetection = Infer<typeof outlierDetection>;

export const clientTlsSettings = object({
  mode: enumOf('istio.networking.v1alpha3.ClientTLSSettings.TLSmode', ['DISABLE', 'SIMPLE', 'MUTUAL', 'ISTIO_MUTUAL']),
  clientCertificate: string,
  privateKey: string,
  caCertificates: string,
  credentialName: string,
  subjectAltNames: list(string),
  sni: string,
  insecureSkipVerify: boolean,
  caCrl: string,
});
export type ClientTlsSettings = Infer<typeof clientTlsSettings>;
export type ClientTlsMode = NonNullable<ClientTlsSettings['mode']>;

export const portTrafficPolicy = object({
  port: portSelector,
  loadBalancer: loadBalancerSettings,
  connectionPool: connectionPoolSettings,
  outlierDetection: ignored('load-only', outlierDetection),
  tls: clientTlsSettings,
});
export type PortTrafficPolicy = Infer<typeof portTrafficPolicy>;

export const trafficPolicy = object({
  loadBalancer: loadBalancerSettings,
  connectionPool: connectionPoolSettings,
  outlierDetection: ignored('load-only', outlierDetection),
  tls: clientTlsSettings,
  portLevelSettings: list(portTrafficPolicy),
  tunnel: unmodelled('not-built', object({ protocol: string, targetHost: string, targetPort: uint32 })),
  proxyProtocol: unmodelled(
    'not-built',
    object({ version: enumOf('istio.networking.v1alpha3.TrafficPolicy.ProxyProtocol.VERSION', ['V1', 'V2']) }),
  ),
  retryBudget: ignored('load-only', object({ percent: number, minRetryConcurrency: uint32, budgetInterval: duration })),
});
export type TrafficPolicy = Infer<typeof trafficPolicy>;
