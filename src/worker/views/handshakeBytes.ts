/** The bytes of a handshake as the page shows them. */
import { type CompiledMesh, handshake, handshakeView } from '../../engine.ts';
import type { HandshakeBytes } from '../certificateView.ts';
import type { HandshakeQuery } from '../protocol.ts';

export function handshakeBytes(compiled: CompiledMesh, query: HandshakeQuery): HandshakeBytes | undefined {
  const { call, connection, layer, seed } = query;
  const transcript = handshake(compiled, call, connection, seed === undefined ? {} : { seed });
  return transcript && { ...handshakeView(transcript), connection, layer };
}
