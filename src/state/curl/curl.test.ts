import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CallDraft, EMPTY_DRAFT } from '../workspace/workspace.ts';
import { formatCurl } from './formatCurl.ts';
import { parseCurl } from './parseCurl.ts';
import { quoteShellWord, splitShellWords } from './shellWords.ts';

const parsed = (line: string) => {
  const result = parseCurl(line);
  if (!result.ok) throw new Error(result.error.kind);
  return result.value;
};

describe('parseCurl', () => {
  it.each<[line: string, draft: Partial<CallDraft>]>([
    ['curl http://frontend:80/', { url: 'http://frontend:80/' }],
    ['$ curl -sS -o /dev/null -w "%{http_code}\\n" http://a/', { url: 'http://a/' }],
    ['curl -XPOST -d x=1 http://a/', { method: 'POST', url: 'http://a/' }],
    ['curl --data x http://a/', { method: 'POST', url: 'http://a/' }],
    ['curl -I http://a/', { method: 'HEAD', url: 'http://a/' }],
    [
      "curl -H 'Host: foo.example' -H X-Empty\\; http://a/",
      {
        headers: [
          ['Host', 'foo.example'],
          ['X-Empty', ''],
        ],
        url: 'http://a/',
      },
    ],
    ['curl -kv https://a/', { insecure: true, url: 'https://a/' }],
    ['curl --tls-max 1.2 https://a/', { tlsMax: '1.2', url: 'https://a/' }],
    [
      'curl --cacert ./pki/ca.crt --cert client.pem --key client.key https://a/',
      { cacert: ['ca'], cert: 'client', url: 'https://a/' },
    ],
    [
      'curl --resolve frontend.foocorp.com:443:203.0.113.11 https://frontend.foocorp.com/',
      { connectTo: '203.0.113.11', url: 'https://frontend.foocorp.com/' },
    ],
    [
      'curl --resolve other.com:443:10.0.0.1 --resolve *:443:10.0.0.2 https://frontend.foocorp.com/',
      { connectTo: '10.0.0.2', url: 'https://frontend.foocorp.com/' },
    ],
    ['curl --tlsv1.2 --tls-max 1.2 https://a/', { tlsMin: '1.2', tlsMax: '1.2', url: 'https://a/' }],
    ['curl --http2 https://a/', { httpVersion: '2', url: 'https://a/' }],
    ['curl --proto =https https://a/', { url: 'https://a/' }],
    ['curl -s https://a/ 2>/dev/null | jq .', { url: 'https://a/' }],
    ['curl https://a/ > page.html && echo done', { url: 'https://a/' }],
    ['curl https://a/?b=1&c=2', { url: 'https://a/?b=1&c=2' }],
    ['curl --cacert <(cat a.pem b.pem) https://a/', { cacert: ['a', 'b'], url: 'https://a/' }],
    ['curl --cert client.pem:secret --key client.key https://a/', { cert: 'client', url: 'https://a/' }],
    ['curl http://a/\nhttp: a greeting', { url: 'http://a/' }],
    ['curl --connect-to ::[2001:db8::1]: https://a/', { connectTo: '2001:db8::1', url: 'https://a/' }],
    ['curl telnet://redis-cart:6379', { protocol: 'tcp', url: 'redis-cart:6379' }],
    ['curl http://a/ \\\n  -H "A: b \\"c\\""', { headers: [['A', 'b "c"']], url: 'http://a/' }],
    [
      'kubectl exec -it deploy/productcatalogservice -n demo -c istio-proxy -- curl http://frontend:80',
      { from: 'demo/productcatalogservice', container: 'istio-proxy', url: 'http://frontend:80' },
    ],
    ['kubectl -n demo exec deployment/a --container=app -- curl -s http://b', { from: 'demo/a', url: 'http://b' }],
  ])('%s', (line, draft) => {
    expect(parsed(line).draft).toEqual({ ...EMPTY_DRAFT, ...draft });
  });

  it('names what it cannot follow, with its value swallowed', () => {
    expect(parsed('curl --proxy http://p -u me:pw --frobnicate http://a/').ignored).toEqual([
      '--proxy',
      '-u',
      '--frobnicate',
    ]);
  });

  it.each<[line: string, ignored: readonly string[]]>([
    ['curl --resolve b:443:10.0.0.1 https://a/', ['--resolve b:443:10.0.0.1']],
    ['curl --resolve a:443:10.0.0.1 https://a:8443/', ['--resolve a:443:10.0.0.1']],
    ['curl --connect-to a:443:b:8443 https://a/', ['--connect-to …:8443']],
    ['curl --connect-to a:443:b:443 https://a/', []],
    ['curl --tls-max 1.4 https://a/', ['--tls-max 1.4']],
    ['curl --http2 http://a/', ['--http2']],
    ['curl -L -f -m 3 --retry 2 http://a/', ['-L', '-f', '-m', '--retry']],
    ['curl -H @headers.txt -b cookies.txt http://a/', ['-H @headers.txt', '-b cookies.txt']],
    ['curl --key client.key https://a/', ['--key client.key']],
    ['curl http://a/ http://b/', ['http://b/']],
    ['curl -sSkvi -o /dev/null --compressed http://a/', []],
  ])('%s leaves out %j', (line, ignored) => {
    expect(parsed(line).ignored).toEqual(ignored);
  });

  it.each([
    ['wget http://a/', 'not-curl'],
    ['curl -k', 'no-url'],
    ['curl http://a/ -H', 'missing-value'],
  ])('refuses %s: %s', (line, kind) => {
    expect(parseCurl(line)).toMatchObject({ ok: false, error: { kind } });
  });
});

