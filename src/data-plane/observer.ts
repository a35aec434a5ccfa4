/**
 * Who watches a call while it is simulated, for what a trace leaves out: what exactly was sent on
 * each TCP connection, and with which certificates and keys a server met a handshake. Watching
 * changes nothing. Bytes are made from this afterwards.
 */
import type { ServerTls } from './tls/handshakeOutcome.ts';
import type { Connection, Payload, Reply, TlsPayload } from './wire.ts';

export interface CallObserver {
  /** A TCP connection is tried; the function that comes back is told how it went. */
  readonly dialled: (connection: Connection) => (reply: Reply) => void;
  /** A TLS server judged this client. */
  readonly tlsServer: (payload: TlsPayload, server: ServerTls) => void;
  /** A TLS server was spoken to in something else; `connection` is what the trace calls it. */
  readonly plainToTls: (connection: number, payload: Exclude<Payload, TlsPayload>, server: ServerTls) => void;
}
