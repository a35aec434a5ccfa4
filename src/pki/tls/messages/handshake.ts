/**
 * Handshake messages: header and body (RFC 8446 4). One table says how each kind is numbered, named
 * and encoded; some kinds differ between TLS 1.2 and 1.3 under the same number.
 */
import { err, ok, type Result } from '../../../base/result.ts';
import { type Bytes, concatBytes } from '../../../crypto/bytes.ts';
import { type Codec, encodeWith, struct, uintBytes } from '../codec/codec.ts';
import type { Field } from '../codec/field.ts';
import {
  atEnd,
  type DecodeFailure,
  failReading,
  type Reader,
  readerOf,
  readField,
  readUint,
  readWithin,
} from '../codec/reader.ts';
import type { SpokenVersion } from '../registry/versions.ts';
import {
  type Certificate12Message,
  type CertificateMessage,
  type CertificateRequest,
  type CertificateRequest12,
  type CertificateVerify,
  certificate12Codec,
  certificateCodec,
  certificateRequest12Codec,
  certificateRequestCodec,
  certificateVerifyCodec,
  type Finished,
  finishedCodec,
} from './authentication.ts';
import { ENCRYPTED_EXTENSIONS } from './extensionKinds.ts';
import { type Extension, extensionList } from './extensions.ts';
import { type ClientHello, clientHelloCodec, isRetryRequest, type ServerHello, serverHelloCodec } from './hello.ts';
import {
  type ClientKeyExchange,
  clientKeyExchangeCodec,
  type EmptyBody,
  emptyBodyCodec,
  type KeyUpdate,
  keyUpdateCodec,
  type NewSessionTicket,
  type NewSessionTicket12,
  newSessionTicket12Codec,
  newSessionTicketCodec,
  type OpaqueBody,
  opaqueBodyCodec,
  type ServerKeyExchange,
  serverKeyExchangeCodec,
} from './keyExchange.ts';

export interface EncryptedExtensions {
  readonly extensions: readonly Extension[];
}

interface Bodies {
  helloRequest: EmptyBody;
  clientHello: ClientHello;
  serverHello: ServerHello;
  newSessionTicket: NewSessionTicket;
  newSessionTicket12: NewSessionTicket12;
  endOfEarlyData: EmptyBody;
  encryptedExtensions: EncryptedExtensions;
  certificate: CertificateMessage;
  certificate12: Certificate12Message;
  serverKeyExchange: ServerKeyExchange;
  certificateRequest: CertificateRequest;
  certificateRequest12: CertificateRequest12;
  serverHelloDone: EmptyBody;
  certificateVerify: CertificateVerify;
  clientKeyExchange: ClientKeyExchange;
  finished: Finished;
  certificateStatus: OpaqueBody;
  keyUpdate: KeyUpdate;
  messageHash: OpaqueBody;
  unknown: OpaqueBody;
}

export type HandshakeKind = keyof Bodies;
export type BodyOf<K extends HandshakeKind> = Bodies[K];
export type HandshakeMessage = {
  readonly [K in HandshakeKind]: { readonly kind: K; readonly body: Bodies[K] };
}[HandshakeKind];

interface Row<T> {
  readonly type: number;
  /** The specification's name. */
  readonly name: string;
  readonly codec: Codec<T>;
  /** Absent: both. */
  readonly version?: SpokenVersion;
}

const encryptedExtensionsCodec = struct<EncryptedExtensions>([
  { key: 'extensions', meaning: 'encrypted_extensions.extensions', codec: extensionList(ENCRYPTED_EXTENSIONS) },
]);

