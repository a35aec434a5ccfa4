/**
 * Path validation as Go's crypto/x509 does it, for istiod, its agents and servers written in Go:
 * leaf, candidates for each issuer (roots first, by key id), whole chains, then usages and names of
 * each chain; the error is the one that Go returns, in its words. Not modelled: certificate policies.
 * Held against recordings of Go itself (goOpinions.json).
 */
import { toHex } from '../crypto/bytes.ts';
import { chainConstraintError } from './go/constraints.ts';
import { hasUnhandledCriticalExtension } from './go/extensions.ts';
import { signatureError } from './go/signature.ts';
import type { Certificate } from './types.ts';

export interface GoVerifyError {
  readonly text: string;
  readonly kind: 'unknown-authority' | 'expired' | 'other';
}

/** `any`: no usage is asked for. */
export type GoPurpose = 'server' | 'client' | 'any';

interface Verification {
  readonly intermediates: readonly Certificate[];
  readonly roots: readonly Certificate[];
  readonly now: number;
}

/** Undefined: a chain verifies. */
export function goVerify(
  leaf: Certificate,
  intermediates: readonly Certificate[],
  roots: readonly Certificate[],
  now: number,
  purpose: GoPurpose = 'any',
): GoVerifyError | undefined {
  const verification: Verification = { intermediates, roots, now };
  const problem = unusable(leaf, 'leaf', [], now);
  if (problem !== undefined) return problem;
  const found = isAmong(leaf, roots) ? [[leaf]] : chainsFrom([leaf], verification);
  if (isError(found)) return found;
  let constraint: string | undefined;
  for (const chain of found) {
    if (purpose !== 'any' && !allows(chain, EXTENDED_KEY_USAGES[purpose])) continue;
    const error = chainConstraintError(chain);
    if (error === undefined) return undefined;
    constraint ??= error;
  }
  return constraint === undefined
    ? other('certificate specifies an incompatible key usage')
    : other(`a root or intermediate certificate is not authorized to sign for this name: ${constraint}`);
}

const EXTENDED_KEY_USAGES = { server: '1.3.6.1.5.5.7.3.1', client: '1.3.6.1.5.5.7.3.2' } as const;
const ANY_EXTENDED_KEY_USAGE = '2.5.29.37.0';

/** Every certificate that names usages has to name this one. */
const allows = (chain: readonly Certificate[], usage: string): boolean =>
  chain.every(({ extendedKeyUsage = [] }) =>
    extendedKeyUsage.length === 0
      ? true
      : extendedKeyUsage.some((oid) => oid === usage || oid === ANY_EXTENDED_KEY_USAGE),
  );

const other = (text: string): GoVerifyError => ({ text: `x509: ${text}`, kind: 'other' });

const isAmong = ({ fingerprint }: Certificate, pool: readonly Certificate[]): boolean =>
  pool.some((candidate) => candidate.fingerprint === fingerprint);

/** Certificate.isValid */
function unusable(
  certificate: Certificate,
  role: 'leaf' | 'intermediate' | 'root',
  below: readonly Certificate[],
  now: number,
): GoVerifyError | undefined {
  if (hasUnhandledCriticalExtension(certificate)) return other('unhandled critical extension');
  const { notBefore, notAfter, basicConstraints } = certificate;
  const when =
    now < notBefore ? `before ${rfc3339(notBefore)}` : now > notAfter ? `after ${rfc3339(notAfter)}` : undefined;
  if (when !== undefined) {
    const text = `x509: certificate has expired or is not yet valid: current time ${rfc3339(now)} is ${when}`;
    return { text, kind: 'expired' };
  }
  if (role === 'intermediate' && basicConstraints?.ca !== true)
    return other('certificate is not authorized to sign other certificates');
  const limit = basicConstraints?.ca === true ? basicConstraints.pathLength : undefined;
  if (limit !== undefined && below.length - 1 > limit)
    return other('too many intermediates for path length constraint');
  return undefined;
}

