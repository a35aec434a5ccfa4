/** What the authorizer is asked, and what becomes of its answer. */
import { describe, expect, it, test } from 'vitest';
import type { WorkloadId } from '../../base/ids.ts';
import type { ExtAuthzAnswer, HttpExtAuthz } from '../../control-plane/envoy/authz.ts';
import type { Route } from '../../control-plane/envoy/http.ts';
import type { ExtAuthzStep } from '../../trace/step.ts';
import type { HttpRequest } from '../wire.ts';
import { runHttpExtAuthz, runNetworkExtAuthz } from './extAuthz.ts';
import type { FilterContext, FilterState, UpstreamAnswer } from './filter.ts';

const GUARD = 'guard/authorizer' as WorkloadId;

const config = (changes: Partial<HttpExtAuthz> = {}): HttpExtAuthz => ({
  provider: 'guard',
  protocol: 'http',
  cluster: 'outbound|8000||authorizer.guard',
  hostname: 'authorizer.guard',
  pathPrefix: '',
  failOpen: false,
  statusOnError: 403,
  timeoutMs: 1000,
  requestHeaders: [],
  headersToAdd: [],
  upstreamHeaders: [],
  clientHeaders: [],
  clientHeadersOnSuccess: [],
  answers: new Map(),
  origin: { resource: 'r' as never, path: [] },
  ...changes,
});

const headerName = (value: string) => ({ kind: 'exact', value, ignoreCase: true }) as const;

const response = (
  status: number,
  headers: readonly (readonly [string, string])[] = [],
  body?: string,
): UpstreamAnswer => ({
  kind: 'response',
  response: { status, headers, servedBy: GUARD, ...(body === undefined ? {} : { body }) },
});

function run(authorizer: HttpExtAuthz, answer: UpstreamAnswer, changes: Partial<FilterState> = {}) {
  const asked: HttpRequest[] = [];
  const steps: ExtAuthzStep[] = [];
  const state: FilterState = {
    request: {
      version: '1.1',
      method: 'POST',
      scheme: 'http',
      authority: 'cart',
      path: '/a?x=1',
      headers: [
        ['authorization', 'Bearer t'],
        ['cookie', 'c=d'],
        ['x-visitor', 'me'],
        ['content-length', '7'],
      ],
    },
    downstream: { directRemoteIp: '', localIp: '', localPort: 0, tls: false, peerChain: [], peerValidated: false },
    remoteIp: '',
    responseHeaders: [],
    customTriggered: 'guard',
    route: {} as Route,
    ...changes,
  };
  const context = {
    config: { clusters: new Map([['outbound|8000||authorizer.guard', { upstreamHttp: 'http2' }]]) },
    record: (step: ExtAuthzStep) => steps.push(step),
    sendToCluster: (_: string, request: HttpRequest) => {
      asked.push(request);
      return answer;
    },
  } as unknown as FilterContext;
  return { result: runHttpExtAuthz(authorizer, state, context), asked, state, step: steps[0], context };
}

describe('the check', () => {
  it('has method, host, path and authorization, and nothing else unasked', () => {
    expect(run(config(), response(200)).asked).toEqual([
      {
        version: '1.1',
        method: 'POST',
        scheme: 'http',
        authority: 'cart',
        path: '/a?x=1',
        headers: [
          ['content-length', '0'],
          ['authorization', 'Bearer t'],
        ],
      },
    ]);
  });

  it('has the headers of the list, the path prefix, and fixed headers instead of the caller’s', () => {
    const { asked } = run(
      config({
        pathPrefix: '/check',
        requestHeaders: [headerName('Cookie'), headerName('x-visitor')],
        headersToAdd: [['X-Visitor', 'fixed']],
      }),
      response(200),
    );
    expect(asked[0]?.path).toBe('/check/a?x=1');
    expect(asked[0]?.headers.slice(2)).toEqual([
      ['cookie', 'c=d'],
      ['x-visitor', 'fixed'],
    ]);
  });

  it('is made only when the rules of this provider matched, and only on a route', () => {
    expect(run(config(), response(500), { customTriggered: 'other' })).toMatchObject({
      asked: [],
      result: { kind: 'continue' },
    });
    expect(run(config(), response(500), { route: undefined as never })).toMatchObject({
      asked: [],
      result: { kind: 'continue' },
    });
  });
});

