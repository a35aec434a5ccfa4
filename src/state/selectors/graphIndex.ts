/** A graph by canvas node id, built once for each graph: a thousand cards look themselves up. */
import type { GraphAuthority, GraphNamespace, GraphService, GraphWorkload, MeshGraph } from '../../worker/meshGraph.ts';
import { authorityNode, namespaceNode, serviceNode, workloadNode } from '../nodeIds.ts';

export interface GraphIndex {
  readonly workloads: ReadonlyMap<string, GraphWorkload>;
  readonly services: ReadonlyMap<string, GraphService>;
  readonly namespaces: ReadonlyMap<string, GraphNamespace>;
  readonly authorities: ReadonlyMap<string, GraphAuthority>;
  /** Workloads of a namespace, by its name. */
  readonly byNamespace: ReadonlyMap<string, readonly GraphWorkload[]>;
  /** First letters (`HEAD` of them) that several names of workloads or Services share. */
  readonly sharedHeads: ReadonlySet<string>;
}

const HEAD = 8;

/** True where the beginning of a name does not tell it from the others, so that a short form needs its end. */
export const isToldByItsEnd = ({ sharedHeads }: GraphIndex, name: string): boolean =>
  sharedHeads.has(name.slice(0, HEAD));

const EMPTY: GraphIndex = {
  workloads: new Map(),
  services: new Map(),
  namespaces: new Map(),
  authorities: new Map(),
  byNamespace: new Map(),
  sharedHeads: new Set(),
};
const indexes = new WeakMap<MeshGraph, GraphIndex>();

function sharedHeads(names: ReadonlySet<string>): ReadonlySet<string> {
  const seen = new Set<string>();
  const shared = new Set<string>();
  for (const name of names) {
    const head = name.slice(0, HEAD);
    if (seen.has(head)) shared.add(head);
    seen.add(head);
  }
  return shared;
}

export function graphIndex(graph: MeshGraph | undefined): GraphIndex {
  if (graph === undefined) return EMPTY;
  const known = indexes.get(graph);
  if (known !== undefined) return known;
  const byNamespace = new Map<string, GraphWorkload[]>();
  for (const workload of graph.workloads) {
    const group = byNamespace.get(workload.namespace);
    if (group === undefined) byNamespace.set(workload.namespace, [workload]);
    else group.push(workload);
  }
  const index: GraphIndex = {
    workloads: new Map(graph.workloads.map((workload) => [workloadNode(workload.id), workload])),
    services: new Map(graph.services.map((service) => [serviceNode(service.id), service])),
    namespaces: new Map(graph.namespaces.map((namespace) => [namespaceNode(namespace.name), namespace])),
    authorities: new Map(graph.authorities.map((authority) => [authorityNode(authority.id), authority])),
    byNamespace,
    sharedHeads: sharedHeads(new Set([...graph.workloads, ...graph.services].map(({ name }) => name))),
  };
  indexes.set(graph, index);
  return index;
}
