/**
 * Sealing and opening of records with traffic keys: TLS 1.3 hides the content type inside and takes
 * the header as additional data (RFC 8446 5.2-5.3); TLS 1.2 authenticates sequence number, type,
 * version and length, and AES-GCM there carries half of its nonce (RFC 5288; RFC 7905 for ChaCha20).
 */
import { aesGcmOpen, aesGcmSeal } from '../../../crypto/aead.ts';
import { type Bytes, concatBytes, EMPTY_BYTES } from '../../../crypto/bytes.ts';
import { chachaOpen, chachaSeal } from '../../../crypto/chacha.ts';
import { uintBytes } from '../codec/codec.ts';
import type { CipherSuite } from '../registry/cipherSuites.ts';
import {
  CONTENT_TYPES,
  type ContentType,
  contentTypeOf,
  type KeySetName,
  RECORD_HEADER_LENGTH,
  recordBytes,
  recordFields,
  type WireRecord,
} from './records.ts';

export interface TrafficKeys {
  readonly name: KeySetName;
  readonly suite: CipherSuite;
  readonly key: Bytes;
  readonly iv: Bytes;
}

/** One direction's protection; remembers the sequence number. */
export interface Protection {
  readonly keys: TrafficKeys;
  seal(type: ContentType, plaintext: Bytes): WireRecord;
  /** Content of a whole record, or undefined when it does not open. */
  open(record: Bytes): { readonly type: ContentType | undefined; readonly content: Bytes } | undefined;
}

const seal = ({ suite, key }: TrafficKeys, nonce: Bytes, plaintext: Bytes, additionalData: Bytes): Bytes =>
  (suite.aead === 'aes-gcm' ? aesGcmSeal : chachaSeal)(key, nonce, plaintext, additionalData);
const open = ({ suite, key }: TrafficKeys, nonce: Bytes, sealed: Bytes, additionalData: Bytes): Bytes | undefined =>
  (suite.aead === 'aes-gcm' ? aesGcmOpen : chachaOpen)(key, nonce, sealed, additionalData);

/** The IV with the sequence number, padded on the left, xor-ed in. */
function xorNonce(iv: Bytes, sequence: number): Bytes {
  const nonce = Uint8Array.from(iv);
  const counter = uintBytes(sequence, 8);
  counter.forEach((byte, index) => {
    const at = nonce.length - 8 + index;
    nonce[at] = (nonce[at] ?? 0) ^ byte;
  });
  return nonce;
}

export function protection13(keys: TrafficKeys): Protection {
  let next = 0;
  return {
    keys,
    seal(type, content) {
      const sequence = next++;
      const plaintext = concatBytes(content, uintBytes(CONTENT_TYPES[type], 1));
      const header = recordBytes('application_data', 0x0303, new Uint8Array(plaintext.length + 16)).subarray(0, 5);
      const nonce = xorNonce(keys.iv, sequence);
      const bytes = concatBytes(header, seal(keys, nonce, plaintext, header));
      return {
        bytes,
        fields: recordFields(bytes, true, 0),
        protection: {
          keys: keys.name,
          aead: keys.suite.aead,
          key: keys.key,
          sequence,
          nonce,
          additionalData: header,
          plaintext,
        },
      };
    },
    open(record) {
      const header = record.subarray(0, RECORD_HEADER_LENGTH);
      const inner = open(keys, xorNonce(keys.iv, next++), record.subarray(RECORD_HEADER_LENGTH), header);
      if (inner === undefined) return undefined;
      // Zeros after the type are padding.
      let last = inner.length - 1;
      while (last >= 0 && inner[last] === 0) last--;
      return { type: contentTypeOf(inner[last] ?? 0), content: inner.subarray(0, Math.max(last, 0)) };
    },
  };
}

export function protection12(keys: TrafficKeys): Protection {
  let next = 0;
  const explicitLength = keys.suite.aead === 'aes-gcm' ? 8 : 0;
  const additionalData = (sequence: number, type: number, length: number): Bytes =>
    concatBytes(uintBytes(sequence, 8), uintBytes(type, 1), uintBytes(0x0303, 2), uintBytes(length, 2));
  return {
    keys,
    seal(type, plaintext) {
      const sequence = next++;
      const explicit = explicitLength > 0 ? uintBytes(sequence, 8) : EMPTY_BYTES;
      const nonce = explicitLength > 0 ? concatBytes(keys.iv, explicit) : xorNonce(keys.iv, sequence);
      const aad = additionalData(sequence, CONTENT_TYPES[type], plaintext.length);
      const bytes = recordBytes(type, 0x0303, concatBytes(explicit, seal(keys, nonce, plaintext, aad)));
      return {
        bytes,
        fields: recordFields(bytes, true, explicitLength),
        protection: {
          keys: keys.name,
          aead: keys.suite.aead,
          key: keys.key,
          sequence,
          nonce,
          additionalData: aad,
          plaintext,
        },
      };
    },
    open(record) {
      const sequence = next++;
      const fragment = record.subarray(RECORD_HEADER_LENGTH);
      const length = fragment.length - explicitLength - 16;
      if (length < 0) return undefined;
      const nonce =
        explicitLength > 0 ? concatBytes(keys.iv, fragment.subarray(0, explicitLength)) : xorNonce(keys.iv, sequence);
      const aad = additionalData(sequence, record[0] ?? 0, length);
      const content = open(keys, nonce, fragment.subarray(explicitLength), aad);
      return content === undefined ? undefined : { type: contentTypeOf(record[0] ?? 0), content };
    },
  };
}
