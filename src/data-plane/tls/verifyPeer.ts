/**
 * What one side of a handshake checks of the other's certificate, in the verifier's order, and the
 * first thing that fails, in the verifier's words and with the alert it sends.
 * Envoy: chain, then the Host-derived name, then configured names, then pins (default_validator.cc
 * verifyCertificate). curl: chain inside the handshake, the host name after it. Go: chain.
 */

import type { Result } from '../../base/result.ts';
import { curlHostMismatch } from '../../pki/curl.ts';
import { maySignHandshake, parseCertificateHash, parseSpkiHash } from '../../pki/envoyPeer.ts';
import { goVerify } from '../../pki/goVerify.ts';
import { matchesAnySan, matchesSanList, sansForLogging } from '../../pki/names.ts';
import { envoyPathError, type PathOptions, type PathResult, type PathStep, validatePath } from '../../pki/path.ts';
import type { Certificate, Crl } from '../../pki/types.ts';
import type { CertificateCheck, NameExpectation } from '../../trace/tlsStep.ts';
import { BORINGSSL, TLS_ALERT } from './alerts.ts';

export type Chain = readonly [Certificate, ...Certificate[]];
export type Verifier = 'curl-openssl' | 'envoy-boringssl' | 'go';

/** What a verifier demands. */
export interface Demands {
  readonly anchors: readonly Certificate[] | 'system' | 'none';
  /** Absent: revocation is not checked. An empty list makes every certificate fail. */
  readonly crls?: readonly Crl[];
  readonly names: readonly NameExpectation[];
  readonly hashPins: readonly string[];
  readonly spkiPins: readonly string[];
}

export interface Verification {
  readonly checks: readonly CertificateCheck[];
  readonly failure?: VerificationFailure;
}

export interface VerificationFailure {
  /** The verifier's own error: curl's message, or Envoy's transport failure reason. */
  readonly text: string;
  /** Absent: the verifier simply hangs up (curl, after the handshake). */
  readonly alert?: number;
}

/** Judges the chain a peer presented. */
export function verifyPeer(
  chain: Chain,
  demands: Demands,
  by: 'client' | 'server',
  verifier: Verifier,
  now: number,
): Verification {
  const checks: CertificateCheck[] = [];
  const path = verifyChain(chain, demands, by, verifier, now, checks);
  if (path) return { checks, failure: path };
  for (const names of demands.names) {
    const failure = verifyNames(chain[0], names, by, checks);
    if (failure) return { checks, failure };
  }
  const failure = verifyPins(chain[0], demands, by, checks);
  return failure ? { checks, failure } : { checks };
}

function verifyChain(
  chain: Chain,
  demands: Demands,
  by: 'client' | 'server',
  verifier: Verifier,
  now: number,
  checks: CertificateCheck[],
): VerificationFailure | undefined {
  if (demands.anchors === 'none') return undefined;
  // The operating system's bundle knows no authority of the mesh.
  const anchors = demands.anchors === 'system' ? NO_ANCHORS : demands.anchors;
  const options: PathOptions = {
    now,
    purpose: by === 'client' ? 'server' : 'client',
    profile: verifier === 'curl-openssl' ? 'openssl' : 'boringssl',
    ...(demands.crls && { crls: demands.crls }),
  };
  const result = validatePath(chain, anchors, options);
  const judged = checksOfPath(result, by, verifier);
  if (verifier === 'go') return verifyChainByGo(chain, anchors, by, now, { judged, checks });
  checks.push(...judged);
  if (result.ok) return undefined;
  const { failure } = result;
  return verifier === 'curl-openssl'
    ? { text: `SSL certificate problem: ${failure.opensslText}`, alert: failure.alert }
    : {
        text: BORINGSSL.certificateVerifyFailed(`verify cert failed: ${envoyPathError(failure)}`),
        alert: failure.alert,
      };
}

/** Go's own judgement; of the steps that others make, those it agrees with are told. */
function verifyChainByGo(
  [leaf, ...intermediates]: Chain,
  anchors: readonly Certificate[],
  by: 'client' | 'server',
  now: number,
  { judged, checks }: { readonly judged: readonly CertificateCheck[]; readonly checks: CertificateCheck[] },
): VerificationFailure | undefined {
  const error = goVerify(leaf, intermediates, anchors, now, by === 'client' ? 'server' : 'client');
  checks.push(...judged.filter(({ passed }) => passed));
  if (error === undefined) return undefined;
  const failed = judged.find(({ passed }) => !passed) ?? { by, check: 'chain', passed: false, depth: 0 };
  const text = `tls: failed to verify certificate: ${error.text}`;
  checks.push({ ...failed, text });
  return { text, alert: GO_ALERTS[error.kind] };
}

const NO_ANCHORS: readonly Certificate[] = [];

