/**
 * One end of a TLS connection over bytes: feed it what arrives, take what it sends. Knows nothing of
 * sockets; `runHandshake` joins two of them, tests join one with another program.
 */
import { type Bytes, concatBytes } from '../../../crypto/bytes.ts';
import type { Entropy } from '../keys/entropy.ts';
import { clientFlow } from './client.ts';
import type { TlsClientConfig, TlsServerConfig } from './config.ts';
import {
  type Connection,
  connection,
  isAlive,
  isEstablished,
  sendAlert,
  sendApplicationData,
  settle,
  takeOutput,
} from './connection.ts';
import type { HandshakeEvent, SideOutcome } from './events.ts';
import { parametersOf } from './parameters.ts';
import { profileOf } from './profiles.ts';
import { type Flow, receiveBytes } from './receive.ts';
import { serverFlow } from './server.ts';

export interface TlsEndpoint {
  /** A client sends its ClientHello; a server waits. */
  start(): void;
  receive(bytes: Bytes): void;
  /** The connection under it ended. */
  end(how: 'closed' | 'reset'): void;
  /** Only once established; ignored otherwise. */
  send(data: Bytes): void;
  /** Sends close_notify. */
  close(): void;
  /** Bytes to deliver to the peer since the last time. */
  takeOutput(): Bytes;
  /** Application data received since the last time. */
  takeReceived(): Bytes;
  outcome(): SideOutcome;
  isEstablished(): boolean;
  /** Lines of a key log file. */
  keyLog(): readonly string[];
}

export interface EndpointOptions {
  readonly entropy: Entropy;
  readonly emit?: (event: HandshakeEvent) => void;
}

export function tlsClient(config: TlsClientConfig, options: EndpointOptions): TlsEndpoint {
  const conn = connection('client', profileOf(config.implementation), options.entropy, options.emit ?? ignore);
  return endpoint(conn, clientFlow(conn, config, parametersOf(config)));
}

export function tlsServer(config: TlsServerConfig, options: EndpointOptions): TlsEndpoint {
  const conn = connection('server', profileOf(config.implementation), options.entropy, options.emit ?? ignore);
  return endpoint(conn, serverFlow(conn, config, parametersOf(config)));
}

const ignore = (): void => undefined;

function endpoint(conn: Connection, flow: Flow): TlsEndpoint {
  let isStarted = false;
  /** Runs the state machine up to its first wait. */
  const start = (): void => {
    if (isStarted) return;
    isStarted = true;
    flow.next();
  };
  return {
    start,
    receive(bytes) {
      start();
      receiveBytes(conn, flow, bytes);
    },
    end(how) {
      if (isAlive(conn)) settle(conn, { kind: 'lost', how, late: isEstablished(conn) });
    },
    send(data) {
      if (isEstablished(conn)) sendApplicationData(conn, data);
    },
    close() {
      if (!isEstablished(conn)) return;
      sendAlert(conn, 'close_notify');
      settle(conn, { kind: 'closed', by: conn.side });
    },
    takeOutput: () => takeOutput(conn),
    takeReceived() {
      const bytes = concatBytes(...conn.received);
      conn.received = [];
      return bytes;
    },
    outcome: () => conn.outcome,
    isEstablished: () => isEstablished(conn),
    keyLog: () => conn.keyLog,
  };
}
