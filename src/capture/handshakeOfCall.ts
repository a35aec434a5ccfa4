/**
 * The bytes of one handshake of a call: the same parties as in the trace, met again by real ends of
 * TLS. Its outcome is the one that the trace tells, because the same judges decide it.
 */
import type { Payload, Reply, TlsPayload } from '../data-plane/wire.ts';
import { type HandshakeTranscript, runHandshake } from '../pki/tls/index.ts';
import { type ConversationContext, plainBytes, transcriptOf } from './conversation.ts';
import type { ObservedCall, ObservedConnection, PlainToTls } from './observeCall.ts';
import { plainPeer, serverEnd } from './tlsParties.ts';

/** Undefined: the call has no such handshake, or it did not get as far as a byte. */
export function handshakeOfCall(
  observed: ObservedCall,
  connection: number,
  options: { readonly now: number; readonly seed: string },
): HandshakeTranscript | undefined {
  const plain = observed.plainToTls.get(connection);
  if (plain !== undefined) return plainToTls(plain, connection, options);
  const context: ConversationContext = { observed, ...options, transcripts: new Map() };
  for (const candidate of observed.connections) {
    const found = findTls(candidate, connection);
    const transcript = found && transcriptOf(context, found.payload, found.reply);
    if (transcript !== undefined) return transcript;
  }
  return undefined;
}

/** The TLS of that number on this connection, however deep, with what came back to it. */
function findTls(
  { connection, reply }: ObservedConnection,
  wanted: number,
): { readonly payload: TlsPayload; readonly reply: Reply } | undefined {
  let payload: Payload = connection.payload;
  let back: Reply = reply;
  while (payload.kind === 'tls') {
    if (payload.connection === wanted) return { payload, reply: back };
    if (back.kind !== 'tls') return undefined;
    payload = payload.inner;
    back = back.inner;
  }
  return undefined;
}

function plainToTls(
  { payload, server }: PlainToTls,
  connection: number,
  { now, seed }: { readonly now: number; readonly seed: string },
): HandshakeTranscript | undefined {
  const end = serverEnd(server, undefined, now);
  return (
    end &&
    runHandshake({
      client: plainPeer(plainBytes(payload), 'wait'),
      server: end,
      seed: `${seed} connection ${connection}`,
    })
  );
}
