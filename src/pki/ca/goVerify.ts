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
    case 47:
    case 48:
      return `x509: a root or intermediate certificate is not authorized to sign for this name: ${nameDetail(leaf, path.chain, path.failure.number === 48)}`;
    case 79:
      return 'x509: certificate is not authorized to sign other certificates';
    default:
      return 'x509: certificate signed by unknown authority';
  }
}

const NAME_TYPES = { dns: 'DNS name', uri: 'URI', ip: 'IP address', email: 'email address' } as const;

/** Go names the first name that a constraint rules out; workload certificates have one. */
function nameDetail(leaf: Certificate, chain: readonly Certificate[], excluded: boolean): string {
  const name = (leaf.subjectAltNames ?? []).find(({ kind }) => kind in NAME_TYPES);
  if (name === undefined || !('value' in name)) return '';
  const quoted = `${NAME_TYPES[name.kind as keyof typeof NAME_TYPES]} "${name.value}"`;
  if (!excluded) return `${quoted} is not permitted by any constraint`;
  const constraint = chain
    .flatMap(({ nameConstraints }) => nameConstraints?.excluded ?? [])
    .find(({ base }) => base.kind === name.kind)?.base;
  return `${quoted} is excluded by constraint "${constraint !== undefined && 'value' in constraint ? constraint.value : ''}"`;
}

const rfc3339 = (ms: number): string => new Date(ms).toISOString().replace('.000Z', 'Z');
