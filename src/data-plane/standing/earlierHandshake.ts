/** What a trace says of the handshake of a connection that was opened before: when, and what has run out since. */
import type { EarlierHandshake } from '../../trace/tlsStep.ts';
import type { StandingConnection } from './types.ts';

export function earlierHandshake({ openedAt, server }: StandingConnection, now: number): EarlierHandshake {
  const { serverChain, peerChain } = server.session;
  const ends = [
    { of: 'server' as const, leaf: serverChain[0] },
    { of: 'client' as const, leaf: peerChain[0] },
  ];
  return {
    at: openedAt,
    ended: ends.flatMap(({ of, leaf }) =>
      leaf !== undefined && leaf.notAfter < now ? [{ of, notAfter: leaf.notAfter }] : [],
    ),
  };
}