/** Go's own limit on signatures that one verification looks at. */
const SIGNATURE_LIMIT = 100;

function chainsFrom(
  chain: readonly [Certificate, ...Certificate[]],
  verification: Verification,
  checks = { made: 0 },
): readonly (readonly Certificate[])[] | GoVerifyError {
  const { intermediates, roots, now } = verification;
  const child = chain[chain.length - 1] ?? chain[0];
  const chains: (readonly Certificate[])[] = [];
  let hint: { readonly error: string; readonly candidate: Certificate } | undefined;
  // Each candidate that is looked at replaces what the one before came to, as Go's does.
  let last: GoVerifyError | undefined;
  const candidates = [
    ...parentsIn(roots, child).map((candidate) => ({ candidate, role: 'root' as const })),
    ...parentsIn(intermediates, child).map((candidate) => ({ candidate, role: 'intermediate' as const })),
  ];
  for (const { candidate, role } of candidates) {
    checks.made += 1;
    if (checks.made > SIGNATURE_LIMIT)
      return other('signature check attempts limit reached while verifying certificate chain');
    if (inChain(candidate, chain)) continue;
    const forged = signatureError(child, candidate);
    if (forged !== undefined) {
      hint ??= { error: forged, candidate };
      continue;
    }
    last = unusable(candidate, role, chain, now);
    if (last !== undefined) {
      hint ??= { error: last.text, candidate };
    } else if (role === 'root') {
      chains.push([...chain, candidate]);
    } else {
      const more = chainsFrom([...chain, candidate] as [Certificate, ...Certificate[]], verification, checks);
      if (isError(more)) last = more;
      else chains.push(...more);
    }
  }
  return chains.length > 0 ? chains : (last ?? unknownAuthority(hint));
}

const isError = (found: readonly (readonly Certificate[])[] | GoVerifyError): found is GoVerifyError => 'text' in found;

function unknownAuthority(
  hint: { readonly error: string; readonly candidate: Certificate } | undefined,
): GoVerifyError {
  const text = 'x509: certificate signed by unknown authority';
  if (hint === undefined) return { text, kind: 'unknown-authority' };
  const attributes = hint.candidate.subject.rdns.flat();
  const named = (type: string): string | undefined =>
    attributes.findLast((attribute) => attribute.type === type)?.value;
  const name = named('CN') || named('O') || `serial:${hint.candidate.serial}`;
  const because = `possibly because of ${JSON.stringify(hint.error)} while trying to verify candidate authority certificate ${JSON.stringify(name)}`;
  return { text: `${text} (${because})`, kind: 'unknown-authority' };
}

/** Same subject and key (and names) as one that is in the chain already. */
const inChain = (candidate: Certificate, chain: readonly Certificate[]): boolean =>
  chain.some(
    (certificate) =>
      certificate.publicKey.id === candidate.publicKey.id &&
      toHex(certificate.subject.der) === toHex(candidate.subject.der) &&
      JSON.stringify(sanBytes(certificate)) === JSON.stringify(sanBytes(candidate)),
  );

const sanBytes = ({ extensions }: Certificate): string | undefined => {
  const san = extensions.find(({ oid }) => oid === '2.5.29.17');
  return san && toHex(san.value);
};

/** CertPool.findPotentialParents: by subject, byte for byte; those whose key id fits come first. */
function parentsIn(pool: readonly Certificate[], child: Certificate): readonly Certificate[] {
  const issuer = toHex(child.issuer.der);
  const candidates = pool.filter(({ subject }) => toHex(subject.der) === issuer);
  const wanted = child.authorityKeyId?.keyId;
  const rank = ({ subjectKeyId }: Certificate): number =>
    wanted !== undefined && wanted === subjectKeyId ? 0 : wanted === undefined || subjectKeyId === undefined ? 1 : 2;
  return [...candidates].sort((a, b) => rank(a) - rank(b));
}

const rfc3339 = (ms: number): string => new Date(ms).toISOString().replace('.000Z', 'Z');
