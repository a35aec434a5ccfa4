/**
 * A capture file of TCP connections (libpcap format, microseconds, Ethernet), as tcpdump would have
 * written it: three-way handshake, the flights in segments of at most 1460 bytes, acknowledgments,
 * FIN or RST. Times come from one plain model: they order the packets and mean nothing more.
 */
import { assertNever } from '../../../base/assertNever.ts';
import { type Bytes, concatBytes, EMPTY_BYTES, toBigInt } from '../../../crypto/bytes.ts';
import { deriveBytes } from '../../../crypto/derive.ts';
import { uintBytes } from '../codec/codec.ts';
import { otherSide, type Side } from '../side.ts';
import type { Flight } from '../transcript/types.ts';
import { frameBytes, type SocketAddress, TCP_FLAGS } from './packets.ts';

/** How a connection ends: one side closes and the other follows, one side resets, or the capture stops. */
export type ConnectionEnd =
  | { readonly kind: 'closed'; readonly by: Side }
  | { readonly kind: 'reset'; readonly by: Side }
  | { readonly kind: 'open' };

/** A flight; `notBefore` (milliseconds since 1970): waits for what happens on another connection. */
export interface CapturedFlight extends Flight {
  readonly notBefore?: number;
}

export interface CapturedConnection {
  readonly client: SocketAddress;
  readonly server: SocketAddress;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  readonly flights: readonly CapturedFlight[];
  readonly end: ConnectionEnd;
}

/** A connection that nobody listened for (SYN, then RST), or that nobody answered (`refused` false). */
export interface RefusedConnection {
  readonly client: SocketAddress;
  readonly server: SocketAddress;
  readonly startedAt: number;
  readonly refused: boolean;
}

const MAX_SEGMENT = 1460;
/** Illustrative: one way of the wire, and between packets of one flight. */
const ONE_WAY_US = 200;
const NEXT_PACKET_US = 10;

interface Packet {
  readonly timeUs: number;
  readonly frame: Bytes;
}

/** One connection's packets in order. */
function packetsOf(connection: CapturedConnection | RefusedConnection): readonly Packet[] {
  const addresses: Readonly<Record<Side, SocketAddress>> = connection;
  const label = `${connection.client.ip} ${connection.client.port} ${connection.server.ip} ${connection.server.port}`;
  const initial = (side: Side): number => Number(toBigInt(deriveBytes(label, `tcp ${side}`, 4)));
  const next: Record<Side, number> = { client: initial('client'), server: initial('server') };
  const sent: Record<Side, number> = { client: 0, server: 0 };
  const packets: Packet[] = [];
  let timeUs = connection.startedAt * 1000;

  const send = (from: Side, flags: number, payload: Bytes = EMPTY_BYTES, waitUs = ONE_WAY_US): void => {
    const to = otherSide(from);
    timeUs += packets.length === 0 ? 0 : waitUs;
    packets.push({
      timeUs,
      frame: frameBytes({
        from: addresses[from],
        to: addresses[to],
        sequence: next[from],
        acknowledgment: (flags & TCP_FLAGS.ack) === 0 ? 0 : next[to],
        flags,
        payload,
        identification: ++sent[from] & 0xffff,
      }),
    });
    const consumed = payload.length + ((flags & (TCP_FLAGS.syn | TCP_FLAGS.fin)) === 0 ? 0 : 1);
    next[from] = (next[from] + consumed) % 0x1_0000_0000;
  };

  const { syn, ack, fin, rst, psh } = TCP_FLAGS;
  send('client', syn);
  if ('refused' in connection) {
    if (connection.refused) send('server', rst | ack);
    return packets;
  }
  send('server', syn | ack);
  send('client', ack);
  for (const { from, bytes, notBefore = 0 } of connection.flights) {
    timeUs = Math.max(timeUs, notBefore * 1000);
    for (let at = 0; at < bytes.length; at += MAX_SEGMENT) {
      const isLast = at + MAX_SEGMENT >= bytes.length;
      send(
        from,
        isLast ? psh | ack : ack,
        bytes.subarray(at, at + MAX_SEGMENT),
        at === 0 ? ONE_WAY_US : NEXT_PACKET_US,
      );
    }
    send(otherSide(from), ack);
  }
  switch (connection.end.kind) {
    case 'closed': {
      const by = connection.end.by;
      send(by, fin | ack);
      send(otherSide(by), fin | ack);
      send(by, ack);
      break;
    }
    case 'reset':
      send(connection.end.by, rst | ack);
      break;
    case 'open':
      break;
    default:
      return assertNever(connection.end);
  }
  return packets;
}

const le = (value: number, length: number): Bytes => uintBytes(value, length).reverse();

const FILE_HEADER = concatBytes(le(0xa1b2c3d4, 4), le(2, 2), le(4, 2), le(0, 4), le(0, 4), le(262144, 4), le(1, 4));

/** The bytes of a .pcap file; packets of all connections in the order of time. */
export function pcapOf(connections: readonly (CapturedConnection | RefusedConnection)[]): Bytes {
  const packets = connections.flatMap(packetsOf).sort((a, b) => a.timeUs - b.timeUs);
  const records = packets.flatMap(({ timeUs, frame }) => [
    le(Math.floor(timeUs / 1_000_000), 4),
    le(Math.floor(timeUs % 1_000_000), 4),
    le(frame.length, 4),
    le(frame.length, 4),
    frame,
  ]);
  return concatBytes(FILE_HEADER, ...records);
}
