/** How a proxy got its certificate, or why it did not. */
import type { WorkloadId } from '../../base/ids.ts';
import { type CompiledMesh, issuanceOf } from '../../engine.ts';
import type { CsrFlowView } from '../protocol.ts';

export function csrFlowView(compiled: CompiledMesh, id: WorkloadId): CsrFlowView | undefined {
  const workload = compiled.mesh.workloads.get(id);
  if (workload === undefined || workload.proxy === 'none') return undefined;
  // Certificates given from outside were not asked for.
  if (compiled.mesh.options.workloadCAs !== undefined) return undefined;
  const issued = issuanceOf(compiled.mesh, workload);
  const flow = { steps: issued.steps, unknown: issued.kind === 'unknown' };
  if (issued.kind !== 'failed') return flow;
  const { code, retried, event } = issued.failure;
  return { ...flow, failure: { code, retried, log: issued.sdsText, ...(event === undefined ? {} : { event }) } };
}
