/**
 * The arithmetic of a key exchange, step by step, in plain numbers: how a secret and a point become
 * another point. X25519 climbs the Montgomery ladder (RFC 7748 section 5), the NIST curves double and
 * add points of their Weierstrass form (SEC 1 2.2.1). Written to be read, and held against the
 * curves that handshakes really use; nothing else calls it.
 */
import { type Bytes, fromBigInt, toBigInt, toHex } from '../../crypto/bytes.ts';
import { modInverse } from '../../crypto/rsa/arithmetic.ts';
import type { GroupName } from './registry/namedGroups.ts';

export interface CurveWalk {
  readonly form: 'montgomery' | 'weierstrass';
  /** The prime of the field, the coefficients; hex without leading zeros. */
  readonly prime: string;
  readonly coefficients: Readonly<Record<string, string>>;
  /** The secret as a number: of X25519 read from its last byte, with five bits fixed. */
  readonly scalar: { readonly given: string; readonly used: string };
  readonly point: Readonly<Record<string, string>>;
  /** Of all steps the first few and the last. */
  readonly steps: readonly CurveStep[];
  readonly stepCount: number;
  /** Montgomery: the quotient that leads from the last step to the result. */
  readonly quotient?: Readonly<Record<string, string>>;
  /** As it travels or as the shared secret, hex of bytes. */
  readonly result: string;
}

export interface CurveStep {
  readonly number: number;
  readonly kind: 'ladder' | 'double' | 'add';
  /** The bit of the scalar that it is about. */
  readonly bit: number;
  readonly bitValue: 0 | 1;
  readonly values: Readonly<Record<string, string>>;
}

/** How many steps from the start are shown. */
const SHOWN = 3;

/** `peer` absent: the base point, which makes a public key. Undefined: bytes that are no point. */
export function curveWalk(group: GroupName, secret: Bytes, peer?: Bytes): CurveWalk | undefined {
  if (group === 'x25519') return montgomery(secret, peer);
  const curve = NIST[group];
  const length = Math.ceil(curve.p.toString(16).length / 2);
  if (peer !== undefined && peer.length !== 1 + 2 * length) return undefined;
  const point =
    peer === undefined
      ? curve.base
      : { x: toBigInt(peer.subarray(1, 1 + length)), y: toBigInt(peer.subarray(1 + length)) };
  return weierstrass(curve, length, secret, point, peer !== undefined);
}

const hex = (value: bigint): string => value.toString(16);

function modulo(value: bigint, p: bigint): bigint {
  const rest = value % p;
  return rest < 0n ? rest + p : rest;
}

const inverse = (value: bigint, p: bigint): bigint => modInverse(value, p) ?? 0n;

const P25519 = 2n ** 255n - 19n;
const A24 = 121_665n;

function montgomery(secret: Bytes, peer: Bytes | undefined): CurveWalk | undefined {
  if (secret.length !== 32 || (peer !== undefined && peer.length !== 32)) return undefined;
  const p = P25519;
  const k = clamped(secret);
  const u = peer === undefined ? 9n : modulo(littleEndian(peer) & (2n ** 255n - 1n), p);
  let [x2, z2, x3, z3] = [1n, 0n, u, 1n];
  const steps: CurveStep[] = [];
  for (let bit = 254; bit >= 0; bit--) {
    const set = ((k >> BigInt(bit)) & 1n) === 1n;
    if (set) [x2, z2, x3, z3] = [x3, z3, x2, z2];
    const a = x2 + z2;
    const b = x2 - z2;
    const aa = modulo(a * a, p);
    const bb = modulo(b * b, p);
    const e = aa - bb;
    const da = (x3 - z3) * a;
    const cb = (x3 + z3) * b;
    x3 = modulo((da + cb) ** 2n, p);
    z3 = modulo(u * (da - cb) ** 2n, p);
    x2 = modulo(aa * bb, p);
    z2 = modulo(e * (aa + A24 * e), p);
    if (set) [x2, z2, x3, z3] = [x3, z3, x2, z2];
    const values = { x2: hex(x2), z2: hex(z2), x3: hex(x3), z3: hex(z3) };
    steps.push({ number: 255 - bit, kind: 'ladder', bit, bitValue: set ? 1 : 0, values });
  }
  const result = modulo(x2 * inverse(z2, p), p);
  return {
    form: 'montgomery',
    prime: hex(p),
    coefficients: { A: hex(486_662n), a24: hex(A24) },
    scalar: { given: toHex(secret), used: hex(k) },
    point: { u: hex(u) },
    steps: firstAndLast(steps),
    stepCount: steps.length,
    quotient: { x2: hex(x2), z2: hex(z2), u: hex(result) },
    result: toHex(fromBigInt(result, 32).reverse()),
  };
}

