/**
 * Cipher suites that are spoken here: AEAD with ephemeral ECDH, TLS 1.3 and TLS 1.2 (RFC 8446 B.4,
 * 5289, 7905). Configuration names them as OpenSSL and Envoy do or by their IANA names.
 */
import type { HashName } from '../../../crypto/hash.ts';
import type { SpokenVersion } from './versions.ts';

export interface CipherSuite {
  readonly id: number;
  /** IANA name. */
  readonly name: string;
  /** OpenSSL's name; the same for TLS 1.3. */
  readonly opensslName: string;
  readonly version: SpokenVersion;
  /** TLS 1.2: kind of the server's key. Ed25519 counts as ecdsa (RFC 8422 5.10). */
  readonly authentication?: 'ecdsa' | 'rsa';
  readonly aead: 'aes-gcm' | 'chacha20-poly1305';
  readonly keyLength: 16 | 32;
  readonly hash: HashName;
}

type Row = readonly [id: number, cipher: 'AES_128_GCM_SHA256' | 'AES_256_GCM_SHA384' | 'CHACHA20_POLY1305_SHA256'];

const cipherOf = (cipher: Row[1]): Pick<CipherSuite, 'aead' | 'keyLength' | 'hash'> => ({
  aead: cipher.startsWith('AES') ? 'aes-gcm' : 'chacha20-poly1305',
  keyLength: cipher.startsWith('AES_128') ? 16 : 32,
  hash: cipher.endsWith('SHA384') ? 'sha384' : 'sha256',
});

const ROWS_13: readonly Row[] = [
  [0x1301, 'AES_128_GCM_SHA256'],
  [0x1302, 'AES_256_GCM_SHA384'],
  [0x1303, 'CHACHA20_POLY1305_SHA256'],
];
const ROWS_12: readonly (readonly [...Row, 'ecdsa' | 'rsa'])[] = [
  [0xc02b, 'AES_128_GCM_SHA256', 'ecdsa'],
  [0xc02c, 'AES_256_GCM_SHA384', 'ecdsa'],
  [0xcca9, 'CHACHA20_POLY1305_SHA256', 'ecdsa'],
  [0xc02f, 'AES_128_GCM_SHA256', 'rsa'],
  [0xc030, 'AES_256_GCM_SHA384', 'rsa'],
  [0xcca8, 'CHACHA20_POLY1305_SHA256', 'rsa'],
];

/** OpenSSL leaves the hash of ChaCha20 out, writes AES128 and hyphens. */
const opensslCipher = (cipher: Row[1]): string =>
  cipher.startsWith('CHACHA') ? 'CHACHA20-POLY1305' : cipher.replace('AES_', 'AES').replaceAll('_', '-');

export const CIPHER_SUITES: readonly CipherSuite[] = [
  ...ROWS_13.map(
    ([id, cipher]): CipherSuite => ({
      id,
      name: `TLS_${cipher}`,
      opensslName: `TLS_${cipher}`,
      version: '1.3',
      ...cipherOf(cipher),
    }),
  ),
  ...ROWS_12.map(
    ([id, cipher, authentication]): CipherSuite => ({
      id,
      name: `TLS_ECDHE_${authentication.toUpperCase()}_WITH_${cipher}`,
      opensslName: `ECDHE-${authentication.toUpperCase()}-${opensslCipher(cipher)}`,
      version: '1.2',
      authentication,
      ...cipherOf(cipher),
    }),
  ),
];

const BY_ID = new Map(CIPHER_SUITES.map((suite) => [suite.id, suite]));
const BY_NAME = new Map(
  CIPHER_SUITES.flatMap((suite) => [
    [suite.name, suite],
    [suite.opensslName, suite],
  ]),
);

export const cipherSuite = (id: number): CipherSuite | undefined => BY_ID.get(id);

/** By IANA or OpenSSL name; undefined: unknown, or not spoken here. */
export const cipherSuiteNamed = (name: string): CipherSuite | undefined => BY_NAME.get(name);

/** Signals secure renegotiation in the list of suites (RFC 5746). */
export const EMPTY_RENEGOTIATION_INFO_SCSV = 0x00ff;

/** Names of suites that peers offer and nothing here speaks, for display. */
const OTHER_NAMES: Readonly<Record<number, string>> = {
  [EMPTY_RENEGOTIATION_INFO_SCSV]: 'TLS_EMPTY_RENEGOTIATION_INFO_SCSV',
  22016: 'TLS_FALLBACK_SCSV',
  47: 'TLS_RSA_WITH_AES_128_CBC_SHA',
  53: 'TLS_RSA_WITH_AES_256_CBC_SHA',
  60: 'TLS_RSA_WITH_AES_128_CBC_SHA256',
  61: 'TLS_RSA_WITH_AES_256_CBC_SHA256',
  156: 'TLS_RSA_WITH_AES_128_GCM_SHA256',
  157: 'TLS_RSA_WITH_AES_256_GCM_SHA384',
  158: 'TLS_DHE_RSA_WITH_AES_128_GCM_SHA256',
  159: 'TLS_DHE_RSA_WITH_AES_256_GCM_SHA384',
  51: 'TLS_DHE_RSA_WITH_AES_128_CBC_SHA',
  57: 'TLS_DHE_RSA_WITH_AES_256_CBC_SHA',
  103: 'TLS_DHE_RSA_WITH_AES_128_CBC_SHA256',
  107: 'TLS_DHE_RSA_WITH_AES_256_CBC_SHA256',
  52394: 'TLS_DHE_RSA_WITH_CHACHA20_POLY1305_SHA256',
  49161: 'TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA',
  49162: 'TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA',
  49171: 'TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA',
  49172: 'TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA',
  49187: 'TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256',
  49188: 'TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384',
  49191: 'TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256',
  49192: 'TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384',
};

export const cipherSuiteText = (id: number): string | undefined => BY_ID.get(id)?.name ?? OTHER_NAMES[id];
