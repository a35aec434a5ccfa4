/** A connection that a proxy has accepted and found a filter chain for, and what its logs say of it. */
import type { FilterChain } from '../../control-plane/envoy/listener.ts';
import type { ProxyConfig } from '../../control-plane/envoy/proxyConfig.ts';
import type { Workload } from '../../mesh/types.ts';
import type { Certificate } from '../../pki/types.ts';
import type { AccessLogEntry } from '../../trace/accessLog.ts';
import type { TlsVersion } from '../../trace/call.ts';
import type { ConnectionSeen } from '../listener/connectionSeen.ts';
import type { OpenHop, Run } from '../run.ts';
import type { TlsSession } from '../tls/handshakeOutcome.ts';
import type { Connection } from '../wire.ts';

export interface Accepted {
  readonly run: Run;
  readonly hop: OpenHop;
  readonly attempt: number;
  readonly workload: Workload;
  readonly config: ProxyConfig;
  readonly connection: Connection;
  readonly seen: ConnectionSeen;
  readonly chain: FilterChain;
  /** TLS was terminated by this proxy. */
  readonly session?: TlsSession;
}

/** As Envoy prints it: DOWNSTREAM_TLS_VERSION, UPSTREAM_TLS_VERSION. */
export const tlsVersionText = (version: TlsVersion): string => `TLSv${version === '1.0' ? '1' : version}`;

/** Envoy's logs have no spaces in reasons. */
export const underscored = (text: string): string => text.replaceAll(' ', '_');

/** DOWNSTREAM_PEER_URI_SAN */
export const peerUris = (chain: readonly Certificate[]): string | undefined => {
  const uris = (chain[0]?.subjectAltNames ?? []).flatMap((name) => (name.kind === 'uri' ? [name.value] : []));
  return uris.length === 0 ? undefined : uris.join(',');
};

type DownstreamFields = Pick<
  AccessLogEntry,
  'filterChain' | 'sni' | 'peer' | 'downstreamTls' | 'downstreamLocalAddress' | 'downstreamRemoteAddress'
>;

/** What every entry says of the downstream connection. */
export function downstreamFields(accepted: Accepted): DownstreamFields {
  const { chain, session } = accepted;
  const peer = session === undefined ? undefined : peerUris(session.peerChain);
  return {
    ...connectionFields(accepted),
    ...(chain.name === undefined || chain.name === '' ? {} : { filterChain: chain.name }),
    ...(peer === undefined ? {} : { peer }),
    ...(session === undefined ? {} : { downstreamTls: tlsVersionText(session.version) }),
  };
}

/** What is known before a chain is chosen. */
export function connectionFields({ connection, seen }: Pick<Accepted, 'connection' | 'seen'>): DownstreamFields {
  return {
    ...(seen.serverName === undefined ? {} : { sni: loggedServerName(seen.serverName) }),
    downstreamLocalAddress: `${connection.destinationIp}:${connection.destinationPort}`,
    downstreamRemoteAddress: connection.sourceIp,
  };
}

/** Names that no host could have are logged with what offends taken out (StringUtil::sanitizeInvalidHostname). */
const loggedServerName = (name: string): string =>
  /^[\w.-]*$/.test(name) ? name : `invalid:${name.replaceAll(/[^\w.-]/g, '_')}`;
