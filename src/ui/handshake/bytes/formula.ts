/** A computation as the specification writes it, with the names of its inputs. */
import type { HandshakeStep } from '../../../worker/certificateView.ts';

type Computation = Extract<HandshakeStep, { kind: 'computation' }>;

export function formulaOf({ operation, inputs }: Computation): string {
  const [first = '', second = '""'] = inputs.map(({ name }) => name);
  switch (operation.kind) {
    case 'random':
      return 'random(32)';
    case 'public-key':
      return `${operation.group}.public(${first})`;
    case 'ecdh':
      return `${operation.group}(${first}, ${second})`;
    case 'transcript-hash':
      return `${operation.hash}(${operation.messages.join(' || ')})`;
    case 'hkdf-extract':
      return `HKDF-Extract(salt: ${first}, ikm: ${second})`;
    case 'hkdf-expand-label':
      return `HKDF-Expand-Label(${first}, "${operation.label}", ${second}, ${operation.length})`;
    case 'hmac':
      return `HMAC-${operation.hash}(${first}, ${second})`;
    case 'prf':
      return `PRF-${operation.hash}(${first}, "${operation.label}", ${inputs
        .slice(1)
        .map(({ name }) => name)
        .join(' || ')})[0..${operation.length}]`;
    case 'slice':
      return `${first}[${operation.start}..${operation.end}]`;
    case 'sign':
      return `${operation.scheme}(${first}, ${second})`;
  }
}
