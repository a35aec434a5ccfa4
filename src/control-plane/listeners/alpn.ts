/** Application protocols by which Istio's listeners tell kinds of traffic apart (listener.go, filterchain_options.go). */

/** What the HTTP inspector says of plain text. HTTP/1.0 is left out: it passes as opaque TCP. */
export const PLAINTEXT_HTTP = ['http/1.1', 'h2c'] as const;
/** What a client sidecar offers for requests it understood as HTTP. */
export const MTLS_HTTP = ['istio-http/1.0', 'istio-http/1.1', 'istio-h2'] as const;
/** What it offers for anything else. */
export const MTLS_TCP = ['istio-peer-exchange', 'istio'] as const;
export const MTLS_ANY = ['istio', 'istio-peer-exchange', 'istio-http/1.0', 'istio-http/1.1', 'istio-h2'] as const;

/** Offered by servers. */
export const SERVER_HTTP = ['h2', 'http/1.1'] as const;
export const SERVER_TCP = ['istio-peer-exchange', 'h2', 'http/1.1'] as const;
