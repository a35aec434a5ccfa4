/** What ServerKeyExchange signs: both randoms and the key exchange parameters (RFC 8422 5.4). */
import { type Bytes, concatBytes } from '../../../crypto/bytes.ts';
import { uintBytes } from '../codec/codec.ts';
import type { Randoms } from '../keys/schedule12.ts';

export const signedParameters = (
  randoms: Randoms,
  parameters: { readonly namedCurve: number; readonly publicKey: Bytes },
): Bytes =>
  concatBytes(
    randoms.client,
    randoms.server,
    uintBytes(3, 1),
    uintBytes(parameters.namedCurve, 2),
    uintBytes(parameters.publicKey.length, 1),
    parameters.publicKey,
  );
