/** Addresses are valid, distinct, and follow from seed and names alone. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { assignAddresses, isIpAddress, outsideAddress } from './addresses.ts';

const name = fc.stringMatching(/^[a-z]{1,4}$/);
const key = fc
  .tuple(fc.constantFrom('pod ', 'service ', 'load balancer ', 'auto '), name, name)
  .map(([prefix, ns, n]) => `${prefix}${ns}/${n}`);
const keys = fc.uniqueArray(key, { maxLength: 60 });

test('every key gets a valid address of its own', () => {
  fc.assert(
    fc.property(keys, fc.string(), (list, seed) => {
      const addresses = [...assignAddresses(list, {}, seed).values()];
      expect(addresses).toHaveLength(list.length);
      expect(new Set(addresses).size).toBe(list.length);
      expect(addresses.every(isIpAddress)).toBe(true);
    }),
  );
});

test('the order of documents decides nothing', () => {
  fc.assert(
    fc.property(keys, fc.string(), (list, seed) => {
      const forwards = assignAddresses(list, {}, seed);
      const backwards = assignAddresses([...list].reverse(), {}, seed);
      expect(new Map([...backwards].sort())).toEqual(new Map([...forwards].sort()));
    }),
  );
});

test('another resource moves no address, unless the two hash alike', () => {
  const before = assignAddresses(['pod shop/web', 'service shop/web'], {}, 'seed');
  const after = assignAddresses(['pod shop/web', 'pod shop/cart', 'service shop/web'], {}, 'seed');
  expect(after.get('pod shop/web')).toBe(before.get('pod shop/web'));
  expect(after.get('service shop/web')).toBe(before.get('service shop/web'));
});

test('given addresses are kept, and no derived one repeats them', () => {
  const derived = assignAddresses(['pod a/a'], {}, 's').get('pod a/a') ?? '';
  const result = assignAddresses(['pod a/a', 'pod b/b'], { 'pod b/b': derived }, 's');
  expect(result.get('pod b/b')).toBe(derived);
  expect(result.get('pod a/a')).not.toBe(derived);
});

test('the outside has an address that can be given', () => {
  expect(outsideAddress({})).toBe('192.0.2.9');
  expect(outsideAddress({ outside: '203.0.113.7' })).toBe('203.0.113.7');
});

test.each([
  ['10.0.0.1', true],
  ['255.255.255.255', true],
  ['256.0.0.1', false],
  ['10.0.0', false],
  ['10.0.0.1.', false],
  ['::1', true],
  ['2001:db8::7', true],
  ['example.com', false],
  ['10.0.0.0/8', false],
])('%s is an IP address: %s', (text, expected) => {
  expect(isIpAddress(text)).toBe(expected);
});
