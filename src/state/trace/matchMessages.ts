/** Which of the engine's messages each message of the drawn sequence is: same sender, same name, in order. */
import type { HandshakeEvent } from './handshakeMessages.ts';

export interface NamedMessage {
  readonly from: 'client' | 'server';
  readonly name: string;
}

/** For each event the matching message; `undefined` where there is none (checks, or nothing was sent). */
export function matchMessages<M extends NamedMessage>(
  events: readonly HandshakeEvent[],
  messages: readonly M[],
): readonly (M | undefined)[] {
  const left = [...messages];
  return events.map((event) => {
    if (event.kind !== 'message') return undefined;
    const name = event.name.replace(/^(?:server|client)_(certificate)$/, '$1');
    const at = left.findIndex((message) => message.from === event.from && message.name === name);
    if (at < 0) return undefined;
    const [found] = left.splice(at, 1);
    return found;
  });
}
