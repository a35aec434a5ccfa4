/**
 * Connections that outlive the call they were opened for. Certificates are looked at in handshakes
 * only: whoever keeps a connection keeps what was found out when it was opened, whatever has
 * happened to clocks, certificates and roots since.
 */
import type { Cluster } from '../../control-plane/envoy/cluster.ts';
import type { FilterChain } from '../../control-plane/envoy/listener.ts';
import type { Workload } from '../../mesh/types.ts';
import type { HandshakeFacts, ServerTls, TlsSession } from '../tls/handshakeOutcome.ts';
import type { TlsClient } from '../wire.ts';

export interface StandingConnection {
  /** What its user looks for when it wants to send again: who, where to, with which TLS parameters. */
  readonly key: string;
  /** The mesh clock when its handshake took place. */
  readonly openedAt: number;
  readonly client: StandingClient;
  readonly server: StandingServer;
}

export interface StandingClient {
  /** Absent: outside the cluster. */
  readonly workload?: Workload;
  /** Absent: the caller itself. */
  readonly cluster?: Cluster;
  readonly tls: TlsClient;
}

export interface StandingServer {
  readonly workload: Workload;
  readonly chain: FilterChain;
  readonly tls: ServerTls;
  readonly facts: HandshakeFacts;
  readonly session: TlsSession;
}

/** Who keeps connections while a call is made. */
export interface ConnectionKeeper {
  /** One that stands for this key. */
  readonly find: (key: string) => StandingConnection | undefined;
  /** The handshake of this connection succeeded at the server ... */
  readonly served: (connection: number, server: StandingServer) => void;
  /** ... a proxy in between only passes its bytes on ... */
  readonly passedOn: (connection: number) => void;
  /** ... and its client keeps it for later. */
  readonly kept: (connection: number, key: string, client: StandingClient) => void;
}
