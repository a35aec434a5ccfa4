/** One access-log entry of a proxy, field by field as Envoy's formatter names them; `-` is absence. */
export interface AccessLogEntry {
  readonly protocol?: 'HTTP/1.0' | 'HTTP/1.1' | 'HTTP/2';
  readonly method?: string;
  readonly path?: string;
  readonly authority?: string;
  readonly userAgent?: string;
  readonly forwardedFor?: string;
  readonly requestId?: string;
  /** RESPONSE_CODE; 0 when there was no HTTP response. */
  readonly status: number;
  /** RESPONSE_FLAGS in the order Envoy prints them, e.g. ['URX', 'UF']. */
  readonly flags: readonly string[];
  /** RESPONSE_CODE_DETAILS */
  readonly details?: string;
  /** CONNECTION_TERMINATION_DETAILS */
  readonly termination?: string;
  /** UPSTREAM_TRANSPORT_FAILURE_REASON */
  readonly upstreamFailure?: string;
  /** DOWNSTREAM_TRANSPORT_FAILURE_REASON */
  readonly downstreamFailure?: string;
  /** Bodies of HTTP messages; absent where bytes are not counted. */
  readonly bytesReceived?: number;
  readonly bytesSent?: number;
  readonly upstreamHost?: string;
  readonly cluster?: string;
  readonly upstreamLocalAddress?: string;
  readonly downstreamLocalAddress?: string;
  readonly downstreamRemoteAddress?: string;
  /** REQUESTED_SERVER_NAME */
  readonly sni?: string;
  readonly route?: string;
  /** FILTER_CHAIN_NAME */
  readonly filterChain?: string;
  /** DOWNSTREAM_PEER_URI_SAN */
  readonly peer?: string;
  readonly downstreamTls?: string;
  readonly upstreamTls?: string;
}
