/** The bytes of a handshake as the page shows them. */
import {
  type CallOptions,
  type CompiledMesh,
  type CurveWalk,
  handshake,
  loadCapture,
  viewOfHandshake,
} from '../../engine.ts';
import type { HandshakeBytes } from '../certificateView.ts';
import type { CurveQuery, HandshakeQuery } from '../protocol.ts';

export async function handshakeBytes(
  compiled: CompiledMesh,
  { call, connection, layer }: HandshakeQuery,
  options: CallOptions,
): Promise<HandshakeBytes | undefined> {
  const transcript = await handshake(compiled, call, connection, options);
  return transcript && { ...(await viewOfHandshake(transcript)), connection, layer };
}

export async function curveView({ group, secret, peer }: CurveQuery): Promise<CurveWalk | undefined> {
  const [own, other] = [bytesOf(secret), peer === undefined ? undefined : bytesOf(peer)];
  if (own === undefined || (peer !== undefined && other === undefined)) return undefined;
  return (await loadCapture()).curveWalk(group, own, other);
}

const bytesOf = (hex: string): Uint8Array | undefined =>
  /^([0-9a-f]{2})*$/.test(hex)
    ? Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
    : undefined;
