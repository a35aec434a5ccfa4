/** Envoy's own answers, to plain and to gRPC callers; and what the CORS filter answers. */
import { describe, expect, it } from 'vitest';
import type { CorsPolicy } from '../../control-plane/envoy/http.ts';
import type { HttpRequest } from '../wire.ts';
import { corsFilter } from './cors.ts';
import { localReply, localResponse } from './localReply.ts';

const request = (method: string, ...headers: [string, string][]): HttpRequest => ({
  version: '1.1',
  method,
  path: '/',
  authority: 'web',
  scheme: 'http',
  headers,
});

describe('localResponse', () => {
  const fault = { ...localReply(200, 'fault filter abort', 'fault_filter_abort', ['FI']), grpcStatus: 14 };
  it.each([
    ['plain callers get status and body', request('GET'), { status: 200, body: 'fault filter abort' }],
    ['gRPC callers get the code', request('POST', ['content-type', 'application/grpc']), { status: 200, body: '' }],
  ])('%s', (_, from, expected) => expect(localResponse(fault, from)).toMatchObject(expected));
  it('a code of its own goes before the one that the status implies', () =>
    expect(localResponse(fault, request('POST', ['content-type', 'application/grpc'])).headers).toContainEqual([
      'grpc-status',
      '14',
    ]));
});

describe('corsFilter', () => {
  const policy = {
    allowOrigins: [{ kind: 'exact', value: 'https://a' }],
    allowMethods: 'GET',
    allowHeaders: '',
    exposeHeaders: 'x-e',
    maxAge: '',
    allowCredentials: false,
    forwardNotMatchingPreflights: false,
  } as unknown as CorsPolicy;
  const preflight = (origin: string) =>
    request('OPTIONS', ['origin', origin], ['access-control-request-method', 'GET']);
  const answered = (origin: string) => {
    const { result } = corsFilter(policy, preflight(origin));
    return result.kind === 'local-reply' ? result.headers.map(([name]) => name) : [];
  };
  it('answers a known origin with everything', () =>
    expect(answered('https://a')).toEqual([
      'access-control-allow-origin',
      'access-control-expose-headers',
      'access-control-allow-methods',
    ]));
  it('answers an unknown one without origin and exposed headers', () =>
    expect(answered('https://b')).toEqual(['access-control-allow-methods']));
});
