/**
 * Minting: issuers of the simulated mesh with deterministic keys, their key sets, and signed tokens.
 * Same seed, issuer name and algorithm: the same key; same claims: the same token (RFC 6979 nonces,
 * fixed PSS salt). The keys serve simulations only: whoever knows the seed has them.
 */
import { assertNever } from '../base/assertNever.ts';
import { invariant } from '../base/invariant.ts';
import { type Bytes, fromBigInt, fromUtf8, toBase64Url, utf8 } from '../crypto/bytes.ts';
import { deriveBytes, deriveEcKey, deriveEd25519Key, deriveRsaKey } from '../crypto/derive.ts';
import { ecdsaSignRaw, ed25519Sign } from '../crypto/ec.ts';
import { HASH_LENGTH, type HashName, hmac, sha256 } from '../crypto/hash.ts';
import type { PrivateKey } from '../crypto/keys.ts';
import { rsaSignPkcs1, rsaSignPss } from '../crypto/rsa/rsa.ts';
import { decodeBase64Url } from './encoding/base64Url.ts';
import { type JsonObject, parseProtoJson } from './encoding/protoJson.ts';
import type { JwtAlgorithm } from './token.ts';

export type SigningKey = PrivateKey | { readonly kind: 'secret'; readonly bytes: Bytes };

/** Somebody who issues tokens: a key, and how it names it. */
export interface Issuer {
  readonly algorithm: JwtAlgorithm;
  readonly kid: string;
  readonly key: SigningKey;
}

const hashOf = (algorithm: JwtAlgorithm): HashName =>
  algorithm.endsWith('384') ? 'sha384' : algorithm.endsWith('512') ? 'sha512' : 'sha256';

/** The issuer of a name in the mesh with this seed. RSA keys take some tenths of a second: keep the result. */
export function meshIssuer(seed: string, name: string, algorithm: JwtAlgorithm = 'ES256'): Issuer {
  const key = deriveSigningKey(seed, `jwt issuer ${name}`, algorithm);
  return { algorithm, kid: thumbprint(key), key };
}

function deriveSigningKey(seed: string, label: string, algorithm: JwtAlgorithm): SigningKey {
  switch (algorithm) {
    case 'ES256':
      return deriveEcKey(seed, label, 'P-256');
    case 'ES384':
      return deriveEcKey(seed, label, 'P-384');
    case 'ES512':
      return deriveEcKey(seed, label, 'P-521');
    case 'EdDSA':
      return deriveEd25519Key(seed, label);
    case 'HS256':
    case 'HS384':
    case 'HS512':
      return { kind: 'secret', bytes: deriveBytes(seed, label, HASH_LENGTH[hashOf(algorithm)]) };
    default:
      return deriveRsaKey(seed, label, 2048);
  }
}

/** The members RFC 7638 hashes, in its order; they are also the public JWK (for `oct`: the secret itself). */
function jwkMembers(key: SigningKey): Readonly<Record<string, string>> {
  switch (key.kind) {
    case 'rsa':
      return {
        e: toBase64Url(fromBigInt(key.publicKey.exponent)),
        kty: 'RSA',
        n: toBase64Url(fromBigInt(key.publicKey.modulus)),
      };
    case 'ec': {
      const { point, curve } = key.publicKey;
      const half = (point.length - 1) / 2;
      const [x, y] = [point.subarray(1, 1 + half), point.subarray(1 + half)];
      return { crv: curve, kty: 'EC', x: toBase64Url(x), y: toBase64Url(y) };
    }
    case 'ed25519':
      return { crv: 'Ed25519', kty: 'OKP', x: toBase64Url(key.publicKey.point) };
    case 'secret':
      return { k: toBase64Url(key.bytes), kty: 'oct' };
    default:
      return assertNever(key);
  }
}

/** RFC 7638 thumbprint, SHA-256. */
const thumbprint = (key: SigningKey): string => toBase64Url(sha256(utf8(JSON.stringify(jwkMembers(key)))));

/** The public key as a JWK. Algorithm and kid are named, as real issuers do. */
export const publicJwk = (issuer: Issuer): Readonly<Record<string, string>> => ({
  ...jwkMembers(issuer.key),
  alg: issuer.algorithm,
  kid: issuer.kid,
});

/** A JWKS document, to paste into a policy or to let a URI answer. */
export const keySetText = (issuers: readonly Issuer[]): string => JSON.stringify({ keys: issuers.map(publicJwk) });

function sign(algorithm: JwtAlgorithm, key: SigningKey, message: Bytes): Bytes {
  const hash = hashOf(algorithm);
  let signature: Bytes | undefined;
  if (key.kind === 'secret') signature = hmac(hash, key.bytes, message);
  else if (key.kind === 'ec') signature = ecdsaSignRaw(key.curve, hash, key.scalar, message);
  else if (key.kind === 'ed25519') signature = ed25519Sign(key.seed, message);
  else if (algorithm.startsWith('PS'))
    signature = rsaSignPss(key.numbers, hash, message, new Uint8Array(HASH_LENGTH[hash]));
  else signature = rsaSignPkcs1(key.numbers, hash, message);
  invariant(signature !== undefined, 'the key is long enough for its algorithm');
  return signature;
}

const part = (value: unknown): string => toBase64Url(utf8(JSON.stringify(value)));

/** Header members that differ from the issuer's own; `kid: null` leaves it out. */
export interface HeaderChanges {
  readonly kid?: string | null;
  readonly typ?: string;
}

/** Compact serialisation (RFC 7515) of claims signed by the issuer. Claims keep their order. */
export function mintToken(issuer: Issuer, claims: object, header: HeaderChanges = {}): string {
  const kid = header.kid === undefined ? issuer.kid : header.kid;
  const head = part({ alg: issuer.algorithm, ...(kid === null ? {} : { kid }), typ: header.typ ?? 'JWT' });
  const signed = `${head}.${part(claims)}`;
  return `${signed}.${toBase64Url(sign(issuer.algorithm, issuer.key, utf8(signed)))}`;
}

/** Header and payload of any token, as far as they can be read; for display and for editing claims. */
export function peekToken(token: string): { readonly header?: JsonObject; readonly payload?: JsonObject } {
  const [header, payload] = token.split('.').map((text) => {
    const bytes = decodeBase64Url(text);
    return bytes === undefined ? undefined : parseProtoJson(fromUtf8(bytes) ?? '');
  });
  return { ...(header === undefined ? {} : { header }), ...(payload === undefined ? {} : { payload }) };
}
