import { describe, expect, it } from 'vitest';
import type {
  HeaderMatcher,
  Route,
  RouteAction,
  RouteConfiguration,
  RouteMatch,
  StringMatch,
  VirtualHost,
} from '../../control-plane/envoy/http.ts';
import type { HttpRequest } from '../wire.ts';
import { appended, applyHeaderOperations, UNKNOWABLE } from './headerOperations.ts';
import { redirectLocation, rewrittenPath } from './rewrite.ts';
import { chooseRoute } from './routeMatch.ts';
import { headerMatches, stringMatches } from './stringMatch.ts';
import { findVirtualHost, withoutPort } from './virtualHostMatch.ts';

const NONE = { set: [], add: [], remove: [] };

const route = (name: string, match: Partial<RouteMatch>, action?: RouteAction): Route => ({
  name,
  match: {
    path: { kind: 'prefix', value: '/', caseSensitive: true },
    headers: [],
    queryParams: [],
    claims: [],
    ...match,
  },
  action: action ?? { kind: 'direct-response', status: 200 },
  requestHeaders: NONE,
  responseHeaders: NONE,
  origins: [],
});

const host = (name: string, domains: readonly string[], routes: readonly Route[] = []): VirtualHost => ({
  name,
  domains,
  routes,
  requireTls: false,
  includeRequestAttemptCount: false,
  origins: [],
});

const table = (hosts: readonly VirtualHost[], ignorePort = true): RouteConfiguration => ({
  name: 'test',
  virtualHosts: hosts,
  ignorePortInHostMatching: ignorePort,
  origins: [],
});

const request = (over: Partial<HttpRequest> = {}): HttpRequest => ({
  version: '1.1',
  method: 'GET',
  scheme: 'http',
  authority: 'web',
  path: '/',
  headers: [],
  ...over,
});

const text = (kind: 'exact' | 'prefix' | 'suffix' | 'contains', value: string, ignoreCase = false): StringMatch => ({
  kind,
  value,
  ignoreCase,
});

describe('texts', () => {
  it.each<[StringMatch, string, boolean]>([
    [text('exact', 'a'), 'a', true],
    [text('exact', 'a'), 'A', false],
    [text('exact', 'a', true), 'A', true],
    [text('prefix', 'ab'), 'abc', true],
    [text('suffix', 'bc'), 'abc', true],
    [text('contains', 'b'), 'abc', true],
    [{ kind: 'regex', value: 'a.c' }, 'abc', true],
    [{ kind: 'regex', value: 'a.c' }, 'xabc', false],
    [{ kind: 'regex', value: '(' }, '(', false],
  ])('%j against %s: %s', (match, value, expected) => {
    expect(stringMatches(match, value)).toBe(expected);
  });

  const header = (over: Partial<HeaderMatcher>): HeaderMatcher => ({
    name: 'x',
    match: text('exact', 'a'),
    invert: false,
    treatMissingAsEmpty: false,
    ...over,
  });
  it.each<[string, HeaderMatcher, string | undefined, boolean]>([
    ['equal', header({}), 'a', true],
    ['different', header({}), 'b', false],
    ['missing', header({}), undefined, false],
    ['inverted and different', header({ invert: true }), 'b', true],
    ['inverted and missing', header({ invert: true }), undefined, false],
    ['inverted, missing counts as empty', header({ invert: true, treatMissingAsEmpty: true }), undefined, true],
    ['present', header({ match: 'present' }), '', true],
    ['not present', header({ match: 'present', invert: true }), undefined, true],
  ])('a header condition: %s', (_name, matcher, value, expected) => {
    expect(headerMatches(matcher, value)).toBe(expected);
  });
});

