/**
 * Envoy-shaped listeners, as istiod would push them to one proxy. Shapes follow Envoy's v3 API in
 * what decides a verdict; every item says which resources it came from (most decisive first).
 */
import type { Origin } from '../../base/origin.ts';
import type { TlsVersion } from '../../trace/call.ts';
import type { CannotTell } from '../../trace/trace.ts';
import type { NetworkExtAuthz, NetworkRbac } from './authz.ts';
import type { HttpConnectionManager } from './http.ts';

export interface Listener {
  /** Envoy's name, e.g. `virtualInbound`, `0.0.0.0_8000`, `10.96.0.11_9000`. */
  readonly name: string;
  readonly direction: 'inbound' | 'outbound';
  /** '0.0.0.0' or one address; outbound service listeners are reached through 15001's original destination. */
  readonly address: string;
  readonly port: number;
  readonly bindToPort: boolean;
  readonly useOriginalDestination: boolean;
  /** The TLS inspector looks at connections to these destination ports. */
  readonly tlsInspector: PortPredicate;
  readonly httpInspector: PortPredicate;
  /** 0: wait for ever for the first bytes. */
  readonly listenerFiltersTimeoutMs: number;
  readonly filterChains: readonly FilterChain[];
  readonly defaultFilterChain?: FilterChain;
  readonly origins: readonly Origin[];
  /** Envoy refuses the listener with this text: nothing is in force on a fresh proxy. */
  readonly nack?: string;
  /** Of a proxy that has just started: it waits for this secret, and is not open before. */
  readonly warmsFor?: string;
  /** What listens here, or whether anything does, depends on something that is not modelled. */
  readonly cannotTell?: CannotTell;
}

/** On which destination ports a listener filter runs: everywhere or nowhere, but for the exceptions. */
export interface PortPredicate {
  readonly byDefault: boolean;
  readonly except: readonly number[];
}

export interface FilterChain {
  /** FILTER_CHAIN_NAME in the log; undefined where istiod leaves it empty. */
  readonly name?: string;
  readonly match: FilterChainMatch;
  readonly tls?: DownstreamTlsContext;
  readonly filters: readonly NetworkFilter[];
  /** The chain depends on something that is not modelled. */
  readonly cannotTell?: CannotTell;
  readonly origins: readonly Origin[];
}

/** Empty arrays and absent fields match anything. */
export interface FilterChainMatch {
  readonly destinationPort?: number;
  /** CIDRs. */
  readonly prefixRanges: readonly string[];
  /** Exact, or `*.suffix`. */
  readonly serverNames: readonly string[];
  readonly transportProtocol?: 'tls' | 'raw_buffer';
  readonly applicationProtocols: readonly string[];
}

export type NetworkFilter =
  | { readonly kind: 'http-connection-manager'; readonly hcm: HttpConnectionManager }
  | { readonly kind: 'tcp-proxy'; readonly tcpProxy: TcpProxy }
  | { readonly kind: 'network-rbac'; readonly rbac: NetworkRbac }
  | { readonly kind: 'network-ext-authz'; readonly extAuthz: NetworkExtAuthz };

export interface TcpProxy {
  /** One entry: that cluster; several: by weight. */
  readonly clusters: readonly { readonly name: string; readonly weight: number }[];
  readonly statPrefix: string;
  readonly origins: readonly Origin[];
}

/** Server side of TLS. Secrets are named; ProxyConfig.secrets holds what SDS answers. */
export interface DownstreamTlsContext {
  /** SDS names of key and certificate; the first usable for the client is served. */
  readonly certificates: readonly string[];
  readonly requireClientCertificate: boolean;
  /** Absent: no client certificate is asked for. */
  readonly validation?: ValidationContext;
  readonly alpn: readonly string[];
  readonly minVersion: TlsVersion;
  readonly maxVersion: TlsVersion;
  /** For TLS 1.2 and below; empty: Envoy's own list. */
  readonly cipherSuites: readonly string[];
  readonly ecdhCurves: readonly string[];
  readonly origins: readonly Origin[];
}

export interface ValidationContext {
  /** SDS name of the trust bundle; absent: no chain check. */
  readonly trustBundle?: string;
  readonly matchSans: readonly SanMatcher[];
  readonly verifyCertificateHash: readonly string[];
  readonly verifyCertificateSpki: readonly string[];
  /** ACCEPT_UNTRUSTED */
  readonly acceptUntrusted: boolean;
}

export interface SanMatcher {
  readonly kind: 'exact' | 'prefix';
  readonly value: string;
}
