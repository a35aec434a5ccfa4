/**
 * Trust-domain aliases: a principal of any of the mesh's trust domains stands for all of them, and
 * `cluster.local` points at the mesh's own. Only values of the five-part form are rewritten.
 * Authority: istio pilot/pkg/security/trustdomain/bundle.go.
 */

/** The mesh's trust domain, then its aliases. */
export type TrustDomains = readonly string[];

const OWN_POINTER = 'cluster.local';

const suffixMatches = (text: string, pattern: string): boolean =>
  pattern.startsWith('*') && text.endsWith(pattern.slice(1));
const prefixMatches = (text: string, pattern: string): boolean =>
  pattern.endsWith('*') && text.startsWith(pattern.slice(0, -1));

const isKnown = (trustDomain: string, known: TrustDomains): boolean =>
  known.some(
    (entry) =>
      trustDomain === entry ||
      entry === '*' ||
      prefixMatches(trustDomain, entry) ||
      prefixMatches(entry, trustDomain) ||
      suffixMatches(trustDomain, entry) ||
      suffixMatches(entry, trustDomain),
  );

/** The principals that a value of `principals` stands for. */
export function expandPrincipal(principal: string, known: TrustDomains): readonly string[] {
  const [trustDomain = '', ...path] = principal.split('/');
  if (path.length !== 4 || trustDomain === '*') return [principal];
  if (trustDomain !== OWN_POINTER && !isKnown(trustDomain, known)) return [principal];
  // A leading star that covers a trust domain already says it; it is kept once.
  const expanded = known.map((entry) => (suffixMatches(entry, trustDomain) ? principal : [entry, ...path].join('/')));
  return [...new Set(expanded)];
}

/** The trust domains that a value of `trustDomains` stands for; here `cluster.local` is only itself. */
export const expandTrustDomain = (value: string, known: TrustDomains): readonly string[] =>
  known.includes(value) ? [...new Set(known)] : [value];
