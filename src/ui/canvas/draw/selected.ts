/** What is selected, by what can be done with it. */
import { parseNodeId } from '../../../state/nodeIds.ts';
import { graphIndex } from '../../../state/selectors/graphIndex.ts';
import type {
  GraphAuthority,
  GraphNamespace,
  GraphService,
  GraphWorkload,
  MeshGraph,
} from '../../../worker/meshGraph.ts';

export interface Selected {
  readonly nodes: readonly string[];
  readonly workloads: readonly GraphWorkload[];
  readonly namespaces: readonly GraphNamespace[];
  readonly services: readonly GraphService[];
  /** Certificate authorities that a document makes. */
  readonly authorities: readonly GraphAuthority[];
  /** Who of them can call and be called: workloads, load balancers, the outside. */
  readonly ends: readonly string[];
  /** Names of all namespaces that are shown closed, selected or not. */
  readonly collapsed: readonly string[];
  /** There are namespaces with somebody in them. */
  readonly hasRooms: boolean;
}

export function selectedOf(nodes: readonly string[], graph: MeshGraph, collapsed: readonly string[] = []): Selected {
  const index = graphIndex(graph);
  return {
    nodes,
    workloads: nodes.flatMap((node) => index.workloads.get(node) ?? []),
    namespaces: nodes.flatMap((node) => index.namespaces.get(node) ?? []),
    services: nodes.flatMap((node) => index.services.get(node) ?? []),
    authorities: nodes.flatMap((node) => {
      const authority = index.authorities.get(node);
      return authority?.resource === undefined ? [] : [authority];
    }),
    ends: nodes.filter((node) => !['namespace', 'authority'].includes(parseNodeId(node)?.kind ?? '')),
    collapsed,
    hasRooms: graph.workloads.length > 0,
  };
}