/** Go tells only unknown authorities and expiry apart (crypto/tls processCertsFromClient). */
const GO_ALERTS = {
  'unknown-authority': TLS_ALERT.unknownCa,
  expired: TLS_ALERT.certificateExpired,
  other: TLS_ALERT.badCertificate,
} as const;

const CHECK_OF_STEP: Readonly<Record<PathStep['kind'], CertificateCheck['check']>> = {
  'issuer-candidate': 'chain',
  'issuer-missing': 'chain',
  'self-signed-end': 'chain',
  'trust-anchor': 'chain',
  'critical-extensions': 'constraints',
  'ca-flag': 'constraints',
  'extended-key-usage': 'usage',
  'key-usage': 'usage',
  'path-length': 'constraints',
  revocation: 'revocation',
  signature: 'signature',
  validity: 'validity',
  'name-constraints': 'constraints',
  'security-level': 'constraints',
};

/** One line for each kind of check and depth; a candidate that was merely not preferred is no failure. */
function checksOfPath(result: PathResult, by: 'client' | 'server', verifier: Verifier): readonly CertificateCheck[] {
  const seen = new Map<string, CertificateCheck>();
  for (const step of result.steps) {
    if (step.kind === 'issuer-candidate') continue;
    const check = CHECK_OF_STEP[step.kind];
    const key = `${check} ${step.depth}`;
    if (seen.get(key)?.passed === false) continue;
    seen.set(key, { by, check, passed: step.ok, depth: step.depth });
  }
  if (result.ok) return [...seen.values()];
  const { failure } = result;
  const text = verifier === 'curl-openssl' ? failure.opensslText : failure.boringsslText;
  const failed = [...seen.values()].filter((check) => !check.passed && check.depth === failure.depth);
  const decisive = failed.at(-1) ?? { by, check: 'chain' as const, passed: false, depth: failure.depth };
  return [...[...seen.values()].filter((check) => check !== decisive), { ...decisive, text }];
}

function verifyNames(
  leaf: Certificate,
  expected: NameExpectation,
  by: 'client' | 'server',
  checks: CertificateCheck[],
): VerificationFailure | undefined {
  const names = sansForLogging(leaf);
  const record = (passed: boolean, wanted: string, text?: string): void => {
    checks.push({ by, check: 'names', passed, wanted, saw: names, ...(text === undefined ? {} : { text }) });
  };
  if (expected.kind === 'host-name') {
    const mismatch = curlHostMismatch(leaf, expected.host);
    record(mismatch === undefined, expected.host, mismatch);
    return mismatch === undefined ? undefined : { text: mismatch };
  }
  if (expected.kind === 'auto-san') {
    const passed = matchesSanList(leaf, [expected.host]);
    const detail = `verify cert failed: verify SAN list, expected SANs: [${expected.host}], certificate SANs: [${names}]`;
    record(passed, expected.host, passed ? undefined : detail);
    return passed ? undefined : sanFailure(detail);
  }
  const kind = expected.kind === 'exact-san' ? 'exact' : 'prefix';
  const matchers = expected.anyOf.map((value) => ({ pattern: { kind, value } }) as const);
  const passed = matchesAnySan(leaf, matchers);
  const detail = `verify cert failed: SAN matcher, certificate SANs are [${names}]`;
  record(passed, expected.anyOf.join(', '), passed ? undefined : detail);
  return passed ? undefined : sanFailure(detail);
}

const sanFailure = (detail: string): VerificationFailure => ({
  text: BORINGSSL.certificateVerifyFailed(detail),
  alert: TLS_ALERT.certificateUnknown,
});

/** Hash and public key pins: either list may fit. */
function verifyPins(
  leaf: Certificate,
  demands: Demands,
  by: 'client' | 'server',
  checks: CertificateCheck[],
): VerificationFailure | undefined {
  if (demands.hashPins.length === 0 && demands.spkiPins.length === 0) return undefined;
  const hashes = demands.hashPins.flatMap((pin) => valuesOf(parseCertificateHash(pin)));
  const keys = demands.spkiPins.flatMap((pin) => valuesOf(parseSpkiHash(pin)));
  const passed = hashes.includes(leaf.fingerprint) || keys.includes(leaf.publicKey.id);
  checks.push({
    by,
    check: 'pins',
    passed,
    wanted: [...demands.hashPins, ...demands.spkiPins].join(', '),
    saw: `${leaf.fingerprint}, ${leaf.publicKey.id}`,
  });
  if (passed) return undefined;
  return {
    text: BORINGSSL.certificateVerifyFailed('verify cert failed: cert hash and spki'),
    alert: TLS_ALERT.badCertificateHashValue,
  };
}

const valuesOf = (parsed: Result<string, string>): readonly string[] => (parsed.ok ? [parsed.value] : []);

/** BoringSSL wants a certificate that signs in TLS 1.3 to say so, before it looks at the chain. */
export const lacksDigitalSignature = (leaf: Certificate): boolean => !maySignHandshake(leaf);
