/**
 * SignatureScheme (RFC 8446 4.2.3): which key signs by which scheme in which version, and how. In
 * TLS 1.2 an ECDSA scheme names only the hash, any curve may use it; in TLS 1.3 it fixes the curve,
 * and PKCS#1 v1.5 is for certificates only.
 */
import { type Bytes, toHex } from '../../../crypto/bytes.ts';
import type { EcCurve } from '../../../crypto/ec.ts';
import { HASH_LENGTH, sha256 } from '../../../crypto/hash.ts';
import type { PrivateKey, PublicKey } from '../../../crypto/keys.ts';
import { type SignatureAlgorithm, signMessage, verifySignature } from '../../../crypto/signature.ts';
import { boundedCache } from '../../boundedCache.ts';
import type { SpokenVersion } from './versions.ts';

export type SchemeName =
  | 'ecdsa_secp256r1_sha256'
  | 'ecdsa_secp384r1_sha384'
  | 'ecdsa_secp521r1_sha512'
  | 'ed25519'
  | 'rsa_pss_rsae_sha256'
  | 'rsa_pss_rsae_sha384'
  | 'rsa_pss_rsae_sha512'
  | 'rsa_pkcs1_sha256'
  | 'rsa_pkcs1_sha384'
  | 'rsa_pkcs1_sha512';

export interface SignatureScheme {
  readonly id: number;
  readonly name: SchemeName;
  readonly algorithm: SignatureAlgorithm;
  /** TLS 1.3 only. */
  readonly curve?: EcCurve;
}

const pss = (hash: 'sha256' | 'sha384' | 'sha512'): SignatureAlgorithm => ({
  kind: 'rsa-pss',
  hash,
  saltLength: HASH_LENGTH[hash],
});

const SCHEMES: readonly SignatureScheme[] = [
  { id: 0x0403, name: 'ecdsa_secp256r1_sha256', algorithm: { kind: 'ecdsa', hash: 'sha256' }, curve: 'P-256' },
  { id: 0x0503, name: 'ecdsa_secp384r1_sha384', algorithm: { kind: 'ecdsa', hash: 'sha384' }, curve: 'P-384' },
  { id: 0x0603, name: 'ecdsa_secp521r1_sha512', algorithm: { kind: 'ecdsa', hash: 'sha512' }, curve: 'P-521' },
  { id: 0x0807, name: 'ed25519', algorithm: { kind: 'ed25519' } },
  { id: 0x0804, name: 'rsa_pss_rsae_sha256', algorithm: pss('sha256') },
  { id: 0x0805, name: 'rsa_pss_rsae_sha384', algorithm: pss('sha384') },
  { id: 0x0806, name: 'rsa_pss_rsae_sha512', algorithm: pss('sha512') },
  { id: 0x0401, name: 'rsa_pkcs1_sha256', algorithm: { kind: 'rsa-pkcs1', hash: 'sha256' } },
  { id: 0x0501, name: 'rsa_pkcs1_sha384', algorithm: { kind: 'rsa-pkcs1', hash: 'sha384' } },
  { id: 0x0601, name: 'rsa_pkcs1_sha512', algorithm: { kind: 'rsa-pkcs1', hash: 'sha512' } },
];

const BY_ID = new Map(SCHEMES.map((scheme) => [scheme.id, scheme]));

/** Names of schemes that peers offer and nothing here speaks, for display. */
const OTHER_NAMES: Readonly<Record<number, string>> = {
  513: 'rsa_pkcs1_sha1',
  514: 'dsa_sha1',
  515: 'ecdsa_sha1',
  769: 'rsa_pkcs1_sha224',
  770: 'dsa_sha224',
  771: 'ecdsa_sha224',
  1026: 'dsa_sha256',
  1282: 'dsa_sha384',
  1538: 'dsa_sha512',
  2056: 'ed448',
  2057: 'rsa_pss_pss_sha256',
  2058: 'rsa_pss_pss_sha384',
  2059: 'rsa_pss_pss_sha512',
};

export const schemeOfId = (id: number): SignatureScheme | undefined => BY_ID.get(id);
export const schemeText = (id: number): string | undefined => BY_ID.get(id)?.name ?? OTHER_NAMES[id];

const NAMED = new Map(SCHEMES.map((scheme) => [scheme.name, scheme.id]));
/** Ids of schemes by name, in the order given. */
export const schemeIds = (names: readonly SchemeName[]): readonly number[] =>
  names.flatMap((name) => NAMED.get(name) ?? []);

/** Can this key sign by this scheme in this version? */
export function schemeFitsKey(scheme: SignatureScheme, key: PublicKey, version: SpokenVersion): boolean {
  const { algorithm } = scheme;
  switch (key.kind) {
    case 'ec':
      return algorithm.kind === 'ecdsa' && (version === '1.2' || scheme.curve === key.curve);
    case 'ed25519':
      return algorithm.kind === 'ed25519';
    case 'rsa':
      // PSS needs room for salt and digest (RFC 8017 9.1.1).
      if (algorithm.kind === 'rsa-pss') return Math.ceil((key.bits - 1) / 8) >= 2 * algorithm.saltLength + 2;
      return algorithm.kind === 'rsa-pkcs1' && version === '1.2';
    case 'unsupported':
      return false;
  }
}

/** The first scheme of the peer's list that the key can sign by and the signer is willing to use. */
export function chooseScheme(
  key: PublicKey,
  version: SpokenVersion,
  offered: readonly number[],
  willing: readonly number[],
): SignatureScheme | undefined {
  for (const id of offered) {
    const scheme = BY_ID.get(id);
    if (scheme !== undefined && willing.includes(id) && schemeFitsKey(scheme, key, version)) return scheme;
  }
  return undefined;
}

/** Signs; `salt` gives the salt of PSS. */
export function signWithScheme(
  scheme: SignatureScheme,
  key: PrivateKey,
  message: Bytes,
  salt: (length: number) => Bytes,
): Bytes {
  const { algorithm } = scheme;
  const pssSalt = algorithm.kind === 'rsa-pss' ? salt(algorithm.saltLength) : undefined;
  const signature = signMessage(algorithm, key, message, pssSalt);
  made.set(signatureKey(scheme, key.publicKey, message, signature), true);
  return signature;
}

/**
 * Signatures that one end of a handshake here has just made with the private half of the key: the
 * other end need not compute that they verify. Keyed by every byte, so anything else is checked.
 */
const made = boundedCache<true>(64);

const signatureKey = ({ name }: SignatureScheme, { id }: PublicKey, message: Bytes, signature: Bytes): string =>
  `${name} ${id} ${toHex(sha256(message))} ${toHex(signature)}`;

export const verifyWithScheme = (scheme: SignatureScheme, key: PublicKey, message: Bytes, signature: Bytes): boolean =>
  made.peek(signatureKey(scheme, key, message, signature)) ??
  verifySignature(scheme.algorithm, key, message, signature);

/** Which TLS 1.2 suites a server key authenticates; Ed25519 counts as ECDSA (RFC 8422 5.10). */
export const authenticationOf = (key: PublicKey): 'ecdsa' | 'rsa' | undefined =>
  key.kind === 'rsa' ? 'rsa' : key.kind === 'unsupported' ? undefined : 'ecdsa';
