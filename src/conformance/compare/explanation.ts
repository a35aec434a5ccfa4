/**
 * Does the explanation agree? Headers, what the application saw, curl's message, the access-log
 * entries of every proxy as a multiset, and the handshakes that a proxy refused.
 * Rules: conformance/README.md, "Agreement".
 */
import type { Trace } from '../../engine.ts';
import type { CaseCall, ObservedAppSaw } from '../caseFile.ts';
import { type Difference, difference, multisetDifference } from './difference.ts';
import { type HopView, hopsDifference, traceHops } from './hops.ts';
import { RACING_EXITS } from './verdict.ts';

export function compareExplanation(call: CaseCall, trace: Trace): Difference[] {
  const { observed } = call;
  const { outcome } = trace;
  const differences: Difference[] = [];
  const check = (field: string, expected: unknown, actual: unknown): void => {
    if (expected !== actual) differences.push(difference('explanation', field, expected, actual));
  };
  if (outcome.kind === 'http') {
    compareHeaders(observed.headers ?? {}, outcome.headers, check);
    if (observed.appSaw !== undefined || outcome.appSaw !== undefined) {
      compareAppSaw(observed.appSaw ?? {}, outcome.appSaw ?? {}, check);
    }
    if (!RACING_EXITS.includes(observed.curlExit)) {
      check('error', normalizeError(observed.error ?? ''), normalizeError(outcome.error ?? ''));
    }
  }
  if (call.unstableLogs !== true) compareHops(call, traceHops(trace), differences);
  if (observed.handshakes !== undefined) compareHandshakes(call, trace, differences);
  return differences;
}

type Check = (field: string, expected: unknown, actual: unknown) => void;

function compareHeaders(
  expected: Readonly<Record<string, string>>,
  actual: readonly (readonly [string, string])[],
  check: Check,
): void {
  const seen = new Map<string, string>();
  for (const [name, value] of actual) {
    if (IGNORED_RESPONSE_HEADERS.has(name)) continue;
    // The record keeps the last line of a name that is repeated.
    seen.set(name, value);
  }
  for (const name of new Set([...Object.keys(expected), ...seen.keys()])) {
    check(`headers.${name}`, expected[name], seen.get(name));
  }
}

const IGNORED_RESPONSE_HEADERS = new Set(['date', 'content-length', 'connection', 'x-envoy-upstream-service-time']);

function compareAppSaw(expected: ObservedAppSaw, actual: ObservedAppSaw, check: Check): void {
  for (const field of ['method', 'path', 'host', 'sni'] as const)
    check(`appSaw.${field}`, expected[field], actual[field]);
  check('appSaw.tls', expected.tls === true, actual.tls === true);
  const wanted = expected.headers ?? {};
  const got = actual.headers ?? {};
  for (const name of new Set([...Object.keys(wanted), ...Object.keys(got)])) {
    const view = name === 'x-forwarded-client-cert' ? xfccParts : (value: string | undefined) => value;
    check(`appSaw.headers.${name}`, view(wanted[name]), view(got[name]));
  }
}

/** Of XFCC only By and URI are compared: hashes and certificates differ from run to run. */
function xfccParts(value: string | undefined): string | undefined {
  if (value === undefined) return undefined;
  return value
    .split(',')
    .map((element) =>
      element
        .split(';')
        .filter((part) => /^(By|URI)=/.test(part))
        .join(';'),
    )
    .join(',');
}

/** Numbers (durations, ports, the OpenSSL version) are not compared. */
function normalizeError(text: string): string {
  return text
    .replace(/OpenSSL\/[\d.]+\w*/g, 'OpenSSL')
    .replace(/\bafter \d+ ms/g, 'after N ms')
    .replace(/\b\d+ (milliseconds|ms)\b/g, 'N $1');
}

function compareHops(call: CaseCall, actual: readonly HopView[], differences: Difference[]): void {
  const { missing, extra } = hopsDifference(call.observed.hops ?? [], actual);
  if (missing.length > 0 || extra.length > 0) {
    differences.push(difference('explanation', 'hops', missing, extra));
  }
}

function compareHandshakes(call: CaseCall, trace: Trace, differences: Difference[]): void {
  const key = (entry: { proxy: string; downstreamFailure?: string | undefined; sni?: string | undefined }): string =>
    JSON.stringify([entry.proxy, stripNumber((entry.downstreamFailure ?? '-').replaceAll(' ', '_')), entry.sni ?? '-']);
  const expected = (call.observed.handshakes ?? []).map(key);
  const actual = trace.hops.flatMap((hop) =>
    hop.party.kind !== 'proxy'
      ? []
      : hop.steps.flatMap((step) =>
          step.kind === 'tls-handshake' &&
          step.role === 'server' &&
          step.result.kind !== 'established' &&
          step.result.serverSees !== undefined
            ? [
                key({
                  proxy: hop.party.kind === 'proxy' ? hop.party.workload : '',
                  downstreamFailure: step.result.serverSees,
                  sni: step.client.sni,
                }),
              ]
            : [],
        ),
  );
  const { missing, extra } = multisetDifference(expected, actual);
  if (missing.length > 0 || extra.length > 0) differences.push(difference('explanation', 'handshakes', missing, extra));
}

/** Failure texts agree up to the eight-digit number after `error:`. */
const stripNumber = (text: string): string => text.replace(/error:[0-9a-f]{8}/g, 'error:N');
