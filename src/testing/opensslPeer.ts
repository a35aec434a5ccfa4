/**
 * Node's own TLS (OpenSSL) as the peer of one of our endpoints, over a stream in the same process.
 * Each side sends one message when it is established; the report says how it ended for OpenSSL.
 */
import { Duplex } from 'node:stream';
import * as tls from 'node:tls';
import type { TlsEndpoint } from '../pki/tls/index.ts';

export interface OpensslReport {
  readonly established: boolean;
  /** OpenSSL's own code, e.g. `ERR_SSL_TLSV1_ALERT_UNKNOWN_CA`, or `UNABLE_TO_GET_ISSUER_CERT_LOCALLY`. */
  readonly error?: string;
  readonly protocol?: string | null;
  readonly cipher?: string;
  readonly alpn?: string | false | null;
  readonly serverName?: string;
  /** Its verdict about our certificate, where it was asked for one. */
  readonly authorized: boolean;
  readonly peerSubjectAltName?: string;
  readonly ephemeralKey?: string;
  /** Application data it received, and what ours received. */
  readonly received: string;
  readonly oursReceived: string;
}

/** What both sides send. */
export const GREETING = 'hello from openssl';

type Options = tls.ConnectionOptions & tls.TlsOptions & { readonly requestCert?: boolean };

/** Runs `ours` against OpenSSL in the other role until both are done. */
export function speakWithOpenssl(
  ours: TlsEndpoint,
  role: 'client' | 'server',
  options: Options,
  greeting = 'hello from us',
): Promise<OpensslReport> {
  return new Promise((resolve) => {
    const wire = new Duplex({
      read: () => undefined,
      write(chunk: Uint8Array, _encoding, done) {
        ours.receive(Uint8Array.from(chunk));
        oursReceived += new TextDecoder().decode(ours.takeReceived());
        flush();
        finish();
        done();
      },
    });
    let greeted = false;
    let oursReceived = '';
    /** Both have finished and heard the other. */
    const finish = (): void => {
      if (received.length >= greeting.length && oursReceived.length >= GREETING.length) setImmediate(report);
    };
    const flush = (): void => {
      if (ours.isEstablished() && !greeted) {
        greeted = true;
        ours.send(new TextEncoder().encode(greeting));
      }
      const bytes = ours.takeOutput();
      if (bytes.length > 0) wire.push(Buffer.from(bytes));
      const { kind } = ours.outcome();
      if (kind === 'refused-peer' || kind === 'alert-received') wire.push(null);
    };
    let received = '';
    let established: Partial<OpensslReport> | undefined;
    let error: string | undefined;
    let isDone = false;
    const report = (): void => {
      if (isDone) return;
      isDone = true;
      resolve({
        authorized: false,
        ...established,
        established: established !== undefined,
        ...(error === undefined ? {} : { error }),
        received,
        oursReceived,
      });
      wire.destroy();
    };
    const onSecure = (socket: tls.TLSSocket): void => {
      established = detailsOf(socket, role);
      socket.write(GREETING);
      socket.on('data', (chunk: Buffer) => {
        received += chunk.toString();
        finish();
      });
    };
    const onError = (problem: NodeJS.ErrnoException): void => {
      error ??= problem.code ?? problem.message;
      // Its alert may still be on the way.
      setTimeout(report, 20);
    };
    if (role === 'server') {
      const server = tls.createServer(options, onSecure);
      server.on('tlsClientError', onError);
      server.emit('connection', wire);
    } else {
      const socket = tls.connect({ socket: wire, ...options });
      socket.on('secureConnect', () => onSecure(socket));
      socket.on('error', onError);
    }
    ours.start();
    flush();
  });
}

/** What OpenSSL says of an established connection. */
function detailsOf(socket: tls.TLSSocket, role: 'client' | 'server'): Partial<OpensslReport> {
  const { servername } = socket as tls.TLSSocket & { readonly servername?: string | false };
  const ephemeral = role === 'client' ? socket.getEphemeralKeyInfo() : null;
  const group = ephemeral !== null && 'name' in ephemeral ? ephemeral.name : undefined;
  const { subjectaltname } = socket.getPeerCertificate();
  return {
    protocol: socket.getProtocol(),
    cipher: socket.getCipher().standardName,
    alpn: socket.alpnProtocol,
    authorized: socket.authorized,
    ...(typeof servername === 'string' ? { serverName: servername } : {}),
    ...(subjectaltname === undefined ? {} : { peerSubjectAltName: subjectaltname }),
    ...(typeof group === 'string' ? { ephemeralKey: group } : {}),
  };
}
