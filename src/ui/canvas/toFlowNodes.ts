/**
 * The scene as React Flow wants it: children relative to their room, each with a name to be read out. A
 * node that did not change is the same object as before: the library looks only at others. Sizes and
 * handles are given, so that it need not draw a node once, out of view, to measure it.
 */
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
  before: ReadonlyMap<string, FlowNode> = NONE,
): FlowNode[] {
  // Cards in a room that stands for them are not drawn, and a thousand of them not even told of.
  const seen = [...scene.values()].filter(({ room }) => !isFar || room === undefined);
  return seen.map((node): FlowNode => {
    const room = node.room === undefined ? undefined : scene.get(node.room);
    const flowNode: FlowNode = {
      id: node.id,
      type: node.kind,
      data: {},
      position: { x: node.x - (room?.x ?? 0), y: node.y - (room?.y ?? 0) },
      width: node.width,
      height: node.height,
      measured: { width: node.width, height: node.height },
      handles: NO_HANDLES,
      selected: selected.has(node.id),
      ariaRole: 'button',
      ariaLabel: nameOf(node, graph, translator),
      domAttributes: { 'aria-pressed': selected.has(node.id), ...expansion(node, graph) },
      ...(room === undefined ? {} : { parentId: room.id }),
      ...(node.kind === 'room' ? (isFar ? FAR_ROOM : NEAR_ROOM) : { zIndex: 1 }),
    };
    const known = before.get(node.id);
    return known !== undefined && isSame(known, flowNode) ? known : flowNode;
  });
}

const NONE: ReadonlyMap<string, FlowNode> = new Map();
const NO_HANDLES: NonNullable<FlowNode['handles']> = [];

const isSame = (a: FlowNode, b: FlowNode): boolean =>
  a.type === b.type &&
  a.position.x === b.position.x &&
  a.position.y === b.position.y &&
  a.width === b.width &&
  a.height === b.height &&
  a.selected === b.selected &&
  a.ariaLabel === b.ariaLabel &&
  a.parentId === b.parentId &&
  a.style === b.style &&
  a.domAttributes?.['aria-expanded'] === b.domAttributes?.['aria-expanded'];

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
const FAR_ROOM: Partial<FlowNode> = { zIndex: 0 };
const NEAR_ROOM: Partial<FlowNode> = { zIndex: 0, dragHandle: '.room-head', style: { pointerEvents: 'none' } };

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
