/** A handshake from first to last byte, as plain data. */

import type { TlsFailureReason } from '../../../base/tlsVocabulary.ts';
import type { Bytes } from '../../../crypto/bytes.ts';
import type { TlsClientConfig, TlsServerConfig } from '../endpoint/config.ts';
import type { HandshakeEvent, SideOutcome } from '../endpoint/events.ts';
import type { AlertName } from '../registry/alerts.ts';
import type { SpokenVersion } from '../registry/versions.ts';
import type { Side } from '../side.ts';

/** A peer that does not speak TLS: it sends these bytes, then ends the connection or waits. */
export interface PlainPeer {
  readonly kind: 'plain';
  readonly sends: Bytes;
  readonly afterwards: 'close' | 'reset' | 'wait';
}

export interface ApplicationData {
  readonly from: Side;
  readonly data: Bytes;
}

export interface HandshakeInput {
  readonly client: TlsClientConfig | PlainPeer;
  readonly server: TlsServerConfig | PlainPeer;
  /** Everything random derives from it. */
  readonly seed: string;
  /** In this order; a client's first goes out with the end of its handshake. */
  readonly applicationData?: readonly ApplicationData[];
  /** Who sends close_notify after the data; absent: nobody. */
  readonly closedBy?: Side;
}

/** Bytes that one side sends at a stretch. */
export interface Flight {
  readonly from: Side;
  readonly bytes: Bytes;
}

/** In the terms of a trace's TlsResult. */
export type HandshakeResult =
  | { readonly kind: 'established' }
  | {
      readonly kind: 'refused';
      readonly by: Side;
      /** Absent: it went away without one. */
      readonly alert?: AlertName;
      readonly reason: TlsFailureReason;
      readonly detail?: string;
      /** The client had already finished (TLS 1.3). */
      readonly late: boolean;
    }
  | { readonly kind: 'broken'; readonly reason: 'not-tls' | 'reset' | 'closed' }
  /** The outcome hangs on something that is not spoken here: other cipher suites, versions before 1.2. */
  | { readonly kind: 'cannot-tell'; readonly reason: 'cipher-suites-not-modelled' | 'version-not-modelled' };

export interface Negotiated {
  readonly version: SpokenVersion;
  readonly cipherSuite: string;
  readonly group?: string;
  readonly alpn?: string;
}

export interface HandshakeTranscript {
  readonly events: readonly HandshakeEvent[];
  readonly result: HandshakeResult;
  readonly client: SideOutcome;
  readonly server: SideOutcome;
  /** As far as the server got. */
  readonly negotiated?: Negotiated;
  readonly serverName?: string;
  /** The bytes on the wire in order: the payload of TCP, or the application data of an outer TLS. */
  readonly flights: readonly Flight[];
  /** What each side read out of the other's application data. */
  readonly received: { readonly client: Bytes; readonly server: Bytes };
  /** NSS key log. */
  readonly keyLog: string;
}
