/**
 * What happens in a handshake, in order: messages as their sender writes them, computations of each
 * side, decisions, and what became of each side. Plain data.
 */

import type { TlsDecisionTopic, TlsFailureReason } from '../../../base/tlsVocabulary.ts';
import type { Bytes } from '../../../crypto/bytes.ts';
import type { Field } from '../codec/field.ts';
import type { Computation } from '../keys/computation.ts';
import type { ContentType, WireRecord } from '../record/records.ts';
import type { AlertName } from '../registry/alerts.ts';
import type { Side } from '../side.ts';

/** Which keys protect a message. */
export type Epoch = 'plaintext' | 'handshake' | 'application' | 'tls12';

export interface MessageEvent {
  readonly kind: 'message';
  readonly from: Side;
  /** `unreadable`: bytes that are no TLS record. */
  readonly content: ContentType | 'unreadable';
  /** `client_hello`, `certificate_verify`, `alert`, `change_cipher_spec`, `application_data` ... */
  readonly name: string;
  readonly epoch: Epoch;
  /** In the clear, with the handshake header where there is one; offsets of `fields` count in it. */
  readonly plain: Bytes;
  readonly fields: readonly Field[];
  /** As it travels: more than one when it is long. */
  readonly records: readonly WireRecord[];
}

export interface ComputationEvent extends Computation {
  readonly kind: 'computation';
  readonly by: Side;
}

export interface DecisionEvent {
  readonly kind: 'decision';
  readonly by: Side;
  readonly topic: TlsDecisionTopic;
  /** Absent: nothing suits. */
  readonly chosen?: string;
  readonly offered: readonly string[];
  readonly supported: readonly string[];
}

export type SideOutcome =
  | { readonly kind: 'handshaking' }
  | { readonly kind: 'established' }
  /** It refused; `alert` absent: without a word. `late`: after it had counted itself established. */
  | {
      readonly kind: 'refused-peer';
      readonly alert?: AlertName;
      readonly reason: TlsFailureReason;
      readonly detail?: string;
      readonly late: boolean;
    }
  /** The peer's alert arrived. */
  | { readonly kind: 'alert-received'; readonly alert: AlertName | number; readonly late: boolean }
  /** close_notify, in order. */
  | { readonly kind: 'closed'; readonly by: Side }
  /** The connection ended under it. */
  | { readonly kind: 'lost'; readonly how: 'closed' | 'reset'; readonly late: boolean };

export interface OutcomeEvent {
  readonly kind: 'outcome';
  readonly by: Side;
  readonly outcome: SideOutcome;
}

export type HandshakeEvent = MessageEvent | ComputationEvent | DecisionEvent | OutcomeEvent;
