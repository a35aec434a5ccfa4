/** Envoy-shaped clusters with their endpoints (EDS answers included) and transport sockets. */
import type { WorkloadId } from '../../base/ids.ts';
import type { Origin } from '../../base/origin.ts';
import type { TlsVersion } from '../../trace/call.ts';
import type { Reason } from '../../trace/step.ts';
import type { CannotTell } from '../../trace/trace.ts';
import type { ValidationContext } from './listener.ts';

export interface Cluster {
  /** `outbound|80||host`, `inbound|8080||`, `PassthroughCluster`, `BlackHoleCluster`, `InboundPassthroughCluster` ... */
  readonly name: string;
  readonly type: 'EDS' | 'STATIC' | 'STRICT_DNS' | 'LOGICAL_DNS' | 'ORIGINAL_DST' | 'DYNAMIC_FORWARD_PROXY';
  readonly endpoints: readonly ClusterEndpoint[];
  /** ORIGINAL_DST with a port of its own (ServiceEntry NONE with targetPort). */
  readonly originalDstPortOverride?: number;
  readonly transport: ClusterTransport;
  readonly upstreamHttp: 'http1' | 'http2' | 'use-downstream';
  readonly connectTimeoutMs: number;
  /** Source address of the connection: inbound clusters use 127.0.0.6. */
  readonly bindSource?: string;
  readonly circuitBreaker?: {
    readonly maxConnections?: number;
    readonly maxPendingRequests?: number;
    readonly maxRequests?: number;
    readonly origin: Origin;
  };
  /** The cluster depends on something that is not modelled. */
  readonly cannotTell?: CannotTell;
  readonly origins: readonly Origin[];
}

export interface ClusterEndpoint {
  readonly address: string;
  readonly port: number;
  /** For DNS clusters: the name to resolve instead of an address. */
  readonly dnsName?: string;
  readonly workload?: WorkloadId;
  /** Endpoint metadata envoy.transport_socket_match. */
  readonly tlsMode?: 'istio';
  readonly weight: number;
  readonly priority: number;
  readonly origins: readonly Origin[];
}

export type ClusterTransport =
  | { readonly kind: 'raw'; readonly why: Reason; readonly origins: readonly Origin[] }
  /** Every endpoint, no label check. */
  | {
      readonly kind: 'tls';
      readonly tls: UpstreamTlsContext;
      readonly why: Reason;
      readonly origins: readonly Origin[];
    }
  /** transport_socket_matches: TLS to endpoints labelled tlsMode=istio, else plain text. */
  | {
      readonly kind: 'by-endpoint-label';
      readonly tls: UpstreamTlsContext;
      readonly why: Reason;
      readonly origins: readonly Origin[];
    };

export interface UpstreamTlsContext {
  readonly mode: 'ISTIO_MUTUAL' | 'SIMPLE' | 'MUTUAL';
  /** SDS name of the client certificate. */
  readonly certificate?: string;
  /** Absent: nothing is verified (insecureSkipVerify). */
  readonly validation?: ValidationContext;
  readonly sni?: string;
  /** auto_sni: the upstream Host header (HTTP only). */
  readonly autoSni: boolean;
  /** auto_san_validation: the certificate must match the Host header (HTTP only). */
  readonly autoSanValidation: boolean;
  readonly alpn: readonly string[];
  /** The istio.alpn filter may put istio-http/1.1 ... in front. */
  readonly alpnOverride: boolean;
  readonly minVersion: TlsVersion;
  readonly maxVersion: TlsVersion;
  readonly cipherSuites: readonly string[];
  readonly ecdhCurves: readonly string[];
}
