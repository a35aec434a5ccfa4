/**
 * What two parties really send each other on one connection: payload and reply -> flights of bytes.
 * TLS becomes a handshake with what it carries as application data, TLS inside it included; what
 * meets a TLS client without being TLS becomes those bytes. The same call gives the same bytes.
 */
import { assertNever } from '../base/assertNever.ts';
import { type Bytes, EMPTY_BYTES, utf8 } from '../crypto/bytes.ts';
import type { Payload, Reply, TlsPayload } from '../data-plane/wire.ts';
import {
  type ApplicationData,
  type HandshakeInput,
  type HandshakeTranscript,
  type PlainPeer,
  runHandshake,
  type TlsServerConfig,
} from '../pki/tls/index.ts';
import { requestBytes, responseBytes } from './httpBytes.ts';
import type { ObservedCall } from './observeCall.ts';
import { clientEnd, plainPeer, serverEnd } from './tlsParties.ts';

export interface ConversationContext {
  readonly observed: ObservedCall;
  readonly now: number;
  readonly seed: string;
  /** Transcripts by connection number, the key logs among them. */
  readonly transcripts: Map<string, HandshakeTranscript>;
}

/** Bytes in each direction, in order. */
export function flightsOf(context: ConversationContext, payload: Payload, reply: Reply): readonly ApplicationData[] {
  if (payload.kind !== 'tls') {
    const request = plainBytes(payload);
    const answer = replyBytes(reply, payload);
    return [
      ...(request.length === 0 ? [] : [{ from: 'client', data: request } as const]),
      ...(answer.length === 0 ? [] : [{ from: 'server', data: answer } as const]),
    ];
  }
  const transcript = transcriptOf(context, payload, reply);
  return transcript?.flights.map(({ from, bytes }) => ({ from, data: bytes })) ?? [];
}

export function plainBytes(payload: Exclude<Payload, TlsPayload>): Bytes {
  switch (payload.kind) {
    case 'http':
      return requestBytes(payload.request);
    case 'line':
      return utf8(`${payload.text}\n`);
    case 'nothing':
      return EMPTY_BYTES;
    default:
      return assertNever(payload);
  }
}

const latin1 = (text: string): Bytes => Uint8Array.from(text, (character) => character.charCodeAt(0) & 0xff);

/** Bytes that came back outside TLS. */
function replyBytes(reply: Reply, payload: Payload): Bytes {
  switch (reply.kind) {
    case 'http':
      return responseBytes(
        reply.response,
        payload.kind === 'http' ? payload.request : { version: '1.1', method: 'GET' },
      );
    case 'line':
      return utf8(`${reply.text}\n`);
    case 'garbage':
      return reply.looksLike === 'http' ? utf8(`${reply.text}\r\n\r\n`) : latin1(reply.text);
    default:
      return EMPTY_BYTES;
  }
}

/** The handshake of a TLS payload and all that follows it; undefined: no connection came to be. */
export function transcriptOf(
  context: ConversationContext,
  payload: TlsPayload,
  reply: Reply,
): HandshakeTranscript | undefined {
  // What came back may differ from one leg of the way to the next (a proxy in between may time out).
  const key = `${payload.connection} ${reply.kind} ${reply.kind === 'tls' ? reply.inner.kind : ''}`;
  const known = context.transcripts.get(key);
  if (known !== undefined) return known;
  const input = handshakeInput(context, payload, reply);
  if (input === undefined) return undefined;
  const transcript = runHandshake(input);
  context.transcripts.set(key, transcript);
  return transcript;
}

function handshakeInput(context: ConversationContext, payload: TlsPayload, reply: Reply): HandshakeInput | undefined {
  const { observed } = context;
  const now = handshakeTime(context, payload);
  const seed = `${context.seed} connection ${payload.connection}`;
  const server = observed.servers.get(payload.connection);
  const met = tlsServerThatAnswered(context, payload, reply);
  const client = clientEnd(payload.client, server, now);
  if (met !== undefined) {
    const inner = reply.kind === 'tls' ? reply.inner : NO_REPLY;
    const data = flightsOf(context, payload.inner, inner);
    // Whatever a refusal leaves time for: the client's own first words.
    const own = reply.kind === 'tls-failed' ? data.slice(0, 1) : data;
    const closedBy = closer(payload, reply);
    return { client, server: met, seed, applicationData: own, ...(closedBy && { closedBy }) };
  }
  const peer = peerWithoutTls(payload, reply);
  return peer && { client, server: peer, seed };
}

const NO_REPLY: Reply = { kind: 'silence' };

/** A connection that stood already had its handshake then. */
const handshakeTime = ({ now }: ConversationContext, { standing }: TlsPayload): number => standing?.openedAt ?? now;

function tlsServerThatAnswered(
  context: ConversationContext,
  payload: TlsPayload,
  reply: Reply,
): TlsServerConfig | undefined {
  if (reply.kind !== 'tls' && reply.kind !== 'tls-failed' && reply.kind !== 'cannot-tell') return undefined;
  const server = context.observed.servers.get(payload.connection);
  return server && serverEnd(server, payload.client, handshakeTime(context, payload));
}

/** curl closes after the answer; Envoy keeps its connections. */
const closer = ({ client }: TlsPayload, reply: Reply): 'client' | undefined =>
  client.implementation === 'curl-openssl' && reply.kind === 'tls' ? 'client' : undefined;

/** What a TLS client found instead of a TLS server; undefined: nobody. */
function peerWithoutTls(payload: TlsPayload, reply: Reply): PlainPeer | undefined {
  switch (reply.kind) {
    case 'refused':
    case 'unreachable':
    case 'connect-timeout':
    case 'cannot-tell':
      return undefined;
    case 'reset':
      return plainPeer(EMPTY_BYTES, 'reset');
    case 'closed':
    case 'stream-reset':
    case 'tls':
    case 'tls-failed':
      return plainPeer(EMPTY_BYTES, 'close');
    case 'silence':
      return plainPeer(EMPTY_BYTES, 'wait');
    case 'http':
    case 'line':
    case 'garbage':
      return plainPeer(replyBytes(reply, payload), 'close');
    default:
      return assertNever(reply);
  }
}
