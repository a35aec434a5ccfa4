/**
 * Habits of the implementations whose handshakes a mesh sees, as far as they change bytes or
 * outcomes: what they offer, in which order, which keys an early alert is sent under, how a mismatch
 * of ALPN ends. OpenSSL 3.0 (as curl drives it), BoringSSL (as Envoy does), Go's crypto/tls.
 */
import type { AlertName } from '../registry/alerts.ts';
import type { GroupName } from '../registry/namedGroups.ts';
import type { SchemeName } from '../registry/signatureSchemes.ts';
import type { TlsImplementation } from './config.ts';

export interface Profile {
  /** Names of TLS 1.3 suites and of TLS 1.2 suites, preferred first. */
  readonly cipherSuites: readonly string[];
  readonly groups: readonly GroupName[];
  /** What the peer may sign handshakes with. */
  readonly verifies: readonly SchemeName[];
  /** What it signs with itself. */
  readonly signs: readonly SchemeName[];
  /** ClientHello extension types in the order sent; those that do not apply are left out. */
  readonly extensionOrder: readonly number[];
  /** Signals secure renegotiation by a cipher suite value or by the extension. */
  readonly renegotiation: 'scsv' | 'extension';
  /**
   * TLS 1.3 client: installs its handshake keys only when it first sends under them, so that an alert
   * about the server's certificate travels in the clear.
   */
  readonly defersClientKeys: boolean;
  /** TLS 1.3 server: reads such an alert; others fail to decrypt it. */
  readonly readsPlaintextAlert: boolean;
  /** Server: whose order of cipher suites decides. */
  readonly suiteOrder: 'client' | 'server';
  /** Server: takes a group it got a share for over one it likes better. */
  readonly prefersKeyShare: boolean;
  /** Server without a common protocol: goes on without ALPN, or refuses. */
  readonly alpnMismatch: 'ignore' | 'alert';
  /** Server for h2 alone: a client of http/1.1 alone goes on without ALPN. */
  readonly alpnFallback: boolean;
  /** Server: acknowledges server_name. */
  readonly acknowledgesName: boolean;
  /** Client: sends its certificate only if the request's authorities include an issuer of it. */
  readonly minds: 'schemes' | 'schemes-and-authorities';
  readonly malformedCertificate: AlertName;
  /**
   * TLS 1.2, ECDSA: the key's curve has to be one of the groups (RFC 8422 5.3). Who checks the peer's:
   * a client on receipt of the certificate, or anybody with the peer's signature; and whether a server
   * keeps a certificate back whose curve the client did not offer.
   */
  readonly checksPeerCurve: 'with-certificate' | 'with-signature' | 'never';
  readonly checksOwnCurve: boolean;
  /** NewSessionTicket messages of a TLS 1.3 server. */
  readonly sessionTickets: number;
}

const ECDHE_OPENSSL = [
  'ECDHE-ECDSA-AES256-GCM-SHA384',
  'ECDHE-RSA-AES256-GCM-SHA384',
  'ECDHE-ECDSA-CHACHA20-POLY1305',
  'ECDHE-RSA-CHACHA20-POLY1305',
  'ECDHE-ECDSA-AES128-GCM-SHA256',
  'ECDHE-RSA-AES128-GCM-SHA256',
];

