/**
 * Envoy's judgement of a peer's certificate, in its order: path, expected names of auto_san_validation
 * or SAN matchers, pinned hashes. Gives what the handshake needs: the alert, and the text behind
 * `CERTIFICATE_VERIFY_FAILED:`. source/common/tls/cert_validator/default_validator.cc.
 */
import { err, ok, type Result } from '../base/result.ts';
import { fromBase64, fromHex, toHex } from '../crypto/bytes.ts';
import { matchesAnySan, matchesSanList, type Named, type SanMatcher, sansForLogging } from './names.ts';
import { envoyPathError, validatePath } from './path.ts';
import type { PathPurpose, PathResult } from './pathTypes.ts';
import type { Certificate, Crl } from './types.ts';

export interface PeerValidation {
  /** trusted_ca; undefined or empty: no chain check. */
  readonly anchors?: readonly Certificate[];
  /** Present, even if empty: revocation is checked. */
  readonly crls?: readonly Crl[];
  readonly crlLeafOnly?: boolean;
  readonly sanMatchers?: readonly SanMatcher[];
  /** Names that auto_san_validation expects: they replace the matchers. */
  readonly expectedSans?: readonly string[];
  /** Lower-case hex SHA-256 of certificates, and of public keys: one match in either list is enough. */
  readonly certificateHashes?: readonly string[];
  readonly spkiHashes?: readonly string[];
  /** trust_chain_verification: ACCEPT_UNTRUSTED. */
  readonly acceptUntrusted?: boolean;
}

export type PeerCheck =
  | { readonly kind: 'path'; readonly ok: boolean; readonly path: PathResult }
  | { readonly kind: 'san-list'; readonly ok: boolean; readonly expected: readonly string[] }
  | { readonly kind: 'san-matchers'; readonly ok: boolean; readonly matchers: readonly SanMatcher[] }
  | { readonly kind: 'pins'; readonly ok: boolean; readonly certificateHash: string; readonly spkiHash: string };

export interface PeerFailure {
  /** Text after `CERTIFICATE_VERIFY_FAILED:` in Envoy's transport failure reason. */
  readonly detail: string;
  readonly alert: number;
  readonly statistic: 'fail_verify_error' | 'fail_verify_san' | 'fail_verify_cert_hash';
}

export interface PeerVerdict {
  /** The handshake goes on (also when an untrusted certificate is accepted). */
  readonly accepted: boolean;
  /** The peer counts as authenticated: `validated` in RBAC and XFCC. */
  readonly validated: boolean;
  readonly checks: readonly PeerCheck[];
  readonly failure?: PeerFailure;
}

const CERTIFICATE_UNKNOWN = 46;
const BAD_CERTIFICATE_HASH_VALUE = 114;

interface Moment {
  readonly now: number;
  readonly purpose: PathPurpose;
}

/** Judges the presented chain (leaf first). */
export function verifyPeer(
  chain: readonly [Certificate, ...Certificate[]],
  validation: PeerValidation,
  when: Moment,
): PeerVerdict {
  const checks: PeerCheck[] = [];
  const failure =
    checkPath(chain, validation, when, checks) ??
    checkNames(chain[0], validation, checks) ??
    checkPins(chain[0], validation, checks);
  return verdictOf(failure, validation, checks);
}

/** The verdict that follows from the first failure. */
export function verdictOf(
  failure: PeerFailure | undefined,
  validation: PeerValidation,
  checks: readonly PeerCheck[],
): PeerVerdict {
  return failure === undefined
    ? { accepted: true, validated: checks.length > 0, checks }
    : { accepted: validation.acceptUntrusted === true, validated: false, checks, failure };
}

/** The chain, when there are trust anchors. */
export function checkPath(
  chain: readonly [Certificate, ...Certificate[]],
  { anchors = [], crls, crlLeafOnly }: PeerValidation,
  when: Moment,
  checks: PeerCheck[],
): PeerFailure | undefined {
  if (anchors.length === 0) return undefined;
  const options = { ...when, ...(crls && { crls }), ...(crlLeafOnly !== undefined && { crlLeafOnly }) };
  const path = validatePath(chain, anchors, options);
  checks.push({ kind: 'path', ok: path.ok, path });
  if (path.ok) return undefined;
  const detail = `verify cert failed: ${envoyPathError(path.failure)}`;
  return { detail, alert: path.failure.alert, statistic: 'fail_verify_error' };
}

/** Expected names of auto_san_validation, else the matchers. */
export function checkNames(
  leaf: Named,
  { sanMatchers = [], expectedSans = [] }: PeerValidation,
  checks: PeerCheck[],
): PeerFailure | undefined {
  let detail: string | undefined;
  if (expectedSans.length > 0) {
    const matches = matchesSanList(leaf, expectedSans);
    checks.push({ kind: 'san-list', ok: matches, expected: expectedSans });
    if (!matches)
      detail = `verify SAN list, expected SANs: [${expectedSans.join(', ')}], certificate SANs: [${sansForLogging(leaf)}]`;
  } else if (sanMatchers.length > 0) {
    const matches = matchesAnySan(leaf, sanMatchers);
    checks.push({ kind: 'san-matchers', ok: matches, matchers: sanMatchers });
    if (!matches) detail = `SAN matcher, certificate SANs are [${sansForLogging(leaf)}]`;
  }
  return detail === undefined
    ? undefined
    : { detail: `verify cert failed: ${detail}`, alert: CERTIFICATE_UNKNOWN, statistic: 'fail_verify_san' };
}

function checkPins(
  leaf: Certificate,
  { certificateHashes = [], spkiHashes = [] }: PeerValidation,
  checks: PeerCheck[],
): PeerFailure | undefined {
  if (certificateHashes.length === 0 && spkiHashes.length === 0) return undefined;
  const spkiHash = leaf.publicKey.id;
  const ok = certificateHashes.includes(leaf.fingerprint) || spkiHashes.includes(spkiHash);
  checks.push({ kind: 'pins', ok, certificateHash: leaf.fingerprint, spkiHash });
  return ok
    ? undefined
    : {
        detail: 'verify cert failed: cert hash and spki',
        alert: BAD_CERTIFICATE_HASH_VALUE,
        statistic: 'fail_verify_cert_hash',
      };
}

/** A verifyCertificateHash value (64 hex digits, or 95 characters with colons); the error is Envoy's. */
export function parseCertificateHash(text: string): Result<string, string> {
  const compact = text.length === 95 ? text.replaceAll(':', '') : text;
  const bytes = fromHex(compact);
  return bytes?.length === 32 ? ok(toHex(bytes)) : err(`Invalid hex-encoded SHA-256 ${compact}`);
}

/** A verifyCertificateSpki value (base64 of 32 bytes); the error is Envoy's. */
export function parseSpkiHash(text: string): Result<string, string> {
  const bytes = /\s/.test(text) ? undefined : fromBase64(text);
  return bytes?.length === 32 ? ok(toHex(bytes)) : err(`Invalid base64-encoded SHA-256 ${text}`);
}

/**
 * BoringSSL's own check beside the chain: a certificate that signs the handshake needs the
 * digitalSignature bit when keyUsage is present; otherwise KEY_USAGE_BIT_INCORRECT.
 */
export const maySignHandshake = (leaf: Certificate): boolean =>
  leaf.keyUsage === undefined || leaf.keyUsage.includes('digitalSignature');
