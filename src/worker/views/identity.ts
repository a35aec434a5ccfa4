/** What one proxy presents and whom it trusts. */
import type { WorkloadId } from '../../base/ids.ts';
import type { CompiledMesh } from '../../engine.ts';
import type { IdentityView } from '../certificateView.ts';
import { certificateView } from './certificates.ts';

export function identityView(compiled: CompiledMesh, id: WorkloadId): IdentityView | undefined {
  const workload = compiled.mesh.workloads.get(id);
  if (workload === undefined) return undefined;
  const base = { workload: id, trustDomain: workload.trustDomain, serviceAccount: workload.serviceAccount };
  if (workload.proxy === 'none') return { ...base, chain: [], trustAnchors: [] };
  const identity = compiled.identityOf(id);
  if (identity.kind !== 'issued') return { ...base, spiffeId: workload.spiffeId, chain: [], trustAnchors: [] };
  return {
    ...base,
    spiffeId: workload.spiffeId,
    chain: identity.chain.map(certificateView),
    trustAnchors: identity.anchors.map(certificateView),
    signedBy: identity.authority.id,
  };
}
