/** What became of a handshake, from what became of each side; and what was negotiated on the way. */
import type { HandshakeEvent, SideOutcome } from '../endpoint/events.ts';
import { parametersOf } from '../endpoint/parameters.ts';
import { EXT, hostNameOf } from '../messages/extensionKinds.ts';
import { extensionValue } from '../messages/extensions.ts';
import { decodeHandshake } from '../messages/handshake.ts';
import type { Side } from '../side.ts';
import { isPlain } from './plain.ts';
import type { HandshakeInput, HandshakeResult, Negotiated } from './types.ts';

type Refusal = Extract<SideOutcome, { readonly kind: 'refused-peer' }>;

function refusalResult(input: HandshakeInput, by: Side, refusal: Refusal, late: boolean): HandshakeResult {
  const { reason, alert, detail } = refusal;
  if (reason === 'version-not-modelled') return { kind: 'cannot-tell', reason };
  if (reason === 'no-shared-cipher-suite' && mayShareUnmodelled(input))
    return { kind: 'cannot-tell', reason: 'cipher-suites-not-modelled' };
  if (reason === 'not-tls' || reason === 'http-request') return { kind: 'broken', reason: 'not-tls' };
  return {
    kind: 'refused',
    by,
    ...(alert === undefined ? {} : { alert }),
    reason,
    ...(detail === undefined ? {} : { detail }),
    late,
  };
}

/** Could the two have agreed on a suite that is configured but not spoken here? */
function mayShareUnmodelled({ client, server }: HandshakeInput): boolean {
  if (isPlain(client) || isPlain(server)) return false;
  const offered = parametersOf(client).unmodelledSuites;
  const enabled = parametersOf(server).unmodelledSuites;
  // A side without a list of its own may have anything by default.
  return (
    offered.some((name) => enabled.includes(name)) ||
    (offered.length > 0 && server.cipherSuites === undefined) ||
    (enabled.length > 0 && client.cipherSuites === undefined)
  );
}

/**
 * Whoever refused first decides; a client's refusal counts before the server's failure to read its
 * alert. A refusal by the server is late when the client had finished by then.
 */
export function resultOf(input: HandshakeInput, client: SideOutcome, server: SideOutcome): HandshakeResult {
  if (client.kind === 'refused-peer') return refusalResult(input, 'client', client, client.late);
  if (server.kind === 'refused-peer') {
    const hadFinished = client.kind === 'established' || client.kind === 'closed';
    const late = server.late || hadFinished || (client.kind === 'alert-received' && client.late);
    return refusalResult(input, 'server', server, late);
  }
  const lost = [client, server].find((outcome) => outcome.kind === 'lost');
  if (lost?.kind === 'lost' && !lost.late) return { kind: 'broken', reason: lost.how };
  const isDone = (outcome: SideOutcome): boolean => outcome.kind !== 'handshaking';
  return isDone(client) || isDone(server) ? { kind: 'established' } : { kind: 'broken', reason: 'closed' };
}

const chosen = (events: readonly HandshakeEvent[], by: Side, topic: string): string | undefined => {
  const found = events.filter((event) => event.kind === 'decision' && event.by === by && event.topic === topic).pop();
  return found?.kind === 'decision' ? found.chosen : undefined;
};

export function negotiatedOf(events: readonly HandshakeEvent[]): Negotiated | undefined {
  const version = chosen(events, 'server', 'version');
  const cipherSuite = chosen(events, 'server', 'cipher-suite');
  const group = chosen(events, 'server', 'group');
  const alpn = chosen(events, 'server', 'alpn');
  if ((version !== 'TLS 1.2' && version !== 'TLS 1.3') || cipherSuite === undefined) return undefined;
  return {
    version: version === 'TLS 1.2' ? '1.2' : '1.3',
    cipherSuite,
    ...(group === undefined ? {} : { group }),
    ...(alpn === undefined ? {} : { alpn }),
  };
}

/** The name in the ClientHello. */
export function serverNameOf(events: readonly HandshakeEvent[]): string | undefined {
  const hello = events.find((event) => event.kind === 'message' && event.name === 'client_hello');
  if (hello?.kind !== 'message') return undefined;
  const decoded = decodeHandshake(hello.plain, '1.3');
  if (!decoded.ok || decoded.value.message.kind !== 'clientHello') return undefined;
  return hostNameOf(extensionValue(decoded.value.message.body.extensions, EXT.serverName));
}
