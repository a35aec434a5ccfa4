/**
 * Where everything stands: graph and stored positions -> one list of rectangles, in absolute
 * coordinates, rooms before what is in them. Pure and deterministic; what has no stored position is
 * placed beside what has, so that adding one workload moves nothing else.
 */

import { namespaceNode, OUTSIDE, serviceNode, workloadNode } from '../../../state/nodeIds.ts';
import type { Position } from '../../../state/workspace/workspace.ts';
import type { GraphNamespace, GraphService, GraphWorkload, MeshGraph } from '../../../worker/meshGraph.ts';
import { gridCell, packRooms } from './placement.ts';
import { BALANCER, CARD, GATEWAY, OUTSIDE_CARD, ROOM } from './sizes.ts';

export interface SceneNode {
  readonly id: string;
  readonly kind: 'room' | 'workload' | 'gateway' | 'balancer' | 'outside';
  /** Absolute, of the upper left corner. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** The room it is in; its stored position counts from there. */
  readonly room?: string;
}

export type Scene = ReadonlyMap<string, SceneNode>;

type Positions = Readonly<Record<string, Position>>;
const NOBODY: ReadonlySet<string> = new Set();

/** `lifted`: cards in the hand, over another room; their own does not make way for them. */
export function buildScene(graph: MeshGraph, positions: Positions, lifted: ReadonlySet<string> = NOBODY): Scene {
  const rooms = graph.namespaces.flatMap((namespace) => {
    const workloads = graph.workloads.filter((workload) => workload.namespace === namespace.name);
    // A namespace that is only mentioned and holds nobody is no room.
    if (workloads.length === 0 && namespace.range === undefined) return [];
    return [furnish(namespace, workloads, positions, lifted)];
  });
  const strip = placeStrip(graph.services, positions);
  const corners = packRooms(
    rooms.map(({ id, width, height, hasGateway }) => ({ id, width, height, first: hasGateway })),
    positions,
    strip,
  );

  const scene = new Map<string, SceneNode>();
  for (const node of strip) scene.set(node.id, node);
  for (const { id, width, height, cards } of rooms) {
    const corner = corners.get(id) ?? { x: 0, y: 0 };
    scene.set(id, { id, kind: 'room', ...corner, width, height });
    for (const card of cards) {
      scene.set(card.id, { ...card, x: corner.x + card.x, y: corner.y + card.y, room: id });
    }
  }
  return scene;
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
  positions: Positions,
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
    return { id, kind: isGateway ? 'gateway' : 'workload', ...at, ...(isGateway ? GATEWAY : CARD) };
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

/** The outside and the load balancers, from top to bottom at the left edge. */
function placeStrip(services: readonly GraphService[], positions: Positions): SceneNode[] {
  const balancers = services.filter(({ type, registry }) => type === 'LoadBalancer' && registry === 'kubernetes');
  const nodes: SceneNode[] = [];
  const put = (id: string, kind: SceneNode['kind'], size: { width: number; height: number }): void => {
    const below = Math.max(0, ...nodes.map((node) => node.y + node.height + 28));
    nodes.push({ id, kind, ...(positions[id] ?? { x: 0, y: below }), ...size });
  };
  put(OUTSIDE, 'outside', OUTSIDE_CARD);
  for (const { id } of balancers) put(serviceNode(id), 'balancer', BALANCER);
  return nodes;
}
