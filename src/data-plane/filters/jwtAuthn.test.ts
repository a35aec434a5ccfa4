/** Locations, combinations of rules, forwarding, headers, answers. Verdicts as a real proxy gave them. */
import { describe, expect, it, test } from 'vitest';
import type { HttpJwtAuthn, JwtProvider } from '../../control-plane/envoy/authz.ts';
import { type Issuer, keySetText, meshIssuer, mintToken } from '../../jwt/mint.ts';
import type { JwtStep } from '../../trace/step.ts';
import type { HttpRequest } from '../wire.ts';
import type { FilterState } from './filter.ts';
import { runJwtAuthn } from './jwtAuthn.ts';

const NOW = Date.UTC(2026, 10, 23);
const EXP = NOW / 1000 + 3600;
const alpha = meshIssuer('t', 'alpha');
const beta = meshIssuer('t', 'beta');
const token = (issuer: Issuer, claims: object): string => mintToken(issuer, { exp: EXP, ...claims });
const A = token(alpha, { iss: 'a', sub: 'alice' });
const A_EXPIRED = token(alpha, { iss: 'a', sub: 'alice', exp: 1 });
const B = token(beta, { iss: 'b', sub: 'bob' });
const B_EXPIRED = token(beta, { iss: 'b', sub: 'bob', exp: 1 });
const NOBODY = token(alpha, { iss: 'nobody' });

const provider = (issuer: string, keys: Issuer, changes: Partial<JwtProvider> = {}): JwtProvider => ({
  name: `origins-${issuer}`,
  issuer,
  audiences: [],
  fromHeaders: [],
  fromParams: [],
  fromCookies: [],
  forward: false,
  claimHeaders: [],
  spaceDelimitedClaims: ['permission', 'scope'],
  keys: { kind: 'inline', jwks: keySetText([keys]), origin: { resource: 'r' as never, path: ['jwks'] } },
  origin: { resource: 'r' as never, path: ['spec', 'jwtRules', 0] },
  ...changes,
});

interface Given {
  readonly headers?: HttpRequest['headers'];
  readonly path?: string;
  readonly method?: string;
}

function run(providers: readonly JwtProvider[], given: Given) {
  const jwt: HttpJwtAuthn = { providers, bypassCorsPreflight: true, clearRouteCache: false };
  const state: FilterState = {
    request: {
      version: '1.1',
      method: given.method ?? 'GET',
      scheme: 'http',
      authority: 'shop:8000',
      path: given.path ?? '/get',
      headers: given.headers ?? [],
    },
    downstream: { directRemoteIp: '', localIp: '', localPort: 0, tls: false, peerChain: [], peerValidated: false },
    remoteIp: '',
    responseHeaders: [],
  };
  const steps: JwtStep[] = [];
  const result = runJwtAuthn(jwt, state, { now: NOW, record: (step) => step.kind === 'jwt-check' && steps.push(step) });
  const body = result.kind === 'local-reply' ? `${result.status} ${result.body}` : result.kind;
  return { result, body, state, step: steps[0] ?? expect.fail('no step'), subject: state.jwtPayload?.sub };
}
const bearer = (value: string): HttpRequest['headers'] => [['authorization', `Bearer ${value}`]];
const BAD_FORM = '401 Jwt is not in the form of Header.Payload.Signature with two dots and 3 sections';

