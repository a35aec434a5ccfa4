/** AlgorithmIdentifier <-> SignatureAlgorithm (RFC 4055, 5758, 8410). */
import { assertNever } from '../base/assertNever.ts';
import type { Bytes } from './bytes.ts';
import { contextTag, type DerNode, derChild, derInteger, derOid, TAG } from './der/read.ts';
import { encodeExplicit, encodeInteger, encodeNull, encodeOid, encodeSequence } from './der/write.ts';
import type { HashName } from './hash.ts';
import { OID } from './oids.ts';
import type { SignatureAlgorithm } from './signature.ts';

const FIXED: Readonly<Record<string, SignatureAlgorithm>> = {
  '1.2.840.10045.4.1': { kind: 'ecdsa', hash: 'sha1' },
  '1.2.840.10045.4.3.2': { kind: 'ecdsa', hash: 'sha256' },
  '1.2.840.10045.4.3.3': { kind: 'ecdsa', hash: 'sha384' },
  '1.2.840.10045.4.3.4': { kind: 'ecdsa', hash: 'sha512' },
  '1.2.840.113549.1.1.5': { kind: 'rsa-pkcs1', hash: 'sha1' },
  '1.2.840.113549.1.1.11': { kind: 'rsa-pkcs1', hash: 'sha256' },
  '1.2.840.113549.1.1.12': { kind: 'rsa-pkcs1', hash: 'sha384' },
  '1.2.840.113549.1.1.13': { kind: 'rsa-pkcs1', hash: 'sha512' },
  [OID.ed25519]: { kind: 'ed25519' },
};

const HASH_OF_OID: Readonly<Record<string, HashName>> = {
  [OID.sha1]: 'sha1',
  [OID.sha256]: 'sha256',
  [OID.sha384]: 'sha384',
  [OID.sha512]: 'sha512',
};

/** Reads an AlgorithmIdentifier; undefined when it is not one. Unknown algorithms are a value. */
export function readSignatureAlgorithm(node: DerNode | undefined): SignatureAlgorithm | undefined {
  const oid = derOid(derChild(node, 0));
  if (node?.tag !== TAG.sequence || oid === undefined) return undefined;
  if (oid !== OID.rsaPss) return FIXED[oid] ?? { kind: 'unsupported', oid };
  const parameters = derChild(node, 1);
  const field = (n: number): DerNode | undefined =>
    derChild(
      parameters?.children.find((child) => child.tag === contextTag(n, true)),
      0,
    );
  const hash = HASH_OF_OID[derOid(derChild(field(0), 0)) ?? OID.sha1];
  const mgfHash = HASH_OF_OID[derOid(derChild(derChild(field(1), 1), 0)) ?? OID.sha1];
  const salt = field(2) === undefined ? 20n : derInteger(field(2));
  if (hash === undefined || hash !== mgfHash || salt === undefined || salt < 0n || salt > 512n)
    return { kind: 'unsupported', oid };
  return { kind: 'rsa-pss', hash, saltLength: Number(salt) };
}

/** DER AlgorithmIdentifier. */
export function encodeSignatureAlgorithm(algorithm: SignatureAlgorithm): Bytes {
  switch (algorithm.kind) {
    case 'ed25519':
      return encodeSequence(encodeOid(OID.ed25519));
    case 'unsupported':
      return encodeSequence(encodeOid(algorithm.oid));
    case 'ecdsa':
    case 'rsa-pkcs1': {
      const oid = Object.keys(FIXED).find((key) => {
        const entry = FIXED[key];
        return entry?.kind === algorithm.kind && entry.hash === algorithm.hash;
      });
      return algorithm.kind === 'ecdsa'
        ? encodeSequence(encodeOid(oid ?? ''))
        : encodeSequence(encodeOid(oid ?? ''), encodeNull());
    }
    case 'rsa-pss': {
      const hash = encodeSequence(encodeOid(OID[algorithm.hash]), encodeNull());
      return encodeSequence(
        encodeOid(OID.rsaPss),
        encodeSequence(
          encodeExplicit(0, hash),
          encodeExplicit(1, encodeSequence(encodeOid(OID.mgf1), hash)),
          encodeExplicit(2, encodeInteger(algorithm.saltLength)),
        ),
      );
    }
    default:
      return assertNever(algorithm);
  }
}

/** openssl's long name, for display. */
export function signatureAlgorithmName(algorithm: SignatureAlgorithm): string {
  switch (algorithm.kind) {
    case 'ecdsa':
      return `ecdsa-with-${algorithm.hash.toUpperCase()}`;
    case 'rsa-pkcs1':
      return `${algorithm.hash}WithRSAEncryption`;
    case 'rsa-pss':
      return 'rsassaPss';
    case 'ed25519':
      return 'ED25519';
    case 'unsupported':
      return algorithm.oid;
    default:
      return assertNever(algorithm);
  }
}
