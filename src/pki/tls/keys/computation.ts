/**
 * What the parties compute between records: each value with the operation that made it and the
 * values that went in, so that a reader can recompute every step. Names are the specifications'.
 */
import type { Bytes } from '../../../crypto/bytes.ts';
import type { HashName } from '../../../crypto/hash.ts';
import type { GroupName } from '../registry/namedGroups.ts';
import type { SchemeName } from '../registry/signatureSchemes.ts';

export const VALUE_NAMES = [
  'client_ephemeral_private',
  'client_ephemeral_public',
  'server_ephemeral_private',
  'server_ephemeral_public',
  'shared_secret',
  'zeros',
  'messages',
  'transcript_hash',
  'empty_hash',
  'early_secret',
  'derived_early_secret',
  'handshake_secret',
  'derived_handshake_secret',
  'master_secret',
  'client_handshake_traffic_secret',
  'server_handshake_traffic_secret',
  'client_application_traffic_secret_0',
  'server_application_traffic_secret_0',
  'client_application_traffic_secret_next',
  'server_application_traffic_secret_next',
  'exporter_master_secret',
  'resumption_master_secret',
  'client_handshake_key',
  'client_handshake_iv',
  'server_handshake_key',
  'server_handshake_iv',
  'client_application_key',
  'client_application_iv',
  'server_application_key',
  'server_application_iv',
  'client_finished_key',
  'server_finished_key',
  'client_verify_data',
  'server_verify_data',
  'signed_content',
  'client_signature',
  'server_signature',
  'client_random',
  'server_random',
  'premaster_secret',
  'key_block',
  'client_write_key',
  'client_write_iv',
  'server_write_key',
  'server_write_iv',
  'private_key',
] as const;
export type ValueName = (typeof VALUE_NAMES)[number];

export interface NamedValue {
  readonly name: ValueName;
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

const PUBLIC: ReadonlySet<ValueName> = new Set<ValueName>([
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
export const isSecretValue = (name: ValueName): boolean => !PUBLIC.has(name);
