/**
 * Ethernet frames with IPv4 or IPv6 and TCP (RFC 791, 8200, 9293), checksums included. Link addresses
 * derive from the IP addresses, locally administered, as the interfaces of pods have them.
 */
import { type Bytes, concatBytes, EMPTY_BYTES } from '../../../crypto/bytes.ts';
import { parseIp } from '../../x509/generalName.ts';
import { uintBytes } from '../codec/codec.ts';

export interface SocketAddress {
  /** IPv4 or IPv6 text. */
  readonly ip: string;
  readonly port: number;
}

export const TCP_FLAGS = { fin: 0x01, syn: 0x02, rst: 0x04, psh: 0x08, ack: 0x10 } as const;

export interface Segment {
  readonly from: SocketAddress;
  readonly to: SocketAddress;
  readonly sequence: number;
  readonly acknowledgment: number;
  readonly flags: number;
  readonly payload: Bytes;
  /** Counts the packets of the sender. */
  readonly identification: number;
}

const UNSPECIFIED = Uint8Array.of(0, 0, 0, 0);

const addressBytes = (ip: string): Bytes => parseIp(ip) ?? UNSPECIFIED;

const linkAddress = (address: Bytes): Bytes => concatBytes(Uint8Array.of(2, 0), address.subarray(-4));

/** The internet checksum (RFC 1071). */
function checksum(...parts: readonly Bytes[]): number {
  const bytes = concatBytes(...parts);
  let sum = 0;
  for (let i = 0; i < bytes.length; i += 2) sum += ((bytes[i] ?? 0) << 8) | (bytes[i + 1] ?? 0);
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >>> 16);
  return ~sum & 0xffff;
}

/** MSS 1460 and nothing else, on SYN. */
const SYN_OPTIONS = Uint8Array.of(2, 4, 0x05, 0xb4);

function tcpBytes(segment: Segment, source: Bytes, destination: Bytes): Bytes {
  const options = (segment.flags & TCP_FLAGS.syn) === 0 ? EMPTY_BYTES : SYN_OPTIONS;
  const headerLength = 20 + options.length;
  const withChecksum = (value: number): Bytes =>
    concatBytes(
      uintBytes(segment.from.port, 2),
      uintBytes(segment.to.port, 2),
      uintBytes(segment.sequence, 4),
      uintBytes(segment.acknowledgment, 4),
      Uint8Array.of((headerLength / 4) << 4, segment.flags),
      uintBytes(64240, 2),
      uintBytes(value, 2),
      uintBytes(0, 2),
      options,
      segment.payload,
    );
  const length = headerLength + segment.payload.length;
  const pseudoHeader = concatBytes(source, destination, uintBytes(6, 2), uintBytes(length, 2));
  return withChecksum(checksum(pseudoHeader, withChecksum(0)));
}

function ipv4Bytes(segment: Segment, source: Bytes, destination: Bytes, payload: Bytes): Bytes {
  const withChecksum = (value: number): Bytes =>
    concatBytes(
      Uint8Array.of(0x45, 0),
      uintBytes(20 + payload.length, 2),
      uintBytes(segment.identification, 2),
      Uint8Array.of(0x40, 0, 64, 6),
      uintBytes(value, 2),
      source,
      destination,
    );
  return concatBytes(withChecksum(checksum(withChecksum(0))), payload);
}

const ipv6Bytes = (source: Bytes, destination: Bytes, payload: Bytes): Bytes =>
  concatBytes(
    Uint8Array.of(0x60, 0, 0, 0),
    uintBytes(payload.length, 2),
    Uint8Array.of(6, 64),
    source,
    destination,
    payload,
  );

export function frameBytes(segment: Segment): Bytes {
  const source = addressBytes(segment.from.ip);
  const destination = addressBytes(segment.to.ip);
  const tcp = tcpBytes(segment, source, destination);
  const isIpv6 = source.length === 16 && destination.length === 16;
  return concatBytes(
    linkAddress(destination),
    linkAddress(source),
    uintBytes(isIpv6 ? 0x86dd : 0x0800, 2),
    isIpv6
      ? ipv6Bytes(source, destination, tcp)
      : ipv4Bytes(segment, source.subarray(-4), destination.subarray(-4), tcp),
  );
}
