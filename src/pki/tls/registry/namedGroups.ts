/** Groups for ephemeral Diffie-Hellman (RFC 8446 4.2.7, RFC 7748, RFC 8422). */
import { type Bytes, fromBigInt, toBigInt, toHex } from '../../../crypto/bytes.ts';
import {
  EC_FIELD_LENGTH,
  type EcCurve,
  ecdhSharedSecret,
  ecOrder,
  ecPublicPoint,
  x25519PublicKey,
  x25519SharedSecret,
} from '../../../crypto/ec.ts';
import { boundedCache } from '../../boundedCache.ts';

export type GroupName = 'x25519' | 'secp256r1' | 'secp384r1' | 'secp521r1';

export interface NamedGroup {
  readonly id: number;
  readonly name: GroupName;
  readonly curve: EcCurve | 'X25519';
}

const GROUPS: Readonly<Record<GroupName, NamedGroup>> = {
  x25519: { id: 29, name: 'x25519', curve: 'X25519' },
  secp256r1: { id: 23, name: 'secp256r1', curve: 'P-256' },
  secp384r1: { id: 24, name: 'secp384r1', curve: 'P-384' },
  secp521r1: { id: 25, name: 'secp521r1', curve: 'P-521' },
};

export const namedGroup = (name: GroupName): NamedGroup => GROUPS[name];

export const groupOfId = (id: number): NamedGroup | undefined => Object.values(GROUPS).find((group) => group.id === id);

/** The group on the curve of a key, if it has one. */
export const groupOfCurve = (curve: EcCurve): NamedGroup | undefined =>
  Object.values(GROUPS).find((group) => group.curve === curve);

/** Names of groups that peers offer and nothing here speaks, for display. */
const OTHER_NAMES: Readonly<Record<number, string>> = {
  30: 'x448',
  256: 'ffdhe2048',
  257: 'ffdhe3072',
  258: 'ffdhe4096',
  259: 'ffdhe6144',
  260: 'ffdhe8192',
  4587: 'SecP256r1MLKEM768',
  4588: 'X25519MLKEM768',
};

export const groupText = (id: number): string | undefined => groupOfId(id)?.name ?? OTHER_NAMES[id];

export interface EphemeralKey {
  readonly group: NamedGroup;
  readonly secret: Bytes;
  /** As it travels: 32 bytes, or an uncompressed point. */
  readonly publicKey: Bytes;
}

/** A key pair made of pseudo-random bytes that `random` supplies. */
export function ephemeralKey(group: NamedGroup, random: (length: number) => Bytes): EphemeralKey {
  if (group.curve === 'X25519') {
    const secret = random(32);
    return { group, secret, publicKey: x25519PublicKey(secret) };
  }
  // 64 bits more than the order has, reduced into [1, n-1] (FIPS 186-5 A.2.1).
  const length = EC_FIELD_LENGTH[group.curve];
  const wide = toBigInt(random(length + 8));
  const secret = fromBigInt((wide % (ecOrder(group.curve) - 1n)) + 1n, length);
  return { group, secret, publicKey: ecPublicPoint(group.curve, secret) };
}

/**
 * The shared secret, or undefined when the peer's value is no usable key of the group. Both ends of a
 * handshake here come to the same one: it is computed once for a pair of public keys.
 */
export function sharedSecret(own: EphemeralKey, peer: Bytes): Bytes | undefined {
  const pair = [toHex(own.publicKey), toHex(peer)].sort().join(' ');
  const known = agreed.peek(pair);
  if (known !== undefined) return known;
  const secret = computeSecret(own, peer);
  if (secret !== undefined) agreed.set(pair, secret);
  return secret;
}

const agreed = boundedCache<Bytes>(64);

function computeSecret(own: EphemeralKey, peer: Bytes): Bytes | undefined {
  if (own.group.curve === 'X25519') return x25519SharedSecret(own.secret, peer);
  // Only uncompressed points are allowed (RFC 8446 4.2.8.2).
  return peer[0] === 4 ? ecdhSharedSecret(own.group.curve, own.secret, peer) : undefined;
}
