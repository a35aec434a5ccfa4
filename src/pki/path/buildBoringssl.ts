/**
 * Path building as BoringSSL's X509_verify_cert does it (TRUSTED_FIRST, PARTIAL_CHAIN): from the leaf
 * upwards, anchors before presented certificates, no backtracking, no signatures yet. Then trust is
 * decided: any certificate of the pool in the chain, or the leaf itself being in the pool.
 * BoringSSL crypto/x509/x509_vfy.cc, x509_lu.cc (2026-04, the version in Envoy 1.40).
 */
import type { Certificate } from '../types.ts';
import { isSelfSigned, issuerMismatch } from '../x509/issued.ts';
import type { FailureAt, PathContext } from './context.ts';
import { ERR } from './errors.ts';

/** Depth limit 100 excludes the leaf and the anchor. */
const MAX_CHAIN = 102;

/** Pools up to this size are recorded completely, so that a view can show every comparison. */
export const RECORDED_POOL = 12;

/**
 * Builds the chain into the context. The issuer is the first suitable one of the bundle; an expired
 * copy before a renewed one is therefore the only one tried.
 */
export function buildBoringsslChain(context: PathContext): FailureAt | undefined {
  const { chain } = context;
  const pool = [...context.presented.slice(1)];
  const lookUp = trustedLookup(context);

  let last = chain[0];
  while (last !== undefined && chain.length < MAX_CHAIN) {
    if (last.invalidExtensions.length > 0) return { number: ERR.invalidExtension, depth: 0 };
    if (isSelfSigned(last, 'boringssl')) break;
    if (lookUp(last, chain.length - 1) !== undefined) break;
    const next: Certificate | undefined = takePresented(context, pool, last);
    if (next === undefined) break;
    chain.push(next);
    context.untrusted = chain.length;
    last = next;
  }
  if (last === undefined) return { number: ERR.unableToGetIssuerLocally, depth: 0 };
  if (last.invalidExtensions.length > 0) return { number: ERR.invalidExtension, depth: 0 };

  let sentSelfSigned: Certificate | undefined;
  if (isSelfSigned(last, 'boringssl')) {
    const depth = chain.length - 1;
    const twin = lookUp(last, depth);
    const identical = twin?.fingerprint === last.fingerprint;
    context.steps.push({ kind: 'self-signed-end', depth, certificate: last, ok: identical, presented: true });
    if (chain.length === 1) {
      if (!identical) return { number: ERR.depthZeroSelfSigned, depth: 0 };
      context.untrusted = 0;
    } else {
      sentSelfSigned = chain.pop();
      context.untrusted = chain.length;
      last = chain[chain.length - 1] ?? last;
    }
  }

  while (chain.length < MAX_CHAIN && !isSelfSigned(last, 'boringssl')) {
    if (last.invalidExtensions.length > 0) return { number: ERR.invalidExtension, depth: 0 };
    const issuer = lookUp(last, chain.length - 1);
    if (issuer === undefined) break;
    chain.push(issuer);
    last = issuer;
  }
  return decideTrust(context, last, sentSelfSigned);
}

function decideTrust(
  context: PathContext,
  last: Certificate,
  sentSelfSigned: Certificate | undefined,
): FailureAt | undefined {
  const { chain, anchors, options, steps } = context;
  const leaf = chain[0] ?? last;
  const partial = options.partialChain ?? true;
  const inPool = chain.slice(context.untrusted);
  const trusted = partial ? inPool.length > 0 : inPool.some((certificate) => isSelfSigned(certificate, 'boringssl'));
  if (trusted) {
    const depth = context.untrusted;
    steps.push({
      kind: 'trust-anchor',
      depth,
      certificate: chain[depth] ?? leaf,
      ok: true,
      by: depth === 0 ? 'leaf-in-pool' : 'issuer-in-pool',
    });
    return undefined;
  }
  if (partial && anchors.some((anchor) => anchor.fingerprint === leaf.fingerprint)) {
    context.untrusted = 0;
    steps.push({ kind: 'trust-anchor', depth: 0, certificate: leaf, ok: true, by: 'leaf-in-pool' });
    return undefined;
  }
  if (sentSelfSigned !== undefined && issuerMismatch(sentSelfSigned, last, 'boringssl') === undefined) {
    chain.push(sentSelfSigned);
    context.untrusted = chain.length;
    const depth = chain.length - 1;
    steps.push({ kind: 'trust-anchor', depth, certificate: sentSelfSigned, ok: false });
    return { number: ERR.selfSignedInChain, depth };
  }
  const depth = chain.length - 1;
  steps.push({ kind: 'issuer-missing', depth, certificate: last, ok: false });
  steps.push({ kind: 'trust-anchor', depth, certificate: last, ok: false });
  return { number: inPool.length > 0 ? ERR.unableToGetIssuer : ERR.unableToGetIssuerLocally, depth };
}

/** The first anchor that could have issued the certificate; every comparison is recorded once. */
function trustedLookup(context: PathContext): (child: Certificate, depth: number) => Certificate | undefined {
  const known = new Map<string, Certificate | undefined>();
  return (child, depth) => {
    if (known.has(child.fingerprint)) return known.get(child.fingerprint);
    let found: Certificate | undefined;
    for (const candidate of context.anchors) {
      const mismatch = issuerMismatch(candidate, child, 'boringssl');
      const chosen = mismatch === undefined && found === undefined;
      if (mismatch !== 'subject-is-not-issuer-name' || context.anchors.length <= RECORDED_POOL)
        context.steps.push({
          kind: 'issuer-candidate',
          depth,
          certificate: child,
          candidate,
          from: 'anchors',
          ok: mismatch === undefined,
          chosen,
          ...(mismatch && { mismatch }),
        });
      if (chosen) found = candidate;
    }
    known.set(child.fingerprint, found);
    return found;
  };
}

/** The first presented certificate that could have issued `child`, taken out of the pool. */
function takePresented(context: PathContext, pool: Certificate[], child: Certificate): Certificate | undefined {
  for (const [index, candidate] of pool.entries()) {
    const mismatch = issuerMismatch(candidate, child, 'boringssl');
    context.steps.push({
      kind: 'issuer-candidate',
      depth: context.chain.length - 1,
      certificate: child,
      candidate,
      from: 'presented',
      ok: mismatch === undefined,
      chosen: mismatch === undefined,
      ...(mismatch && { mismatch }),
    });
    if (mismatch !== undefined) continue;
    pool.splice(index, 1);
    return candidate;
  }
  return undefined;
}
