/** The tree of the explorer: graph and outline -> namespaces with their workloads, services and policies. */
import { resourceIdParts } from '../../base/ids.ts';
import type { SourceRange } from '../../base/origin.ts';
import { authorityNode, isIssuer, namespaceNode, serviceNode, workloadNode } from '../../state/nodeIds.ts';
import type { GraphWorkload, MeshGraph } from '../../worker/meshGraph.ts';
import type { OutlineEntry } from '../../worker/protocol.ts';
import type { IconName } from '../shared/Icon.tsx';

export interface TreeItem {
  readonly id: string;
  readonly label: string;
  /** Small text behind the label: a kind, a port. */
  readonly hint?: string;
  readonly icon: IconName;
  /** Canvas node it stands for. */
  readonly node?: string;
  readonly range?: SourceRange;
  readonly status?: OutlineEntry['status'];
  readonly children: readonly TreeItem[];
}

/** Documents that have a row of their own as namespace, workload or service. */
const DRAWN = new Set(['Namespace', 'Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet', 'Pod', 'Job', 'Service']);
/** They only serve the ones above. */
const QUIET = new Set(['ServiceAccount']);

export function buildTree(
  graph: MeshGraph,
  outline: readonly OutlineEntry[],
  words: { readonly clusterScoped: string },
): readonly TreeItem[] {
  const others = outline.filter(({ kind, status }) => status !== 'in-force' || (!DRAWN.has(kind) && !QUIET.has(kind)));
  const names = new Set([...graph.namespaces.map(({ name }) => name), ...others.map(({ namespace }) => namespace)]);
  return [...names].flatMap((name): TreeItem[] => {
    const namespace = graph.namespaces.find((candidate) => candidate.name === name);
    const children = [
      ...graph.workloads.filter((workload) => workload.namespace === name).map(workloadItem),
      ...graph.services
        .filter((service) => service.namespace === name && service.registry === 'kubernetes')
        .map(
          (service): TreeItem => ({
            id: serviceNode(service.id),
            label: service.name,
            icon: service.type === 'LoadBalancer' ? 'balancer' : 'service',
            node: serviceNode(service.id),
            ...withRange(service.range),
            children: [],
          }),
        ),
      ...others.filter((entry) => entry.namespace === name).map(documentItem),
    ];
    if (children.length === 0 && namespace?.range === undefined) return [];
    return [
      {
        id: namespaceNode(name),
        label: name === '' ? words.clusterScoped : name,
        icon: 'namespace',
        ...(namespace === undefined ? {} : { node: namespaceNode(name) }),
        ...withRange(namespace?.range),
        children,
      },
    ];
  });
}

function workloadItem(workload: GraphWorkload): TreeItem {
  return {
    id: workloadNode(workload.id),
    label: workload.name,
    icon: workload.proxy === 'gateway' ? 'gateway' : workload.externalHost === undefined ? 'workload' : 'server',
    node: workloadNode(workload.id),
    ...withRange(workload.range),
    children: [],
  };
}

function documentItem(entry: OutlineEntry): TreeItem {
  const { file, range, kind, name, resource, status } = entry;
  const group = resource === undefined ? '' : resourceIdParts(resource).group;
  const authority = resource !== undefined && isIssuer(group, kind) ? authorityNode(resource) : undefined;
  return {
    id: `doc:${file}:${range.start}`,
    label: name === '' ? kind : name,
    hint: kind,
    icon: group.startsWith('security.')
      ? 'policy'
      : kind === 'Secret'
        ? 'certificate'
        : authority !== undefined
          ? 'authority'
          : kind === 'Gateway'
            ? 'gateway'
            : 'file',
    ...(authority === undefined || status !== 'in-force' ? {} : { node: authority }),
    range,
    status,
    children: [],
  };
}

const withRange = (range: SourceRange | undefined): { range?: SourceRange } => (range === undefined ? {} : { range });