describe('the virtual host for a Host header', () => {
  const hosts = table([
    host('any', ['*']),
    host('exact', ['api.example.com']),
    host('short wildcard', ['*.com']),
    host('long wildcard', ['*.example.com']),
    host('prefix', ['shop.*']),
  ]);
  it.each([
    ['api.example.com', 'exact'],
    ['API.Example.Com:8443', 'exact'],
    ['www.example.com', 'long wildcard'],
    ['a.b.example.com', 'long wildcard'],
    ['example.com', 'short wildcard'],
    ['shop.internal', 'prefix'],
    ['elsewhere', 'any'],
    ['', 'any'],
  ])('%s: %s', (authority, expected) => {
    expect(findVirtualHost(hosts, authority)?.name).toBe(expected);
  });

  it('looks at the port where it is told to', () => {
    expect(findVirtualHost(table([host('a', ['a:80'])], false), 'a')).toBeUndefined();
    expect(findVirtualHost(table([host('a', ['a:80'])], false), 'a:80')?.name).toBe('a');
  });

  it.each([
    ['a:80', 'a'],
    ['a', 'a'],
    ['[::1]:80', '[::1]'],
    ['::1', '::1'],
  ])('without port, %s is %s', (authority, expected) => {
    expect(withoutPort(authority)).toBe(expected);
  });
});

describe('the route of a request', () => {
  const path = (kind: 'exact' | 'prefix' | 'path-separated-prefix', value: string, caseSensitive = true) => ({
    path: { kind, value, caseSensitive },
  });
  it.each<[string, Partial<RouteMatch>, Partial<HttpRequest>, boolean]>([
    ['a prefix is raw text', path('prefix', '/foo'), { path: '/foobar' }, true],
    ['a segment prefix is not', path('path-separated-prefix', '/foo'), { path: '/foobar' }, false],
    ['a segment prefix takes what lies below', path('path-separated-prefix', '/foo'), { path: '/foo/bar' }, true],
    ['the query is no part of the path', path('exact', '/a'), { path: '/a?x=1' }, true],
    ['without regard to case', path('exact', '/A', false), { path: '/a' }, true],
    ['a whole expression', { path: { kind: 'regex', value: '/v[0-9]+' } }, { path: '/v12' }, true],
    ['not part of one', { path: { kind: 'regex', value: '/v[0-9]+' } }, { path: '/v12/x' }, false],
    [
      'a pseudo-header',
      { headers: [{ name: ':method', match: text('exact', 'PUT'), invert: false, treatMissingAsEmpty: false }] },
      { method: 'PUT' },
      true,
    ],
    [
      'the authority as sent, port included',
      { headers: [{ name: ':authority', match: text('exact', 'a'), invert: false, treatMissingAsEmpty: false }] },
      { authority: 'a:80' },
      false,
    ],
    ['a query parameter', { queryParams: [{ name: 'x', match: text('exact', 'a b') }] }, { path: '/?y&x=a%20b' }, true],
    ['its first value', { queryParams: [{ name: 'x', match: text('exact', '2') }] }, { path: '/?x=1&x=2' }, false],
    ['a parameter without value', { queryParams: [{ name: 'x', match: 'present' }] }, { path: '/?x' }, true],
  ])('%s', (_name, match, over, expected) => {
    const choice = chooseRoute(host('h', ['*'], [route('r', match)]), { request: request(over) });
    expect(choice.kind).toBe(expected ? 'route' : 'none');
  });

  it('is the first that fits; those before say why they do not', () => {
    const routes = [route('a', path('exact', '/a')), route('b', {}), route('c', {})];
    const choice = chooseRoute(host('h', ['*'], routes), { request: request({ path: '/x' }) });
    expect(choice).toMatchObject({
      kind: 'route',
      route: { name: 'b' },
      rejected: [{ name: 'a', reason: { code: 'path-differs' } }],
    });
  });

  it('depends on claims of the verified token', () => {
    const match = { claims: [{ path: ['realm', 'roles'], match: text('exact', 'admin'), invert: false }] };
    const at = (claims?: Readonly<Record<string, unknown>>) =>
      chooseRoute(host('h', ['*'], [route('r', match)]), { request: request(), ...(claims ? { claims } : {}) }).kind;
    expect(at({ realm: { roles: ['user', 'admin'] } })).toBe('route');
    expect(at({ realm: { roles: 'user' } })).toBe('none');
    expect(at()).toBe('none');
  });

  it('is unknowable from the first route on that depends on what is not modelled', () => {
    const why = { code: 'unmodelled-field', params: {} } as const;
    const routes = [{ ...route('a', path('exact', '/a')), cannotTell: why }, route('b', {})];
    expect(chooseRoute(host('h', ['*'], routes), { request: request() })).toEqual({ kind: 'cannot-tell', why });
  });
});

