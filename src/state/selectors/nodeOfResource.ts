/** Where a resource of the text stands on the canvas: its own node, or the room that it is in. */
import { type ResourceId, resourceIdParts } from '../../base/ids.ts';
import { authorityNode, namespaceNode, serviceNode, workloadNode } from '../nodeIds.ts';
import type { StudioState } from '../studioState.ts';

export function nodeOfResource({ engine }: StudioState, resource: ResourceId): string | undefined {
  const { graph } = engine;
  if (graph === undefined) return undefined;
  const workload = graph.workloads.find((each) => each.resource === resource);
  if (workload !== undefined) return workloadNode(workload.id);
  const service = graph.services.find((each) => each.resource === resource);
  if (service !== undefined) return serviceNode(service.id);
  const authority = graph.authorities.find((each) => each.resource === resource);
  if (authority !== undefined) return authorityNode(authority.id);
  const { kind, namespace, name } = resourceIdParts(resource);
  const room = kind === 'Namespace' ? name : namespace;
  return graph.namespaces.some((each) => each.name === room) ? namespaceNode(room) : undefined;
}

/** The resource whose document holds an offset of a file. */
export function resourceAt({ engine }: StudioState, file: string, offset: number): ResourceId | undefined {
  return engine.outline.findLast((entry) => entry.file === file && entry.range.start <= offset)?.resource;
}
