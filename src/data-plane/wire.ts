/**
 * What travels between parties: abstract bytes, nested as on the wire. A `Payload` is what a
 * client sends on a fresh TCP connection; a `Reply` is everything that comes back. TLS wraps an
 * inner payload, so double TLS, passthrough and TLS to a plain-text port need no special case:
 * whoever does not terminate TLS hands the payload on, or misreads it.
 */
import type { WorkloadId } from '../base/ids.ts';
import type { Origin } from '../base/origin.ts';
import type { PrivateKey } from '../crypto/keys.ts';
import type { Certificate, Crl } from '../pki/types.ts';
import type { TlsVersion } from '../trace/call.ts';
import type { AppSaw } from '../trace/outcome.ts';
import type { NameExpectation, TlsHandshakeStep } from '../trace/tlsStep.ts';
import type { CannotTell, HopId, Refuser } from '../trace/trace.ts';
import type { StandingConnection } from './standing/types.ts';

export type Payload =
  | { readonly kind: 'http'; readonly request: HttpRequest }
  /** Raw bytes of a TCP client: one line. */
  | { readonly kind: 'line'; readonly text: string }
  | TlsPayload
  /** Nothing: the client goes away before it sends a byte (curl, once it dislikes the server's name). */
  | { readonly kind: 'nothing' };

export interface TlsPayload {
  readonly kind: 'tls';
  readonly client: TlsClient;
  readonly inner: Payload;
  /** Numbered within the trace by whoever starts it. */
  readonly connection: number;
  /** 1; one more for each TLS it is wrapped in. */
  readonly layer: number;
  /** It goes over a connection that stands: no handshake takes place. */
  readonly standing?: StandingConnection;
}

/** Header names in lower case; pseudo-headers are fields. */
export interface HttpRequest {
  readonly version: '1.0' | '1.1' | '2';
  readonly method: string;
  readonly scheme: 'http' | 'https';
  readonly authority: string;
  /** There is no Host header (or `:authority`) at all; `authority` is empty then. */
  readonly noHost?: true;
  /** With query. */
  readonly path: string;
  readonly headers: readonly (readonly [string, string])[];
}

export interface HttpResponse {
  readonly status: number;
  readonly headers: readonly (readonly [string, string])[];
  /** Absent: the application's echo. */
  readonly body?: string;
  readonly servedBy?: WorkloadId;
  readonly appSaw?: AppSaw;
  /** The body's end is the end of the connection: a proxy that hands it on has to send chunks. */
  readonly unsized?: boolean;
  /** The server closes the connection after this response. */
  readonly closes?: boolean;
  /** It does so only after a while, in which the other side may still send (Envoy's delayed close). */
  readonly lingers?: boolean;
  /** Why this is not the application's answer. */
  readonly cause?: Cause;
  /** Only its beginning came; then the connection, or the stream of HTTP/2, ended. */
  readonly cutShort?: 'closed' | 'stream-reset';
}

/** Who brought about that something else than the application's answer came back: the root, not the messenger. */
export type Cause =
  | { readonly kind: 'refused'; readonly hop: HopId; readonly by: Refuser }
  | { readonly kind: 'answered'; readonly hop: HopId }
  | { readonly kind: 'failed'; readonly hop: HopId };

/** A TLS client: what it offers and what it demands of the server. */
export interface TlsClient {
  readonly implementation: 'curl-openssl' | 'envoy-boringssl' | 'go';
  readonly sni?: string;
  readonly alpn: readonly string[];
  readonly minVersion: TlsVersion;
  readonly maxVersion: TlsVersion;
  readonly cipherSuites: readonly string[];
  readonly certificate?: { readonly chain: readonly Certificate[]; readonly key: PrivateKey };
  readonly trust: ClientTrust;
  /** Milliseconds by which its clock is ahead of the mesh's. */
  readonly clockSkew?: number;
}

export interface ClientTrust {
  readonly anchors: readonly Certificate[] | 'system' | 'none';
  /** Revocation lists that came with the anchors; absent: revocation is not checked. */
  readonly crls?: readonly Crl[];
  readonly names: readonly NameExpectation[];
  readonly hashPins: readonly string[];
  readonly spkiPins: readonly string[];
}

/** What comes back on a connection. */
export type Reply = ReplyBytes & { readonly cause?: Cause };

type ReplyBytes =
  /** The peer accepted and answered HTTP (an HTTP/1.x or /2 response in the same layer as the request). */
  | { readonly kind: 'http'; readonly response: HttpResponse }
  | { readonly kind: 'line'; readonly text: string; readonly servedBy: WorkloadId }
  /** TLS was terminated and established; `inner` is what came back inside. */
  | { readonly kind: 'tls'; readonly handshake: TlsHandshakeStep; readonly inner: Reply }
  /** The handshake failed; the client sees `handshake.result`. */
  | { readonly kind: 'tls-failed'; readonly handshake: TlsHandshakeStep }
  /** Plain-text bytes where the client expected TLS or HTTP (an HTTP 400 to a ClientHello, say). */
  | { readonly kind: 'garbage'; readonly text: string; readonly looksLike: 'http' | 'other' }
  | { readonly kind: 'refused' }
  /** `onLink`: the address is in the pod network, but nobody has it. */
  | { readonly kind: 'unreachable'; readonly onLink: boolean }
  /** Its packets are dropped, by this policy. */
  | { readonly kind: 'connect-timeout'; readonly by: Origin }
  /** RST after accept. `raced`: the caller may see a clean end instead. */
  | { readonly kind: 'reset'; readonly raced: boolean }
  /**
   * FIN without data. `raced`: the caller may see a reset instead; `inHandshake`: before the client's
   * part of the TLS around it was read.
   */
  | { readonly kind: 'closed'; readonly raced: boolean; readonly inHandshake?: boolean }
  /** HTTP/2: the stream was reset (INTERNAL_ERROR), the connection stays. */
  | { readonly kind: 'stream-reset' }
  /** Accepted, then silence. */
  | { readonly kind: 'silence' }
  | { readonly kind: 'cannot-tell'; readonly why: CannotTell };

/** A TCP connection as its receiver sees it. */
export interface Connection {
  readonly sourceIp: string;
  /** Address and port the sender dialled, before any translation by the receiver's capture. */
  readonly destinationIp: string;
  readonly destinationPort: number;
  readonly payload: Payload;
  /** The sender keeps the connection in a pool after the response (Envoy's HTTP upstreams do, curl does not). */
  readonly pooled: boolean;
}
