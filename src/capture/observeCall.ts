/**
 * A call simulated once more with somebody watching: every TCP connection with what was sent and
 * what came back, and the servers that TLS clients met. Deterministic: the trace is the same one.
 */
import type { Chooser } from '../data-plane/chooser.ts';
import type { CallObserver } from '../data-plane/observer.ts';
import type { SimulationEnv } from '../data-plane/run.ts';
import { simulateCall } from '../data-plane/simulateCall.ts';
import type { ServerTls } from '../data-plane/tls/handshakeOutcome.ts';
import type { Connection, Payload, Reply, TlsPayload } from '../data-plane/wire.ts';
import type { Call } from '../trace/call.ts';
import type { Trace } from '../trace/trace.ts';

export interface ObservedConnection {
  readonly connection: Connection;
  readonly reply: Reply;
  /** How many connections had been opened when the reply came: those in between were opened to get it. */
  readonly openedBefore: number;
}

/** Something that is no TLS came to a TLS server. */
export interface PlainToTls {
  readonly payload: Exclude<Payload, TlsPayload>;
  readonly server: ServerTls;
}

export interface ObservedCall {
  readonly trace: Trace;
  /** In the order in which they were opened. */
  readonly connections: readonly ObservedConnection[];
  /** By the connection number of the client's TLS. Absent: it met none. */
  readonly servers: ReadonlyMap<number, ServerTls>;
  readonly plainToTls: ReadonlyMap<number, PlainToTls>;
}

export function observeCall(env: SimulationEnv, call: Call, chooser: Chooser): ObservedCall {
  const opened: { readonly connection: Connection; answered?: Omit<ObservedConnection, 'connection'> }[] = [];
  const servers = new Map<number, ServerTls>();
  const plainToTls = new Map<number, PlainToTls>();
  const observer: CallObserver = {
    dialled: (connection) => {
      const entry: (typeof opened)[number] = { connection };
      opened.push(entry);
      return (reply) => {
        entry.answered = { reply, openedBefore: opened.length };
      };
    },
    tlsServer: (payload, server) => void servers.set(payload.connection, server),
    plainToTls: (connection, payload, server) => void plainToTls.set(connection, { payload, server }),
  };
  const trace = simulateCall({ ...env, observer }, call, chooser);
  const connections = opened.flatMap(({ connection, answered }) =>
    answered === undefined ? [] : [{ connection, ...answered }],
  );
  return { trace, connections, servers, plainToTls };
}
