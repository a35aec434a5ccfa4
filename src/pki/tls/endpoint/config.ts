/** What each end of a handshake is given: parameters, credentials, and who judges the peer's chain. */
import type { Bytes } from '../../../crypto/bytes.ts';
import type { PrivateKey } from '../../../crypto/keys.ts';
import type { Certificate } from '../../types.ts';
import type { AlertName } from '../registry/alerts.ts';
import type { GroupName } from '../registry/namedGroups.ts';
import type { SchemeName } from '../registry/signatureSchemes.ts';
import type { TlsVersion } from '../registry/versions.ts';

/** Whose habits an end has; see `profiles.ts`. */
export type TlsImplementation = 'curl-openssl' | 'envoy-boringssl' | 'go';

export interface TlsCredential {
  /** DER certificates, end-entity first. They are sent as they are, broken ones too. */
  readonly chain: readonly Bytes[];
  readonly key: PrivateKey;
}

export interface PresentedChain {
  readonly der: readonly Bytes[];
  readonly certificates: readonly Certificate[];
}

export type PeerVerdict =
  | { readonly accepted: true }
  /** `detail`: the verifier's own words, carried through. */
  | { readonly accepted: false; readonly alert: AlertName | number; readonly detail?: string };

/** Judges a chain that the peer presented; never asked about an absent one. */
export type VerifyPeer = (presented: PresentedChain) => PeerVerdict;

interface EndpointConfig {
  readonly implementation: TlsImplementation;
  readonly minVersion: TlsVersion;
  readonly maxVersion: TlsVersion;
  /** Protocol names, preferred first; empty: no ALPN. */
  readonly alpn: readonly string[];
  /** IANA or OpenSSL names, preferred first. Names of TLS 1.3 suites restrict 1.3, others 1.2. */
  readonly cipherSuites?: readonly string[];
  /** Preferred first. */
  readonly groups?: readonly GroupName[];
  /** What the peer may sign with, preferred first. */
  readonly signatureSchemes?: readonly SchemeName[];
}

export interface TlsClientConfig extends EndpointConfig {
  readonly sni?: string;
  /** Groups to send key shares for; default: the first. */
  readonly keyShares?: readonly GroupName[];
  readonly credential?: TlsCredential;
  readonly verifyServer: VerifyPeer;
  /**
   * Asked once the handshake is over, before a byte of the application: whether to stay (curl looks at
   * the host name only then). Who leaves says close_notify and nothing else.
   */
  readonly verifyAfterwards?: VerifyPeer;
}

export interface TlsServerConfig extends EndpointConfig {
  readonly credential: TlsCredential;
  readonly clientCertificate: 'not-requested' | 'requested' | 'required';
  /** DER names sent with a certificate request. */
  readonly authorities?: readonly Bytes[];
  /** Needed when a certificate is requested; absent: everything is accepted. */
  readonly verifyClient?: VerifyPeer;
  /** TLS 1.3 NewSessionTicket messages; default: the implementation's number. */
  readonly sessionTickets?: number;
}
