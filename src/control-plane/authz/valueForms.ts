/**
 * How the values of a policy become Envoy matchers: where a star may stand, and what it means there.
 * Authority: istio pilot/pkg/security/authz/matcher and model/generator.go.
 */
import type { StringMatch } from '../envoy/http.ts';

export const exact = (value: string, ignoreCase = false): StringMatch => ({ kind: 'exact', value, ignoreCase });
const prefix = (value: string, ignoreCase = false): StringMatch => ({ kind: 'prefix', value, ignoreCase });
const suffix = (value: string, ignoreCase = false): StringMatch => ({ kind: 'suffix', value, ignoreCase });
const regex = (value: string): StringMatch => ({ kind: 'regex', value });

/** Any text that is not empty. */
export const ANY_TEXT: StringMatch = regex('.+');

/** Go's regexp.QuoteMeta. */
const quoteMeta = (text: string): string => text.replace(/[\\.+*?()|[\]{}^$]/g, '\\$&');

/** A star counts at the start, else at the end; anywhere else it is a literal star. */
export function stringMatch(value: string, before = ''): StringMatch {
  if (value === '*') return ANY_TEXT;
  if (value.startsWith('*'))
    return before === '' ? suffix(value.slice(1)) : regex(`${before}.*${quoteMeta(value.slice(1))}`);
  if (value.endsWith('*')) return prefix(before + value.slice(0, -1));
  return exact(before + value);
}

/** Headers and methods: a star alone asks for presence, and an empty value is present. */
export function headerMatch(value: string, ignoreCase = false): StringMatch | 'present' {
  if (value === '*') return 'present';
  if (value.startsWith('*')) return suffix(value.slice(1), ignoreCase);
  if (value.endsWith('*')) return prefix(value.slice(0, -1), ignoreCase);
  return exact(value, ignoreCase);
}

export const principalMatch = (principal: string): StringMatch => stringMatch(principal, 'spiffe://');

/** Here a star may stand anywhere, and covers slashes too. */
export const namespaceMatch = (namespace: string): StringMatch =>
  regex(`.*/ns/${namespace.split('*').map(quoteMeta).join('.*')}/.*`);

/** `name` is of the policy's own namespace, `namespace/name` of another. */
export function serviceAccountMatch(value: string, policyNamespace: string): StringMatch {
  const slash = value.indexOf('/');
  const namespace = slash < 0 ? policyNamespace : value.slice(0, slash);
  const name = slash < 0 ? value : value.slice(slash + 1);
  return regex(`spiffe://.+/ns/${quoteMeta(namespace)}/(.+/|)sa/${quoteMeta(name)}(/.+)?`);
}

export function trustDomainMatch(value: string): StringMatch {
  if (value === '*') return prefix('spiffe://');
  const star = value.indexOf('*');
  if (star < 0) return prefix(`spiffe://${value}/`);
  return regex(`spiffe://${quoteMeta(value.slice(0, star))}[^/]*${quoteMeta(value.slice(star + 1))}/.*`);
}

/** `issuer/subject`, split at the last slash; both must match, and a star may stand at either end of the whole. */
export function requestPrincipalMatch(value: string): { readonly issuer: StringMatch; readonly subject: StringMatch } {
  const slash = value.lastIndexOf('/');
  const split = slash >= 0;
  const issuer = split ? value.slice(0, slash) : value;
  const subject = split ? value.slice(slash + 1) : '';
  if (value === '*') return { issuer: ANY_TEXT, subject: ANY_TEXT };
  if (value.startsWith('*')) {
    if (!split) return { issuer: ANY_TEXT, subject: suffix(value.slice(1)) };
    return { issuer: issuer === '*' ? ANY_TEXT : suffix(issuer.slice(1)), subject: exact(subject) };
  }
  if (value.endsWith('*')) {
    if (!split) return { issuer: prefix(value.slice(0, -1)), subject: ANY_TEXT };
    return { issuer: exact(issuer), subject: subject === '*' ? ANY_TEXT : prefix(subject.slice(0, -1)) };
  }
  return { issuer: exact(issuer), subject: exact(subject) };
}

/** `{*}` and `{**}` make a path a template. */
export const isPathTemplate = (path: string): boolean => path.includes('{*}') || path.includes('{**}');

/** The template in Envoy's notation. */
export const pathTemplate = (path: string): string => path.replaceAll('{**}', '**').replaceAll('{*}', '*');

/** The name inside `[...]`, or undefined where the brackets are missing. */
export function bracketed(text: string): string | undefined {
  return text.startsWith('[') && text.endsWith(']') && text.length >= 2 ? text.slice(1, -1) : undefined;
}

/** `[a][b]` is the path a, b; with brackets that do not pair up all of it is one name. */
export function claimPath(text: string): readonly string[] | undefined {
  const nested = /^(?:\[[^[\]]*\])+$/.test(text) ? text.match(/\[[^[\]]*\]/g) : null;
  if (nested !== null) return nested.map((part) => part.slice(1, -1));
  const whole = bracketed(text);
  return whole === undefined ? undefined : [whole];
}

/** Go's strconv.ParseBool; undefined for anything else. */
export function parseGoBool(text: string): boolean | undefined {
  if (['1', 't', 'T', 'TRUE', 'true', 'True'].includes(text)) return true;
  return ['0', 'f', 'F', 'FALSE', 'false', 'False'].includes(text) ? false : undefined;
}
