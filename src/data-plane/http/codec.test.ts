import { describe, expect, it } from 'vitest';
import type { Accepted } from '../proxy/accepted.ts';
import type { HttpRequest } from '../wire.ts';
import { decode } from './codec.ts';

const connection = (alpn?: string): Accepted => ({ session: alpn === undefined ? undefined : { alpn } }) as Accepted;
const request = (over: Partial<HttpRequest> = {}): HttpRequest => ({
  version: '1.1',
  method: 'GET',
  scheme: 'http',
  authority: 'web:80',
  path: '/',
  headers: [],
  ...over,
});

describe('what the codec makes of the first bytes', () => {
  it.each([
    ['a request', undefined, {}, 'ok'],
    ['a request of the protocol agreed on', 'h2', { version: '2' }, 'ok'],
    ['HTTP/1.1 where HTTP/2 was agreed on', 'h2', {}, 'no-http2-preface'],
    ['HTTP/2 where HTTP/1.1 was agreed on', 'http/1.1', { version: '2' }, 'http2-bytes'],
    ['a lower-case method', undefined, { method: 'get' }, 'bad-request'],
    ['a lower-case method in HTTP/2', undefined, { method: 'get', version: '2' }, 'ok'],
    ['a space in the target', undefined, { path: '/a b' }, 'bad-request'],
    ['a target without a slash', undefined, { path: 'new' }, 'bad-request'],
    ['a target with a scheme', undefined, { path: 'http://a/b' }, 'ok'],
    ['a space in the authority', undefined, { authority: 'a b' }, 'bad-authority'],
    ['no authority', undefined, { authority: '' }, 'ok'],
  ] as const)('%s', (_what, alpn, over, expected) => {
    expect(decode(connection(alpn), request(over))).toBe(expected);
  });
});
