/**
 * What every field, value, decision and failure of a TLS handshake means, in one or two sentences.
 * A catalogue of its own, loaded when bytes are looked at: few people read it on arrival. The type
 * demands a sentence for each code of the vocabularies.
 */
import type { TlsDecisionTopic, TlsFailureReason, TlsFieldMeaning, TlsValueName } from '../../base/tlsVocabulary.ts';

/** Names of messages as the transcript has them. */
export const TLS_MESSAGE_NAMES = [
  'client_hello',
  'server_hello',
  'hello_retry_request',
  'encrypted_extensions',
  'certificate_request',
  'certificate',
  'certificate_verify',
  'finished',
  'server_key_exchange',
  'server_hello_done',
  'client_key_exchange',
  'new_session_ticket',
  'key_update',
  'change_cipher_spec',
  'alert',
  'application_data',
  'unreadable',
] as const;
export type TlsMessageName = (typeof TLS_MESSAGE_NAMES)[number];

export const TLS_OPERATIONS = [
  'random',
  'public-key',
  'ecdh',
  'transcript-hash',
  'hkdf-extract',
  'hkdf-expand-label',
  'hmac',
  'prf',
  'slice',
  'sign',
] as const;
export type TlsOperation = (typeof TLS_OPERATIONS)[number];

/** Labels of the view of bytes. */
export const TLS_VIEW_TEXTS = [
  'conversation',
  'conversationHint',
  'computed',
  'decided',
  'secret',
  'public',
  'offered',
  'supported',
  'nothing',
  'record',
  'sealed',
  'sealedKey',
  'sealedNonce',
  'sealedData',
  'sealedPlain',
  'sealedRecord',
  'saveCapture',
  'saveKeyLog',
  'saveClientChain',
  'saveServerChain',
  'pointAtField',
  'noBytes',
  'established',
  'refused',
  'alertReceived',
  'closed',
  'lost',
  'late',
  'shell',
  'shellSigned',
  'shellSealed',
  'copy',
  'arithmetic',
  'arithmeticScalar',
  'arithmeticClamped',
  'arithmeticPoint',
  'arithmeticBase',
  'arithmeticLadder',
  'arithmeticDouble',
  'arithmeticAdd',
  'arithmeticStep',
  'arithmeticLeftOut',
  'arithmeticQuotient',
  'arithmeticResultX',
  'arithmeticResultPoint',
] as const;
export type TlsViewText = (typeof TLS_VIEW_TEXTS)[number];

export interface TlsTexts {
  readonly field: Readonly<Record<TlsFieldMeaning, string>>;
  readonly value: Readonly<Record<TlsValueName, string>>;
  readonly decision: Readonly<Record<TlsDecisionTopic, string>>;
  readonly failure: Readonly<Record<TlsFailureReason, string>>;
  readonly message: Readonly<Record<TlsMessageName, string>>;
  /** With `{what}` for the hash, group, label or scheme. */
  readonly operation: Readonly<Record<TlsOperation, string>>;
  /** What the view itself says. */
  readonly view: Readonly<Record<TlsViewText, string>>;
}
