/** The mark of a server that could do better, in the last bytes of its random (RFC 8446 4.1.3). */
import { type Bytes, equalBytes, utf8 } from '../../../crypto/bytes.ts';

export const DOWNGRADE_FROM_13: Bytes = Uint8Array.of(...utf8('DOWNGRD'), 1);
const DOWNGRADE_FROM_12: Bytes = Uint8Array.of(...utf8('DOWNGRD'), 0);

export function marksDowngrade(random: Bytes): boolean {
  const tail = random.subarray(24);
  return equalBytes(tail, DOWNGRADE_FROM_13) || equalBytes(tail, DOWNGRADE_FROM_12);
}
