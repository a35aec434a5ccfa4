/** Certificates, identities and handshake bytes as the inspector shows them. Types only. */
import type { WorkloadId } from '../base/ids.ts';
import type { HandshakeView } from '../engine.ts';

export type { CurveWalk } from '../engine.ts';

export interface CertificateView {
  /** SHA-256 of the DER, hex; the name by which traces mention it. */
  readonly fingerprint: string;
  /** RFC 4514 text; '' for an empty subject. */
  readonly subject: string;
  readonly issuer: string;
  readonly serial: string;
  /** Milliseconds since the epoch, inclusive both. */
  readonly notBefore: number;
  readonly notAfter: number;
  readonly subjectAltNames: readonly { readonly type: 'DNS' | 'URI' | 'IP' | 'email'; readonly value: string }[];
  readonly ca: boolean;
  readonly pathLength?: number;
  readonly keyUsage: readonly string[];
  readonly extendedKeyUsage: readonly string[];
  readonly subjectKeyId?: string;
  readonly authorityKeyId?: string;
  /** e.g. `EC P-256`, `RSA 2048`. */
  readonly publicKey: string;
  readonly signatureAlgorithm: string;
  readonly selfSigned: boolean;
  readonly pem: string;
}

export interface IdentityView {
  readonly workload: WorkloadId;
  readonly spiffeId?: string;
  readonly trustDomain: string;
  readonly serviceAccount: string;
  /** What the proxy presents, leaf first; empty without a proxy. */
  readonly chain: readonly CertificateView[];
  /** What it accepts peers by. */
  readonly trustAnchors: readonly CertificateView[];
  /** Id of a GraphAuthority. */
  readonly signedBy?: string;
}

/**
 * Every byte of one handshake: messages with their fields, records, and what the parties compute and
 * decide between them. `connection` and `layer` are those of the TlsHandshakeStep.
 */
export interface HandshakeBytes extends HandshakeView {
  readonly connection: number;
  readonly layer: number;
}
export type HandshakeMessage = HandshakeView['messages'][number];
export type ByteField = HandshakeMessage['fields'][number];
/** A computation, decision or outcome between messages. */
export type HandshakeStep = HandshakeView['steps'][number];
