/**
 * The `openssl` program as the peer of one of our endpoints, over loopback TCP: unlike node's TLS it
 * judges certificates inside the handshake, sends the alert, and changes keys when told to.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TlsEndpoint } from '../pki/tls/index.ts';

export interface ProgramReport {
  /** All that openssl printed. */
  readonly output: string;
  /** The bytes it sent. */
  readonly wire: Uint8Array;
  /** Application data that ours received. */
  readonly received: string;
}

/** Files that the arguments name, by name. */
type Files = Readonly<Record<string, string>>;

interface Conversation {
  readonly files: Files;
  /** Arguments after the address; `FILE:name` stands for the path of a file. */
  readonly args: readonly string[];
  /** Lines typed at it once it is connected, with a pause before each. */
  readonly typed?: readonly string[];
  /** What ours sends as soon as it is established. */
  readonly greeting?: string;
}

const TIME_LIMIT = 5_000;

function pump(ours: TlsEndpoint, socket: Socket, greeting: string | undefined) {
  const wire: Uint8Array[] = [];
  let received = '';
  let greeted = false;
  const flush = (): void => {
    if (ours.isEstablished() && !greeted && greeting !== undefined) {
      greeted = true;
      ours.send(new TextEncoder().encode(greeting));
    }
    const bytes = ours.takeOutput();
    if (bytes.length > 0 && socket.writable) socket.write(bytes);
    const { kind } = ours.outcome();
    if (kind !== 'handshaking' && kind !== 'established') socket.end();
  };
  socket.on('data', (chunk: Buffer) => {
    wire.push(chunk);
    ours.receive(Uint8Array.from(chunk));
    received += new TextDecoder().decode(ours.takeReceived());
    flush();
  });
  socket.on('error', () => socket.destroy());
  ours.start();
  flush();
  return { wire: () => Uint8Array.from(Buffer.concat(wire)), received: () => received };
}

function writeFiles(files: Files): { readonly folder: string; path(argument: string): string } {
  const folder = mkdtempSync(join(tmpdir(), 'tls-'));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return { folder, path: (argument) => (argument.startsWith('FILE:') ? join(folder, argument.slice(5)) : argument) };
}

/** `openssl s_client` against our server. */
export function speakWithSClient(ours: TlsEndpoint, conversation: Conversation): Promise<ProgramReport> {
  const { folder, path } = writeFiles(conversation.files);
  return new Promise((resolve, reject) => {
    let ends: ReturnType<typeof pump> | undefined;
    const server = createServer((socket) => {
      ends = pump(ours, socket, conversation.greeting);
    });
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      if (address === null || typeof address === 'string') return reject(new Error('no port'));
      const program = spawn('openssl', [
        's_client',
        '-connect',
        `127.0.0.1:${address.port}`,
        ...conversation.args.map(path),
      ]);
      const limit = setTimeout(() => program.kill(), TIME_LIMIT);
      let output = '';
      const onOutput = (chunk: Buffer): void => {
        output += chunk.toString();
      };
      program.stdout.on('data', onOutput);
      program.stderr.on('data', onOutput);
      program.stdin.on('error', () => undefined);
      type(program.stdin, conversation.typed ?? []);
      program.on('error', reject);
      program.on('close', () => {
        clearTimeout(limit);
        server.close();
        rmSync(folder, { recursive: true, force: true });
        resolve({ output, wire: ends?.wire() ?? new Uint8Array(0), received: ends?.received() ?? '' });
      });
    });
  });
}

/** `openssl s_server` with our client. */
export function speakWithSServer(ours: TlsEndpoint, conversation: Conversation): Promise<ProgramReport> {
  const { folder, path } = writeFiles(conversation.files);
  return new Promise((resolve, reject) => {
    const program = spawn('openssl', [
      's_server',
      '-accept',
      '127.0.0.1:0',
      '-naccept',
      '1',
      ...conversation.args.map(path),
    ]);
    const limit = setTimeout(() => program.kill(), TIME_LIMIT);
    let output = '';
    let ends: ReturnType<typeof pump> | undefined;
    const onOutput = (chunk: Buffer): void => {
      output += chunk.toString();
      const port = /ACCEPT 127\.0\.0\.1:(\d+)/.exec(output)?.[1];
      if (port === undefined || ends !== undefined) return;
      const socket = connect({ host: '127.0.0.1', port: Number(port) });
      ends = pump(ours, socket, conversation.greeting);
    };
    program.stdout.on('data', onOutput);
    program.stderr.on('data', onOutput);
    program.stdin.on('error', () => undefined);
    program.on('error', reject);
    program.on('close', () => {
      clearTimeout(limit);
      rmSync(folder, { recursive: true, force: true });
      resolve({ output, wire: ends?.wire() ?? new Uint8Array(0), received: ends?.received() ?? '' });
    });
  });
}

/** Types line after line; the end of input ends the program. */
function type(stdin: NodeJS.WritableStream, lines: readonly string[]): void {
  const [line, ...more] = lines;
  setTimeout(() => {
    if (line === undefined) stdin.end();
    else {
      stdin.write(`${line}\n`);
      type(stdin, more);
    }
  }, 150);
}
