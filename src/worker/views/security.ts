/** Compiled mesh and the saved calls -> the security dashboards, each row with its place in the text. */
import type { Origin } from '../../base/origin.ts';
import { type CompiledMesh, evaluate, loadAnalysis } from '../../engine.ts';
import type { SecurityQuery } from '../protocol.ts';
import type { SecurityView } from '../securityView.ts';
import { rangeOf } from './located.ts';

export async function securityView(compiled: CompiledMesh, { calls }: SecurityQuery): Promise<SecurityView> {
  const { doors, edges, policies } = (await loadAnalysis()).securityReport(
    compiled.mesh,
    compiled.proxyConfig,
    calls.map(({ id, call }) => ({ id, trace: evaluate(compiled, call) })),
  );
  const decided = <T extends { readonly origins: readonly Origin[] }>({ origins, ...row }: T) => ({
    ...row,
    ...(origins[0] === undefined ? {} : { decidedBy: origins[0].resource }),
    ...rangeOf(compiled, origins[0]),
  });
  return {
    doors: doors.map(decided),
    edges: edges.map(decided),
    policies: policies.map((policy) => ({ ...policy, ...rangeOf(compiled, { resource: policy.resource, path: [] }) })),
  };
}
