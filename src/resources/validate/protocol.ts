/** Protocol names of ports (pkg/config/protocol), without regard to case. */
import type { FieldPath } from '../../base/origin.ts';
import { error, type Findings, NOTHING } from './faults.ts';

const KNOWN = [
  'tcp',
  'udp',
  'grpc',
  'grpc-web',
  'http',
  'http_proxy',
  'http2',
  'https',
  'tls',
  'mongo',
  'redis',
  'mysql',
] as const;
export type Protocol = (typeof KNOWN)[number] | 'unsupported';

export function parseProtocol(text: string | undefined): Protocol {
  const lower = (text ?? '').toLowerCase();
  return KNOWN.find((known) => known === lower) ?? 'unsupported';
}

const HTTP: readonly Protocol[] = ['http', 'http2', 'http_proxy', 'grpc', 'grpc-web'];
const TCP: readonly Protocol[] = ['tcp', 'https', 'tls', 'mongo', 'redis', 'mysql'];

export const isHttp = (protocol: Protocol): boolean => HTTP.includes(protocol);
export const isTls = (protocol: Protocol): boolean => protocol === 'https' || protocol === 'tls';
export const isTcp = (protocol: Protocol): boolean => TCP.includes(protocol);

/** An empty protocol means that it is sniffed. */
export const validateProtocol = (at: FieldPath, protocol: string | undefined): Findings =>
  protocol && parseProtocol(protocol) === 'unsupported' ? error(at, `unsupported protocol: ${protocol}`) : NOTHING;
