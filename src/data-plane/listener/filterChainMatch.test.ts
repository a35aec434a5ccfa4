import { describe, expect, it } from 'vitest';
import type { FilterChain, FilterChainMatch, Listener } from '../../control-plane/envoy/listener.ts';
import type { HttpRequest, Payload, TlsClient } from '../wire.ts';
import { type ConnectionSeen, inspect } from './connectionSeen.ts';
import { matchFilterChain } from './filterChainMatch.ts';

const ISTIO = ['istio', 'istio-peer-exchange', 'istio-http/1.0', 'istio-http/1.1', 'istio-h2'];

const chain = (name: string, match: Partial<FilterChainMatch>): FilterChain => ({
  name,
  match: { prefixRanges: [], serverNames: [], applicationProtocols: [], ...match },
  filters: [],
  origins: [],
});

const listener = (filterChains: readonly FilterChain[], defaultFilterChain?: FilterChain): Listener => ({
  name: 'test',
  direction: 'inbound',
  address: '0.0.0.0',
  port: 15006,
  bindToPort: true,
  useOriginalDestination: true,
  tlsInspector: { byDefault: true, except: [9000] },
  httpInspector: { byDefault: false, except: [9000] },
  listenerFiltersTimeoutMs: 0,
  filterChains,
  origins: [],
  ...(defaultFilterChain === undefined ? {} : { defaultFilterChain }),
});

const seen = (over: Partial<ConnectionSeen>): ConnectionSeen => ({
  destinationIp: '10.244.1.5',
  destinationPort: 8080,
  transportProtocol: 'raw_buffer',
  applicationProtocols: [],
  peeked: true,
  ...over,
});

describe('a filter chain is chosen criterion by criterion', () => {
  const permissiveHttp = [
    chain('mtls', { destinationPort: 8080, transportProtocol: 'tls', applicationProtocols: ISTIO }),
    chain('plain', { destinationPort: 8080, transportProtocol: 'raw_buffer' }),
    chain('passthrough', { transportProtocol: 'tls' }),
    chain('passthrough-plain', {}),
  ];
  const bySni = [
    chain('exact', { serverNames: ['a.example.com'] }),
    chain('long wildcard', { serverNames: ['*.b.example.com'] }),
    chain('short wildcard', { serverNames: ['*.example.com', '*.com'] }),
    chain('no name', {}),
  ];
  it.each<[string, readonly FilterChain[], Partial<ConnectionSeen>, string | undefined]>([
    [
      'mesh mTLS on a declared port',
      permissiveHttp,
      { transportProtocol: 'tls', applicationProtocols: ['istio-http/1.1'] },
      'mtls',
    ],
    ['plain text on a declared port', permissiveHttp, {}, 'plain'],
    [
      'other TLS on a declared port: the port-less chains are out of reach',
      permissiveHttp,
      { transportProtocol: 'tls', applicationProtocols: ['http/1.1'] },
      undefined,
    ],
    [
      'other TLS on an undeclared port',
      permissiveHttp,
      { destinationPort: 9999, transportProtocol: 'tls' },
      'passthrough',
    ],
    ['plain text on an undeclared port', permissiveHttp, { destinationPort: 9999 }, 'passthrough-plain'],
    ['an exact server name', bySni, { serverName: 'a.example.com' }, 'exact'],
    ['the longest wildcard', bySni, { serverName: 'x.y.b.example.com' }, 'long wildcard'],
    ['a shorter wildcard', bySni, { serverName: 'c.example.com' }, 'short wildcard'],
    ['a wildcard over one label', bySni, { serverName: 'other.com' }, 'short wildcard'],
    ['the name under the wildcard itself', bySni.slice(1, 2), { serverName: 'b.example.com' }, undefined],
    ['no server name', bySni, {}, 'no name'],
    [
      'no way back from a server name to the chain without one',
      [chain('tls only', { serverNames: ['a.test'], transportProtocol: 'tls' }), chain('any', {})],
      { serverName: 'a.test', transportProtocol: 'raw_buffer' },
      undefined,
    ],
    [
      'the first application protocol offered that has a chain',
      [
        chain('h2', { applicationProtocols: ['h2'] }),
        chain('http/1.1', { applicationProtocols: ['http/1.1'] }),
        chain('other', {}),
      ],
      { applicationProtocols: ['spdy', 'http/1.1', 'h2'] },
      'http/1.1',
    ],
    [
      'the longest prefix of the destination',
      [chain('/8', { prefixRanges: ['10.0.0.0/8'] }), chain('/16', { prefixRanges: ['10.244.0.0/16'] })],
      {},
      '/16',
    ],
  ])('%s', (_name, chains, over, expected) => {
    expect(matchFilterChain(listener(chains), seen(over)).chain?.name).toBe(expected);
  });

  it('falls to the default chain when nothing is left', () => {
    const choice = matchFilterChain(
      listener(permissiveHttp, chain('default', {})),
      seen({ transportProtocol: 'tls', applicationProtocols: [] }),
    );
    expect(choice.chain?.name).toBe('default');
  });

  it('says of every other chain where it dropped out', () => {
    const { rejected } = matchFilterChain(listener(permissiveHttp), seen({}));
    expect(rejected.map(({ name, reason }) => [name, reason.code])).toEqual([
      ['passthrough', 'less-specific'],
      ['passthrough-plain', 'less-specific'],
      ['mtls', 'transport-protocol-differs'],
    ]);
  });
});

