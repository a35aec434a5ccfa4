/**
 * What the parties compute between records: each value with the operation that made it and the
 * values that went in, so that a reader can recompute every step. Names are the specifications'.
 */
import type { TlsValueName } from '../../../base/tlsVocabulary.ts';
import type { Bytes } from '../../../crypto/bytes.ts';
import type { HashName } from '../../../crypto/hash.ts';
import type { GroupName } from '../registry/namedGroups.ts';
import type { SchemeName } from '../registry/signatureSchemes.ts';

export interface NamedValue {
  readonly name: TlsValueName;
  readonly value: Bytes;
}

export type Operation =
  | { readonly kind: 'random' }
  | { readonly kind: 'public-key'; readonly group: GroupName }
  | { readonly kind: 'ecdh'; readonly group: GroupName }
  /** The hash over the handshake messages so far, by name. */
  | { readonly kind: 'transcript-hash'; readonly hash: HashName; readonly messages: readonly string[] }
  /** Inputs: salt, input keying material. */
  | { readonly kind: 'hkdf-extract'; readonly hash: HashName }
  /** Inputs: secret, and the context where there is one. */
  | { readonly kind: 'hkdf-expand-label'; readonly hash: HashName; readonly label: string; readonly length: number }
  /** Inputs: key, data. */
  | { readonly kind: 'hmac'; readonly hash: HashName }
  /** TLS 1.2. Inputs: secret, seed parts in order. */
  | { readonly kind: 'prf'; readonly hash: HashName; readonly label: string; readonly length: number }
  | { readonly kind: 'slice'; readonly start: number; readonly end: number }
  | { readonly kind: 'sign'; readonly scheme: SchemeName };

export interface Computation {
  readonly output: NamedValue;
  readonly operation: Operation;
  readonly inputs: readonly NamedValue[];
}

/** Receives every computation as it is made. */
export type Note = (computation: Computation) => void;

const PUBLIC: ReadonlySet<TlsValueName> = new Set<TlsValueName>([
  'client_ephemeral_public',
  'server_ephemeral_public',
  'transcript_hash',
  'empty_hash',
  'zeros',
  'messages',
  'early_secret',
  'derived_early_secret',
  'client_random',
  'server_random',
]);

/**
 * Does the value stay between the two parties? False for what anybody could compute: public keys,
 * randoms, and (without a pre-shared key) even the early secret. Hashes and signatures over
 * encrypted messages cannot be computed from the wire, but reveal no key.
 */
export const isSecretValue = (name: TlsValueName): boolean => !PUBLIC.has(name);
