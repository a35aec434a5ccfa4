/**
 * Which protocol a port speaks, as the registry declares it, and what istiod makes of it.
 *
 * Kubernetes: UDP; else appProtocol if present, hiding the port's name; else the name up to its
 * first `-`. Unknown means that proxies sniff, but for four well-known ports (pkg/config/kube
 * ConvertProtocol, pkg/config/protocol Parse, pilot/pkg/networking ModelProtocolToListenerProtocol).
 */
import type { PortProtocol } from './types.ts';

/** What a listener does with a port: HTTP, opaque TCP, sniffing, or nothing. */
export type ProtocolClass = 'HTTP' | 'TCP' | 'Auto' | 'none';

const BY_NAME: Readonly<Record<string, PortProtocol>> = {
  tcp: 'TCP',
  udp: 'UDP',
  grpc: 'GRPC',
  'grpc-web': 'GRPC-Web',
  http: 'HTTP',
  http_proxy: 'HTTP_PROXY',
  http2: 'HTTP2',
  https: 'HTTPS',
  tls: 'TLS',
  mongo: 'Mongo',
  redis: 'Redis',
  mysql: 'MySQL',
};

/** Names that Kubernetes itself gives a meaning in appProtocol. */
const KUBERNETES_APP_PROTOCOLS: Readonly<Record<string, PortProtocol>> = {
  'kubernetes.io/h2c': 'HTTP2',
  'kubernetes.io/ws': 'HTTP',
  'kubernetes.io/wss': 'HTTPS',
};

/** SMTP, DNS, MySQL, MongoDB: sniffing would break server-first protocols. */
const NEVER_SNIFFED = new Set([25, 53, 3306, 27017]);

/** The protocol named by a Gateway, ServiceEntry or Sidecar port (any case). */
export function parseProtocol(name: string | undefined): PortProtocol {
  return BY_NAME[(name ?? '').toLowerCase()] ?? 'Unsupported';
}

/** The protocol of a Kubernetes Service port; `port` is the Service's number, not the target's. */
export function kubernetesPortProtocol(port: {
  readonly port: number;
  readonly name?: string | undefined;
  readonly protocol?: string | undefined;
  readonly appProtocol?: string | undefined;
}): PortProtocol {
  if (port.protocol === 'UDP') return 'UDP';
  const name = port.appProtocol ?? port.name ?? '';
  if (port.appProtocol !== undefined) {
    const standard = KUBERNETES_APP_PROTOCOLS[name];
    if (standard !== undefined) return standard;
  }
  if (name.toLowerCase().startsWith('grpc-web')) return 'GRPC-Web';
  const hyphen = name.indexOf('-');
  const protocol = parseProtocol(hyphen < 0 ? name : name.slice(0, hyphen));
  return protocol === 'Unsupported' && NEVER_SNIFFED.has(port.port) ? 'TCP' : protocol;
}

const CLASSES: Readonly<Record<PortProtocol, ProtocolClass>> = {
  HTTP: 'HTTP',
  HTTP2: 'HTTP',
  GRPC: 'HTTP',
  'GRPC-Web': 'HTTP',
  HTTP_PROXY: 'HTTP',
  TCP: 'TCP',
  TLS: 'TCP',
  HTTPS: 'TCP',
  Mongo: 'TCP',
  Redis: 'TCP',
  MySQL: 'TCP',
  UDP: 'none',
  Unsupported: 'Auto',
};

export const protocolClass = (protocol: PortProtocol): ProtocolClass => CLASSES[protocol];

/** Opaque TLS: routed by SNI, never terminated by a sidecar. */
export const isTlsProtocol = (protocol: PortProtocol): boolean => protocol === 'TLS' || protocol === 'HTTPS';

/** Upstreams of these ports are spoken to in HTTP/2. */
export const isHttp2Protocol = (protocol: PortProtocol): boolean =>
  protocol === 'HTTP2' || protocol === 'GRPC' || protocol === 'GRPC-Web';

/** What a TLS port carries once its TLS has been terminated (Sidecar.ingress with tls). */
export function afterTlsTermination(protocol: PortProtocol): PortProtocol {
  if (protocol === 'HTTPS') return 'HTTP';
  return protocol === 'TLS' ? 'TCP' : protocol;
}
