/**
 * Where everything stands: graph and stored positions -> one list of rectangles, in absolute
 * coordinates, rooms before what is in them. Pure and deterministic; what has no stored position is
 * placed beside what has, so that adding one workload moves nothing else. A room that is shown closed is one
 * card at its corner; the ground that it takes when open stays its own.
 */

import {
  authorityNode,
  namespaceNode,
  OUTSIDE,
  parseNodeId,
  serviceNode,
  workloadNode,
} from '../../../state/nodeIds.ts';
import type { Places, Position } from '../../../state/workspace/workspace.ts';
import type { GraphNamespace, GraphWorkload, MeshGraph } from '../../../worker/meshGraph.ts';
import { authorityPlace, gridCell, packRooms } from './placement.ts';
import { AUTHORITY, BALANCER, CARD, COLLAPSED, GATEWAY, OUTSIDE_CARD, ROOM, STRIP_GAP } from './sizes.ts';

export interface SceneNode {
  readonly id: string;
  readonly kind: 'room' | 'collapsed' | 'workload' | 'gateway' | 'balancer' | 'outside' | 'authority';
  /** Absolute, of the upper left corner. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** The room it is in; its stored position counts from there. */
  readonly room?: string;
}

export type Scene = ReadonlyMap<string, SceneNode>;

const NOBODY: ReadonlySet<string> = new Set();

/**
 * `lifted`: cards in the hand, over another room; their own does not make way for them. `collapsed`:
 * names of the namespaces that are shown closed.
 */
export function buildScene(
  graph: MeshGraph,
  positions: Places,
  lifted: ReadonlySet<string> = NOBODY,
  collapsed: ReadonlySet<string> = NOBODY,
): Scene {
  const rooms = graph.namespaces.flatMap((namespace) => {
    const workloads = graph.workloads.filter((workload) => workload.namespace === namespace.name);
    // A namespace that is only mentioned and holds nobody is no room.
    if (workloads.length === 0 && namespace.range === undefined) return [];
    return [furnish(namespace, workloads, positions, lifted)];
  });
  const strip = placeStrip(graph, positions);
  const corners = packRooms(
    rooms.map(({ id, width, height, hasGateway }) => ({ id, width, height, first: hasGateway })),
    positions,
    strip,
  );

  const scene = new Map<string, SceneNode>();
  for (const node of strip) scene.set(node.id, node);
  const closed = new Set([...collapsed].map(namespaceNode));
  for (const { id, width, height, cards } of rooms) {
    const corner = corners.get(id) ?? { x: 0, y: 0 };
    if (closed.has(id)) {
      scene.set(id, { id, kind: 'collapsed', ...corner, ...COLLAPSED });
      continue;
    }
    scene.set(id, { id, kind: 'room', ...corner, width, height });
    for (const card of cards) {
      scene.set(card.id, { ...card, x: corner.x + card.x, y: corner.y + card.y, room: id });
    }
  }
  return scene;
}

/** Where a node is seen: at its own place, or at the closed room that it is in. */
export function seenAt(scene: Scene, id: string): SceneNode | undefined {
  const node = scene.get(id);
  const ref = node === undefined ? parseNodeId(id) : undefined;
  if (ref?.kind !== 'workload') return node;
  const room = scene.get(namespaceNode(ref.id.slice(0, ref.id.indexOf('/'))));
  return room?.kind === 'collapsed' ? room : undefined;
}

interface Room {
  readonly id: string;
  readonly width: number;
  readonly height: number;
  readonly hasGateway: boolean;
  /** Relative to the room. */
  readonly cards: readonly SceneNode[];
}

function furnish(
  namespace: GraphNamespace,
  workloads: readonly GraphWorkload[],
  positions: Places,
  lifted: ReadonlySet<string>,
): Room {
  const taken: Position[] = workloads.flatMap((workload) => positions[workloadNode(workload.id)] ?? []);
  const cards = workloads.map((workload): SceneNode => {
    const id = workloadNode(workload.id);
    const isGateway = workload.proxy === 'gateway';
    let at = positions[id];
    if (at === undefined) {
      at = gridCell(taken, workloads.length);
      taken.push(at);
    }
    return { id, kind: isGateway ? 'gateway' : 'workload', x: at.x, y: at.y, ...(isGateway ? GATEWAY : CARD) };
  });
  const standing = cards.filter(({ id }) => !lifted.has(id));
  const right = Math.max(ROOM.padX + CARD.width, ...standing.map((card) => card.x + card.width));
  const bottom = Math.max(ROOM.header + CARD.height, ...standing.map((card) => card.y + card.height));
  return {
    id: namespaceNode(namespace.name),
    width: right + ROOM.padX,
    height: bottom + ROOM.padY,
    hasGateway: workloads.some((workload) => workload.proxy === 'gateway'),
    cards,
  };
}

/** The outside, the load balancers and the certificate authorities, from top to bottom at the left edge. */
function placeStrip({ services, authorities }: MeshGraph, positions: Places): SceneNode[] {
  const balancers = services.filter(({ type, registry }) => type === 'LoadBalancer' && registry === 'kubernetes');
  const nodes: SceneNode[] = [];
  const below = (): number => Math.max(0, ...nodes.map((node) => node.y + node.height + STRIP_GAP));
  const put = (
    id: string,
    kind: SceneNode['kind'],
    size: { width: number; height: number },
    at: Position = { x: 0, y: below() },
  ): void => {
    const { x, y } = positions[id] ?? at;
    nodes.push({ id, kind, x, y, ...size });
  };
  put(OUTSIDE, 'outside', OUTSIDE_CARD);
  for (const { id } of balancers) put(serviceNode(id), 'balancer', BALANCER);
  const top = below();
  authorities.forEach(({ id }, index) => {
    put(authorityNode(id), 'authority', AUTHORITY, authorityPlace(index, authorities.length, top));
  });
  return nodes;
}
