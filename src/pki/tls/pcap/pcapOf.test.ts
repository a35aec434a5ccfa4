/** Wireshark reads our captures: names, certificates, alerts, and with the key log the HTTP inside. */
import { beforeAll, describe, expect, test } from 'vitest';
import { toHex, utf8 } from '../../../crypto/bytes.ts';
import {
  clientConfig,
  clientIdentity,
  mutualServer,
  SERVER_NAME,
  serverConfig,
  serverIdentity,
  TEST_CA,
} from '../../../testing/tlsParties.ts';
import { describeWithTool } from '../../../testing/tools.ts';
import { readWithTshark, type TsharkPacket } from '../../../testing/tshark.ts';
import { type CapturedConnection, type HandshakeTranscript, pcapOf, runHandshake } from '../index.ts';

const START = Date.UTC(2026, 10, 23, 12);
const ADDRESSES = { client: { ip: '10.244.1.7', port: 41234 }, server: { ip: '10.244.2.9', port: 8443 } };
const REQUEST = `GET /orders?id=7 HTTP/1.1\r\nHost: ${SERVER_NAME}\r\nUser-Agent: curl/7.88.1\r\n\r\n`;
const RESPONSE = 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok';
const HTTP = [
  { from: 'client', data: utf8(REQUEST) },
  { from: 'server', data: utf8(RESPONSE) },
] as const;

const FIELDS = [
  'ip.src',
  'ip.dst',
  'ipv6.src',
  'ip.checksum.status',
  'tcp.checksum.status',
  'tcp.analysis.flags',
  '_ws.malformed',
  'tcp.dstport',
  'tcp.flags.str',
  'tls.handshake.type',
  'tls.handshake.extensions_server_name',
  'tls.handshake.extensions_alpn_str',
  'tls.handshake.certificate',
  'tls.alert_message.desc',
  'x509sat.printableString',
  'http.request.method',
  'http.request.uri',
  'http.host',
  'http.response.code',
  'http.file_data',
  'http.content_length',
] as const;

type FieldName = (typeof FIELDS)[number];

const read = (pcap: Uint8Array, keyLog?: string): readonly TsharkPacket[] =>
  readWithTshark({ pcap, fields: FIELDS, tlsPorts: [8443], ...(keyLog === undefined ? {} : { keyLog }) });

/** All values of a field, packet after packet. */
const all = (packets: readonly TsharkPacket[], field: FieldName): readonly string[] =>
  packets.flatMap((packet) => packet(field));

const capture = ({ flights }: HandshakeTranscript, options: Partial<CapturedConnection> = {}): CapturedConnection => ({
  ...ADDRESSES,
  startedAt: START,
  flights,
  end: { kind: 'closed', by: 'client' },
  ...options,
});

const call = (maxVersion: '1.2' | '1.3'): HandshakeTranscript =>
  runHandshake({
    client: clientConfig({ credential: clientIdentity(), alpn: ['http/1.1'] }),
    server: mutualServer({ maxVersion, alpn: ['h2', 'http/1.1'] }),
    seed: 'pcap',
    applicationData: HTTP,
    closedBy: 'client',
  });

/** Checksums are right (status 1), and Wireshark finds nothing odd. */
function expectClean(packets: readonly TsharkPacket[]): void {
  expect(new Set([...all(packets, 'ip.checksum.status'), ...all(packets, 'tcp.checksum.status')])).toEqual(
    new Set(['1']),
  );
  expect(all(packets, 'tcp.analysis.flags')).toEqual([]);
  expect(all(packets, '_ws.malformed')).toEqual([]);
}