describe('formatCurl', () => {
  const word = fc.stringMatching(/^[a-z][a-z0-9-]{0,8}$/);
  const draft: fc.Arbitrary<CallDraft> = fc.record(
    {
      from: fc.oneof(
        fc.constant('outside'),
        fc.tuple(word, word).map(([ns, name]) => `${ns}/${name}`),
      ),
      container: fc.constantFrom('app' as const),
      protocol: fc.constant('http' as const),
      url: word.map((host) => `http://${host}/?q='a b'&c=$d`),
      method: fc.constantFrom('GET', 'POST', 'HEAD', 'DELETE'),
      headers: fc.array(fc.tuple(word, fc.stringMatching(/^([!-~]([ -~]{0,12}[!-~])?)?$/))),
      cacert: fc.array(word, { maxLength: 2 }),
      cert: word,
      tlsMin: fc.constantFrom('1.2' as const, '1.3' as const),
      token: word,
      insecure: fc.boolean(),
      tlsMax: fc.constantFrom('1.2' as const, '1.3' as const),
      httpVersion: fc.constantFrom('1.0' as const, '1.1' as const, '2' as const),
      pathAsIs: fc.boolean(),
      connectTo: fc.oneof(word, fc.constant('203.0.113.9')),
    },
    {
      requiredKeys: [
        'from',
        'container',
        'protocol',
        'url',
        'method',
        'headers',
        'cacert',
        'insecure',
        'httpVersion',
        'pathAsIs',
      ],
    },
  );

  it('is read back to the same draft', () => {
    fc.assert(
      fc.property(draft, (made) => {
        expect(parsed(formatCurl(made)).draft).toEqual(made);
      }),
    );
  });

  it('is read back to the same draft where places have addresses and certificates have files', () => {
    const writing = {
      addressOf: (place: string) => (place === 'ns/gateway' ? '203.0.113.9' : undefined),
      fileOf: (name: string, part: 'certificate' | 'key') => `pki/${name}/${part} ${name}.pem`,
    };
    const reading = { variables: {}, namesOf: (path: string) => [/([^/]+)\/[^/]*$/.exec(path)?.[1] ?? ''] };
    const secure = draft.map((made) => ({
      ...made,
      url: made.url.replace('http:', 'https:'),
      connectTo: 'ns/gateway',
      cacert: [...new Set(made.cacert)],
    }));
    fc.assert(
      fc.property(secure, (made) => {
        const result = parseCurl(formatCurl(made, writing), reading);
        expect(result).toEqual({ ok: true, value: { draft: { ...made, connectTo: '203.0.113.9' }, ignored: [] } });
      }),
    );
  });

  it('wraps a call of the proxy container in kubectl exec', () => {
    expect(formatCurl({ ...EMPTY_DRAFT, from: 'demo/a', container: 'istio-proxy', url: 'http://b/' })).toBe(
      'kubectl exec deploy/a -n demo -c istio-proxy -- curl http://b/',
    );
  });
});

it('a quoted word is one word again', () => {
  fc.assert(
    fc.property(fc.string(), (word) => {
      expect(splitShellWords(`x ${quoteShellWord(word)} y`)).toEqual(['x', word, 'y']);
    }),
  );
});
