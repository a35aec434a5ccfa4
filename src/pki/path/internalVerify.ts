/**
 * Signatures and validity, from the top of the chain down to the leaf, so that the highest problem is
 * reported. The self-signature of the top certificate is not checked. A certificate is expired from
 * the second of notAfter on. internal_verify of BoringSSL and OpenSSL.
 */
import type { Certificate } from '../types.ts';
import type { FailureAt, PathContext, Phase } from './context.ts';
import { ERR } from './errors.ts';
import { signatureVerifies } from './signatures.ts';

export const checkSignaturesAndValidity: Phase = (context) => {
  const { chain, steps } = context;
  for (let depth = chain.length - 1; depth >= 0; depth--) {
    const certificate = chain[depth];
    const issuer = chain[depth + 1];
    if (certificate === undefined) continue;
    if (issuer !== undefined) {
      if (issuer.publicKey.kind === 'unsupported') return { number: ERR.unableToDecodeIssuerKey, depth };
      const ok = signatureVerifies(certificate, issuer.publicKey);
      steps.push({ kind: 'signature', depth, certificate, issuer, ok });
      if (!ok) return { number: ERR.signatureFailure, depth };
    }
    const failure = checkValidity(context, certificate, depth);
    if (failure !== undefined) return failure;
  }
  return undefined;
};

function checkValidity(context: PathContext, certificate: Certificate, depth: number): FailureAt | undefined {
  const { now } = context.options;
  const second = Math.floor(now / 1000) * 1000;
  const early = certificate.notBefore > second;
  const late = certificate.notAfter <= second;
  const outcome = early ? 'not-yet-valid' : late ? 'expired' : 'valid';
  context.steps.push({ kind: 'validity', depth, certificate, ok: outcome === 'valid', outcome });
  if (early) return { number: ERR.notYetValid, depth };
  return late ? { number: ERR.expired, depth } : undefined;
}
