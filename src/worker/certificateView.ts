/** Certificates, identities and handshake bytes as the inspector shows them. Types only. */
import type { WorkloadId } from '../base/ids.ts';

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

export interface HandshakeBytes {
  readonly connection: number;
  readonly layer: number;
  readonly messages: readonly HandshakeMessage[];
}

export interface HandshakeMessage {
  readonly from: 'client' | 'server';
  /** RFC 8446 name: `client_hello`, `certificate_verify`, `alert` ... */
  readonly name: string;
  /** An eavesdropper sees only a record of application data. */
  readonly encrypted: boolean;
  /** The record(s) on the wire, hex. */
  readonly wire: string;
  /** The message in the clear, hex; fields' offsets count in it. */
  readonly plain: string;
  readonly fields: readonly ByteField[];
}

export interface ByteField {
  readonly name: string;
  readonly value: string;
  readonly start: number;
  readonly end: number;
  readonly children: readonly ByteField[];
}