describe('one rule, default locations', () => {
  const one = [provider('a', alpha)];
  const rows: readonly (readonly [string, Given, string, string | undefined])[] = [
    ['nothing', {}, 'continue', undefined],
    ['a good token', { headers: bearer(A) }, 'continue', 'alice'],
    ['an expired one', { headers: bearer(A_EXPIRED) }, '401 Jwt is expired', undefined],
    ['two spaces', { headers: [['authorization', `Bearer  ${A}`]] }, 'continue', 'alice'],
    ['the prefix in the middle', { headers: [['authorization', `Token Bearer ${A}`]] }, 'continue', 'alice'],
    ['the prefix in lower case', { headers: [['authorization', `bearer ${A}`]] }, 'continue', undefined],
    ['no prefix', { headers: [['authorization', A]] }, 'continue', undefined],
    ['Basic', { headers: [['authorization', 'Basic x']] }, 'continue', undefined],
    ['no token after the prefix', { headers: bearer('x') }, BAD_FORM, undefined],
    ['quotes', { headers: bearer(`"${A}"`) }, '401 Jwt signature is an invalid Base64url encoded', undefined],
    ['the query', { path: `/get?access_token=${A}` }, 'continue', 'alice'],
    ['an empty parameter', { headers: bearer(A), path: '/get?access_token=' }, BAD_FORM, undefined],
    ['both good', { headers: bearer(A), path: `/get?access_token=${A}` }, 'continue', 'alice'],
    ['header bad', { headers: bearer('x'), path: `/get?access_token=${A}` }, BAD_FORM, undefined],
    [
      'both bad: the query is told',
      { headers: bearer('x'), path: `/?access_token=${A_EXPIRED}` },
      '401 Jwt is expired',
      undefined,
    ],
    ['the first of two parameters', { path: `/get?access_token=${A}&access_token=x` }, 'continue', 'alice'],
    ['two headers, one bad', { headers: [...bearer('x'), ...bearer(A)] }, BAD_FORM, undefined],
    ['a cookie', { headers: [['cookie', `access_token=${A_EXPIRED}`]] }, 'continue', undefined],
  ];
  test.each(rows)('%s', (_, given, body, subject) => {
    const outcome = run(one, given);
    expect(outcome.body).toBe(body);
    if (body === 'continue') expect(outcome.subject).toBe(subject);
  });

  it('a header without prefix is the token, white space and all', () => {
    const plain = [provider('a', alpha, { fromHeaders: [{ name: 'X-Token', prefix: '' }] })];
    expect(run(plain, { headers: [['x-token', A]] }).subject).toBe('alice');
    expect(run(plain, { headers: [['x-token', `Token ${A}`]] }).body).toBe('401 Jwt header is an invalid JSON');
    expect(run(plain, { headers: bearer(A_EXPIRED) }).body).toBe('continue');
  });

  it('cookies: the first of the name, without quotes', () => {
    const cookie = [provider('a', alpha, { fromCookies: ['s'] })];
    expect(run(cookie, { headers: [['cookie', `x=y; s="${A}"; s=bad`]] }).subject).toBe('alice');
    expect(run(cookie, { headers: [['cookie', 's=bad']] }).body).toBe(BAD_FORM);
  });

  it('locations of a kind are sorted, and verified from the last', () => {
    const params = [provider('a', alpha, { fromParams: ['q2', 'q1'] })];
    expect(run(params, { path: `/?q1=bad&q2=${A_EXPIRED}` }).body).toBe('401 Jwt is expired');
    expect(run(params, { path: `/?q2=bad&q1=${A_EXPIRED}` }).body).toBe(BAD_FORM);
  });
});

describe('several rules', () => {
  const both = [provider('a', alpha), provider('b', beta)];
  const apart = [
    provider('a', alpha, { fromHeaders: [{ name: 'x-a', prefix: '' }] }),
    provider('b', beta, { fromHeaders: [{ name: 'x-b', prefix: '' }] }),
  ];
  const rows: readonly (readonly [string, readonly JwtProvider[], Given, string, string | undefined])[] = [
    ['no token', both, {}, 'continue', undefined],
    ['the second issuer', both, { headers: bearer(B) }, 'continue', 'bob'],
    ['neither issuer', both, { headers: bearer(NOBODY) }, '401 Jwt issuer is not configured', undefined],
    ['the second, expired', both, { headers: bearer(B_EXPIRED) }, '401 Jwt is expired', undefined],
    [
      'apart, first good, second bad',
      apart,
      {
        headers: [
          ['x-a', A],
          ['x-b', 'bad'],
        ],
      },
      'continue',
      'alice',
    ],
    [
      'apart, first bad, second good',
      apart,
      {
        headers: [
          ['x-a', A_EXPIRED],
          ['x-b', B],
        ],
      },
      'continue',
      'bob',
    ],
    [
      'apart, both good',
      apart,
      {
        headers: [
          ['x-a', A],
          ['x-b', B],
        ],
      },
      'continue',
      'alice',
    ],
    ['apart, only a bad second', apart, { headers: [['x-b', B_EXPIRED]] }, '401 Jwt is expired', undefined],
    [
      'apart, in each other’s place',
      apart,
      {
        headers: [
          ['x-a', B],
          ['x-b', A],
        ],
      },
      '401 Jwt issuer is not configured',
      undefined,
    ],
    [
      'same issuer, other key',
      [provider('a', beta), provider('a', alpha)],
      { headers: bearer(A) },
      'continue',
      'alice',
    ],
    [
      'same issuer, both refuse: the first one’s reason',
      [provider('a', alpha, { audiences: ['x'] }), provider('a', beta)],
      { headers: bearer(A) },
      '403 Audiences in Jwt are not allowed',
      undefined,
    ],
  ];
  test.each(rows)('%s', (_, providers, given, body, subject) => {
    const outcome = run(providers, given);
    expect(outcome.body).toBe(body);
    if (body === 'continue') expect(outcome.subject).toBe(subject);
  });

  it('only the accepted rule’s token is taken out', () => {
    const { state } = run(apart, {
      headers: [
        ['x-a', A],
        ['x-b', B],
      ],
    });
    expect(state.request.headers.map(([name]) => name)).toEqual(['x-b']);
  });

  it('each check of each token is recorded once', () => {
    const { step } = run(both, { headers: bearer(NOBODY) });
    expect(
      step.checks.filter(({ check }) => check === 'issuer').map(({ provider: name, passed }) => [name, passed]),
    ).toEqual([
      ['origins-a', false],
      ['origins-b', false],
    ]);
  });
});

