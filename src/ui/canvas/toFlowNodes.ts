/** The scene as React Flow wants it: children relative to their room, each with a name to be read out. */
import type { Node } from '@xyflow/react';
import type { Translator } from '../../i18n/i18n.ts';
import { parseNodeId } from '../../state/nodeIds.ts';
import { authorityName } from '../../state/selectors/authorityName.ts';
import { graphIndex } from '../../state/selectors/graphIndex.ts';
import type { MeshGraph } from '../../worker/meshGraph.ts';
import type { Scene, SceneNode } from './scene/scene.ts';

export type FlowNode = Node<Record<string, never>>;

export function toFlowNodes(
  scene: Scene,
  graph: MeshGraph,
  selected: ReadonlySet<string>,
  /** So far away that rooms stand for what is in them. */
  isFar: boolean,
  translator: Translator,
): FlowNode[] {
  return [...scene.values()].map((node): FlowNode => {
    const room = node.room === undefined ? undefined : scene.get(node.room);
    return {
      id: node.id,
      type: node.kind,
      data: {},
      position: { x: node.x - (room?.x ?? 0), y: node.y - (room?.y ?? 0) },
      width: node.width,
      height: node.height,
      selected: selected.has(node.id),
      hidden: isFar && room !== undefined,
      ariaRole: 'button',
      ariaLabel: nameOf(node, graph, translator),
      domAttributes: { 'aria-pressed': selected.has(node.id), ...expansion(node, graph) },
      ...(room === undefined ? {} : { parentId: room.id }),
      ...(node.kind === 'room' ? roomProps(isFar) : { zIndex: 1 }),
    };
  });
}

/** Whether a room is open, where there is something in it to see. */
function expansion({ id, kind }: SceneNode, graph: MeshGraph): { 'aria-expanded'?: boolean } {
  if (kind === 'collapsed') return { 'aria-expanded': false };
  const name = kind === 'room' ? graphIndex(graph).namespaces.get(id)?.name : undefined;
  return name !== undefined && graphIndex(graph).byNamespace.has(name) ? { 'aria-expanded': true } : {};
}

/**
 * A room is taken by its head, so that a press inside it can draw the frame of a selection; from
 * afar, where nothing is to be seen in it, anywhere.
 */
const roomProps = (isFar: boolean): Partial<FlowNode> =>
  isFar ? { zIndex: 0 } : { zIndex: 0, dragHandle: '.room-head', style: { pointerEvents: 'none' } };

function nameOf(node: SceneNode, graph: MeshGraph, { t }: Translator): string {
  const ref = parseNodeId(node.id);
  if (ref === undefined || ref.kind === 'outside') return t('canvas.outsideHint', { address: graph.outsideAddress });
  const withPolicies = (name: string, policies: readonly unknown[] = []): string =>
    policies.length === 0 ? name : `${name}, ${t('canvas.policies', { count: policies.length })}`;
  if (ref.kind === 'namespace') {
    const inside = graphIndex(graph).byNamespace.get(ref.id)?.length ?? 0;
    const named = t('canvas.namespace', { name: ref.id });
    const name = node.kind === 'collapsed' ? `${named}, ${t('canvas.workloads', { count: inside })}` : named;
    return withPolicies(name, graphIndex(graph).namespaces.get(node.id)?.policies);
  }
  if (ref.kind === 'authority') {
    const authority = graphIndex(graph).authorities.get(node.id);
    const count = authority?.certifies.length ?? 0;
    const name = authority === undefined ? ref.id : authorityName(authority);
    return `${t('canvas.authority', { name })}, ${t('canvas.certifies', { count })}`;
  }
  if (ref.kind === 'service') return `${t('canvas.loadBalancer')} ${ref.id}`;
  const workload = graphIndex(graph).workloads.get(node.id);
  if (workload === undefined) return ref.id;
  const params = { name: workload.name, namespace: workload.namespace };
  if (workload.proxy === 'gateway') return withPolicies(t('canvas.gateway', params), workload.policies);
  const proxy = t(workload.proxy === 'sidecar' ? 'canvas.sidecar' : 'canvas.noSidecar');
  return withPolicies(`${t('canvas.workload', params)}, ${proxy}`, workload.policies);
}
