/**
 * Verification as Go's crypto/x509 does it, where istiod and its agents verify chains: the pool's
 * certificates are ends of chains wherever they stand, validity counts for all, usages are not asked
 * for. Gives Go's error text where it is the same for every such chain.
 */
import { validatePath } from '../path.ts';
import type { Certificate } from '../types.ts';

/** Undefined when the chain verifies, else Go's error. */
export function goVerify(
  leaf: Certificate,
  intermediates: readonly Certificate[],
  roots: readonly Certificate[],
  now: number,
): string | undefined {
  const path = validatePath([leaf, ...intermediates], roots, {
    now,
    purpose: 'any',
    profile: 'openssl',
    securityLevel: 0,
  });
  if (path.ok) return undefined;
  const failed = path.chain[path.failure.depth] ?? leaf;
  switch (path.failure.number) {
    case 9:
      return `x509: certificate has expired or is not yet valid: current time ${rfc3339(now)} is before ${rfc3339(failed.notBefore)}`;
    case 10:
      return `x509: certificate has expired or is not yet valid: current time ${rfc3339(now)} is after ${rfc3339(failed.notAfter)}`;
    case 25:
      return 'x509: too many intermediates for path length constraint';
    case 34:
      return 'x509: unhandled critical extension';
    case 79:
      return 'x509: certificate is not authorized to sign other certificates';
    default:
      return 'x509: certificate signed by unknown authority';
  }
}

const rfc3339 = (ms: number): string => new Date(ms).toISOString().replace('.000Z', 'Z');
