/** The key schedule of TLS 1.3 (RFC 8446 section 7), without pre-shared keys; every step is noted. */

import type { TlsValueName } from '../../../base/tlsVocabulary.ts';
import { type Bytes, concatBytes, EMPTY_BYTES, utf8 } from '../../../crypto/bytes.ts';
import { HASH_LENGTH, type HashName, hash, hkdfExpand, hkdfExtract, hmac } from '../../../crypto/hash.ts';
import { uintBytes } from '../codec/codec.ts';
import type { TrafficKeys } from '../record/protection.ts';
import type { CipherSuite } from '../registry/cipherSuites.ts';
import type { Side } from '../side.ts';
import type { NamedValue, Note } from './computation.ts';

const named = (name: TlsValueName, value: Bytes): NamedValue => ({ name, value });

/** HKDF-Expand-Label (7.1). */
export function hkdfExpandLabel(name: HashName, secret: Bytes, label: string, context: Bytes, length: number): Bytes {
  const fullLabel = utf8(`tls13 ${label}`);
  const info = concatBytes(
    uintBytes(length, 2),
    uintBytes(fullLabel.length, 1),
    fullLabel,
    uintBytes(context.length, 1),
    context,
  );
  return hkdfExpand(name, secret, info, length);
}

function expand(
  hashName: HashName,
  secret: NamedValue,
  label: string,
  context: NamedValue | undefined,
  length: number,
  output: TlsValueName,
  note: Note,
): Bytes {
  const value = hkdfExpandLabel(hashName, secret.value, label, context?.value ?? EMPTY_BYTES, length);
  note({
    output: named(output, value),
    operation: { kind: 'hkdf-expand-label', hash: hashName, label, length },
    inputs: context === undefined ? [secret] : [secret, context],
  });
  return value;
}

function extract(hashName: HashName, salt: NamedValue, ikm: NamedValue, output: TlsValueName, note: Note): Bytes {
  const value = hkdfExtract(hashName, salt.value, ikm.value);
  note({ output: named(output, value), operation: { kind: 'hkdf-extract', hash: hashName }, inputs: [salt, ikm] });
  return value;
}

export interface HandshakeSecrets {
  readonly handshakeSecret: Bytes;
  readonly client: Bytes;
  readonly server: Bytes;
}

/** From the shared secret and the hash of ClientHello..ServerHello. */
export function handshakeSecrets(
  hashName: HashName,
  shared: Bytes,
  transcriptHash: Bytes,
  note: Note,
): HandshakeSecrets {
  const length = HASH_LENGTH[hashName];
  const zeros = named('zeros', new Uint8Array(length));
  const emptyHash = named('empty_hash', hash(hashName, EMPTY_BYTES));
  const context = named('transcript_hash', transcriptHash);
  const early = named('early_secret', extract(hashName, named('zeros', EMPTY_BYTES), zeros, 'early_secret', note));
  const derived = expand(hashName, early, 'derived', emptyHash, length, 'derived_early_secret', note);
  const handshakeSecret = extract(
    hashName,
    named('derived_early_secret', derived),
    named('shared_secret', shared),
    'handshake_secret',
    note,
  );
  const base = named('handshake_secret', handshakeSecret);
  return {
    handshakeSecret,
    client: expand(hashName, base, 'c hs traffic', context, length, 'client_handshake_traffic_secret', note),
    server: expand(hashName, base, 's hs traffic', context, length, 'server_handshake_traffic_secret', note),
  };
}

export interface ApplicationSecrets {
  readonly masterSecret: Bytes;
  readonly client: Bytes;
  readonly server: Bytes;
  readonly exporter: Bytes;
}

/** From the handshake secret and the hash of ClientHello..server Finished. */
export function applicationSecrets(
  hashName: HashName,
  handshakeSecret: Bytes,
  transcriptHash: Bytes,
  note: Note,
): ApplicationSecrets {
  const length = HASH_LENGTH[hashName];
  const emptyHash = named('empty_hash', hash(hashName, EMPTY_BYTES));
  const context = named('transcript_hash', transcriptHash);
  const derived = expand(
    hashName,
    named('handshake_secret', handshakeSecret),
    'derived',
    emptyHash,
    length,
    'derived_handshake_secret',
    note,
  );
  const masterSecret = extract(
    hashName,
    named('derived_handshake_secret', derived),
    named('zeros', new Uint8Array(length)),
    'master_secret',
    note,
  );
  const base = named('master_secret', masterSecret);
  return {
    masterSecret,
    client: expand(hashName, base, 'c ap traffic', context, length, 'client_application_traffic_secret_0', note),
    server: expand(hashName, base, 's ap traffic', context, length, 'server_application_traffic_secret_0', note),
    exporter: expand(hashName, base, 'exp master', context, length, 'exporter_master_secret', note),
  };
}

/** For tickets: from the hash of the whole handshake, client Finished included. */
export const resumptionSecret = (hashName: HashName, masterSecret: Bytes, transcriptHash: Bytes, note: Note): Bytes =>
  expand(
    hashName,
    named('master_secret', masterSecret),
    'res master',
    named('transcript_hash', transcriptHash),
    HASH_LENGTH[hashName],
    'resumption_master_secret',
    note,
  );

/** The secret after a KeyUpdate (7.2). */
export const nextTrafficSecret = (hashName: HashName, side: Side, secret: Bytes, note: Note): Bytes =>
  expand(
    hashName,
    named(`${side}_application_traffic_secret_0`, secret),
    'traffic upd',
    undefined,
    HASH_LENGTH[hashName],
    `${side}_application_traffic_secret_next`,
    note,
  );

/** Key and IV of one direction (7.3). */
export function trafficKeys13(
  suite: CipherSuite,
  side: Side,
  epoch: 'handshake' | 'application',
  secret: Bytes,
  note: Note,
): TrafficKeys {
  const base = named(
    epoch === 'handshake' ? `${side}_handshake_traffic_secret` : `${side}_application_traffic_secret_0`,
    secret,
  );
  return {
    name: `${side}_${epoch}`,
    suite,
    key: expand(suite.hash, base, 'key', undefined, suite.keyLength, `${side}_${epoch}_key`, note),
    iv: expand(suite.hash, base, 'iv', undefined, 12, `${side}_${epoch}_iv`, note),
  };
}

/** verify_data of a side's Finished (4.4.4). */
export function verifyData13(
  hashName: HashName,
  side: Side,
  handshakeTrafficSecret: Bytes,
  transcriptHash: Bytes,
  note: Note,
): Bytes {
  const base = named(`${side}_handshake_traffic_secret`, handshakeTrafficSecret);
  const length = HASH_LENGTH[hashName];
  const key = expand(hashName, base, 'finished', undefined, length, `${side}_finished_key`, note);
  const value = hmac(hashName, key, transcriptHash);
  note({
    output: named(`${side}_verify_data`, value),
    operation: { kind: 'hmac', hash: hashName },
    inputs: [named(`${side}_finished_key`, key), named('transcript_hash', transcriptHash)],
  });
  return value;
}

/** What CertificateVerify signs (4.4.3). */
export const signedContent13 = (side: Side, transcriptHash: Bytes): Bytes =>
  concatBytes(
    new Uint8Array(64).fill(0x20),
    utf8(`TLS 1.3, ${side} CertificateVerify`),
    Uint8Array.of(0),
    transcriptHash,
  );
