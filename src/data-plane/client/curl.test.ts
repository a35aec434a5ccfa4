import { describe, expect, it } from 'vitest';
import type { HttpCall } from '../../trace/call.ts';
import type { Reply } from '../wire.ts';
import { type CurlState, curlOutcome } from './curlOutcome.ts';
import { curlRequest, curlTlsClient } from './curlRequest.ts';
import { parseCurlUrl } from './curlUrl.ts';

describe('a URL as curl reads it', () => {
  it.each([
    ['http://web', 'web', 80, '/', 'web'],
    ['HTTP://web:80/', 'web', 80, '/', 'web'],
    ['http://web:8080/x', 'web', 8080, '/x', 'web:8080'],
    ['https://web:443/', 'web', 443, '/', 'web'],
    ['https://web:80/', 'web', 80, '/', 'web:80'],
    ['http://web/a/../b/./c//d?x=../y#frag', 'web', 80, '/b/c//d?x=../y', 'web'],
    ['http://web?q=1', 'web', 80, '/?q=1', 'web'],
    ['http://web/a/%2e%2e/b', 'web', 80, '/a/%2e%2e/b', 'web'],
    ['http://web/..', 'web', 80, '/', 'web'],
  ])('%s', (url, host, port, path, hostHeader) => {
    expect(parseCurlUrl(url, false)).toMatchObject({ host, port, path, hostHeader });
  });

  it('keeps dot segments with --path-as-is, never the fragment', () => {
    expect(parseCurlUrl('http://web/a/../b#f', true)?.path).toBe('/a/../b');
  });

  it('takes credentials apart', () => {
    expect(parseCurlUrl('http://user:pass@web/', false)).toMatchObject({ host: 'web', credentials: 'user:pass' });
  });

  it.each(['ftp://web/', 'http:///x', 'http://web:99999/', 'http://web/a b', 'http://web/{a,b}', 'web/x'])(
    'refuses %s',
    (url) => {
      expect(parseCurlUrl(url, false)).toBeUndefined();
    },
  );
});

const call = (over: Partial<HttpCall> = {}): HttpCall => ({
  kind: 'http',
  url: 'https://web.test/',
  method: 'GET',
  headers: [],
  httpVersion: '1.1',
  pathAsIs: false,
  tls: { insecure: false },
  ...over,
});

const url = (text: string) => {
  const parsed = parseCurlUrl(text, false);
  if (!parsed) throw new Error(text);
  return parsed;
};

describe('what curl sends', () => {
  it('its own headers, replaced by those given or taken away, names in lower case', () => {
    const request = curlRequest(
      call({
        headers: [
          ['User-Agent', 'me'],
          ['Host', 'other'],
          ['X-Empty', ' '],
        ],
      }),
      url('http://web/'),
    );
    expect(request.authority).toBe('other');
    expect(request.headers).toEqual([
      ['accept', '*/*'],
      ['user-agent', 'me'],
    ]);
  });

  it('an empty Host when told so', () => {
    expect(curlRequest(call({ headers: [['Host', '']] }), url('http://web/')).authority).toBe('');
  });

  it.each([
    ['1.0', ['http/1.0']],
    ['1.1', ['http/1.1']],
    ['2', ['h2', 'http/1.1']],
  ] as const)('application protocols of HTTP/%s', (httpVersion, alpn) => {
    expect(curlTlsClient(call({ httpVersion }), url('https://web/'))).toMatchObject({ client: { alpn } });
  });

  it('no server name for an address', () => {
    const tls = curlTlsClient(call(), url('https://10.0.0.1/'));
    expect(tls.kind === 'client' && tls.client.sni).toBeUndefined();
  });

  it('fails before it speaks when a file is no good', () => {
    const broken = call({ tls: { insecure: false, caCertificates: 'not PEM' } });
    expect(curlTlsClient(broken, url('https://web/'))).toMatchObject({ kind: 'local-error', exit: 77 });
    const badPair = call({ tls: { insecure: true, certificate: { chain: 'x', key: 'y' } } });
    expect(curlTlsClient(badPair, url('https://web/'))).toMatchObject({ kind: 'local-error', exit: 58 });
  });
});

describe('what curl says', () => {
  const state = (over: Partial<CurlState> = {}): CurlState => ({
    dialled: { host: '10.0.0.1', port: 443 },
    target: { host: 'web', port: 443 },
    http2: false,
    tls: 'none',
    ...over,
  });
  type Ended = Exclude<Reply, { kind: 'cannot-tell' | 'tls' }>;
  const connecting = { tls: 'connecting' } as const;
  it.each<[string, Ended, Partial<CurlState>, number, string | undefined]>([
    ['an answer', { kind: 'http', response: { status: 404, headers: [], body: '' } }, {}, 0, undefined],
    [
      'nobody listens',
      { kind: 'refused' },
      {},
      7,
      "Failed to connect to 10.0.0.1 port 443 after 0 ms: Couldn't connect to server",
    ],
    [
      'no way there',
      { kind: 'unreachable', onLink: false },
      {},
      7,
      expect.stringContaining('Failed to connect') as unknown as string,
    ],
    [
      'no answer to the connection',
      { kind: 'connect-timeout', by: { resource: 'a' as never, path: [] } },
      {},
      28,
      'Connection timed out after 8000 milliseconds',
    ],
    ['a reset', { kind: 'reset', raced: false }, {}, 56, 'Recv failure: Connection reset by peer'],
    [
      'a reset in the handshake',
      { kind: 'reset', raced: false },
      connecting,
      35,
      'Recv failure: Connection reset by peer',
    ],
    ['an end without data', { kind: 'closed', raced: false }, {}, 52, 'Empty reply from server'],
    [
      'an end in the handshake',
      { kind: 'closed', raced: false },
      connecting,
      35,
      'OpenSSL SSL_connect: SSL_ERROR_SYSCALL in connection to web:443 ',
    ],
    [
      'plain text to TLS',
      { kind: 'garbage', text: 'HTTP/1.1 400 Bad Request', looksLike: 'http' },
      connecting,
      35,
      'OpenSSL/3.0.22: error:0A00010B:SSL routines::wrong version number',
    ],
    ['a line', { kind: 'line', text: 'echo', servedBy: 'a/b' as never }, {}, 1, 'Received HTTP/0.9 when not allowed'],
    [
      'a line to HTTP/2',
      { kind: 'line', text: 'echo', servedBy: 'a/b' as never },
      { http2: true },
      52,
      'Empty reply from server',
    ],
    ['silence', { kind: 'silence' }, {}, 28, 'Operation timed out after 8000 milliseconds with 0 bytes received'],
  ])('%s', (_name, reply, over, exit, error) => {
    const outcome = curlOutcome(reply, state(over), 8000);
    expect(outcome?.curlExit).toBe(exit);
    expect(outcome?.error).toEqual(error);
  });

  it('names what a race could have given instead', () => {
    const outcome = curlOutcome({ kind: 'closed', raced: true }, state(), 8000);
    expect([outcome?.curlExit, ...(outcome?.alsoPossible ?? [])].sort()).toEqual([52, 55, 56]);
  });
});
