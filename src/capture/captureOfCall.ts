/**
 * A whole call as a capture: every TCP connection of every hop with the mesh's addresses, as tcpdump
 * in all pods at once would have seen them (before and after proxies, addresses as they were
 * dialled), and the key log that opens every TLS in it. Times follow one plain model: an answer waits
 * for the connections that were opened to get it.
 */
import type { Bytes } from '../crypto/bytes.ts';
import { toBigInt } from '../crypto/bytes.ts';
import { deriveBytes } from '../crypto/derive.ts';
import type { Reply } from '../data-plane/wire.ts';
import {
  type CapturedConnection,
  type CapturedFlight,
  type ConnectionEnd,
  pcapOf,
  type RefusedConnection,
} from '../pki/tls/index.ts';
import { type ConversationContext, flightsOf } from './conversation.ts';
import type { ObservedCall, ObservedConnection } from './observeCall.ts';

export interface CallCapture {
  readonly pcap: Bytes;
  /** NSS key log: lines for every TLS connection. */
  readonly keyLog: string;
}

/** Milliseconds, illustrative: until a request has arrived, and from the last answer behind it to its own. */
const REQUEST_MS = 5;
const ANSWER_MS = 3;

export function captureOfCall(
  observed: ObservedCall,
  options: { readonly now: number; readonly seed: string },
): CallCapture {
  const context: ConversationContext = { observed, ...options, transcripts: new Map() };
  const schedule = scheduleOf(observed.connections, options.now);
  const connections = observed.connections.map((connection, index) =>
    captured(context, connection, index, schedule[index] ?? { start: options.now, answer: options.now }),
  );
  const logs = [...context.transcripts.values()].map(({ keyLog }) => keyLog);
  const lines = new Set(logs.flatMap((log) => log.split('\n')).filter((line) => line !== ''));
  return { pcap: pcapOf(connections), keyLog: [...lines].map((line) => `${line}\n`).join('') };
}

interface Slot {
  readonly start: number;
  readonly answer: number;
}

/** Connections that were opened while another waited for its answer lie inside it. */
function scheduleOf(connections: readonly ObservedConnection[], now: number): readonly Slot[] {
  const slots: Slot[] = [];
  /** Lays out the connections from `index` up to `end`; returns when the last is answered. */
  const layOut = (from: number, end: number, start: number): number => {
    let clock = start;
    for (let index = from; index < end; ) {
      const behind = Math.max(connections[index]?.openedBefore ?? index + 1, index + 1);
      const answer = layOut(index + 1, behind, clock + REQUEST_MS) + ANSWER_MS;
      slots[index] = { start: clock, answer };
      clock = answer + 1;
      index = behind;
    }
    return clock;
  };
  layOut(0, connections.length, now);
  return slots;
}

function captured(
  context: ConversationContext,
  { connection, reply }: ObservedConnection,
  index: number,
  { start, answer }: Slot,
): CapturedConnection | RefusedConnection {
  const { sourceIp, destinationIp, destinationPort, payload } = connection;
  const ends = {
    client: { ip: sourceIp, port: ephemeralPort(context.seed, index) },
    server: { ip: destinationIp, port: destinationPort },
    startedAt: start,
  };
  if (reply.kind === 'refused') return { ...ends, refused: true };
  if (reply.kind === 'unreachable' || reply.kind === 'connect-timeout') return { ...ends, refused: false };
  const flights = flightsOf(context, payload, reply);
  const last = flights.findLastIndex(({ from }) => from === 'server');
  return {
    ...ends,
    flights: flights.map(
      ({ from, data }, at): CapturedFlight => ({ from, bytes: data, ...(at === last ? { notBefore: answer } : {}) }),
    ),
    end: endOf(reply, connection.pooled),
  };
}

/** Linux takes them from 32768 to 60999. */
const ephemeralPort = (seed: string, index: number): number =>
  32_768 + Number(toBigInt(deriveBytes(seed, `ephemeral port ${index}`, 4)) % 28_232n);

function endOf(reply: Reply, pooled: boolean): ConnectionEnd {
  switch (reply.kind) {
    case 'reset':
      return { kind: 'reset', by: 'server' };
    case 'closed':
    case 'garbage':
      return { kind: 'closed', by: 'server' };
    case 'tls-failed': {
      const { result } = reply.handshake;
      return { kind: 'closed', by: result.kind === 'refused' ? result.by : 'client' };
    }
    case 'tls':
      return endOf(reply.inner, pooled);
    case 'silence':
    case 'cannot-tell':
      return { kind: 'open' };
    default:
      return pooled ? { kind: 'open' } : { kind: 'closed', by: 'client' };
  }
}
