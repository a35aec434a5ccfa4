/** The bytes of a handshake as the page shows them. */
import { type CompiledMesh, handshake, viewOfHandshake } from '../../engine.ts';
import type { HandshakeBytes } from '../certificateView.ts';
import type { HandshakeQuery } from '../protocol.ts';

export async function handshakeBytes(
  compiled: CompiledMesh,
  query: HandshakeQuery,
): Promise<HandshakeBytes | undefined> {
  const { call, connection, layer, seed } = query;
  const transcript = await handshake(compiled, call, connection, seed === undefined ? {} : { seed });
  return transcript && { ...(await viewOfHandshake(transcript)), connection, layer };
}
