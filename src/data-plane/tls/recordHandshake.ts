/** Writes a handshake into the hop of one end; both ends get the same facts. */
import type { TlsHandshakeStep } from '../../trace/tlsStep.ts';
import type { OpenHop } from '../run.ts';
import type { HandshakeFacts } from './handshakeOutcome.ts';

export function recordHandshake(hop: OpenHop, facts: HandshakeFacts, role: 'client' | 'server'): TlsHandshakeStep {
  const step: TlsHandshakeStep = { ...facts, role };
  hop.step(step);
  return step;
}
