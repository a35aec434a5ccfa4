/**
 * What curl makes of what came back: exit code, message, and the response. Where TCP or TLS race,
 * the other exit codes that could have come are named. Upstream authority: curl 7.88
 * lib/vtls/openssl.c, lib/transfer.c, lib/http.c.
 */

import { utf8 } from '../../crypto/bytes.ts';
import type { HttpOutcome } from '../../trace/outcome.ts';
import type { TlsHandshakeStep } from '../../trace/tlsStep.ts';
import { ANNOUNCED_BYTES } from '../application/failing.ts';
import { alertName, OPENSSL_WRONG_VERSION, TLS_ALERT } from '../tls/alerts.ts';
import type { HttpResponse, Reply } from '../wire.ts';

/** Where curl stood when the reply came. */
export interface CurlState {
  /** Host and port it dialled, as it prints them. */
  readonly dialled: { readonly host: string; readonly port: number };
  /** Host of the URL and port. */
  readonly target: { readonly host: string; readonly port: number };
  /** The request is HTTP/2: anything else that comes back is no answer. */
  readonly http2: boolean;
  /** `connecting` until TLS is established. */
  readonly tls: 'none' | 'connecting' | 'established';
}

const RESET = 'Recv failure: Connection reset by peer';
const EMPTY = 'Empty reply from server';
const HTTP2_CUT_SHORT = 'HTTP/2 stream 1 was not closed cleanly before end of the underlying stream';
const HTTP2_STREAM_RESET = 'HTTP/2 stream 1 was not closed cleanly: INTERNAL_ERROR (err 2)';
const UNHEEDED = 'SSL certificate problem: unable to get local issuer certificate';
const LATE_EXITS = [52, 55, 56];

const failure = (curlExit: number, error: string, alsoPossible: readonly number[] = []): HttpOutcome => ({
  kind: 'http',
  curlExit,
  error,
  alsoPossible: alsoPossible.filter((exit) => exit !== curlExit),
  status: 0,
  headers: [],
});

export const localFailure = failure;

export const unknownHost = (host: string): HttpOutcome => failure(6, `Could not resolve host: ${host}`);

export const resolvingTimedOut = (milliseconds: number): HttpOutcome =>
  failure(28, `Resolving timed out after ${milliseconds} milliseconds`);

export const malformedUrl = (): HttpOutcome => failure(3, 'URL using bad/illegal format or missing URL');

const timedOut = (milliseconds: number): HttpOutcome =>
  failure(28, `Operation timed out after ${milliseconds} milliseconds with 0 bytes received`);

const connectionTimedOut = (milliseconds: number): HttpOutcome =>
  failure(28, `Connection timed out after ${milliseconds} milliseconds`);

/** `undefined`: curl's answer to this is not modelled. */
export function curlOutcome(
  reply: Exclude<Reply, { kind: 'cannot-tell' | 'tls' }>,
  state: CurlState,
  timeoutMs: number,
): HttpOutcome | undefined {
  const connecting = state.tls === 'connecting';
  if (state.http2 && !connecting && (reply.kind === 'line' || reply.kind === 'garbage')) {
    // Less than a frame header, then the end.
    if (reply.kind === 'garbage' && reply.looksLike === 'other') return failure(18, HTTP2_CUT_SHORT);
    return failure(52, EMPTY, LATE_EXITS);
  }
  switch (reply.kind) {
    case 'http':
      return connecting ? failure(35, OPENSSL_WRONG_VERSION) : response(reply.response);
    case 'line':
      return connecting ? failure(35, OPENSSL_WRONG_VERSION) : failure(1, 'Received HTTP/0.9 when not allowed');
    case 'garbage':
      if (connecting) return failure(35, OPENSSL_WRONG_VERSION);
      return reply.looksLike === 'other' ? failure(1, 'Received HTTP/0.9 when not allowed') : undefined;
    case 'refused':
    case 'unreachable':
      return failure(
        7,
        `Failed to connect to ${state.dialled.host} port ${state.dialled.port} after 0 ms: Couldn't connect to server`,
      );
    case 'connect-timeout':
      return connectionTimedOut(timeoutMs);
    case 'reset':
      if (connecting) return failure(35, RESET);
      return failure(56, RESET, LATE_EXITS);
    case 'closed':
      if (connecting) {
        const { host, port } = state.target;
        return failure(35, `OpenSSL SSL_connect: SSL_ERROR_SYSCALL in connection to ${host}:${port} `);
      }
      // The end of the connection under a stream that is still open.
      if (state.http2) return reply.raced ? failure(56, RESET, [...LATE_EXITS, 18]) : failure(18, HTTP2_CUT_SHORT);
      return reply.raced ? failure(56, RESET, LATE_EXITS) : failure(52, EMPTY);
    case 'stream-reset':
      return failure(92, HTTP2_STREAM_RESET);
    case 'silence':
      return connecting ? connectionTimedOut(timeoutMs) : timedOut(timeoutMs);
    case 'tls-failed':
      return handshakeFailure(reply.handshake, state);
  }
}

function response(answer: HttpResponse): HttpOutcome {
  const { cutShort, body = '' } = answer;
  const missing = ANNOUNCED_BYTES - utf8(body).length;
  const ended =
    cutShort === undefined
      ? { curlExit: 0 }
      : cutShort === 'closed'
        ? { curlExit: 18, error: `transfer closed with ${missing} bytes remaining to read` }
        : { curlExit: 92, error: HTTP2_STREAM_RESET };
  return {
    kind: 'http',
    ...ended,
    alsoPossible: [],
    status: answer.status,
    headers: answer.headers,
    ...(answer.body === undefined ? {} : { body: answer.body }),
    ...(answer.servedBy === undefined ? {} : { servedBy: answer.servedBy }),
    ...(answer.appSaw === undefined ? {} : { appSaw: answer.appSaw }),
  };
}

function handshakeFailure({ result, client }: TlsHandshakeStep, state: CurlState): HttpOutcome {
  if (result.kind !== 'refused') {
    const { host, port } = state.target;
    return failure(35, `OpenSSL SSL_connect: SSL_ERROR_SYSCALL in connection to ${host}:${port} `);
  }
  // The handshake itself is what curl gave up then, not the certificate.
  const gaveUp = result.alert === alertName(TLS_ALERT.internalError);
  if (result.by === 'client') return failure(gaveUp ? 35 : 60, result.clientSees);
  if (result.late) return failure(56, result.clientSees, LATE_EXITS);
  // curl takes this alert for a verdict on the server's certificate; with -k it had one of its own, unheeded.
  if (result.alert === alertName(TLS_ALERT.certificateExpired))
    return failure(60, client.trust.anchors === 'none' ? UNHEEDED : 'SSL certificate verification failed');
  return failure(35, result.clientSees);
}
