/** Secrets of TLS 1.2 (RFC 5246 6.3, 8.1; extended master secret RFC 7627); every step is noted. */

import type { TlsValueName } from '../../../base/tlsVocabulary.ts';
import { type Bytes, concatBytes } from '../../../crypto/bytes.ts';
import { tls12Prf } from '../../../crypto/hash.ts';
import type { TrafficKeys } from '../record/protection.ts';
import type { CipherSuite } from '../registry/cipherSuites.ts';
import type { Side } from '../side.ts';
import type { NamedValue, Note } from './computation.ts';

const MASTER_SECRET_LENGTH = 48;

function prf(
  suite: CipherSuite,
  secret: NamedValue,
  label: string,
  seed: readonly NamedValue[],
  length: number,
  output: TlsValueName,
  note: Note,
): Bytes {
  const value = tls12Prf(suite.hash, secret.value, label, concatBytes(...seed.map((part) => part.value)), length);
  note({
    output: { name: output, value },
    operation: { kind: 'prf', hash: suite.hash, label, length },
    inputs: [secret, ...seed],
  });
  return value;
}

export interface Randoms {
  readonly client: Bytes;
  readonly server: Bytes;
}

/** `sessionHash`: the transcript up to ClientKeyExchange, when both sides do extended master secrets. */
export function masterSecret12(
  suite: CipherSuite,
  premaster: Bytes,
  randoms: Randoms,
  sessionHash: Bytes | undefined,
  note: Note,
): Bytes {
  const secret: NamedValue = { name: 'premaster_secret', value: premaster };
  return sessionHash === undefined
    ? prf(
        suite,
        secret,
        'master secret',
        [
          { name: 'client_random', value: randoms.client },
          { name: 'server_random', value: randoms.server },
        ],
        MASTER_SECRET_LENGTH,
        'master_secret',
        note,
      )
    : prf(
        suite,
        secret,
        'extended master secret',
        [{ name: 'transcript_hash', value: sessionHash }],
        MASTER_SECRET_LENGTH,
        'master_secret',
        note,
      );
}

/** Both directions' keys, cut from the key block. */
export function trafficKeys12(
  suite: CipherSuite,
  masterSecret: Bytes,
  randoms: Randoms,
  note: Note,
): Readonly<Record<Side, TrafficKeys>> {
  const ivLength = suite.aead === 'aes-gcm' ? 4 : 12;
  const { keyLength } = suite;
  const block = prf(
    suite,
    { name: 'master_secret', value: masterSecret },
    'key expansion',
    [
      { name: 'server_random', value: randoms.server },
      { name: 'client_random', value: randoms.client },
    ],
    2 * (keyLength + ivLength),
    'key_block',
    note,
  );
  const slice = (start: number, length: number, name: TlsValueName): Bytes => {
    const value = block.subarray(start, start + length);
    note({
      output: { name, value },
      operation: { kind: 'slice', start, end: start + length },
      inputs: [{ name: 'key_block', value: block }],
    });
    return value;
  };
  const clientKey = slice(0, keyLength, 'client_write_key');
  const serverKey = slice(keyLength, keyLength, 'server_write_key');
  const clientIv = slice(2 * keyLength, ivLength, 'client_write_iv');
  const serverIv = slice(2 * keyLength + ivLength, ivLength, 'server_write_iv');
  return {
    client: { name: 'client_write', suite, key: clientKey, iv: clientIv },
    server: { name: 'server_write', suite, key: serverKey, iv: serverIv },
  };
}

export const verifyData12 = (
  suite: CipherSuite,
  side: Side,
  masterSecret: Bytes,
  transcriptHash: Bytes,
  note: Note,
): Bytes =>
  prf(
    suite,
    { name: 'master_secret', value: masterSecret },
    `${side} finished`,
    [{ name: 'transcript_hash', value: transcriptHash }],
    12,
    `${side}_verify_data`,
    note,
  );
