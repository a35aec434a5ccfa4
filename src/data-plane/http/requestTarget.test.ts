/** Targets that rewrites leave behind, as the next proxy's codec reads them. */
import { expect, test } from 'vitest';
import type { HttpRequest } from '../wire.ts';
import { addressedByTarget, requestTarget } from './requestTarget.ts';

test.each([
  ['/a?b', 'path'],
  ['/a b', 'garbled'],
  ['new', 'garbled'],
  ['?q', 'garbled'],
  ['', 'garbled'],
  ['*', 'invalid-url'],
  ['ftp://a/b', 'invalid-scheme'],
  ['/\u00e4', 'garbled'],
  ['https://a', 'url'],
] as const)('%s: %s', (target, kind) => {
  expect(requestTarget(target).kind).toBe(kind);
});

test.each([
  ['http://a:81/b?c', '1.1', 'a:81', '/b?c'],
  ['https://a', '1.1', 'a', '/'],
  ['http://a?c', '1.1', 'a', '?c'],
  ['/b', '1.1', 'web', '/b'],
  ['http://a/b', '2', 'web', 'http://a/b'],
] as const)('%s over HTTP/%s is asked of %s, for %s', (target, version, authority, path) => {
  const request: HttpRequest = { version, method: 'GET', scheme: 'http', authority: 'web', path: target, headers: [] };
  expect(addressedByTarget(request)).toMatchObject({ authority, path });
});
