/** The bytes of a handshake as the page shows them. */
import { type CallOptions, type CompiledMesh, handshake, viewOfHandshake } from '../../engine.ts';
import type { HandshakeBytes } from '../certificateView.ts';
import type { HandshakeQuery } from '../protocol.ts';

export async function handshakeBytes(
  compiled: CompiledMesh,
  { call, connection, layer }: HandshakeQuery,
  options: CallOptions,
): Promise<HandshakeBytes | undefined> {
  const transcript = await handshake(compiled, call, connection, options);
  return transcript && { ...(await viewOfHandshake(transcript)), connection, layer };
}
