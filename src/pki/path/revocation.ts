/**
 * Revocation as BoringSSL checks it once it is asked for: every certificate of the chain, the
 * anchor too, needs a list of its issuer, from the leaf upwards. The best list is chosen by a score
 * (no unknown critical extension, scope, time, matching key identifier), then judged.
 * check_revocation, get_crl_score, check_crl, cert_crl.
 */
import { verifySignature } from '../../crypto/signature.ts';
import { boundedCache } from '../boundedCache.ts';
import type { PathStep } from '../pathTypes.ts';
import type { Certificate, Crl } from '../types.ts';
import { authorityKeyMismatch } from '../x509/issued.ts';
import { EXTENSION } from '../x509/oids.ts';
import { certificateDistributionPoints } from '../x509/readCrl.ts';
import type { FailureAt, PathContext, Phase } from './context.ts';
import { ERR } from './errors.ts';

const NO_CRITICAL = 0x100;
const SCOPE = 0x80;
const TIME = 0x40;
const ISSUER_NAME = 0x20;
const ISSUER_CERT = 0x18;
const SAME_PATH = 0x08;
const AKID = 0x04;

type Problem = Extract<PathStep, { kind: 'revocation' }>['problem'];

const signatures = boundedCache<boolean>(2000);

export const checkRevocation: Phase = (context) => {
  const { crls } = context.options;
  if (crls === undefined) return undefined;
  const last = context.options.crlLeafOnly === true ? 1 : context.chain.length;
  for (const [depth, certificate] of context.chain.slice(0, last).entries()) {
    const failure = checkOne(context, crls, certificate, depth);
    if (failure !== undefined) return failure;
  }
  return undefined;
};

function checkOne(
  context: PathContext,
  crls: readonly Crl[],
  certificate: Certificate,
  depth: number,
): FailureAt | undefined {
  const now = Math.floor(context.options.now / 1000) * 1000;
  const best = chooseCrl(context, crls, certificate, depth, now);
  const report = (ok: boolean, problem?: Problem, revokedAt?: number): void => {
    context.steps.push({
      kind: 'revocation',
      depth,
      certificate,
      ok,
      ...(best && { crl: best.crl }),
      ...(problem && { problem }),
      ...(revokedAt !== undefined && { revokedAt }),
    });
  };
  const fail = (number: number, problem: Problem, revokedAt?: number): FailureAt => {
    report(false, problem, revokedAt);
    return { number, depth };
  };
  if (best === undefined) return fail(ERR.unableToGetCrl, 'missing');
  const { crl, issuer, score } = best;
  if (issuer.keyUsage !== undefined && !issuer.keyUsage.includes('cRLSign'))
    return fail(ERR.keyUsageNoCrlSign, 'key-usage');
  if (!(score & SCOPE)) return fail(ERR.differentCrlScope, 'scope');
  if (crl.thisUpdate > now) return fail(ERR.crlNotYetValid, 'not-yet-valid');
  if (crl.nextUpdate !== undefined && crl.nextUpdate <= now) return fail(ERR.crlExpired, 'expired');
  if (!crlSignatureVerifies(crl, issuer)) return fail(ERR.crlSignatureFailure, 'signature');
  if (crl.unknownCritical.length > 0) return fail(ERR.unhandledCriticalCrlExtension, 'critical');
  const entry = crl.revoked.find((revoked) => revoked.serial === certificate.serial);
  if (entry !== undefined) return fail(ERR.revoked, 'revoked', entry.revokedAt);
  report(true);
  return undefined;
}

interface Chosen {
  readonly crl: Crl;
  readonly issuer: Certificate;
  readonly score: number;
}

function chooseCrl(
  context: PathContext,
  crls: readonly Crl[],
  certificate: Certificate,
  depth: number,
  now: number,
): Chosen | undefined {
  let best: Chosen | undefined;
  for (const crl of crls) {
    const candidate = scoreCrl(context, crl, certificate, depth, now);
    if (candidate === undefined) continue;
    const better =
      best === undefined ||
      candidate.score > best.score ||
      (candidate.score === best.score && crl.thisUpdate > best.crl.thisUpdate);
    if (better) best = candidate;
  }
  return best;
}

function scoreCrl(
  context: PathContext,
  crl: Crl,
  certificate: Certificate,
  depth: number,
  now: number,
): Chosen | undefined {
  if (crl.scope === 'unusable' || crl.issuer.canonical !== certificate.issuer.canonical) return undefined;
  const issuer = findCrlIssuer(context.chain, crl, depth);
  if (issuer === undefined) return undefined;
  let score = ISSUER_NAME | issuer.score;
  if (crl.unknownCritical.length === 0) score |= NO_CRITICAL;
  if (crl.thisUpdate <= now && (crl.nextUpdate === undefined || crl.nextUpdate > now)) score |= TIME;
  if (inScope(crl, certificate)) score |= SCOPE;
  return { crl, issuer: issuer.certificate, score };
}

/** The certificate's own issuer, or a higher certificate of the chain with the list's issuer name. */
function findCrlIssuer(
  chain: readonly Certificate[],
  crl: Crl,
  depth: number,
): { readonly certificate: Certificate; readonly score: number } | undefined {
  const first = Math.min(depth + 1, chain.length - 1);
  for (const [index, certificate] of chain.entries()) {
    if (index < first) continue;
    if (index > first && certificate.subject.canonical !== crl.issuer.canonical) continue;
    if (authorityKeyMismatch(certificate, crl.authorityKeyId) === undefined)
      return { certificate, score: AKID | (index === first ? ISSUER_CERT : SAME_PATH) };
  }
  return undefined;
}

function inScope(crl: Crl, certificate: Certificate): boolean {
  const ca = certificate.basicConstraints?.ca === true;
  if (crl.scope === (ca ? 'users-only' : 'cas-only')) return false;
  const { distributionPoints } = crl;
  if (distributionPoints === undefined) return true;
  const extension = certificate.extensions.find(({ oid }) => oid === EXTENSION.crlDistributionPoints);
  const points = extension === undefined ? [] : certificateDistributionPoints(extension.value);
  return points.some((names) => names.some((name) => distributionPoints.includes(name)));
}

function crlSignatureVerifies(crl: Crl, issuer: Certificate): boolean {
  return signatures.get(`${crl.fingerprint} ${issuer.publicKey.id}`, () => {
    const { start, end } = crl.ranges.tbsCertList;
    return verifySignature(crl.signatureAlgorithm, issuer.publicKey, crl.der.subarray(start, end), crl.signature);
  });
}