describeWithTool('tshark', 'a captured call', () => {
  describe.each(['1.2', '1.3'] as const)('TLS %s', (version) => {
    let packets: readonly TsharkPacket[] = [];
    let eavesdropped: readonly TsharkPacket[] = [];
    beforeAll(() => {
      const transcript = call(version);
      const pcap = pcapOf([capture(transcript)]);
      packets = read(pcap, transcript.keyLog);
      eavesdropped = read(pcap);
    });

    test('has good checksums and no oddities', () => {
      expectClean(packets);
      expect([packets[0]?.('ip.src'), packets[0]?.('ip.dst'), packets[0]?.('tcp.dstport')].flat()).toEqual([
        '10.244.1.7',
        '10.244.2.9',
        '8443',
      ]);
    });
    test('shows SNI and what ALPN the client offers to anybody', () => {
      const hello = eavesdropped.find((packet) => packet('tls.handshake.type').includes('1'));
      expect(hello?.('tls.handshake.extensions_server_name')).toEqual([SERVER_NAME]);
      expect(hello?.('tls.handshake.extensions_alpn_str')).toEqual(['http/1.1']);
    });
    test('shows both certificates and the chosen ALPN', () => {
      const chains = [serverIdentity(), clientIdentity()].map((identity) => toHex(identity.certificate.der));
      expect(all(packets, 'tls.handshake.certificate')).toEqual(chains);
      expect(all(packets, 'tls.handshake.extensions_alpn_str')).toEqual(['http/1.1', 'http/1.1']);
    });
    test('keeps certificates from an eavesdropper in TLS 1.3 only', () => {
      expect(all(eavesdropped, 'tls.handshake.certificate')).toHaveLength(version === '1.3' ? 0 : 2);
      expect(all(eavesdropped, 'http.request.method')).toEqual([]);
    });
    test('shows the request and the response', () => {
      expect(all(packets, 'http.request.method')).toEqual(['GET']);
      expect(all(packets, 'http.request.uri')).toEqual(['/orders?id=7']);
      expect(all(packets, 'http.host')).toEqual([SERVER_NAME]);
      expect(all(packets, 'http.response.code')).toEqual(['200']);
      expect(all(packets, 'http.file_data')).toEqual(['ok']);
      expect(all(packets, 'tls.alert_message.desc')).toEqual(['0', '0']);
    });
    test('shows the authorities that the server asks for', () => {
      const request = packets.find((packet) => packet('tls.handshake.type').includes('13'));
      expect(request?.('x509sat.printableString')).toContain(TEST_CA.certificate.subject.rdns[0]?.[0]?.value);
    });
  });

  test('a late refusal is an alert of the server under application keys', () => {
    const transcript = runHandshake({
      client: clientConfig(),
      server: mutualServer(),
      seed: 'pcap',
      applicationData: HTTP,
    });
    const packets = read(pcapOf([capture(transcript, { end: { kind: 'reset', by: 'server' } })]), transcript.keyLog);
    const alert = packets.find((packet) => packet('tls.alert_message.desc').length > 0);
    expect(alert?.('tls.alert_message.desc')).toEqual(['116']);
    expect(alert?.('ip.src')).toEqual(['10.244.2.9']);
    expect(packets.at(-1)?.('tcp.flags.str').join('')).toContain('R');
  });

  test('several connections, IPv6, long data, and one that nobody listens for', () => {
    const long = utf8(`POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 20000\r\n\r\n${'x'.repeat(20_000)}`);
    const transcript = runHandshake({
      client: clientConfig({ alpn: ['http/1.1'] }),
      server: serverConfig({ alpn: ['http/1.1'] }),
      seed: 'pcap',
      applicationData: [{ from: 'client', data: long }],
    });
    const ipv6 = { client: { ip: 'fd00::1', port: 40000 }, server: { ip: 'fd00::2', port: 8443 } };
    const pcap = pcapOf([
      capture(transcript, { ...ipv6, end: { kind: 'open' } }),
      { ...ADDRESSES, startedAt: START + 5, refused: true },
    ]);
    const packets = read(pcap, transcript.keyLog);
    const post = packets.find((packet) => packet('http.request.method').length > 0);
    expect(post?.('ipv6.src')).toEqual(['fd00::1']);
    expect(post?.('http.content_length')).toEqual(['20000']);
    expect(packets.at(-1)?.('ip.dst')).toEqual(['10.244.1.7']);
    expect(packets.at(-1)?.('tcp.flags.str').join('')).toContain('R');
    expectClean(packets);
  });
});

test('the same connections give the same file', () => {
  const connection = capture(call('1.3'));
  expect(toHex(pcapOf([connection]))).toBe(toHex(pcapOf([connection])));
  expect(pcapOf([])).toHaveLength(24);
});

/** Milliseconds since 1970 of each packet. */
function timesOf(pcap: Uint8Array): readonly number[] {
  const view = new DataView(pcap.buffer, pcap.byteOffset, pcap.byteLength);
  const times: number[] = [];
  for (let at = 24; at < pcap.length; at += 16 + view.getUint32(at + 8, true))
    times.push(view.getUint32(at, true) * 1000 + view.getUint32(at + 4, true) / 1000);
  return times;
}

test('packets are in the order of time, and a flight waits for what happens elsewhere', () => {
  const transcript = call('1.3');
  const flights = transcript.flights.map((flight, index) =>
    index === 1 ? { ...flight, notBefore: START + 3_000 } : flight,
  );
  const times = timesOf(pcapOf([capture(transcript, { flights })]));
  expect(times[0]).toBe(START);
  expect(times).toEqual([...times].sort((a, b) => a - b));
  // SYN, SYN ACK, ACK, ClientHello and its ACK come before.
  expect(times.findIndex((time) => time >= START + 3_000)).toBe(5);
});