describe('what goes on to the application', () => {
  it('the whole header goes unless the token is forwarded', () => {
    expect(run([provider('a', alpha)], { headers: bearer(A) }).state.request.headers).toEqual([]);
    expect(run([provider('a', alpha, { forward: true })], { headers: bearer(A) }).state.request.headers).toHaveLength(
      1,
    );
  });

  const queries: readonly (readonly [string, string])[] = [
    [`/get?access_token=${A}`, '/get'],
    [`/get?z=2&access_token=${A}&a=1`, '/get?a=1&z=2'],
    [`/get?x=a%20b+c&access_token=${A}&w`, '/get?w=&x=a b+c'],
  ];
  test.each(queries)('of %s is left', (path, wanted) => {
    expect(run([provider('a', alpha)], { path }).state.request.path).toBe(wanted);
  });

  it('payload and claims become headers; what the caller brought is gone, token or not', () => {
    const claims = ['sub', 'int', 'neg', 'frac', 'yes', 'list', 'deep.x', 'none', 'empty'];
    const out = provider('a', alpha, {
      payloadHeader: 'X-Payload',
      claimHeaders: claims.map((claim) => ({ header: `x-${claim}`, claim })),
    });
    const rich = token(alpha, {
      iss: 'a',
      sub: 's',
      int: 42,
      neg: -7,
      frac: 1.5,
      yes: true,
      list: ['x', 'y'],
      deep: { x: 'd' },
      empty: '',
    });
    const forged: HttpRequest['headers'] = [
      ['x-payload', 'forged'],
      ['x-sub', 'forged'],
      ['x-other', 'kept'],
    ];
    expect(run([out], { headers: forged }).state.request.headers).toEqual([['x-other', 'kept']]);
    const { headers } = run([out], { headers: [...forged, ...bearer(rich)] }).state.request;
    expect(Object.fromEntries(headers)).toEqual({
      'x-other': 'kept',
      'x-payload': rich.split('.')[1],
      'x-sub': 's',
      'x-int': '42',
      'x-neg': '-7.000000',
      'x-frac': '1.500000',
      'x-yes': 'true',
      'x-list': 'WyJ4IiwieSJd',
      'x-deep.x': 'd',
    });
  });

  it('space-delimited claims are lists for policies', () => {
    const scoped = token(alpha, { iss: 'a', scope: 'read  write', permission: ' ', other: 'x y' });
    expect(run([provider('a', alpha)], { headers: bearer(scoped) }).state.jwtPayload).toMatchObject({
      scope: ['read', 'write'],
      permission: ' ',
      other: 'x y',
    });
  });
});

describe('answers', () => {
  const one = [provider('a', alpha)];

  it('the challenge names the original URI', () => {
    const { result } = run(one, { headers: [['x-forwarded-proto', 'https'], ...bearer('x')], path: '/a?b=c' });
    expect(result).toMatchObject({
      headers: [['www-authenticate', 'Bearer realm="https://shop:8000/a?b=c", error="invalid_token"']],
      details:
        'jwt_authn_access_denied{Jwt_is_not_in_the_form_of_Header.Payload.Signature_with_two_dots_and_3_sections}',
    });
  });

  it('long paths are cut', () => {
    const { result } = run(one, { path: `/?access_token=${'x'.repeat(400)}` });
    const header = result.kind === 'local-reply' ? result.headers[0]?.[1] : '';
    expect(header).toBe(`Bearer realm="http://shop:8000/?access_token=${'x'.repeat(241)}", error="invalid_token"`);
  });

  it('preflights are not checked, other OPTIONS are', () => {
    const cors: HttpRequest['headers'] = [
      ['origin', 'https://x'],
      ['access-control-request-method', 'GET'],
      ...bearer('x'),
    ];
    expect(run(one, { method: 'OPTIONS', headers: cors })).toMatchObject({
      body: 'continue',
      step: { result: 'bypassed' },
    });
    expect(run(one, { method: 'OPTIONS', headers: cors.slice(1) }).body).toBe(BAD_FORM);
    expect(run(one, { method: 'GET', headers: cors }).body).toBe(BAD_FORM);
  });

  it('keys out of reach: every token fails at its signature, for its own reason before', () => {
    const unreachable = [
      provider('a', alpha, {
        keys: { kind: 'unreachable', uri: 'https://k', origin: { resource: 'r' as never, path: [] } },
      }),
    ];
    expect(run(unreachable, {}).body).toBe('continue');
    expect(run(unreachable, { headers: bearer(A_EXPIRED) }).body).toBe('401 Jwt is expired');
    const { body, step } = run(unreachable, { headers: bearer(A) });
    expect(body).toBe('401 Jwt verification fails');
    expect(step.checks.find(({ check }) => check === 'keys')).toMatchObject({
      passed: false,
      wanted: 'https://k',
      saw: 'unreachable',
    });
  });

  it('tells no token from a bad one', () => {
    expect(run(one, {}).step.result).toBe('no-token');
    expect(run(one, { headers: bearer('x') }).step.result).toBe('refused');
    expect(run(one, { headers: bearer(A) }).step).toMatchObject({ result: 'accepted', principal: 'a/alice' });
  });
});