const request = (version: HttpRequest['version'], method = 'GET'): Payload => ({
  kind: 'http',
  request: { version, method, scheme: 'http', authority: 'a', path: '/', headers: [] },
});

const client: TlsClient = {
  implementation: 'curl-openssl',
  sni: 'A.Example.com',
  alpn: ['h2'],
  minVersion: '1.2',
  maxVersion: '1.3',
  cipherSuites: [],
  trust: { anchors: 'none', names: [], hashPins: [], spkiPins: [] },
};
const hello: Payload = { kind: 'tls', client, inner: { kind: 'nothing' }, connection: 1, layer: 1 };

describe('what the inspectors see', () => {
  const at = (port: number, payload: Payload) => inspect(listener([]), '10.244.1.5', port, payload);

  it('reads the ClientHello, the server name in lower case', () => {
    expect(at(8080, hello)).toMatchObject({
      transportProtocol: 'tls',
      serverName: 'a.example.com',
      applicationProtocols: ['h2'],
    });
  });

  it('leaves TLS unread on ports without inspector', () => {
    expect(at(9000, hello)).toMatchObject({ transportProtocol: 'raw_buffer', applicationProtocols: [] });
  });

  it.each([
    ['1.0', 'http/1.0'],
    ['1.1', 'http/1.1'],
    ['2', 'h2c'],
  ] as const)('recognises HTTP/%s where HTTP is sniffed', (version, protocol) => {
    expect(at(9000, request(version)).applicationProtocols).toEqual([protocol]);
  });

  it.each<[string, Payload, string | undefined]>([
    ['a GET', request('1.1'), 'HTTP_REQUEST'],
    ['a DELETE', request('1.1', 'DELETE'), 'WRONG_VERSION_NUMBER'],
    ['an HTTP/2 preface', request('2'), 'WRONG_VERSION_NUMBER'],
    ['a line', { kind: 'line', text: 'ping' }, 'WRONG_VERSION_NUMBER'],
    ['nothing', { kind: 'nothing' }, undefined],
  ])('notes what BoringSSL says of %s', (_name, payload, reason) => {
    const { inspectorFailure } = at(8080, payload);
    if (reason === undefined) expect(inspectorFailure).toBeUndefined();
    else expect(inspectorFailure).toContain(`:${reason}:`);
  });
});
