import { describe, expect, it } from 'vitest';
import type { CorsPolicy, HttpConnectionManager } from '../../control-plane/envoy/http.ts';
import { identity } from '../../testing/tlsParties.ts';
import type { TlsSession } from '../tls/handshakeOutcome.ts';
import type { HttpRequest } from '../wire.ts';
import { resolveClientAddress } from './clientAddress.ts';
import { corsFilter } from './cors.ts';
import { forwardClientCertificate } from './forwardedClientCert.ts';
import { requestedUpgrade } from './upgrade.ts';

const request = (headers: Readonly<Record<string, string>> = {}, over: Partial<HttpRequest> = {}): HttpRequest => ({
  version: '1.1',
  method: 'GET',
  scheme: 'http',
  authority: 'web',
  path: '/',
  headers: Object.entries(headers),
  ...over,
});

const manager = (over: Partial<HttpConnectionManager>): HttpConnectionManager => ({
  routes: { kind: 'rds', name: '80' },
  httpFilters: [],
  pathNormalization: { normalize: true, mergeSlashes: false, decodeSlashes: false },
  useRemoteAddress: false,
  xffNumTrustedHops: 0,
  forwardClientCert: 'APPEND_FORWARD',
  xfccDetails: { subject: true, cert: false, dns: false, uri: true },
  serverHeader: { name: 'istio-envoy', transformation: 'OVERWRITE' },
  acceptHttp10: false,
  direction: 'inbound',
  origins: [],
  ...over,
});

const header = ({ headers }: HttpRequest, name: string) => headers.find(([key]) => key === name)?.[1];

describe('the client address', () => {
  const sidecar = manager({});
  const edge = (hops: number) => manager({ useRemoteAddress: true, xffNumTrustedHops: hops });
  it.each<[string, HttpConnectionManager, string | undefined, string, string | undefined]>([
    ['a sidecar without X-Forwarded-For: the socket', sidecar, undefined, '10.0.0.9', undefined],
    ['a sidecar: the rightmost entry, untouched', sidecar, '1.1.1.1, 2.2.2.2', '2.2.2.2', '1.1.1.1, 2.2.2.2'],
    ['a sidecar: an entry that is no address', sidecar, 'garbage', '10.0.0.9', 'garbage'],
    ['a gateway: the socket, appended', edge(0), '1.1.1.1', '10.0.0.9', '1.1.1.1,10.0.0.9'],
    ['one trusted proxy: the last entry', edge(1), '1.1.1.1, 2.2.2.2', '2.2.2.2', '1.1.1.1, 2.2.2.2,10.0.0.9'],
    ['two trusted proxies: the one before', edge(2), '1.1.1.1, 2.2.2.2', '1.1.1.1', '1.1.1.1, 2.2.2.2,10.0.0.9'],
    ['more trusted proxies than entries', edge(3), '1.1.1.1', '10.0.0.9', '1.1.1.1,10.0.0.9'],
  ])('%s', (_name, hcm, forwardedFor, remoteIp, after) => {
    const incoming = request(forwardedFor === undefined ? {} : { 'x-forwarded-for': forwardedFor });
    const resolved = resolveClientAddress(incoming, hcm, '10.0.0.9', false);
    expect(resolved.remoteIp).toBe(remoteIp);
    expect(header(resolved.request, 'x-forwarded-for')).toBe(after);
  });

  it.each<[string, HttpConnectionManager, boolean, string]>([
    ['a sidecar believes the header', sidecar, false, 'https'],
    ['a gateway does not', edge(0), false, 'http'],
    ['a gateway with TLS says https', edge(0), true, 'https'],
    ['a gateway behind a trusted proxy believes it', edge(1), false, 'https'],
  ])('the scheme: %s', (_name, hcm, tls, scheme) => {
    const resolved = resolveClientAddress(request({ 'x-forwarded-proto': 'https' }), hcm, '10.0.0.9', tls);
    expect(header(resolved.request, 'x-forwarded-proto')).toBe(scheme);
    expect(resolved.request.scheme).toBe(scheme);
  });
});

