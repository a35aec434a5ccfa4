/**
 * What the listener filters find out about a connection before a filter chain is chosen: the TLS
 * inspector reads SNI and ALPN of a ClientHello, the HTTP inspector recognises HTTP by its first
 * line. Each runs only on the ports the listener says.
 * Upstream authority: Envoy source/extensions/filters/listener/{tls_inspector,http_inspector}.
 */
import type { Listener, PortPredicate } from '../../control-plane/envoy/listener.ts';
import type { Payload } from '../wire.ts';

export interface ConnectionSeen {
  readonly destinationIp: string;
  readonly destinationPort: number;
  readonly transportProtocol: 'tls' | 'raw_buffer';
  readonly serverName?: string;
  readonly applicationProtocols: readonly string[];
  /** An inspector has waited for the first bytes: they lie unread when Envoy closes, which resets. */
  readonly peeked: boolean;
  /** DOWNSTREAM_TRANSPORT_FAILURE_REASON: the TLS inspector saw bytes that are no ClientHello. */
  readonly inspectorFailure?: string;
}

const runsOn = (predicate: PortPredicate, port: number): boolean =>
  predicate.except.includes(port) ? !predicate.byDefault : predicate.byDefault;

const inspectorError = (code: string, reason: string): string =>
  `TLS_error|error:${code}:SSL_routines:OPENSSL_internal:${reason}:TLS_error_end`;

/** BoringSSL's own word for plain-text bytes: it knows a few HTTP methods, the rest is a bad version. */
export const HTTP_METHODS_BORINGSSL_KNOWS: readonly string[] = ['GET', 'POST', 'HEAD', 'PUT'];

function notTls(payload: Payload): string | undefined {
  if (payload.kind === 'nothing' || payload.kind === 'tls') return undefined;
  if (
    payload.kind === 'http' &&
    payload.request.version !== '2' &&
    HTTP_METHODS_BORINGSSL_KNOWS.includes(payload.request.method)
  ) {
    return inspectorError('1000009c', 'HTTP_REQUEST');
  }
  return inspectorError('100000f7', 'WRONG_VERSION_NUMBER');
}

/** Value the HTTP inspector sets as application protocol, if the bytes look like HTTP. */
function sniffedHttp(payload: Payload): readonly string[] {
  if (payload.kind !== 'http') return [];
  switch (payload.request.version) {
    case '1.0':
      return ['http/1.0'];
    case '1.1':
      return ['http/1.1'];
    case '2':
      return ['h2c'];
  }
}

export function inspect(
  listener: Listener,
  destinationIp: string,
  destinationPort: number,
  payload: Payload,
): ConnectionSeen {
  const sniffs = runsOn(listener.httpInspector, destinationPort);
  const peeked = sniffs || runsOn(listener.tlsInspector, destinationPort);
  const where = { destinationIp, destinationPort, peeked };
  let inspectorFailure: string | undefined;
  if (runsOn(listener.tlsInspector, destinationPort)) {
    if (payload.kind === 'tls') {
      const { sni, alpn } = payload.client;
      return {
        ...where,
        transportProtocol: 'tls',
        ...(sni === undefined ? {} : { serverName: sni.toLowerCase() }),
        applicationProtocols: alpn,
      };
    }
    inspectorFailure = notTls(payload);
  }
  return {
    ...where,
    transportProtocol: 'raw_buffer',
    applicationProtocols: sniffs ? sniffedHttp(payload) : [],
    ...(inspectorFailure === undefined ? {} : { inspectorFailure }),
  };
}
