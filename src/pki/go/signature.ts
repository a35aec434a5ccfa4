/** Certificate.CheckSignatureFrom: may this certificate sign, and did it? In Go's words, or undefined. */
import { signatureVerifies } from '../path/signatures.ts';
import type { Certificate } from '../types.ts';

export function signatureError(child: Certificate, parent: Certificate): string | undefined {
  const isCa = parent.basicConstraints?.ca;
  const maySign =
    parent.keyUsage === undefined || parent.keyUsage.length === 0 || parent.keyUsage.includes('keyCertSign');
  if ((parent.version === 3 && isCa === undefined) || isCa === false || !maySign)
    return 'x509: invalid signature: parent certificate cannot sign this kind of certificate';
  const { signatureAlgorithm: algorithm } = child;
  if (algorithm.kind === 'unsupported') return 'x509: cannot verify signature: algorithm unimplemented';
  if (algorithm.kind !== 'ed25519' && algorithm.hash === 'sha1')
    return `x509: cannot verify signature: insecure algorithm ${algorithm.kind === 'ecdsa' ? 'ECDSA-SHA1' : 'SHA1-RSA'}`;
  if (signatureVerifies(child, parent.publicKey)) return undefined;
  const wanted = KEY_OF[algorithm.kind];
  const { kind } = parent.publicKey;
  if (kind !== wanted)
    return `x509: signature algorithm specifies an ${GO_NAMES[wanted]} public key, but have public key of type ${GO_TYPES[kind] ?? kind}`;
  return FAILURES[wanted];
}

const KEY_OF = { ecdsa: 'ec', 'rsa-pkcs1': 'rsa', 'rsa-pss': 'rsa', ed25519: 'ed25519' } as const;
const GO_NAMES = { ec: 'ECDSA', rsa: 'RSA', ed25519: 'Ed25519' } as const;
const GO_TYPES: Readonly<Record<string, string>> = {
  ec: '*ecdsa.PublicKey',
  rsa: '*rsa.PublicKey',
  ed25519: 'ed25519.PublicKey',
};
const FAILURES = {
  ec: 'x509: ECDSA verification failure',
  rsa: 'crypto/rsa: verification error',
  ed25519: 'x509: Ed25519 verification failure',
} as const;
