/** How values become matchers: every form of every field, against texts that do and do not match. */
import { describe, expect, it, test } from 'vitest';
import { expandPrincipal, expandTrustDomain } from '../../control-plane/authz/trustDomains.ts';
import {
  claimPath,
  headerMatch,
  namespaceMatch,
  parseGoBool,
  pathTemplate,
  principalMatch,
  requestPrincipalMatch,
  serviceAccountMatch,
  stringMatch,
  trustDomainMatch,
} from '../../control-plane/authz/valueForms.ts';
import { stringMatches } from '../routing/stringMatch.ts';

const ID = 'spiffe://cluster.local/ns/foo/sa/bar';

describe('stars', () => {
  const rows: readonly (readonly [string, string, boolean])[] = [
    ['abc', 'abc', true],
    ['abc', 'ABC', false],
    ['*', 'x', true],
    ['*', '', false],
    ['*xyz', 'abcxyz', true],
    ['*xyz', 'xyz1', false],
    ['xyz*', 'xyz1', true],
    ['*abc*', 'xabc*', true],
    ['*abc*', 'xabcx', false],
    ['a*c', 'a*c', true],
    ['a*c', 'abc', false],
    ['**', 'a*', true],
    ['**', 'ab', false],
  ];
  test.each(rows)('%j against %j: %s', (value, text, wanted) => {
    expect(stringMatches(stringMatch(value), text)).toBe(wanted);
  });

  it('a header star asks for presence only', () => {
    expect(headerMatch('*')).toBe('present');
    expect(headerMatch('G*')).toEqual({ kind: 'prefix', value: 'G', ignoreCase: false });
  });
});

describe('identities', () => {
  const principals: readonly (readonly [string, boolean])[] = [
    ['cluster.local/ns/foo/sa/bar', true],
    ['cluster.local/ns/foo/*', true],
    ['*/ns/foo/sa/bar', true],
    ['*sa/bar', true],
    ['*', true],
    ['spiffe://cluster.local/ns/foo/sa/bar', false],
    ['cluster.local/ns/*/sa/bar', false],
    ['cluster.local/ns/foo/sa/ba', false],
  ];
  test.each(principals)('principal %j: %s', (value, wanted) => {
    expect(stringMatches(principalMatch(value), ID)).toBe(wanted);
  });

  const namespaces: readonly (readonly [string, boolean])[] = [
    ['foo', true],
    ['f*', true],
    ['*o', true],
    ['f*o', true],
    ['*', true],
    ['f.o', false],
    ['fo', false],
  ];
  test.each(namespaces)('namespace %j: %s', (value, wanted) => {
    expect(stringMatches(namespaceMatch(value), ID)).toBe(wanted);
  });

  const accounts: readonly (readonly [string, string, boolean])[] = [
    ['bar', 'foo', true],
    ['bar', 'istio-system', false],
    ['foo/bar', 'istio-system', true],
    ['foo/ba', 'foo', false],
  ];
  test.each(accounts)('service account %j in a policy of %j: %s', (value, namespace, wanted) => {
    expect(stringMatches(serviceAccountMatch(value, namespace), ID)).toBe(wanted);
  });

  const trustDomains: readonly (readonly [string, boolean])[] = [
    ['cluster.local', true],
    ['*', true],
    ['cluster*', true],
    ['*.local', true],
    ['cluster', false],
    ['cluster.local.x', false],
    ['*ns', false],
  ];
  test.each(trustDomains)('trust domain %j: %s', (value, wanted) => {
    expect(stringMatches(trustDomainMatch(value), ID)).toBe(wanted);
  });
});

describe('request principals', () => {
  const rows: readonly (readonly [string, string, string, boolean])[] = [
    ['*', 'i', 's', true],
    ['*', 'i', '', false],
    ['*/s', 'i', 's', true],
    ['*.com/s', 'a.com', 's', true],
    ['*ice', 'i', 'alice', true],
    ['i/*', 'i', 's', true],
    ['i/al*', 'i', 'alice', true],
    ['is*', 'iss', 's', true],
    ['i/s', 'i', 's', true],
    ['i', 'i', '', true],
    ['i', 'i', 's', false],
    ['https://acc.example/*', 'https://acc.example', 's', true],
    ['https://acc*', 'https://acc.example', 's', false],
    ['clinic/ward/alice', 'clinic', 'ward/alice', false],
    ['clinic/ward/alice', 'clinic/ward', 'alice', true],
    ['*/al*', 'i', 'al*', true],
  ];
  test.each(rows)('%j against issuer %j and subject %j: %s', (value, issuer, subject, wanted) => {
    const match = requestPrincipalMatch(value);
    expect(stringMatches(match.issuer, issuer) && stringMatches(match.subject, subject)).toBe(wanted);
  });
});

describe('trust domains', () => {
  const rows: readonly (readonly [string, readonly string[], readonly string[]])[] = [
    ['cluster.local/ns/a/sa/b', ['cluster.local'], ['cluster.local/ns/a/sa/b']],
    ['td1/ns/a/sa/b', ['td2', 'td1'], ['td2/ns/a/sa/b', 'td1/ns/a/sa/b']],
    ['cluster.local/ns/a/sa/b', ['td1'], ['td1/ns/a/sa/b']],
    ['cluster.local/ns/a/*', ['td1'], ['cluster.local/ns/a/*']],
    ['*/ns/a/sa/b', ['td1', 'td2'], ['*/ns/a/sa/b']],
    ['*', ['td1', 'td2'], ['*']],
    ['*-td1/ns/a/sa/b', ['td2', 'foo-td1'], ['td2/ns/a/sa/b', '*-td1/ns/a/sa/b']],
    ['*-td/ns/a/sa/b', ['new-td', 'old-td'], ['*-td/ns/a/sa/b']],
    ['foreign/ns/a/sa/b', ['td1', 'td2'], ['foreign/ns/a/sa/b']],
    ['/ns/a/sa/b', ['td1'], ['/ns/a/sa/b']],
  ];
  test.each(rows)('principal %j with %j', (value, known, wanted) => {
    expect(expandPrincipal(value, known)).toEqual(wanted);
  });

  it('the trustDomains field knows no pointer', () => {
    expect(expandTrustDomain('td1', ['td2', 'td1'])).toEqual(['td2', 'td1']);
    expect(expandTrustDomain('cluster.local', ['td1'])).toEqual(['cluster.local']);
  });
});

describe('small forms', () => {
  const paths: readonly (readonly [string, readonly string[] | undefined])[] = [
    ['[a]', ['a']],
    ['[a][b]', ['a', 'b']],
    ['[a.b]', ['a.b']],
    ['[a[b]', ['a[b']],
    ['[a]b]', ['a]b']],
    ['a', undefined],
  ];
  test.each(paths)('claim path %j', (text, wanted) => {
    expect(claimPath(text)).toEqual(wanted);
  });

  it('templates lose their braces', () => {
    expect(pathTemplate('/a/{*}/b/{**}')).toBe('/a/*/b/**');
  });

  it.each([
    ['true', true],
    ['T', true],
    ['0', false],
    ['yes', undefined],
    ['', undefined],
  ] as const)('Go reads %j as %s', (text, wanted) => {
    expect(parseGoBool(text)).toBe(wanted);
  });
});
