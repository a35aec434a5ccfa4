/**
 * Joins a client and a server and lets them speak until neither has anything to say: the handshake,
 * application data in the given order, close_notify. The same input gives the same bytes.
 */
import { assertNever } from '../../../base/assertNever.ts';
import { type Bytes, concatBytes, EMPTY_BYTES } from '../../../crypto/bytes.ts';
import { hexText } from '../codec/codec.ts';
import { type TlsEndpoint, tlsClient, tlsServer } from '../endpoint/endpoint.ts';
import type { HandshakeEvent } from '../endpoint/events.ts';
import { entropyOf } from '../keys/entropy.ts';
import { otherSide, type Side } from '../side.ts';
import { isPlain } from './plain.ts';
import { negotiatedOf, resultOf, serverNameOf } from './result.ts';
import type { Flight, HandshakeInput, HandshakeTranscript, PlainPeer } from './types.ts';

/** One end of the conversation, whatever it speaks. */
type Party = Pick<TlsEndpoint, 'start' | 'receive' | 'send' | 'close' | 'end' | 'takeOutput'> & {
  readonly endpoint?: TlsEndpoint;
  /** How it ended the connection, when it did. */
  hasEnded(): 'closed' | 'reset' | undefined;
};

export function runHandshake(input: HandshakeInput): HandshakeTranscript {
  const events: HandshakeEvent[] = [];
  const emit = (event: HandshakeEvent): void => void events.push(event);
  const options = (side: Side) => ({ entropy: entropyOf(input.seed, side), emit });
  const parties: Record<Side, Party> = {
    client: isPlain(input.client)
      ? plainParty('client', input.client, emit)
      : tlsParty(tlsClient(input.client, options('client'))),
    server: isPlain(input.server)
      ? plainParty('server', input.server, emit)
      : tlsParty(tlsServer(input.server, options('server'))),
  };
  const flights: Flight[] = [];
  const received: Record<Side, Bytes[]> = { client: [], server: [] };
  const queue = [...(input.applicationData ?? [])];

  /** Sends what is this side's turn to send. */
  const speak = (side: Side): void => {
    for (let next = queue[0]; next?.from === side && isReady(parties, side); next = queue[0]) {
      parties[side].send(next.data);
      queue.shift();
    }
    if (queue.length === 0 && input.closedBy === side && isReady(parties, side)) parties[side].close();
  };

  parties.server.start();
  parties.client.start();
  let side: Side = 'client';
  for (let silent = 0; silent < 2; side = otherSide(side)) {
    speak(side);
    const bytes = parties[side].takeOutput();
    const ended = parties[side].hasEnded();
    if (bytes.length > 0) {
      flights.push({ from: side, bytes });
      parties[otherSide(side)].receive(bytes);
      received[otherSide(side)].push(parties[otherSide(side)].endpoint?.takeReceived() ?? EMPTY_BYTES);
    }
    if (ended !== undefined) parties[otherSide(side)].end(ended);
    silent = bytes.length > 0 ? 0 : silent + 1;
  }

  const client = parties.client.endpoint?.outcome() ?? { kind: 'handshaking' };
  const server = parties.server.endpoint?.outcome() ?? { kind: 'handshaking' };
  const keyLog = parties.client.endpoint?.keyLog() ?? [];
  const serverLog = parties.server.endpoint?.keyLog() ?? [];
  const negotiated = negotiatedOf(events);
  const serverName = serverNameOf(events);
  return {
    events,
    result: resultOf(input, client, server),
    client,
    server,
    ...(negotiated === undefined ? {} : { negotiated }),
    ...(serverName === undefined ? {} : { serverName }),
    flights,
    received: { client: concatBytes(...received.client), server: concatBytes(...received.server) },
    keyLog: [...new Set([...serverLog, ...keyLog])].map((line) => `${line}\n`).join(''),
  };
}

/**
 * May a side send application data? A client as soon as it has finished (in TLS 1.3 before the server
 * has judged its certificate), a server once it has finished too.
 */
const isReady = (parties: Record<Side, Party>, side: Side): boolean => parties[side].endpoint?.isEstablished() ?? false;

const tlsParty = (endpoint: TlsEndpoint): Party => ({
  ...endpoint,
  endpoint,
  // Who refuses hangs up.
  hasEnded: () => (endpoint.outcome().kind === 'refused-peer' ? 'closed' : undefined),
});

/** Sends its bytes at once (a client) or in answer to the first bytes it gets (a server). */
function plainParty(side: Side, peer: PlainPeer, emit: (event: HandshakeEvent) => void): Party {
  let output: Bytes = EMPTY_BYTES;
  let hasSpoken = false;
  const say = (): void => {
    if (hasSpoken) return;
    hasSpoken = true;
    output = peer.sends;
    if (output.length === 0) return;
    const text = hexText(output);
    emit({
      kind: 'message',
      from: side,
      content: 'unreadable',
      name: 'unreadable',
      epoch: 'plaintext',
      plain: output,
      fields: [{ name: 'data', meaning: 'unreadable.data', value: text, start: 0, end: output.length, children: [] }],
      records: [],
    });
  };
  return {
    start: () => {
      if (side === 'client') say();
    },
    receive: say,
    send: () => undefined,
    close: () => undefined,
    end: () => undefined,
    takeOutput: () => {
      const bytes = output;
      output = EMPTY_BYTES;
      return bytes;
    },
    hasEnded: () => {
      if (!hasSpoken) return undefined;
      switch (peer.afterwards) {
        case 'close':
          return 'closed';
        case 'reset':
          return 'reset';
        case 'wait':
          return undefined;
        default:
          return assertNever(peer.afterwards);
      }
    },
  };
}
