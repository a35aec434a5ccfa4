/** Whom a node can call: workloads and load balancers, neighbours first. */
import { parseNodeId, serviceNode, workloadNode } from '../../../state/nodeIds.ts';
import type { MeshGraph } from '../../../worker/meshGraph.ts';

export interface ConnectTarget {
  readonly node: string;
  readonly label: string;
}

export function targetsFrom(graph: MeshGraph, from: string): readonly ConnectTarget[] {
  const ref = parseNodeId(from);
  const home = ref === undefined || ref.kind === 'outside' ? undefined : ref.id.split('/')[0];
  const balancers = graph.services
    .filter(({ type, registry }) => type === 'LoadBalancer' && registry === 'kubernetes')
    .map(({ id }) => ({ node: serviceNode(id), label: `${id} (LoadBalancer)`, isNear: home === undefined }));
  const workloads = graph.workloads.map(({ id, namespace, externalHost }) => ({
    node: workloadNode(id),
    label: externalHost ?? id,
    isNear: namespace === home,
  }));
  return [...balancers, ...workloads]
    .filter(({ node }) => node !== from)
    .sort((a, b) => Number(b.isNear) - Number(a.isNear));
}