const TABLE: { readonly [K in HandshakeKind]: Row<Bodies[K]> } = {
  helloRequest: { type: 0, name: 'hello_request', codec: emptyBodyCodec },
  clientHello: { type: 1, name: 'client_hello', codec: clientHelloCodec },
  serverHello: { type: 2, name: 'server_hello', codec: serverHelloCodec },
  newSessionTicket: { type: 4, name: 'new_session_ticket', codec: newSessionTicketCodec, version: '1.3' },
  newSessionTicket12: { type: 4, name: 'new_session_ticket', codec: newSessionTicket12Codec, version: '1.2' },
  endOfEarlyData: { type: 5, name: 'end_of_early_data', codec: emptyBodyCodec, version: '1.3' },
  encryptedExtensions: { type: 8, name: 'encrypted_extensions', codec: encryptedExtensionsCodec, version: '1.3' },
  certificate: { type: 11, name: 'certificate', codec: certificateCodec, version: '1.3' },
  certificate12: { type: 11, name: 'certificate', codec: certificate12Codec, version: '1.2' },
  serverKeyExchange: { type: 12, name: 'server_key_exchange', codec: serverKeyExchangeCodec, version: '1.2' },
  certificateRequest: { type: 13, name: 'certificate_request', codec: certificateRequestCodec, version: '1.3' },
  certificateRequest12: { type: 13, name: 'certificate_request', codec: certificateRequest12Codec, version: '1.2' },
  serverHelloDone: { type: 14, name: 'server_hello_done', codec: emptyBodyCodec, version: '1.2' },
  certificateVerify: { type: 15, name: 'certificate_verify', codec: certificateVerifyCodec },
  clientKeyExchange: { type: 16, name: 'client_key_exchange', codec: clientKeyExchangeCodec, version: '1.2' },
  finished: { type: 20, name: 'finished', codec: finishedCodec },
  certificateStatus: { type: 22, name: 'certificate_status', codec: opaqueBodyCodec, version: '1.2' },
  keyUpdate: { type: 24, name: 'key_update', codec: keyUpdateCodec, version: '1.3' },
  messageHash: { type: 254, name: 'message_hash', codec: opaqueBodyCodec, version: '1.3' },
  unknown: { type: -1, name: 'unknown', codec: opaqueBodyCodec },
};

const KINDS = Object.keys(TABLE) as readonly HandshakeKind[];

function kindOf(type: number, version: SpokenVersion): HandshakeKind {
  const fits = (kind: HandshakeKind): boolean =>
    TABLE[kind].type === type && (TABLE[kind].version === undefined || TABLE[kind].version === version);
  return KINDS.find(fits) ?? 'unknown';
}

/** The specification's name of a message; a ServerHello that asks for a retry has its own. */
export function messageName(message: HandshakeMessage): string {
  if (message.kind === 'serverHello' && isRetryRequest(message.body)) return 'hello_retry_request';
  return TABLE[message.kind].name;
}

/** The whole message with its header. */
export function encodeHandshake<K extends HandshakeKind>(kind: K, body: BodyOf<K>): Bytes {
  const { type, codec } = TABLE[kind];
  const content = encodeWith(codec, body);
  return concatBytes(uintBytes(type, 1), uintBytes(content.length, 3), content);
}

export interface DecodedHandshake {
  readonly message: HandshakeMessage;
  readonly fields: readonly Field[];
}

const readBody = <K extends HandshakeKind>(kind: K, reader: Reader): HandshakeMessage => {
  // The table gives each kind the codec of its own body.
  return { kind, body: TABLE[kind].codec.decode(reader) } as HandshakeMessage;
};

/** Reads exactly one message. */
export function decodeHandshake(bytes: Bytes, version: SpokenVersion): Result<DecodedHandshake, DecodeFailure> {
  const reader = readerOf(bytes);
  const typeText = (type: number): string => `${TABLE[kindOf(type, version)].name} (${type})`;
  const type = readField(reader, 'msg_type', 'handshake.msg_type', () => readUint(reader, 1), typeText);
  const length = readField(reader, 'length', 'handshake.length', () => readUint(reader, 3), String);
  const message = readWithin(reader, length, () => readBody(kindOf(type, version), reader));
  if (reader.failure === undefined && !atEnd(reader)) failReading(reader, 'trailing-bytes');
  return reader.failure === undefined ? ok({ message, fields: reader.fields }) : err(reader.failure);
}

/** Length of the message at the start of `bytes`, once its header is there. */
export function handshakeLength(bytes: Bytes): number | undefined {
  if (bytes.length < 4) return undefined;
  return 4 + (bytes[1] ?? 0) * 65536 + (bytes[2] ?? 0) * 256 + (bytes[3] ?? 0);
}
