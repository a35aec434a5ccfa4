/** The clock of a node may be wrong: whoever runs there judges certificates and tokens by it. */
import type { Mesh, Workload } from '../mesh/types.ts';

/** Milliseconds by which the clock of this workload's node is ahead; the outside keeps the mesh's time. */
export const clockSkewOf = (mesh: Mesh, workload: Workload | undefined): number =>
  (workload && mesh.options.disturbance?.clockSkew?.[workload.id]) ?? 0;

/** One end of a TLS connection with the clock of its node. */
export function withClockOf<T extends { readonly clockSkew?: number }>(
  mesh: Mesh,
  workload: Workload | undefined,
  end: T,
): T {
  const clockSkew = clockSkewOf(mesh, workload);
  return clockSkew === 0 ? end : { ...end, clockSkew };
}
