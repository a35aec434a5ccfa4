/**
 * Path building as OpenSSL 3.0 does it for curl (TRUSTED_FIRST, PARTIAL_CHAIN): like BoringSSL's, but
 * it stops at the first certificate of the pool, keeps a self-signed certificate that the peer sent
 * in the chain, prefers an issuer that is valid now, and does not look at keyUsage.
 * OpenSSL crypto/x509/x509_vfy.c build_chain, get0_best_issuer_sk.
 */
import type { Certificate } from '../types.ts';
import { isSelfSigned, issuerMismatch } from '../x509/issued.ts';
import { RECORDED_POOL } from './buildBoringssl.ts';
import type { FailureAt, PathContext } from './context.ts';
import { ERR } from './errors.ts';

/** Default depth limit of OpenSSL: 100 issuers above the leaf. */
const MAX_DEPTH = 100;

export function buildOpensslChain(context: PathContext): FailureAt | undefined {
  const { chain } = context;
  const partial = context.options.partialChain ?? true;
  const pool = [...context.presented.slice(1)];
  let usePresented = true;
  let current = chain[0];
  while (current !== undefined && chain.length <= MAX_DEPTH) {
    const depth = chain.length - 1;
    const issuer = bestIssuer(context, context.anchors, current, 'anchors');
    if (issuer !== undefined) {
      const selfSigned = isSelfSigned(current, 'openssl');
      if (!selfSigned) {
        chain.push(issuer);
        usePresented = false;
        if (partial || isSelfSigned(issuer, 'openssl')) return trusted(context, depth + 1);
        current = issuer;
        continue;
      }
      const identical = issuer.fingerprint === current.fingerprint;
      if (chain.length === context.untrusted) {
        context.steps.push({ kind: 'self-signed-end', depth, certificate: current, ok: identical, presented: true });
        if (identical) {
          context.untrusted = depth;
          return trusted(context, depth);
        }
      }
    }
    const next: Certificate | undefined =
      usePresented && !isSelfSigned(current, 'openssl') ? bestIssuer(context, pool, current, 'presented') : undefined;
    if (next === undefined) break;
    pool.splice(pool.indexOf(next), 1);
    chain.push(next);
    context.untrusted = chain.length;
    current = next;
  }
  return decideTrust(context, partial);
}

function trusted(context: PathContext, depth: number): undefined {
  const certificate = context.chain[depth];
  if (certificate !== undefined)
    context.steps.push({
      kind: 'trust-anchor',
      depth,
      certificate,
      ok: true,
      by: depth === 0 ? 'leaf-in-pool' : 'issuer-in-pool',
    });
  return undefined;
}

function decideTrust(context: PathContext, partial: boolean): FailureAt | undefined {
  const { chain, anchors, steps } = context;
  const [leaf] = chain;
  const depth = chain.length - 1;
  const last = chain[depth];
  if (leaf === undefined || last === undefined) return { number: ERR.unableToGetIssuerLocally, depth: 0 };
  const allUntrusted = context.untrusted === chain.length;
  if (
    partial &&
    allUntrusted &&
    depth < MAX_DEPTH &&
    anchors.some((anchor) => anchor.fingerprint === leaf.fingerprint)
  ) {
    context.untrusted = 0;
    return trusted(context, 0);
  }
  steps.push({ kind: 'trust-anchor', depth, certificate: last, ok: false });
  if (depth >= MAX_DEPTH) return { number: ERR.chainTooLong, depth };
  if (isSelfSigned(last, 'openssl'))
    return { number: depth === 0 ? ERR.depthZeroSelfSigned : ERR.selfSignedInChain, depth };
  steps.push({ kind: 'issuer-missing', depth, certificate: last, ok: false });
  return { number: allUntrusted ? ERR.unableToGetIssuerLocally : ERR.unableToGetIssuer, depth };
}

/** The first issuer that is valid now; else the one that expires last. */
function bestIssuer(
  context: PathContext,
  pool: readonly Certificate[],
  child: Certificate,
  from: 'anchors' | 'presented',
): Certificate | undefined {
  const now = Math.floor(context.options.now / 1000) * 1000;
  let valid: Certificate | undefined;
  let latest: Certificate | undefined;
  const tried = pool.map((candidate) => {
    // A certificate that is already part of the chain is not used again, except as its own anchor.
    const repeated =
      from === 'presented' && context.chain.some((member) => member.fingerprint === candidate.fingerprint);
    const mismatch = repeated ? 'already-in-chain' : issuerMismatch(candidate, child, 'openssl');
    if (mismatch === undefined) {
      if (candidate.notBefore <= now && candidate.notAfter > now) valid ??= candidate;
      if (latest === undefined || candidate.notAfter > latest.notAfter) latest = candidate;
    }
    return { candidate, mismatch };
  });
  const found = valid ?? latest;
  const depth = context.chain.length - 1;
  for (const { candidate, mismatch } of tried)
    if (mismatch !== 'subject-is-not-issuer-name' || pool.length <= RECORDED_POOL)
      context.steps.push({
        kind: 'issuer-candidate',
        depth,
        certificate: child,
        candidate,
        from,
        ok: mismatch === undefined,
        chosen: candidate === found,
        ...(mismatch && { mismatch }),
      });
  return found;
}
