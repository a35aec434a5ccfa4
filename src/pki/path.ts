/**
 * Certification path validation: would Envoy (BoringSSL) or curl (OpenSSL 3) accept this chain for
 * this purpose at this time, and if not, with which error at which depth? Every comparison is
 * recorded. Names of the peer are not part of it: see `names.ts`. Results are remembered by chain,
 * anchors, lists and options for the span of time in which nothing begins or ends to be valid.
 */
import { toHex, utf8 } from '../crypto/bytes.ts';
import { sha256 } from '../crypto/hash.ts';
import { boundedCache } from './boundedCache.ts';
import { buildBoringsslChain } from './path/buildBoringssl.ts';
import { buildOpensslChain } from './path/buildOpenssl.ts';
import { checkBoringsslExtensions, checkOpensslExtensions } from './path/checkExtensions.ts';
import type { FailureAt, PathContext, Phase } from './path/context.ts';
import { pathFailure } from './path/errors.ts';
import { checkSignaturesAndValidity } from './path/internalVerify.ts';
import { checkBoringsslNameConstraints, checkOpensslNameConstraints } from './path/nameConstraints.ts';
import { checkRevocation } from './path/revocation.ts';
import { checkChainStrength, checkLeafKey } from './path/securityLevel.ts';
import type { PathOptions, PathProfile, PathResult } from './pathTypes.ts';
import type { Certificate, Crl } from './types.ts';

export { envoyPathError } from './path/errors.ts';
export type * from './pathTypes.ts';

/** Order of the phases: the first failure is the one reported. */
const PHASES: Readonly<Record<PathProfile, readonly Phase[]>> = {
  boringssl: [
    buildBoringsslChain,
    checkBoringsslExtensions,
    checkRevocation,
    checkSignaturesAndValidity,
    checkBoringsslNameConstraints,
  ],
  openssl: [
    checkLeafKey,
    buildOpensslChain,
    checkOpensslExtensions,
    checkChainStrength,
    checkRevocation,
    checkSignaturesAndValidity,
    checkOpensslNameConstraints,
  ],
};

interface Span {
  /** Valid for from <= second < until. */
  readonly from: number;
  readonly until: number;
  readonly result: PathResult;
}

const spans = boundedCache<Span[]>(5000);

/**
 * Validates the chain that a peer presented (leaf first, others in any order) against a pool of
 * trusted certificates. `peerChain` must not be empty: an absent certificate is a matter of TLS.
 */
export function validatePath(
  peerChain: readonly [Certificate, ...Certificate[]],
  anchors: readonly Certificate[],
  options: PathOptions,
): PathResult {
  const second = Math.floor(options.now / 1000) * 1000;
  const known = spans.get(pathKey(peerChain, anchors, options), () => []);
  const hit = known.find((span) => span.from <= second && second < span.until);
  if (hit !== undefined) return hit.result;
  const result = runPhases(peerChain, anchors, options);
  known.push({ ...constantSpan(second, [...peerChain, ...anchors], options.crls ?? []), result });
  return result;
}

function runPhases(
  peerChain: readonly [Certificate, ...Certificate[]],
  anchors: readonly Certificate[],
  options: PathOptions,
): PathResult {
  const profile = options.profile ?? 'boringssl';
  const context: PathContext = {
    options,
    presented: peerChain,
    anchors: withoutDuplicates(anchors),
    chain: [peerChain[0]],
    untrusted: 1,
    steps: [],
  };
  let failure: FailureAt | undefined;
  for (const phase of PHASES[profile]) {
    failure = phase(context);
    if (failure !== undefined) break;
  }
  const { chain, steps } = context;
  if (failure === undefined) return { ok: true, chain, anchorDepth: context.untrusted, steps };
  return { ok: false, failure: pathFailure(failure.number, failure.depth, profile), chain, steps };
}

function withoutDuplicates(certificates: readonly Certificate[]): readonly Certificate[] {
  const seen = new Set<string>();
  return certificates.filter(({ fingerprint }) => !seen.has(fingerprint) && seen.add(fingerprint));
}

const poolKeys = new WeakMap<readonly Certificate[], string>();

/** One short key for a pool; pools are reused as values, so it is computed once for each. */
export function poolKey(certificates: readonly Certificate[]): string {
  let key = poolKeys.get(certificates);
  if (key === undefined) {
    key = toHex(sha256(utf8(certificates.map(({ fingerprint }) => fingerprint).join(' '))));
    poolKeys.set(certificates, key);
  }
  return key;
}

function pathKey(peerChain: readonly Certificate[], anchors: readonly Certificate[], options: PathOptions): string {
  const { purpose, profile = 'boringssl', crls, crlLeafOnly = false, partialChain = true, securityLevel = 2 } = options;
  const lists = crls?.map(({ fingerprint }) => fingerprint).join(' ') ?? 'none';
  return [poolKey(peerChain), poolKey(anchors), purpose, profile, partialChain, securityLevel, crlLeafOnly, lists].join(
    '|',
  );
}

/** The longest span around `second` in which no input starts or ceases to be valid. */
function constantSpan(
  second: number,
  certificates: readonly Certificate[],
  crls: readonly Crl[],
): { from: number; until: number } {
  let from = Number.NEGATIVE_INFINITY;
  let until = Number.POSITIVE_INFINITY;
  const boundary = (time: number): void => {
    if (time <= second) from = Math.max(from, time);
    else until = Math.min(until, time);
  };
  for (const certificate of certificates) {
    boundary(certificate.notBefore);
    boundary(certificate.notAfter);
  }
  for (const crl of crls) {
    boundary(crl.thisUpdate);
    if (crl.nextUpdate !== undefined) boundary(crl.nextUpdate);
  }
  return { from, until };
}
