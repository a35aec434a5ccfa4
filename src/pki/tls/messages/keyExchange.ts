/** The other handshake messages: TLS 1.2 key exchange (RFC 8422 5.4, 5.7), tickets, KeyUpdate. */
import type { Bytes } from '../../../crypto/bytes.ts';
import { type Codec, constant, opaque, rest, struct, uint } from '../codec/codec.ts';
import { namedGroupCodec, signatureScheme, TICKET_EXTENSIONS } from './extensionKinds.ts';
import { type Extension, extensionList } from './extensions.ts';

/** ECDHE only: named curve, ephemeral key, and the signature over both randoms and these parameters. */
export interface ServerKeyExchange {
  readonly curveType: number;
  readonly namedCurve: number;
  readonly publicKey: Bytes;
  readonly algorithm: number;
  readonly signature: Bytes;
}
export const serverKeyExchangeCodec: Codec<ServerKeyExchange> = struct<ServerKeyExchange>([
  { key: 'curveType', meaning: 'server_key_exchange.curve_type', codec: constant(1, 3, 'named_curve (3)') },
  { key: 'namedCurve', meaning: 'server_key_exchange.namedcurve', codec: namedGroupCodec },
  { key: 'publicKey', meaning: 'server_key_exchange.public', codec: opaque(1, { min: 1 }) },
  { key: 'algorithm', meaning: 'server_key_exchange.algorithm', codec: signatureScheme },
  { key: 'signature', meaning: 'server_key_exchange.signature', codec: opaque(2) },
]);

export interface ClientKeyExchange {
  readonly publicKey: Bytes;
}
export const clientKeyExchangeCodec: Codec<ClientKeyExchange> = struct<ClientKeyExchange>([
  { key: 'publicKey', meaning: 'client_key_exchange.ecdh_yc', codec: opaque(1, { min: 1 }) },
]);

export interface NewSessionTicket {
  readonly lifetime: number;
  readonly ageAdd: number;
  readonly nonce: Bytes;
  readonly ticket: Bytes;
  readonly extensions: readonly Extension[];
}
export const newSessionTicketCodec: Codec<NewSessionTicket> = struct<NewSessionTicket>([
  { key: 'lifetime', meaning: 'new_session_ticket.ticket_lifetime', codec: uint(4) },
  { key: 'ageAdd', meaning: 'new_session_ticket.ticket_age_add', codec: uint(4) },
  { key: 'nonce', meaning: 'new_session_ticket.ticket_nonce', codec: opaque(1) },
  { key: 'ticket', meaning: 'new_session_ticket.ticket', codec: opaque(2, { min: 1 }) },
  { key: 'extensions', meaning: 'new_session_ticket.extensions', codec: extensionList(TICKET_EXTENSIONS) },
]);

export interface NewSessionTicket12 {
  readonly lifetime: number;
  readonly ticket: Bytes;
}
export const newSessionTicket12Codec: Codec<NewSessionTicket12> = struct<NewSessionTicket12>([
  { key: 'lifetime', meaning: 'new_session_ticket.ticket_lifetime', codec: uint(4) },
  { key: 'ticket', meaning: 'new_session_ticket.ticket', codec: opaque(2) },
]);

export interface KeyUpdate {
  readonly requestUpdate: number;
}
export const keyUpdateCodec: Codec<KeyUpdate> = struct<KeyUpdate>([
  {
    key: 'requestUpdate',
    meaning: 'key_update.request_update',
    codec: uint(1, (value) =>
      value === 1 ? 'update_requested (1)' : value === 0 ? 'update_not_requested (0)' : undefined,
    ),
  },
]);

/** A message whose contents are not looked into. */
export interface OpaqueBody {
  readonly bytes: Bytes;
}
export const opaqueBodyCodec: Codec<OpaqueBody> = struct<OpaqueBody>([
  { key: 'bytes', meaning: 'handshake.body', codec: rest },
]);

export type EmptyBody = Readonly<Record<string, never>>;
export const emptyBodyCodec: Codec<EmptyBody> = { encode: () => undefined, decode: () => ({}), text: () => '' };
