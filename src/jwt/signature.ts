/**
 * Does a token's signature hold under a key set? Keys are tried in order: the key id is compared only
 * where both sides have one, the algorithm only where the key names one. Authority: jwt_verify_lib
 * verifyJwtWithoutTimeChecking (RFC 7518 for the algorithms).
 */
import { assertNever } from '../base/assertNever.ts';
import { type Bytes, concatBytes, equalBytes, fromBigInt, toBigInt } from '../crypto/bytes.ts';
import { EC_FIELD_LENGTH, ecdsaVerifyRaw, ed25519Verify } from '../crypto/ec.ts';
import { type HashName, hmac } from '../crypto/hash.ts';
import type { EcPublicKey } from '../crypto/keys.ts';
import { rsaVerifyPkcs1, rsaVerifyPss } from '../crypto/rsa/rsa.ts';
import type { KeySet, VerificationKey } from './keySet.ts';
import type { JwtStatus } from './status.ts';
import type { JwtAlgorithm, Token } from './token.ts';

/** What became of each key of the set, in order; keys after the one that decided are not listed. */
export interface SignatureVerdict {
  readonly status: JwtStatus;
  readonly tried: readonly {
    readonly kid: string;
    readonly kind: VerificationKey['key']['kind'];
    readonly outcome: 'other-key-id' | 'other-algorithm' | 'refused' | 'verified';
  }[];
}

/** The hash an algorithm name asks for; a key of another family than the token's uses it all the same. */
const hashOf = (algorithm: JwtAlgorithm): HashName =>
  algorithm.endsWith('384') ? 'sha384' : algorithm.endsWith('512') ? 'sha512' : 'sha256';

/** Envoy cuts the signature in two halves whatever its length; an odd last byte is lost. */
function verifyEc(key: EcPublicKey, hash: HashName, token: Token): boolean {
  const half = Math.floor(token.signature.length / 2);
  const length = EC_FIELD_LENGTH[key.curve];
  const scalars = [token.signature.subarray(0, half), token.signature.subarray(half, 2 * half)].map(toBigInt);
  if (scalars.some((scalar) => scalar >= 1n << BigInt(8 * length))) return false;
  const raw = concatBytes(...scalars.map((scalar): Bytes => fromBigInt(scalar, length)));
  return ecdsaVerifyRaw(key.curve, hash, key.point, token.signed, raw);
}

type KeyVerdict = 'verified' | 'refused' | 'ed25519-signature-length';

/** Hashes follow the token's algorithm within the key's own family and are SHA-256 otherwise. */
function verifyWith(entry: VerificationKey, token: Token): KeyVerdict {
  const { key } = entry;
  const { algorithm } = token;
  const hashIf = (family: string): HashName => (algorithm.startsWith(family) ? hashOf(algorithm) : 'sha256');
  const verdict = (holds: boolean): KeyVerdict => (holds ? 'verified' : 'refused');
  switch (key.kind) {
    case 'ec':
      return verdict(verifyEc(key, hashIf('ES'), token));
    case 'rsa':
      if (algorithm.startsWith('RS'))
        return verdict(rsaVerifyPkcs1(key, hashOf(algorithm), token.signed, token.signature));
      if (algorithm.startsWith('PS'))
        return verdict(rsaVerifyPss(key, hashOf(algorithm), token.signed, token.signature));
      return 'refused';
    case 'secret':
      return verdict(equalBytes(hmac(hashIf('HS'), key.bytes, token.signed), token.signature));
    case 'ed25519':
      if (token.signature.length !== 64) return 'ed25519-signature-length';
      return verdict(ed25519Verify(key.point, token.signed, token.signature));
    default:
      return assertNever(key);
  }
}

export function verifyTokenSignature(token: Token, keySet: KeySet): SignatureVerdict {
  const tried: SignatureVerdict['tried'][number][] = [];
  let matched = false;
  for (const entry of keySet.keys) {
    const note = (outcome: SignatureVerdict['tried'][number]['outcome']): void => {
      tried.push({ kid: entry.kid, kind: entry.key.kind, outcome });
    };
    if (token.keyId !== '' && entry.kid !== '' && token.keyId !== entry.kid) {
      note('other-key-id');
      continue;
    }
    if (entry.alg !== '' && entry.alg !== token.algorithm) {
      note('other-algorithm');
      continue;
    }
    matched = true;
    const verdict = verifyWith(entry, token);
    note(verdict === 'verified' ? 'verified' : 'refused');
    if (verdict === 'verified') return { status: 'ok', tried };
    if (verdict === 'ed25519-signature-length') return { status: verdict, tried };
  }
  return { status: matched ? 'verification-failed' : 'no-matching-key', tried };
}
