/**
 * Private key files: PKCS#8 (RFC 5958), SEC1 (RFC 5915), PKCS#1 (RFC 8017), as PEM or DER; and
 * writing PKCS#8. Text around the PEM blocks is ignored, the first private key counts.
 */

import { assertNever } from '../base/assertNever.ts';
import { err, ok, type Result } from '../base/result.ts';
import type { Bytes } from './bytes.ts';
import { contextTag, type DerNode, derChild, derInteger, derOctets, derOid, readDer, TAG } from './der/read.ts';
import {
  encodeBits,
  encodeExplicit,
  encodeInteger,
  encodeNull,
  encodeOctets,
  encodeOid,
  encodeSequence,
} from './der/write.ts';
import { EC_FIELD_LENGTH, type EcCurve, isEcScalar } from './ec.ts';
import {
  CURVE_OID,
  curveOfOid,
  ecPrivateKey,
  ed25519PrivateKey,
  type KeyError,
  type PrivateKey,
  rsaPrivateKey,
} from './keys.ts';
import { OID } from './oids.ts';
import { readPem, writePem } from './pem.ts';
import { modInverse } from './rsa/arithmetic.ts';

const malformed = (detail: string): Result<never, KeyError> => err({ code: 'key-malformed', detail });

/** The first private key of a PEM text, or a DER key. */
export function parsePrivateKey(input: string | Bytes): Result<PrivateKey, KeyError> {
  if (typeof input !== 'string') return parsePrivateKeyDer(input);
  for (const block of readPem(input)) {
    if (!block.label.endsWith('PRIVATE KEY')) continue;
    if (block.encrypted) return err({ code: 'key-encrypted', detail: block.label });
    if (block.bytes === undefined) return malformed(block.label);
    return parsePrivateKeyDer(block.bytes);
  }
  return err({ code: 'key-absent', detail: 'PRIVATE KEY' });
}

function parsePrivateKeyDer(der: Bytes): Result<PrivateKey, KeyError> {
  const tree = readDer(der);
  if (!tree.ok) return malformed(tree.error.code);
  if (tree.value.tag !== TAG.sequence) return malformed('privateKey');
  const [, second] = tree.value.children;
  if (second?.tag === TAG.sequence) return readPkcs8(tree.value);
  if (second?.tag === TAG.octetString) return readSec1(tree.value, undefined);
  if (second?.tag === TAG.integer) return readPkcs1(tree.value);
  return malformed('privateKey');
}

function readPkcs8(node: DerNode): Result<PrivateKey, KeyError> {
  const algorithm = derChild(node, 1, TAG.sequence);
  const oid = derOid(derChild(algorithm, 0));
  const octets = derOctets(derChild(node, 2));
  if (oid === undefined || octets === undefined) return malformed('privateKeyInfo');
  const inner = readDer(octets);
  if (!inner.ok) return malformed(inner.error.code);
  switch (oid) {
    case OID.rsaEncryption:
      return readPkcs1(inner.value);
    case OID.ecPublicKey: {
      const curveOid = derOid(derChild(algorithm, 1));
      const curve = curveOfOid(curveOid);
      return curve === undefined
        ? err({ code: 'key-unsupported', detail: curveOid ?? oid })
        : readSec1(inner.value, curve);
    }
    case OID.ed25519: {
      const seed = derOctets(inner.value);
      return seed?.length === 32 ? ok(ed25519PrivateKey(seed)) : malformed('curvePrivateKey');
    }
    default:
      return err({ code: 'key-unsupported', detail: oid });
  }
}

function readSec1(node: DerNode, outerCurve: EcCurve | undefined): Result<PrivateKey, KeyError> {
  const octets = derOctets(derChild(node, 1));
  const parameters = node.children.find((child) => child.tag === contextTag(0, true));
  const curveOid = derOid(derChild(parameters, 0));
  const curve = outerCurve ?? curveOfOid(curveOid);
  if (octets === undefined) return malformed('ecPrivateKey');
  if (curve === undefined) return err({ code: 'key-unsupported', detail: curveOid ?? 'no curve' });
  const length = EC_FIELD_LENGTH[curve];
  const scalar = octets.length < length ? concatLeft(octets, length) : octets;
  return isEcScalar(curve, scalar) ? ok(ecPrivateKey(curve, scalar)) : malformed('ecPrivateKey');
}

function concatLeft(bytes: Bytes, length: number): Bytes {
  const out = new Uint8Array(length);
  out.set(bytes, length - bytes.length);
  return out;
}

function readPkcs1(node: DerNode): Result<PrivateKey, KeyError> {
  const [, modulus, exponent, d, p, q, dp, dq, qInv] = node.children.map(derInteger);
  if (
    modulus === undefined ||
    exponent === undefined ||
    d === undefined ||
    p === undefined ||
    q === undefined ||
    dp === undefined ||
    dq === undefined ||
    qInv === undefined
  )
    return malformed('rsaPrivateKey');
  if (
    p <= 1n ||
    q <= 1n ||
    p * q !== modulus ||
    modInverse(q, p) !== qInv ||
    (exponent * dp) % (p - 1n) !== 1n ||
    (exponent * dq) % (q - 1n) !== 1n
  )
    return err({ code: 'key-inconsistent', detail: 'rsaPrivateKey' });
  return ok(rsaPrivateKey({ modulus, exponent, d, p, q, dp, dq, qInv }));
}

/** DER PKCS#8 (unencrypted), in the shape Go and OpenSSL write. */
export function encodePrivateKey(key: PrivateKey): Bytes {
  switch (key.kind) {
    case 'ec':
      return encodeSequence(
        encodeInteger(0),
        encodeSequence(encodeOid(OID.ecPublicKey), encodeOid(CURVE_OID[key.curve])),
        encodeOctets(
          encodeSequence(
            encodeInteger(1),
            encodeOctets(key.scalar),
            encodeExplicit(1, encodeBits(key.publicKey.point)),
          ),
        ),
      );
    case 'ed25519':
      return encodeSequence(
        encodeInteger(0),
        encodeSequence(encodeOid(OID.ed25519)),
        encodeOctets(encodeOctets(key.seed)),
      );
    case 'rsa': {
      const { modulus, exponent, d, p, q, dp, dq, qInv } = key.numbers;
      const numbers = [0n, modulus, exponent, d, p, q, dp, dq, qInv].map(encodeInteger);
      return encodeSequence(
        encodeInteger(0),
        encodeSequence(encodeOid(OID.rsaEncryption), encodeNull()),
        encodeOctets(encodeSequence(...numbers)),
      );
    }
    default:
      return assertNever(key);
  }
}

/** `-----BEGIN PRIVATE KEY-----` text. */
export const privateKeyPem = (key: PrivateKey): string => writePem('PRIVATE KEY', encodePrivateKey(key));