const PROFILES: Readonly<Record<TlsImplementation, Profile>> = {
  'curl-openssl': {
    cipherSuites: [
      'TLS_AES_256_GCM_SHA384',
      'TLS_CHACHA20_POLY1305_SHA256',
      'TLS_AES_128_GCM_SHA256',
      ...ECDHE_OPENSSL,
    ],
    groups: ['x25519', 'secp256r1', 'secp521r1', 'secp384r1'],
    verifies: [
      'ecdsa_secp256r1_sha256',
      'ecdsa_secp384r1_sha384',
      'ecdsa_secp521r1_sha512',
      'ed25519',
      'rsa_pss_rsae_sha256',
      'rsa_pss_rsae_sha384',
      'rsa_pss_rsae_sha512',
      'rsa_pkcs1_sha256',
      'rsa_pkcs1_sha384',
      'rsa_pkcs1_sha512',
    ],
    signs: [
      'ecdsa_secp256r1_sha256',
      'ecdsa_secp384r1_sha384',
      'ecdsa_secp521r1_sha512',
      'ed25519',
      'rsa_pss_rsae_sha256',
      'rsa_pss_rsae_sha384',
      'rsa_pss_rsae_sha512',
      'rsa_pkcs1_sha256',
      'rsa_pkcs1_sha384',
      'rsa_pkcs1_sha512',
    ],
    extensionOrder: [0, 11, 10, 16, 23, 13, 43, 44, 45, 51],
    renegotiation: 'scsv',
    defersClientKeys: true,
    readsPlaintextAlert: true,
    suiteOrder: 'client',
    prefersKeyShare: true,
    alpnMismatch: 'alert',
    alpnFallback: false,
    acknowledgesName: false,
    minds: 'schemes',
    malformedCertificate: 'bad_certificate',
    checksPeerCurve: 'with-signature',
    checksOwnCurve: true,
    sessionTickets: 2,
  },
  'envoy-boringssl': {
    cipherSuites: [
      'TLS_AES_128_GCM_SHA256',
      'TLS_AES_256_GCM_SHA384',
      'TLS_CHACHA20_POLY1305_SHA256',
      'ECDHE-ECDSA-AES128-GCM-SHA256',
      'ECDHE-ECDSA-CHACHA20-POLY1305',
      'ECDHE-RSA-AES128-GCM-SHA256',
      'ECDHE-RSA-CHACHA20-POLY1305',
      'ECDHE-ECDSA-AES256-GCM-SHA384',
      'ECDHE-RSA-AES256-GCM-SHA384',
    ],
    groups: ['x25519', 'secp256r1'],
    // Neither Ed25519 nor P-521: a peer with such a key only is refused.
    verifies: [
      'ecdsa_secp256r1_sha256',
      'rsa_pss_rsae_sha256',
      'rsa_pkcs1_sha256',
      'ecdsa_secp384r1_sha384',
      'rsa_pss_rsae_sha384',
      'rsa_pkcs1_sha384',
      'rsa_pss_rsae_sha512',
      'rsa_pkcs1_sha512',
    ],
    signs: [
      'ed25519',
      'ecdsa_secp256r1_sha256',
      'rsa_pss_rsae_sha256',
      'rsa_pkcs1_sha256',
      'ecdsa_secp384r1_sha384',
      'rsa_pss_rsae_sha384',
      'rsa_pkcs1_sha384',
      'ecdsa_secp521r1_sha512',
      'rsa_pss_rsae_sha512',
      'rsa_pkcs1_sha512',
    ],
    extensionOrder: [0, 23, 65281, 10, 11, 16, 13, 51, 45, 43, 44],
    renegotiation: 'extension',
    defersClientKeys: false,
    readsPlaintextAlert: false,
    suiteOrder: 'server',
    prefersKeyShare: false,
    alpnMismatch: 'ignore',
    alpnFallback: false,
    acknowledgesName: true,
    minds: 'schemes',
    malformedCertificate: 'decode_error',
    checksPeerCurve: 'with-certificate',
    checksOwnCurve: true,
    sessionTickets: 2,
  },
  go: {
    cipherSuites: [
      'TLS_AES_128_GCM_SHA256',
      'TLS_AES_256_GCM_SHA384',
      'TLS_CHACHA20_POLY1305_SHA256',
      'ECDHE-ECDSA-AES128-GCM-SHA256',
      'ECDHE-RSA-AES128-GCM-SHA256',
      'ECDHE-ECDSA-AES256-GCM-SHA384',
      'ECDHE-RSA-AES256-GCM-SHA384',
      'ECDHE-ECDSA-CHACHA20-POLY1305',
      'ECDHE-RSA-CHACHA20-POLY1305',
    ],
    groups: ['x25519', 'secp256r1', 'secp384r1', 'secp521r1'],
    verifies: [
      'rsa_pss_rsae_sha256',
      'ecdsa_secp256r1_sha256',
      'ed25519',
      'rsa_pss_rsae_sha384',
      'rsa_pss_rsae_sha512',
      'rsa_pkcs1_sha256',
      'rsa_pkcs1_sha384',
      'rsa_pkcs1_sha512',
      'ecdsa_secp384r1_sha384',
      'ecdsa_secp521r1_sha512',
    ],
    signs: [
      'rsa_pss_rsae_sha256',
      'ecdsa_secp256r1_sha256',
      'ed25519',
      'rsa_pss_rsae_sha384',
      'rsa_pss_rsae_sha512',
      'rsa_pkcs1_sha256',
      'rsa_pkcs1_sha384',
      'rsa_pkcs1_sha512',
      'ecdsa_secp384r1_sha384',
      'ecdsa_secp521r1_sha512',
    ],
    extensionOrder: [0, 10, 11, 13, 65281, 23, 16, 43, 44, 51, 45],
    renegotiation: 'extension',
    defersClientKeys: false,
    readsPlaintextAlert: false,
    suiteOrder: 'server',
    prefersKeyShare: true,
    alpnMismatch: 'alert',
    alpnFallback: true,
    acknowledgesName: false,
    minds: 'schemes-and-authorities',
    malformedCertificate: 'bad_certificate',
    checksPeerCurve: 'never',
    checksOwnCurve: false,
    sessionTickets: 1,
  },
};

export const profileOf = (implementation: TlsImplementation): Profile => PROFILES[implementation];
