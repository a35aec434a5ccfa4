/** ClientHello, ServerHello and HelloRetryRequest (RFC 8446 4.1, RFC 5246 7.4.1). */
import { type Bytes, EMPTY_BYTES, equalBytes, fromHex } from '../../../crypto/bytes.ts';
import { type Codec, fixed, opaque, struct, uint, vector } from '../codec/codec.ts';
import { cipherSuiteText } from '../registry/cipherSuites.ts';
import {
  CLIENT_HELLO_EXTENSIONS,
  HELLO_RETRY_REQUEST_EXTENSIONS,
  SERVER_HELLO_EXTENSIONS,
  versionCodec,
} from './extensionKinds.ts';
import { type Extension, extensionList } from './extensions.ts';

export interface ClientHello {
  readonly legacyVersion: number;
  readonly random: Bytes;
  readonly sessionId: Bytes;
  readonly cipherSuites: readonly number[];
  readonly compressionMethods: readonly number[];
  readonly extensions: readonly Extension[];
}

export interface ServerHello {
  readonly legacyVersion: number;
  readonly random: Bytes;
  readonly sessionId: Bytes;
  readonly cipherSuite: number;
  readonly compressionMethod: number;
  readonly extensions: readonly Extension[];
}

/** SHA-256 of "HelloRetryRequest": the random of a ServerHello that is a retry request. */
export const RETRY_RANDOM: Bytes =
  fromHex('cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c') ?? EMPTY_BYTES;

export const isRetryRequest = (hello: Pick<ServerHello, 'random'>): boolean => equalBytes(hello.random, RETRY_RANDOM);

const suite = uint(2, (id) => {
  const name = cipherSuiteText(id);
  return name === undefined ? undefined : `${name} (0x${id.toString(16).padStart(4, '0')})`;
});
const compression = uint(1, (method) => (method === 0 ? 'null (0)' : undefined));

export const clientHelloCodec: Codec<ClientHello> = struct<ClientHello>([
  { key: 'legacyVersion', meaning: 'client_hello.legacy_version', codec: versionCodec },
  { key: 'random', meaning: 'client_hello.random', codec: fixed(32) },
  { key: 'sessionId', meaning: 'client_hello.legacy_session_id', codec: opaque(1, { max: 32 }) },
  { key: 'cipherSuites', meaning: 'client_hello.cipher_suites', codec: vector(2, 'cipher_suite', suite, { min: 2 }) },
  {
    key: 'compressionMethods',
    meaning: 'client_hello.legacy_compression_methods',
    codec: vector(1, 'compression_method', compression, { min: 1 }),
  },
  {
    key: 'extensions',
    meaning: 'client_hello.extensions',
    codec: extensionList(CLIENT_HELLO_EXTENSIONS, true),
  },
]);

export const serverHelloCodec: Codec<ServerHello> = struct<ServerHello>([
  { key: 'legacyVersion', meaning: 'server_hello.legacy_version', codec: versionCodec },
  { key: 'random', meaning: 'server_hello.random', codec: fixed(32) },
  { key: 'sessionId', meaning: 'server_hello.legacy_session_id_echo', codec: opaque(1, { max: 32 }) },
  { key: 'cipherSuite', meaning: 'server_hello.cipher_suite', codec: suite },
  { key: 'compressionMethod', meaning: 'server_hello.legacy_compression_method', codec: compression },
  {
    key: 'extensions',
    meaning: 'server_hello.extensions',
    codec: (before) =>
      extensionList(
        before.random !== undefined && isRetryRequest({ random: before.random })
          ? HELLO_RETRY_REQUEST_EXTENSIONS
          : SERVER_HELLO_EXTENSIONS,
        true,
      ),
  },
]);
