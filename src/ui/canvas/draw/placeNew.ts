/**
 * Where a new card goes: the free cell of its room that is nearest to the middle. Its neighbours get
 * the places that they are seen at, so that one more (or one less) moves nobody.
 */
import { namespaceNode, parseNodeId } from '../../../state/nodeIds.ts';
import type { Position } from '../../../state/workspace/workspace.ts';
import { overlaps } from '../scene/placement.ts';
import type { Scene, SceneNode } from '../scene/scene.ts';
import { CARD, GAP, ROOM } from '../scene/sizes.ts';

/** Sideways there is more room than up and down. */
const SIDEWAYS = 0.35;

export function placeNew(scene: Scene, node: string | undefined): Readonly<Record<string, Position>> {
  const ref = node === undefined ? undefined : parseNodeId(node);
  if (node === undefined || ref?.kind !== 'workload') return {};
  const room = scene.get(namespaceNode(ref.id.slice(0, ref.id.indexOf('/'))));
  if (room === undefined) return {};
  const stay = placesIn(scene, room);
  return { ...stay, [node]: nearestFreeCell(room, Object.values(stay)) };
}

/** Everybody who shares a room with one of the nodes stays; they themselves leave no place behind. */
export function placesAround(scene: Scene, nodes: readonly string[]): Readonly<Record<string, Position>> {
  const rooms = nodes.flatMap((node) => scene.get(scene.get(node)?.room ?? '') ?? []);
  const places = rooms.flatMap((room) => Object.entries(placesIn(scene, room)));
  return Object.fromEntries(places.filter(([node]) => !nodes.includes(node)));
}

function placesIn(scene: Scene, room: SceneNode): Record<string, Position> {
  const inside = [...scene.values()].filter((node) => node.room === room.id);
  return Object.fromEntries(inside.map(({ id, x, y }) => [id, { x: x - room.x, y: y - room.y }]));
}

function nearestFreeCell(room: SceneNode, taken: readonly Position[]): Position {
  let best = { x: ROOM.padX as number, y: ROOM.header as number };
  let least = Number.POSITIVE_INFINITY;
  // A card covers at most four cells, so among this many rows and columns one is always free.
  const side = 2 * Math.ceil(Math.sqrt(taken.length)) + 1;
  for (let row = 0; row < side; row++) {
    for (let column = 0; column < side; column++) {
      const at = { x: ROOM.padX + column * (CARD.width + GAP.x), y: ROOM.header + row * (CARD.height + GAP.y) };
      if (taken.some((other) => overlaps(at, other))) continue;
      const away = Math.hypot(
        (at.x + CARD.width / 2 - room.width / 2) * SIDEWAYS,
        at.y + CARD.height / 2 - (room.height + ROOM.header) / 2,
      );
      if (away < least) [best, least] = [at, away];
    }
  }
  return best;
}
