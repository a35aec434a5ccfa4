/** The running hash over handshake messages (RFC 8446 4.4.1), once the cipher suite has chosen the hash. */

import { invariant } from '../../../base/invariant.ts';
import { type Bytes, concatBytes } from '../../../crypto/bytes.ts';
import { type HashName, type RunningHash, runningHash } from '../../../crypto/hash.ts';
import { uintBytes } from '../codec/codec.ts';
import type { Note } from './computation.ts';

export interface Transcript {
  add(name: string, message: Bytes): void;
  /** Chooses the hash; messages so far are taken in. */
  startHash(hash: HashName): void;
  digest(): Bytes;
  /** The same, told to `note`. */
  noted(note: Note): Bytes;
  /** After a HelloRetryRequest: the first ClientHello counts as its hash only. */
  replaceByMessageHash(): void;
  /** Everything so far (TLS 1.2 CertificateVerify signs it). */
  messages(): Bytes;
}

export function transcript(): Transcript {
  let names: string[] = [];
  let parts: Bytes[] = [];
  let running: RunningHash | undefined;
  let hashName: HashName | undefined;

  const digest = (): Bytes => {
    invariant(running !== undefined, 'transcript hash before the cipher suite is known');
    return running.digest();
  };
  const restart = (hash: HashName): void => {
    hashName = hash;
    running = runningHash(hash);
    for (const part of parts) running.update(part);
  };
  return {
    add(name, message) {
      names.push(name);
      parts.push(message);
      running?.update(message);
    },
    startHash(hash) {
      if (hashName !== hash) restart(hash);
    },
    digest,
    noted(note) {
      const value = digest();
      if (hashName !== undefined)
        note({
          output: { name: 'transcript_hash', value },
          operation: { kind: 'transcript-hash', hash: hashName, messages: [...names] },
          inputs: [{ name: 'messages', value: concatBytes(...parts) }],
        });
      return value;
    },
    replaceByMessageHash() {
      const first = digest();
      names = ['message_hash'];
      parts = [concatBytes(uintBytes(254, 1), uintBytes(first.length, 3), first)];
      if (hashName !== undefined) restart(hashName);
    },
    messages: () => concatBytes(...parts),
  };
}