describe('rewrites', () => {
  const prefixed = route('r', { path: { kind: 'prefix', value: '/foo', caseSensitive: true } });
  it.each([
    ['a prefix, raw', { kind: 'prefix', value: '/' }, '/foo/x?q=1', '//x?q=1'],
    ['a prefix that goes on', { kind: 'prefix', value: '/bar' }, '/foox', '/barx'],
    ['the whole path', { kind: 'full', value: '/new' }, '/foo/x?q=1', '/new?q=1'],
    [
      'an expression',
      { kind: 'regex', pattern: '/(\\w+)/(\\w+)', substitution: '/\\2/\\1' },
      '/foo/x?q=1',
      '/x/foo?q=1',
    ],
  ] as const)('%s', (_name, rewrite, path, expected) => {
    expect(rewrittenPath(prefixed, rewrite, path)).toBe(expected);
  });

  const redirect = { kind: 'redirect', code: 301, stripQuery: false } as const;
  it.each([
    ['another path, the query kept', { ...redirect, path: '/new' }, {}, 'http://web/new?q=1'],
    ['another path, the slash supplied', { ...redirect, path: 'new' }, {}, 'http://web/new?q=1'],
    ['a query of its own', { ...redirect, path: '/new?z=2' }, {}, 'http://web/new?z=2'],
    ['another host', { ...redirect, host: 'other' }, {}, 'http://other/foo/x?q=1'],
    ['another port', { ...redirect, port: 8443 }, { authority: 'web:80' }, 'http://web:8443/foo/x?q=1'],
    [
      'https drops the port of http',
      { ...redirect, scheme: 'https' },
      { authority: 'web:80' },
      'https://web/foo/x?q=1',
    ],
    ['and keeps any other', { ...redirect, scheme: 'https' }, { authority: 'web:81' }, 'https://web:81/foo/x?q=1'],
    ['a prefix', { ...redirect, prefixRewrite: '/bar' }, {}, 'http://web/bar/x?q=1'],
  ] as const)('redirect: %s', (_name, action, over, expected) => {
    expect(redirectLocation(prefixed, action, request({ path: '/foo/x?q=1', ...over }))).toBe(expected);
  });
});

describe('header operations', () => {
  const headers = [
    ['x-gone', '1'],
    ['x-a', 'old'],
    ['x-b', 'old'],
  ] as const;
  const commands = (command: string) => (command === 'REQ(:method)' ? 'GET' : undefined);

  it('remove, then overwrite, then append', () => {
    const operations = {
      remove: ['X-Gone'],
      set: [['X-A', 'new']] as const,
      add: [['x-b', '%REQ(:method)% 100%%']] as const,
    };
    expect(applyHeaderOperations(headers, operations, commands)).toEqual({
      kind: 'headers',
      headers: [
        ['x-b', 'old'],
        ['x-a', 'new'],
        ['x-b', 'GET 100%'],
      ],
    });
  });

  it.each([
    [
      'a second line',
      'x-b',
      [
        ['x-b', '1'],
        ['x-b', '2'],
      ],
    ],
    ['joined where Envoy keeps one value', 'content-type', [['content-type', '1,2']]],
  ] as const)('added beside another of its name: %s', (_what, name, expected) => {
    expect(appended([[name, '1']], name, '2')).toEqual(expected);
  });

  it('what comes out empty is left out, and leaves what was there', () => {
    const absent = (): string => '';
    const operations = { remove: [], set: [['x-b', '%REQ(x-none)%'] as const], add: [['x-c', ''] as const] };
    expect(applyHeaderOperations([['x-b', 'old']], operations, absent)).toEqual({
      kind: 'headers',
      headers: [['x-b', 'old']],
    });
  });

  it.each([
    ['stands for what an unknown command prints', 'x', 'headers'],
    ['cannot tell when every proxy reads the header', 'x-forwarded-for', 'cannot-tell'],
    ['cannot tell how a message is cut', 'content-length', 'cannot-tell'],
  ])('%s', (_, name, kind) => {
    const operations = { remove: [], set: [[name, '%SOMETHING_ELSE%']] as const, add: [] };
    const changed = applyHeaderOperations([], operations, commands);
    expect(changed.kind).toBe(kind);
    if (changed.kind === 'headers') expect(changed.headers).toEqual([[name, UNKNOWABLE]]);
  });
});
