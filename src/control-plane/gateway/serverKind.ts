/**
 * What kind of server an entry of a Gateway is.
 *
 * Upstream authority: istio pkg/config/gateway/gateway.go.
 */
import { isHttp } from '../routes/protocols.ts';
import type { ServerInForce } from './gatewayInForce.ts';

type Server = Pick<ServerInForce, 'tls' | 'port'>;

/** An absent mode is PASSTHROUGH, the enumeration's zero. */
export const tlsMode = ({ tls }: Server) => tls && (tls.mode ?? 'PASSTHROUGH');

export const isPassthrough = (server: Server): boolean => /PASSTHROUGH$/.test(tlsMode(server) ?? '');

/** TLS settings that mean TLS: on an HTTP port they can only mean httpsRedirect. */
export const isTlsServer = (server: Server): boolean => server.tls !== undefined && !isHttp(server.port.protocol);

export const terminatesHttps = (server: Server): boolean =>
  server.tls !== undefined && server.port.protocol === 'HTTPS' && !isPassthrough(server);

/** Ends in an HTTP connection manager. */
export const isHttpServer = (server: Server): boolean =>
  isHttp(server.port.protocol) || (server.port.protocol === 'HTTPS' && !isPassthrough(server));