const littleEndian = (bytes: Bytes): bigint => toBigInt(Uint8Array.from(bytes).reverse());

/** The lowest three bits and the highest are cleared, the second highest is set. */
function clamped(secret: Bytes): bigint {
  const bits = littleEndian(secret);
  return (bits & (2n ** 254n - 8n)) | (2n ** 254n);
}

interface Point {
  readonly x: bigint;
  readonly y: bigint;
}
interface Weierstrass {
  readonly p: bigint;
  readonly b: bigint;
  readonly base: Point;
}

/** y² = x³ - 3x + b */
function weierstrass(
  { p, b }: Weierstrass,
  length: number,
  secret: Bytes,
  point: Point,
  isShared: boolean,
): CurveWalk | undefined {
  const k = toBigInt(secret);
  const { x, y } = point;
  if (k === 0n || modulo(y * y - x ** 3n + 3n * x - b, p) !== 0n) return undefined;
  const bits = k.toString(2);
  const steps: CurveStep[] = [];
  let sum = point;
  const go = (kind: 'double' | 'add', at: number, slope: bigint, other: Point): void => {
    const x3 = modulo(slope * slope - sum.x - other.x, p);
    sum = { x: x3, y: modulo(slope * (sum.x - x3) - sum.y, p) };
    const bit = bits.length - 1 - at;
    const values = { λ: hex(slope), x: hex(sum.x), y: hex(sum.y) };
    steps.push({ number: steps.length + 1, kind, bit, bitValue: bits[at] === '1' ? 1 : 0, values });
  };
  for (let at = 1; at < bits.length; at++) {
    go('double', at, modulo((3n * sum.x * sum.x - 3n) * inverse(2n * sum.y, p), p), sum);
    if (bits[at] === '1') go('add', at, modulo((y - sum.y) * inverse(modulo(x - sum.x, p), p), p), point);
  }
  const bytes = (value: bigint): string => toHex(fromBigInt(value, length));
  return {
    form: 'weierstrass',
    prime: hex(p),
    coefficients: { a: `-3`, b: hex(b) },
    scalar: { given: toHex(secret), used: hex(k) },
    point: { x: hex(x), y: hex(y) },
    steps: firstAndLast(steps),
    stepCount: steps.length,
    result: isShared ? bytes(sum.x) : `04${bytes(sum.x)}${bytes(sum.y)}`,
  };
}

const firstAndLast = (steps: readonly CurveStep[]): readonly CurveStep[] =>
  steps.length <= SHOWN + 1 ? steps : [...steps.slice(0, SHOWN), ...steps.slice(-1)];

/** FIPS 186-4 appendix D.1.2. */
const NIST: Readonly<Record<Exclude<GroupName, 'x25519'>, Weierstrass>> = {
  secp256r1: {
    p: 2n ** 256n - 2n ** 224n + 2n ** 192n + 2n ** 96n - 1n,
    b: 0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604bn,
    base: {
      x: 0x6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296n,
      y: 0x4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5n,
    },
  },
  secp384r1: {
    p: 2n ** 384n - 2n ** 128n - 2n ** 96n + 2n ** 32n - 1n,
    b: 0xb3312fa7e23ee7e4988e056be3f82d19181d9c6efe8141120314088f5013875ac656398d8a2ed19d2a85c8edd3ec2aefn,
    base: {
      x: 0xaa87ca22be8b05378eb1c71ef320ad746e1d3b628ba79b9859f741e082542a385502f25dbf55296c3a545e3872760ab7n,
      y: 0x3617de4a96262c6f5d9e98bf9292dc29f8f41dbd289a147ce9da3113b5f0b8c00a60b1ce1d7e819d7a431d7c90ea0e5fn,
    },
  },
  secp521r1: {
    p: 2n ** 521n - 1n,
    b: 0x051953eb9618e1c9a1f929a21a0b68540eea2da725b99b315f3b8b489918ef109e156193951ec7e937b1652c0bd3bb1bf073573df883d2c34f1ef451fd46b503f00n,
    base: {
      x: 0xc6858e06b70404e9cd9e3ecb662395b4429c648139053fb521f828af606b4d3dbaa14b5e77efe75928fe1dc127a2ffa8de3348b3c1856a429bf97e7e31c2e5bd66n,
      y: 0x11839296a789a3bc0045c8a5fb42c7d1bd998f54449579b446817afbd17273e662c97ee72995ef42640c550b9013fad0761353c7086a272c24088be94769fd16650n,
    },
  },
};
