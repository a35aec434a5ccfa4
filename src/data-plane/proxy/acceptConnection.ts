/**
 * A proxy takes a connection: listener, inspectors, filter chain, TLS if the chain terminates it,
 * then the chain's terminal filter (HTTP connection manager or tcp_proxy). Input: the workload's
 * proxy, the role in which it is reached, the connection; output: what comes back to the sender.
 */
import { assertNever } from '../../base/assertNever.ts';
import type { FilterChain, Listener } from '../../control-plane/envoy/listener.ts';
import type { ProxyConfig } from '../../control-plane/envoy/proxyConfig.ts';
import type { Workload } from '../../mesh/types.ts';
import { serveHttp } from '../http/connectionManager.ts';
import { type ConnectionSeen, inspect } from '../listener/connectionSeen.ts';
import { matchFilterChain } from '../listener/filterChainMatch.ts';
import { boundListener, closedListeners, inboundListener, outboundListener } from '../listener/pickListener.ts';
import { cannotTell, type OpenHop, type Run } from '../run.ts';
import { chooseUpstream, closeWithoutUpstream, openAndLeave, proxyTcp, upstreamTlsOf } from '../tcp/tcpProxy.ts';
import type { Connection, Payload, Reply } from '../wire.ts';
import { type Accepted, connectionFields } from './accepted.ts';
import { type BehindTls, rejectTls, terminateTls } from './terminateTls.ts';

export type AcceptedRole = 'sidecar-outbound' | 'sidecar-inbound' | 'gateway';

/** Where capture sends connections. */
const CAPTURED_AT: Readonly<Partial<Record<AcceptedRole, number>>> = {
  'sidecar-inbound': 15006,
  'sidecar-outbound': 15001,
};

/** `parent` sent the connection here. */
export function acceptConnection(
  run: Run,
  parent: OpenHop,
  attempt: number,
  workload: Workload,
  role: AcceptedRole,
  connection: Connection,
): Reply {
  const hop = run.openHop({ kind: 'proxy', workload: workload.id, role }, parent, attempt);
  const config = run.env.configOf(workload.id);
  const [taint, ...more] = config.taints;
  if (taint) {
    for (const why of more) cannotTell(hop, why);
    return cannotTell(hop, taint);
  }
  const listener = listenerFor(config, role, connection);
  const address = `${connection.destinationIp}:${connection.destinationPort}`;
  hop.step({
    kind: 'listener-matched',
    origins: listener?.origins ?? [],
    address,
    rejected: listener === undefined ? closedListeners(config, CAPTURED_AT[role] ?? connection.destinationPort) : [],
    ...(listener === undefined ? {} : { listener: listener.name }),
  });
  // Envoy refused the listener, so nothing is bound where capture sends the connection.
  if (listener === undefined) {
    hop.end('failed');
    return { kind: 'refused', cause: { kind: 'failed', hop: hop.id } };
  }
  if (listener.cannotTell) return cannotTell(hop, listener.cannotTell);
  const { destinationIp, destinationPort, payload } = connection;
  const seen = inspect(listener, destinationIp, destinationPort, payload);
  // An inspector waits for the first bytes: without any, nothing is chosen and nothing logged.
  if (payload.kind === 'nothing' && seen.peeked) {
    hop.end('failed');
    return { kind: 'closed', raced: false };
  }
  const chain = chooseChain(hop, listener, seen);
  if (chain === undefined) return noFilterChain(hop, connection, seen);
  if (chain.cannotTell) return cannotTell(hop, chain.cannotTell);
  return serveChain({ run, hop, attempt, workload, config, connection, seen, chain }, payload);
}

function listenerFor(config: ProxyConfig, role: AcceptedRole, connection: Connection): Listener | undefined {
  const { destinationIp, destinationPort } = connection;
  switch (role) {
    case 'sidecar-outbound':
      return outboundListener(config, destinationIp, destinationPort);
    case 'sidecar-inbound':
      return inboundListener(config);
    case 'gateway':
      return boundListener(config, destinationIp, destinationPort);
    default:
      return assertNever(role);
  }
}

function chooseChain(hop: OpenHop, listener: Listener, seen: ConnectionSeen): FilterChain | undefined {
  const { chain, rejected } = matchFilterChain(listener, seen);
  hop.step({
    kind: 'filter-chain-matched',
    origins: chain?.origins ?? listener.origins,
    ...(chain === undefined ? {} : { filterChain: chain.name ?? '' }),
    seen: {
      destinationPort: seen.destinationPort,
      transportProtocol: seen.transportProtocol,
      ...(seen.serverName === undefined ? {} : { serverName: seen.serverName }),
      applicationProtocols: seen.applicationProtocols,
    },
    rejected,
  });
  return chain;
}

/** Envoy closes the socket with the peeked bytes unread, which resets it. */
function noFilterChain(hop: OpenHop, connection: Connection, seen: ConnectionSeen): Reply {
  const { inspectorFailure } = seen;
  hop.log({
    status: 0,
    flags: ['NR'],
    details: 'filter_chain_not_found',
    bytesReceived: 0,
    bytesSent: 0,
    ...connectionFields({ connection, seen }),
    ...(inspectorFailure === undefined ? {} : { downstreamFailure: inspectorFailure }),
  });
  hop.step({ kind: 'connection-ended', origins: [], how: 'reset', reason: { code: 'no-filter-chain', params: {} } });
  hop.end('refused');
  return { kind: 'reset', raced: false, cause: { kind: 'refused', hop: hop.id, by: 'no-filter-chain' } };
}

/** The chain's terminal filter, behind its TLS if it terminates any. */
function serveChain(accepted: Accepted, payload: Payload): Reply {
  const terminal = accepted.chain.filters.at(-1);
  const { tls } = accepted.chain;
  switch (terminal?.kind) {
    case 'http-connection-manager': {
      const serve: BehindTls['serve'] = (established, inner) => serveHttp(established, terminal.hcm, inner);
      return tls === undefined ? serve(accepted, payload) : terminateTls(accepted, tls, payload, { serve });
    }
    case 'tcp-proxy': {
      const upstream = chooseUpstream(accepted, terminal.tcpProxy);
      if (upstream.kind === 'cannot-tell') return cannotTell(accepted.hop, upstream.why);
      if (upstream.kind === 'none') {
        return tls === undefined
          ? closeWithoutUpstream(accepted, upstream)
          : rejectTls(accepted, tls, payload, upstream);
      }
      if (tls === undefined) return proxyTcp(accepted, upstream, payload);
      return terminateTls(accepted, tls, payload, {
        serve: (established, inner) => proxyTcp(established, upstream, inner),
        openUpstream: () => upstreamTlsOf(openAndLeave(accepted, upstream)),
      });
    }
    default:
      accepted.hop.end('failed');
      return { kind: 'closed', raced: true, cause: { kind: 'failed', hop: accepted.hop.id } };
  }
}
