/** The protocol of a port, by how it is declared, and what a listener makes of it. */
import { expect, test } from 'vitest';
import { afterTlsTermination, kubernetesPortProtocol, parseProtocol, protocolClass } from './portProtocol.ts';

test.each([
  ['http', undefined, 80, 'HTTP'],
  ['http-web', undefined, 80, 'HTTP'],
  ['HTTP-web', undefined, 80, 'HTTP'],
  ['http2-x', undefined, 80, 'HTTP2'],
  ['grpc', undefined, 80, 'GRPC'],
  ['grpc-web-x', undefined, 80, 'GRPC-Web'],
  ['https-x', undefined, 443, 'HTTPS'],
  ['tls', undefined, 443, 'TLS'],
  ['tcp-db', undefined, 5432, 'TCP'],
  ['mongo', undefined, 27017, 'Mongo'],
  ['mysql', undefined, 3306, 'MySQL'],
  ['web', undefined, 80, 'Unsupported'],
  ['web-http', undefined, 80, 'Unsupported'],
  ['httpx', undefined, 80, 'Unsupported'],
  [undefined, undefined, 80, 'Unsupported'],
  // Never sniffed: the server speaks first there.
  [undefined, undefined, 3306, 'TCP'],
  ['web', undefined, 25, 'TCP'],
  ['http', undefined, 3306, 'HTTP'],
  // appProtocol hides the name, known or not.
  ['tcp', 'http', 80, 'HTTP'],
  ['http', 'tcp', 80, 'TCP'],
  ['http', 'foo.example.com/bar', 80, 'Unsupported'],
  ['http', '', 80, 'Unsupported'],
  ['tcp', 'kubernetes.io/h2c', 80, 'HTTP2'],
  ['tcp', 'kubernetes.io/ws', 80, 'HTTP'],
  ['tcp', 'kubernetes.io/wss', 80, 'HTTPS'],
])('a Kubernetes port named %s with appProtocol %s on %i is %s', (name, appProtocol, port, expected) => {
  expect(kubernetesPortProtocol({ port, name, appProtocol })).toBe(expected);
});

test('a UDP port stays one whatever its name says', () => {
  expect(kubernetesPortProtocol({ port: 53, name: 'http', protocol: 'UDP' })).toBe('UDP');
});

test.each([
  ['HTTP', 'HTTP'],
  ['http2', 'HTTP2'],
  ['Grpc-Web', 'GRPC-Web'],
  ['HTTP_PROXY', 'HTTP_PROXY'],
  ['nonsense', 'Unsupported'],
  [undefined, 'Unsupported'],
])('a protocol written as %s is %s', (text, expected) => {
  expect(parseProtocol(text)).toBe(expected);
});

test.each([
  [['HTTP', 'HTTP2', 'GRPC', 'GRPC-Web', 'HTTP_PROXY'], 'HTTP'],
  [['TCP', 'TLS', 'HTTPS', 'Mongo', 'Redis', 'MySQL'], 'TCP'],
  [['Unsupported'], 'Auto'],
  [['UDP'], 'none'],
] as const)('%j are of class %s', (protocols, expected) => {
  expect(protocols.map(protocolClass)).toEqual(protocols.map(() => expected));
});

test('inside terminated TLS there is HTTP or TCP', () => {
  expect((['HTTPS', 'TLS', 'HTTP2'] as const).map(afterTlsTermination)).toEqual(['HTTP', 'TCP', 'HTTP2']);
});
