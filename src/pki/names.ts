/**
 * Matching of subject alternative names as Envoy does it: typed matchers of a validation context, the
 * expected list of auto_san_validation, and the texts of a failure. The common name is never looked
 * at. Utility::dnsNameMatch, DefaultCertValidator::matchSubjectAltName and verifySubjectAltName.
 */
import type { Certificate, GeneralName } from './types.ts';

/** Whatever has alternative names: a certificate, or an identity whose certificate is not made yet. */
export type Named = Pick<Certificate, 'subjectAltNames'>;

/** How Envoy's StringMatcher compares. Regular expressions come as a predicate, so re2 stays outside. */
export type SanPattern =
  | { readonly kind: 'exact'; readonly value: string }
  | { readonly kind: 'prefix'; readonly value: string }
  | { readonly kind: 'suffix'; readonly value: string }
  | { readonly kind: 'contains'; readonly value: string }
  | { readonly kind: 'predicate'; readonly value: string; readonly test: (san: string) => boolean };

export interface SanMatcher {
  /** Kinds of names it applies to. Undefined: any of DNS, URI, e-mail, IP (match_subject_alt_names). */
  readonly names?: readonly GeneralName['kind'][];
  readonly pattern: SanPattern;
}

const UNTYPED: readonly GeneralName['kind'][] = ['dns', 'uri', 'email', 'ip'];

/** Does any name of the certificate satisfy any matcher? */
export function matchesAnySan(certificate: Named, matchers: readonly SanMatcher[]): boolean {
  const names = certificate.subjectAltNames ?? [];
  return matchers.some(({ names: kinds = UNTYPED, pattern }) =>
    names.some((name) => kinds.includes(name.kind) && matchesPattern(name, pattern)),
  );
}

function matchesPattern(name: GeneralName, pattern: SanPattern): boolean {
  const { value } = name;
  switch (pattern.kind) {
    case 'exact':
      return name.kind === 'dns' ? dnsNameMatch(pattern.value, value) : value === pattern.value;
    case 'prefix':
      return value.startsWith(pattern.value);
    case 'suffix':
      return value.endsWith(pattern.value);
    case 'contains':
      return value.includes(pattern.value);
    case 'predicate':
      return pattern.test(value);
  }
}

/** The list check of auto_san_validation: any name equal to (DNS: matching) any expected name. */
export function matchesSanList(certificate: Named, expected: readonly string[]): boolean {
  return (certificate.subjectAltNames ?? []).some((name) =>
    expected.some((wanted) => (name.kind === 'dns' ? dnsNameMatch(wanted, name.value) : wanted === name.value)),
  );
}

/**
 * Does the DNS name `dnsName` match the certificate's `pattern`? Case is ignored; one wildcard in the
 * leftmost label of the pattern (also inside it, not in an A-label) stands for characters of exactly
 * one label.
 */
export function dnsNameMatch(dnsName: string, pattern: string): boolean {
  const name = dnsName.toLowerCase();
  const wanted = pattern.toLowerCase();
  if (name === wanted) return true;
  const [label, rest] = splitFirstLabel(name);
  const [patternLabel, patternRest] = splitFirstLabel(wanted);
  if (rest === undefined || patternRest === undefined) return false;
  if (!patternLabel.includes('*') || patternRest.includes('*') || patternLabel.startsWith('xn--')) return false;
  return rest === patternRest && labelWildcardMatch(label, patternLabel);
}

function splitFirstLabel(name: string): readonly [label: string, rest: string | undefined] {
  const dot = name.indexOf('.');
  return dot < 0 ? [name, undefined] : [name.slice(0, dot), name.slice(dot + 1)];
}

function labelWildcardMatch(label: string, pattern: string): boolean {
  if (pattern === '*') return true;
  const parts = pattern.split('*');
  const [before = '', after = ''] = parts;
  return parts.length === 2 && pattern.length <= label.length + 1 && label.startsWith(before) && label.endsWith(after);
}

/** All names as Envoy lists them in its texts. */
export const sansForLogging = (certificate: Named): string =>
  (certificate.subjectAltNames ?? []).map((name) => name.value).join(', ');
