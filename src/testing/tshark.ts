/** Asks tshark (Wireshark's command line) what it reads in a capture: one run, all packets. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Tool } from './tools.ts';

const TSHARK: Tool = 'tshark';

export interface TsharkQuestion {
  readonly pcap: Uint8Array;
  /** Key log text; absent: nothing is decrypted. */
  readonly keyLog?: string;
  readonly fields: readonly string[];
  /** TCP ports that carry TLS. */
  readonly tlsPorts: readonly number[];
}

/** Each packet's values of a field, in order; a packet may have several, and those of an absent field are none. */
export type TsharkPacket = (field: string) => readonly string[];

export function readWithTshark({ pcap, keyLog, fields, tlsPorts }: TsharkQuestion): readonly TsharkPacket[] {
  const folder = mkdtempSync(join(tmpdir(), 'tshark-'));
  try {
    writeFileSync(join(folder, 'call.pcap'), pcap);
    writeFileSync(join(folder, 'keys.log'), keyLog ?? '');
    const output = execFileSync(
      TSHARK,
      [
        ...['-r', join(folder, 'call.pcap')],
        ...['-o', 'ip.check_checksum:TRUE', '-o', 'tcp.check_checksum:TRUE'],
        ...(keyLog === undefined ? [] : ['-o', `tls.keylog_file:${join(folder, 'keys.log')}`]),
        ...tlsPorts.flatMap((port) => ['-d', `tcp.port==${port},tls`]),
        ...['-T', 'fields', '-E', 'separator=|', '-E', 'aggregator=,'],
        ...fields.flatMap((field) => ['-e', field]),
      ],
      { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] },
    );
    return output
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => {
        const values = line.split('|');
        return (field) => (values[fields.indexOf(field)] ?? '').split(',').filter((value) => value !== '');
      });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
