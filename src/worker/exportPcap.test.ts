/** Wireshark reads an exported call: gateway and sidecars, every hop, opened by the key log; failing calls too. */
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { describeWithTool } from '../testing/tools.ts';
import { readWithTshark, type TsharkPacket } from '../testing/tshark.ts';
import type { Call, HttpCall } from '../trace/call.ts';
import { inProcessClient } from './inProcess.ts';
import type { EngineClient } from './protocol.ts';

const EXAMPLE = 'src/scenarios/catalog/foocorp';
const read = (name: string): string => readFileSync(`${EXAMPLE}/${name}`, 'utf8');
const manifest = JSON.parse(read('workspace.json')) as {
  readonly now: string;
  readonly seed: string;
  readonly files: readonly string[];
  readonly addresses: Readonly<Record<string, string>>;
};
const isKey = (block: string): boolean => block.includes('PRIVATE KEY');
const blocks = (name: string): readonly string[] =>
  read(`pems/${name}.pem`).match(/-----BEGIN [A-Z ]+-----[\s\S]*?-----END [A-Z ]+-----\n?/g) ?? [];
const credential = (name: string) => ({
  chain: blocks(name)
    .filter((block) => !isKey(block))
    .join(''),
  key: blocks(name).find(isKey) ?? '',
});

const call = (tls: Partial<HttpCall['tls']>): Call => ({
  from: 'outside',
  container: 'app',
  connectTo: 'istio-system/istio-ingressgateway',
  request: {
    kind: 'http',
    url: 'https://inventory.foocorp.com/',
    method: 'GET',
    headers: [],
    httpVersion: '1.1',
    pathAsIs: false,
    tls: { insecure: true, ...tls },
  },
});

const FIELDS = [
  'ip.src',
  'ip.dst',
  'tcp.dstport',
  'tcp.checksum.status',
  'tcp.analysis.flags',
  '_ws.malformed',
  'tls.handshake.type',
  'tls.handshake.extensions_server_name',
  'tls.handshake.extensions_alpn_str',
  'tls.handshake.certificate',
  'tls.alert_message.desc',
  'http.request.method',
  'http.host',
  'http.response.code',
] as const;
type FieldName = (typeof FIELDS)[number];

async function exported(client: EngineClient, exportedCall: Call) {
  const reply = await client.ask({ kind: 'export-pcap', revision: 1, call: exportedCall });
  if (reply.kind !== 'answer' || reply.answer === undefined) throw new Error(reply.kind);
  const { pcap, keyLog } = reply.answer;
  const ask = (log?: string): readonly TsharkPacket[] =>
    readWithTshark({ pcap, fields: FIELDS, tlsPorts: [8443, 8080], ...(log === undefined ? {} : { keyLog: log }) });
  return { packets: ask(keyLog), eavesdropped: ask() };
}
const all = (packets: readonly TsharkPacket[], field: FieldName): readonly string[] =>
  packets.flatMap((packet) => packet(field));

describeWithTool('tshark', 'an exported call', () => {
  const client = inProcessClient();
  beforeAll(async () => {
    const { now, seed, addresses, files } = manifest;
    await client.ask({
      kind: 'open-workspace',
      revision: 1,
      files: files.map((name) => ({ name, text: read(name) })),
      options: { now: Date.parse(now), seed, addresses },
    });
  });

  describe('through the gateway with a client certificate, then over the mesh', () => {
    let packets: readonly TsharkPacket[] = [];
    let eavesdropped: readonly TsharkPacket[] = [];
    beforeAll(async () => {
      ({ packets, eavesdropped } = await exported(client, call({ certificate: credential('inventory-client') })));
    });
    it('is clean', () => {
      expect(packets.length).toBeGreaterThan(20);
      expect(new Set(all(packets, 'tcp.checksum.status'))).toEqual(new Set(['1']));
      expect(all(packets, 'tcp.analysis.flags')).toEqual([]);
      expect(all(packets, '_ws.malformed')).toEqual([]);
    });
    it('shows two handshakes with their names, and mesh identities to nobody without keys', () => {
      expect(all(eavesdropped, 'tls.handshake.extensions_server_name')).toEqual([
        'inventory.foocorp.com',
        expect.stringMatching(/^outbound_\.80_\._\.inventory\.corp-services\.svc\.cluster\.local$/),
      ]);
      expect(all(eavesdropped, 'tls.handshake.certificate')).toEqual([]);
      // Both sides on both connections present theirs.
      expect(all(packets, 'tls.handshake.certificate').length).toBeGreaterThanOrEqual(4);
    });
    it('shows the request on every hop, from the gateway to the application', () => {
      expect(all(packets, 'http.request.method')).toEqual(['GET', 'GET', 'GET']);
      expect(new Set(all(packets, 'http.host'))).toEqual(new Set(['inventory.foocorp.com']));
      expect(all(packets, 'http.response.code')).toEqual(['200', '200', '200']);
      // The last leg is inside the pod and in the clear.
      expect(all(eavesdropped, 'http.request.method')).toEqual(['GET']);
    });
  });

  it('shows the refusal of a call without its certificate, with the real alert', async () => {
    const { packets } = await exported(client, call({}));
    expect(all(packets, 'tls.alert_message.desc')).toContain('116');
    expect(all(packets, 'http.response.code')).toEqual([]);
  });
});