describe('the answer', () => {
  const denied = (status: number, body = ''): object => ({
    kind: 'local-reply',
    status,
    body,
    details: 'ext_authz_denied',
    flags: ['UAEX'],
  });
  const failed = (status: number): object => ({
    kind: 'local-reply',
    status,
    body: '',
    details: 'ext_authz_error',
    flags: ['UAEX'],
  });
  const rows: readonly (readonly [string, UpstreamAnswer, Partial<HttpExtAuthz>, object])[] = [
    ['200', response(200), {}, { kind: 'continue' }],
    ['204 is no permission', response(204), {}, denied(204)],
    ['302', response(302), {}, denied(302)],
    ['401 with a body', response(401, [], 'no'), {}, denied(401, 'no')],
    ['a denial is final even when errors are not', response(403), { failOpen: true }, denied(403)],
    ['500', response(500), {}, failed(403)],
    ['503 with statusOnError', response(503), { statusOnError: 503 }, failed(503)],
    ['500 with failOpen', response(500), { failOpen: true }, { kind: 'continue' }],
    ['no connection', { kind: 'failed', status: 503, details: 'no_healthy_upstream' }, {}, failed(403)],
    [
      'no connection with failOpen',
      { kind: 'failed', status: 503, details: 'x' },
      { failOpen: true },
      { kind: 'continue' },
    ],
  ];
  test.each(rows)('%s', (_, answer, changes, wanted) => {
    expect(run(config(changes), answer).result).toMatchObject(wanted);
  });

  it('a denial brings the authorizer’s headers, all or those of the list and the two that always go', () => {
    const headers = [
      ['server', 'istio-envoy'],
      ['www-authenticate', 'Bearer'],
      ['content-type', 'text/html'],
      ['x-why', 'because'],
    ] as const;
    const names = (changes: Partial<HttpExtAuthz>): readonly string[] => {
      const { result } = run(config(changes), response(401, headers));
      return result.kind === 'local-reply' ? result.headers.map(([name]) => name) : [];
    };
    expect(names({})).toEqual(['www-authenticate', 'content-type', 'x-why']);
    expect(names({ clientHeaders: [headerName('x-none')] })).toEqual(['www-authenticate']);
    expect(names({ clientHeaders: [headerName('X-Why')] })).toEqual(['www-authenticate', 'x-why']);
  });

  it('permission may bring headers to the application and to the caller', () => {
    const { state } = run(
      config({ upstreamHeaders: [headerName('x-visitor')], clientHeadersOnSuccess: [headerName('x-quota')] }),
      response(200, [
        ['x-visitor', 'checked'],
        ['x-quota', '9'],
      ]),
    );
    expect(state.request.headers.filter(([name]) => name === 'x-visitor')).toEqual([['x-visitor', 'checked']]);
    expect(state.responseHeaders).toEqual([{ how: 'add', name: 'x-quota', value: '9' }]);
  });

  it('a length taken over from the answer cannot be told', () => {
    const all = { kind: 'prefix', value: 'content-', ignoreCase: true } as const;
    expect(run(config({ upstreamHeaders: [all] }), response(200)).result.kind).toBe('cannot-tell');
  });
});

describe('what the workspace says it answers', () => {
  const played = (answer: ExtAuthzAnswer, changes: Partial<HttpExtAuthz> = {}): HttpExtAuthz =>
    config({ answers: new Map([[GUARD, answer]]), ...changes });
  const rows: readonly (readonly [string, HttpExtAuthz, object])[] = [
    ['allow', played({ kind: 'allow' }), { kind: 'continue' }],
    ['deny', played({ kind: 'deny', status: 302 }), { status: 302, details: 'ext_authz_denied' }],
    ['error', played({ kind: 'error' }), { status: 403, details: 'ext_authz_error' }],
    ['gRPC allow', played({ kind: 'allow' }, { protocol: 'grpc' }), { kind: 'continue' }],
    [
      'gRPC deny',
      played({ kind: 'deny', status: 403 }, { protocol: 'grpc' }),
      { status: 403, details: 'ext_authz_denied' },
    ],
    ['gRPC, nothing said', config({ protocol: 'grpc' }), { status: 403, details: 'ext_authz_error' }],
  ];
  test.each(rows)('%s', (_, authorizer, wanted) => {
    expect(run(authorizer, response(200)).result).toMatchObject(wanted);
  });

  it('nobody answers gRPC in clear HTTP/1.1', () => {
    const authorizer = played({ kind: 'allow' }, { protocol: 'grpc', cluster: 'outbound|80||authorizer.guard' });
    expect(run(authorizer, response(200)).result).toMatchObject({ details: 'ext_authz_error' });
  });

  it('TCP: closed unless allowed, or failing open', () => {
    const close = (authorizer: HttpExtAuthz): unknown => {
      const { context, state } = run(authorizer, response(200));
      const { downstream } = state;
      return runNetworkExtAuthz(authorizer, { downstream, customTriggered: 'guard' }, context);
    };
    expect(close(played({ kind: 'allow' }, { protocol: 'grpc' }))).toEqual({ kind: 'continue' });
    expect(close(played({ kind: 'deny', status: 403 }, { protocol: 'grpc' }))).toEqual({
      kind: 'close',
      flags: ['UAEX'],
      details: 'ext_authz_denied',
    });
    expect(close(config({ protocol: 'grpc' }))).toEqual({ kind: 'close', flags: ['UAEX'], details: 'ext_authz_error' });
    expect(close(config({ protocol: 'grpc', failOpen: true }))).toEqual({ kind: 'continue' });
  });
});
