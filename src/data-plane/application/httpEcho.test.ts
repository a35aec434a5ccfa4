import { describe, expect, it } from 'vitest';
import type { WorkloadId } from '../../base/ids.ts';
import type { HttpRequest } from '../wire.ts';
import { echo } from './httpEcho.ts';

const request = (over: Partial<HttpRequest>): HttpRequest => ({
  version: '1.1',
  method: 'GET',
  scheme: 'http',
  authority: 'web',
  path: '/',
  headers: [],
  ...over,
});
const BAD = '400 Bad Request';

describe('what the application answers by itself', () => {
  it.each([
    ['any path', { path: '/a/b?c=d' }, 200, undefined],
    ['an escape in the path', { path: '/a%2Fb' }, 200, undefined],
    ['half an escape in the path', { path: '/admin%' }, 400, BAD],
    ['an escape that is none', { path: '/%zz' }, 400, BAD],
    ['the same in the query, which is left for later', { path: '/a?b=%zz' }, 200, undefined],
    ['a space', { path: '/a?b=c d' }, 400, BAD],
    ['a host with a slash', { authority: 'a/b' }, 400, `${BAD}: malformed Host header`],
  ] as const)('%s', (_what, over, status, body) => {
    const answer = echo('shop/web' as WorkloadId, request(over), undefined);
    expect([answer.status, answer.body]).toEqual([status, body]);
  });
});
