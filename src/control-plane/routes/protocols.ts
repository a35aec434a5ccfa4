/**
 * Classes of declared port protocols, as istiod groups them.
 *
 * Upstream authority: istio pkg/config/protocol/instance.go.
 */
import type { PortProtocol } from '../../mesh/types.ts';

/** Spoken in plain text HTTP; HTTPS is not among them. */
export const isHttp = (protocol: PortProtocol): boolean =>
  protocol === 'HTTP' ||
  protocol === 'HTTP2' ||
  protocol === 'GRPC' ||
  protocol === 'GRPC-Web' ||
  protocol === 'HTTP_PROXY';

/** HTTP, or undeclared and so detected from the first bytes. */
export const isHttpOrDetected = (protocol: PortProtocol): boolean => isHttp(protocol) || protocol === 'Unsupported';

const BY_NAME: Readonly<Record<string, PortProtocol>> = {
  TCP: 'TCP',
  UDP: 'UDP',
  GRPC: 'GRPC',
  'GRPC-WEB': 'GRPC-Web',
  HTTP: 'HTTP',
  HTTP_PROXY: 'HTTP_PROXY',
  HTTP2: 'HTTP2',
  HTTPS: 'HTTPS',
  TLS: 'TLS',
  MONGO: 'Mongo',
  REDIS: 'Redis',
  MYSQL: 'MySQL',
};

/** The protocol of a Gateway server or ServiceEntry port, in any case of letters. */
export const parseProtocol = (text: string | undefined): PortProtocol =>
  BY_NAME[(text ?? '').toUpperCase()] ?? 'Unsupported';
