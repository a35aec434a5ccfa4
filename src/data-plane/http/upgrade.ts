/**
 * HTTP/1.1 upgrades: Istio's proxies let websocket through and refuse the rest. No application here
 * switches protocols, so a websocket ends with the proxy's own empty answer.
 * Upstream authority: Envoy conn_manager_impl.cc (upgrade_failed), http1 codec and filter_manager.cc
 * (websocket_handshake_unsuccessful).
 */
import { headerValue } from '../routing/routeMatch.ts';
import type { HttpRequest } from '../wire.ts';

export type Upgrade = 'none' | 'websocket' | 'refused';

export function requestedUpgrade(request: HttpRequest): Upgrade {
  if (request.version !== '1.1') return 'none';
  const tokens = (headerValue(request, 'connection') ?? '').toLowerCase().split(',');
  const protocol = headerValue(request, 'upgrade');
  if (protocol === undefined || !tokens.some((token) => token.trim() === 'upgrade')) return 'none';
  return protocol.toLowerCase() === 'websocket' ? 'websocket' : 'refused';
}