describe('the forwarded client certificate', () => {
  const leaf = (name: string) => identity(name).certificate;
  const session = (peer: string | undefined): TlsSession => ({
    version: '1.3',
    serverChain: [leaf('spiffe://cluster.local/ns/b/sa/server')],
    peerChain: peer === undefined ? [] : [leaf(peer)],
    peerValidated: true,
    clientLeaves: false,
  });
  const by = 'By=spiffe://cluster.local/ns/b/sa/server';
  const peer = 'spiffe://cluster.local/ns/a/sa/client';
  const forwarded = (mode: HttpConnectionManager['forwardClientCert'], tls: TlsSession | undefined) =>
    header(
      forwardClientCertificate(
        request({ 'x-forwarded-client-cert': 'By=old' }),
        manager({ forwardClientCert: mode, xfccDetails: { subject: true, cert: false, dns: true, uri: true } }),
        tls,
      ),
      'x-forwarded-client-cert',
    );

  it('is appended inside the mesh', () => {
    const hash = leaf(peer).fingerprint;
    expect(forwarded('APPEND_FORWARD', session(peer))).toBe(`By=old,${by};Hash=${hash};Subject="";URI=${peer}`);
  });

  it('replaces what came in at a gateway', () => {
    expect(forwarded('SANITIZE_SET', session(peer))).toMatch(new RegExp(`^${by};Hash=`));
  });

  it('names no URI of a certificate that has none', () => {
    expect(forwarded('SANITIZE_SET', session('client.test'))).toMatch(/;URI=;DNS=client\.test$/);
  });

  it.each([
    ['without TLS', 'APPEND_FORWARD', undefined],
    ['without a client certificate', 'SANITIZE_SET', session(undefined)],
    ['where it is never passed on', 'SANITIZE', session(peer)],
  ] as const)('is taken away %s', (_name, mode, tls) => {
    expect(forwarded(mode, tls)).toBeUndefined();
  });
});

describe('CORS', () => {
  const policy: CorsPolicy = {
    allowOrigins: [{ kind: 'prefix', value: 'https://a', ignoreCase: false }],
    allowMethods: 'GET',
    allowHeaders: 'x-h',
    exposeHeaders: 'x-e',
    maxAge: '60',
    allowCredentials: true,
    forwardNotMatchingPreflights: true,
    origin: { resource: 'x' as never, path: [] },
  };
  const preflight = (origin: string) =>
    request({ origin, 'access-control-request-method': 'PUT' }, { method: 'OPTIONS' });

  it('answers a preflight of an allowed origin, whatever method it asks for', () => {
    const { result } = corsFilter(policy, preflight('https://a.b'));
    expect(result).toMatchObject({ kind: 'local-reply', status: 200, details: 'cors_response' });
    expect(result.kind === 'local-reply' ? Object.fromEntries(result.headers) : {}).toEqual({
      'access-control-allow-origin': 'https://a.b',
      'access-control-allow-credentials': 'true',
      'access-control-expose-headers': 'x-e',
      'access-control-allow-methods': 'GET',
      'access-control-allow-headers': 'x-h',
      'access-control-max-age': '60',
    });
  });

  it('marks the answer to an allowed origin', () => {
    const { result, responseHeaders } = corsFilter(policy, request({ origin: 'https://a.b' }));
    expect(result.kind).toBe('continue');
    expect(Object.fromEntries(responseHeaders)).toEqual({
      'access-control-allow-origin': 'https://a.b',
      'access-control-allow-credentials': 'true',
      'access-control-expose-headers': 'x-e',
    });
  });

  it.each([
    ['another origin', request({ origin: 'https://b' })],
    ['no origin', request()],
    ['a preflight of another origin', preflight('https://b')],
  ])('lets %s through unmarked', (_name, incoming) => {
    expect(corsFilter(policy, incoming)).toMatchObject({ result: { kind: 'continue' }, responseHeaders: [] });
  });

  it('ends foreign preflights where they are not to be forwarded', () => {
    const { result } = corsFilter({ ...policy, forwardNotMatchingPreflights: false }, preflight('https://b'));
    expect(result).toMatchObject({ kind: 'local-reply', status: 200 });
    expect(result.kind === 'local-reply' && result.headers.some(([name]) => name.endsWith('-origin'))).toBe(false);
  });
});

describe('upgrades', () => {
  it.each<[string, Readonly<Record<string, string>>, HttpRequest['version'], string]>([
    ['a websocket', { connection: 'keep-alive, Upgrade', upgrade: 'WebSocket' }, '1.1', 'websocket'],
    ['another protocol', { connection: 'upgrade', upgrade: 'h2c' }, '1.1', 'refused'],
    ['an Upgrade header that Connection does not name', { upgrade: 'websocket' }, '1.1', 'none'],
    ['HTTP/2', { connection: 'upgrade', upgrade: 'websocket' }, '2', 'none'],
  ])('%s', (_name, headers, version, expected) => {
    expect(requestedUpgrade(request(headers, { version }))).toBe(expected);
  });
});
