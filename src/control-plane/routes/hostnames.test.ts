/** Host names as Istio compares them, and short names. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  compareSpecificity,
  hostsForNamespace,
  hostsOverlap,
  intersectHosts,
  isSubsetOf,
  mostSpecificMatch,
  resolveGatewayName,
  resolveShortName,
} from './hostnames.ts';

describe('overlap of two hosts', () => {
  it.each([
    ['foo.com', 'foo.com', true],
    ['foo.com', 'bar.com', false],
    ['*.com', 'foo.com', true],
    ['bar.com', '*.com', true],
    ['*.foo.com', 'foo.com', false],
    ['*', 'foo.com', true],
    ['*', '*.com', true],
    ['*.foo.com', '*.com', true],
    ['*.foo.com', '*.bar.com', false],
    ['*-app.foo.com', 'a-app.foo.com', true],
  ])('%s and %s: %s', (a, b, expected) => {
    expect(hostsOverlap(a, b)).toBe(expected);
    expect(hostsOverlap(b, a)).toBe(expected);
  });
});

describe('one host within another', () => {
  it.each([
    ['x.a.com', '*.a.com', true],
    ['x.y.a.com', '*.a.com', true],
    ['a.com', '*.a.com', false],
    ['*.a.com', 'x.a.com', false],
    ['*.b.a.com', '*.a.com', true],
    ['*.a.com', '*.b.a.com', false],
    ['*', '*.com', false],
  ])('%s in %s: %s', (host, of, expected) => expect(isSubsetOf(host, of)).toBe(expected));
});

describe('what two lists share', () => {
  it.each([
    [['foo.com', 'bar.com'], ['*.com'], ['foo.com', 'bar.com']],
    [
      ['foo.com', '*.net'],
      ['*.com', 'bar.net'],
      ['foo.com', 'bar.net'],
    ],
    [['foo.com', '*.net'], ['*.bar.net'], ['*.bar.net']],
    [['*.a.com'], ['a.com'], []],
    [['*'], ['a.com'], ['a.com']],
    [['a.com'], ['*'], ['a.com']],
    [['foo.com'], ['bar.com'], []],
  ])('%j and %j: %j', (a, b, expected) => expect(intersectHosts(a, b)).toEqual(expected));
});

const label = fc.constantFrom('a', 'b', 'cc');
const host = fc
  .tuple(fc.boolean(), fc.array(label, { minLength: 1, maxLength: 3 }))
  .map(([wildcard, labels]) => (wildcard ? `*.${labels.join('.')}` : labels.join('.')));

describe('for any hosts', () => {
  it('one within the other implies overlap', () =>
    fc.assert(fc.property(host, host, (a, b) => !isSubsetOf(a, b) || hostsOverlap(a, b))));
  it('what is shared lies within both', () =>
    fc.assert(
      fc.property(host, host, (a, b) => intersectHosts([a], [b]).every((h) => isSubsetOf(h, a) && isSubsetOf(h, b))),
    ));
  it('specificity is an order', () =>
    fc.assert(
      fc.property(host, host, (a, b) => Math.sign(compareSpecificity(a, b)) === -Math.sign(compareSpecificity(b, a))),
    ));
});

describe('hosts of a server that a namespace may bind', () => {
  const hosts = ['open.com', 'shop/own.com', '*/all.com', '~/none.com'];
  it.each([
    ['shop', ['open.com', 'own.com', 'all.com']],
    ['other', ['open.com', 'all.com']],
  ])('%s', (namespace, expected) => expect(hostsForNamespace(hosts, namespace)).toEqual(expected));
});

describe('short names', () => {
  it.each([
    ['web', 'web.shop.svc.cluster.local'],
    ['web.other', 'web.other'],
    ['*', '*'],
    ['10.0.0.1', '10.0.0.1'],
    ['fd00::1', 'fd00::1'],
    ['', ''],
  ])('%s in shop: %s', (name, expected) => expect(resolveShortName(name, 'shop')).toBe(expected));
  it.each([
    ['mesh', 'mesh'],
    ['gw', 'shop/gw'],
    ['./gw', 'shop/gw'],
    ['edge/gw', 'edge/gw'],
    ['gw.edge', 'edge/gw'],
    ['gw.edge.svc.cluster.local', 'edge/gw'],
  ])('gateway %s in shop: %s', (name, expected) => expect(resolveGatewayName(name, 'shop')).toBe(expected));
});

describe('the most specific entry', () => {
  const exact = new Map([['a.b.com', 1]]);
  const wildcards = new Map([
    ['*.com', 2],
    ['*.b.com', 3],
  ]);
  it.each([
    ['a.b.com', 1],
    ['x.b.com', 3],
    ['x.com', 2],
    ['*.b.com', 3],
    ['*.x.com', 2],
    ['x.org', undefined],
  ])('%s: %s', (needle, expected) => expect(mostSpecificMatch(needle, exact, wildcards)).toBe(expected));
});
