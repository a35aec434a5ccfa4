/**
 * A TLS handshake as the data plane decided it: both parties' parameters (certificates by
 * fingerprint; the compiled mesh and the call hold the bytes), what each side checked, and the end.
 * `handshake()` replays exactly this, byte by byte.
 */
import type { Origin } from '../base/origin.ts';
import type { TlsVersion } from './call.ts';

export interface TlsHandshakeStep {
  readonly kind: 'tls-handshake';
  readonly origins: readonly Origin[];
  /** As of every step. */
  readonly at?: number;
  /** Which end this hop is. Both ends record the handshake, with the same connection number. */
  readonly role: 'client' | 'server';
  /** Numbered within the trace, so that a view can ask for its bytes. */
  readonly connection: number;
  /** 1 for a connection's outer TLS, 2 for TLS inside TLS. */
  readonly layer: number;
  readonly client: TlsClientParams;
  readonly server: TlsServerParams;
  readonly negotiated?: {
    readonly version: TlsVersion;
    readonly alpn?: string;
    readonly cipherSuite?: string;
  };
  readonly checks: readonly CertificateCheck[];
  readonly result: TlsResult;
  /** No handshake took place in this call: it is that of the connection which the call went over. */
  readonly earlier?: EarlierHandshake;
}

export interface EarlierHandshake {
  /** The mesh clock then. */
  readonly at: number;
  /** Certificates of its ends that have run out since; nobody looks at them. */
  readonly ended: readonly { readonly of: 'client' | 'server'; readonly notAfter: number }[];
}

export interface TlsClientParams {
  readonly implementation: 'curl-openssl' | 'envoy-boringssl' | 'go';
  readonly sni?: string;
  readonly alpn: readonly string[];
  readonly minVersion: TlsVersion;
  readonly maxVersion: TlsVersion;
  /** SHA-256 fingerprints (hex), leaf first; empty: no client certificate. */
  readonly certificateChain: readonly string[];
  readonly trust: TrustParams;
}

export interface TlsServerParams {
  readonly implementation: 'envoy-boringssl' | 'go';
  readonly alpn: readonly string[];
  readonly minVersion: TlsVersion;
  readonly maxVersion: TlsVersion;
  readonly cipherSuites?: readonly string[];
  readonly certificateChain: readonly string[];
  readonly clientCertificate: 'not-requested' | 'requested' | 'required';
  readonly trust?: TrustParams;
}

export interface TrustParams {
  /** Fingerprints of the trust anchors; `system`: an operating system's bundle; `none`: no verification. */
  readonly anchors: readonly string[] | 'system' | 'none';
  readonly names?: NameExpectation;
  readonly crl?: boolean;
}

export type NameExpectation =
  | { readonly kind: 'exact-san'; readonly anyOf: readonly string[] }
  | { readonly kind: 'san-prefix'; readonly anyOf: readonly string[] }
  /** auto_san_validation: the Host header. */
  | { readonly kind: 'auto-san'; readonly host: string }
  /** curl's host name check. */
  | { readonly kind: 'host-name'; readonly host: string };

/** One check a party made of the other's certificate. */
export interface CertificateCheck {
  readonly by: 'client' | 'server';
  readonly check:
    | 'presented'
    | 'chain'
    | 'validity'
    | 'names'
    | 'pins'
    | 'usage'
    | 'signature'
    | 'revocation'
    | 'constraints';
  readonly passed: boolean;
  readonly wanted?: string;
  readonly saw?: string;
  /** Depth in the peer's chain the check concerns. */
  readonly depth?: number;
  /** The verifier's own words on failure. */
  readonly text?: string;
}

export type TlsResult =
  | { readonly kind: 'established' }
  | {
      readonly kind: 'refused';
      /** Who noticed. */
      readonly by: 'client' | 'server';
      /** TLS alert name, e.g. `unknown_ca`; absent when the connection was just dropped. */
      readonly alert?: string;
      /** TLS 1.3: the client had already finished when the server refused its certificate. */
      readonly late: boolean;
      /** Each side's own words: curl's message, or Envoy's transport failure reason. */
      readonly clientSees: string;
      readonly serverSees?: string;
    }
  /** The peer does not speak TLS, or went away in the handshake. */
  | {
      readonly kind: 'broken';
      readonly reason: 'not-tls' | 'reset' | 'closed' | 'no-secret';
      readonly clientSees: string;
      readonly serverSees?: string;
    };
