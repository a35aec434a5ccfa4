/**
 * Where a new node goes: under the hand when it was dropped, else into the free cell of its room that
 * is nearest to the middle. Neighbours get the places that they are seen at, so that one more (or one
 * less) moves nobody.
 */
import { namespaceNode, parseNodeId } from '../../../state/nodeIds.ts';
import type { Position } from '../../../state/workspace/workspace.ts';
import { makeWay } from '../scene/makeWay.ts';
import { insideRoom, overlaps } from '../scene/placement.ts';
import type { Scene, SceneNode } from '../scene/scene.ts';
import { CARD, GAP, ROOM } from '../scene/sizes.ts';

/** Sideways there is more room than up and down. */
const SIDEWAYS = 0.35;

export function placeNew(scene: Scene, node: string | undefined, at?: Position): Readonly<Record<string, Position>> {
  const ref = node === undefined ? undefined : parseNodeId(node);
  if (node === undefined || ref === undefined) return {};
  if (ref.kind === 'namespace') return at === undefined ? {} : placeRoom(scene, node, { x: at.x - 96, y: at.y - 20 });
  if (ref.kind !== 'workload') return {};
  const roomNode = namespaceNode(ref.id.slice(0, ref.id.indexOf('/')));
  const room = scene.get(roomNode);
  if (room === undefined) {
    // It comes with a room of its own, whose first cell is under the hand.
    return at === undefined
      ? {}
      : placeRoom(scene, roomNode, {
          x: at.x - ROOM.padX - CARD.width / 2,
          y: at.y - ROOM.header - CARD.height / 2,
        });
  }
  if (room.kind === 'collapsed') return {};
  const stay = placesIn(scene, room);
  return makeWay(scene, { ...stay, [node]: placeInRoom(room, Object.values(stay), at) });
}

/** As near to a point of the canvas as nobody stands in the way. */
export function placeInRoom(room: SceneNode, taken: readonly Position[], at?: Position): Position {
  if (at === undefined) return nearestFreeCell(room, taken, { x: room.width / 2, y: (room.height + ROOM.header) / 2 });
  const there = insideRoom({ x: at.x - room.x - CARD.width / 2, y: at.y - room.y - CARD.height / 2 });
  return taken.some((other) => overlaps(there, other))
    ? nearestFreeCell(room, taken, { x: at.x - room.x, y: at.y - room.y })
    : there;
}

const snap = (value: number): number => Math.round(value / 4) * 4;

function placeRoom(scene: Scene, node: string, corner: Position): Readonly<Record<string, Position>> {
  const size = { width: 2 * ROOM.padX + CARD.width, height: ROOM.header + CARD.height + ROOM.padY };
  const at = { x: snap(corner.x), y: snap(corner.y) };
  const isFree = [...scene.values()].every(
    (other) =>
      at.x + size.width <= other.x ||
      other.x + other.width <= at.x ||
      at.y + size.height <= other.y ||
      other.y + other.height <= at.y,
  );
  return isFree ? { [node]: at } : {};
}

/** Everybody who shares a room with one of the nodes stays; they themselves leave no place behind. */
export function placesAround(scene: Scene, nodes: readonly string[]): Readonly<Record<string, Position>> {
  const rooms = nodes.flatMap((node) => scene.get(scene.get(node)?.room ?? '') ?? []);
  const places = rooms.flatMap((room) => Object.entries(placesIn(scene, room)));
  return Object.fromEntries(places.filter(([node]) => !nodes.includes(node)));
}

export function placesIn(scene: Scene, room: SceneNode): Record<string, Position> {
  const inside = [...scene.values()].filter((node) => node.room === room.id);
  return Object.fromEntries(inside.map(({ id, x, y }) => [id, { x: x - room.x, y: y - room.y }]));
}

/** `towards` counts from the room's corner. */
function nearestFreeCell(room: SceneNode, taken: readonly Position[], towards: Position): Position {
  let best = { x: ROOM.padX as number, y: ROOM.header as number };
  let least = Number.POSITIVE_INFINITY;
  // A card covers at most four cells, so among this many rows and columns one is always free.
  const reach = Math.ceil(Math.max(room.width, room.height) / (CARD.height + GAP.y));
  const side = Math.max(2 * Math.ceil(Math.sqrt(taken.length)) + 1, Math.min(reach, 40));
  for (let row = 0; row < side; row++) {
    for (let column = 0; column < side; column++) {
      const at = { x: ROOM.padX + column * (CARD.width + GAP.x), y: ROOM.header + row * (CARD.height + GAP.y) };
      if (taken.some((other) => overlaps(at, other))) continue;
      const away = Math.hypot((at.x + CARD.width / 2 - towards.x) * SIDEWAYS, at.y + CARD.height / 2 - towards.y);
      if (away < least) [best, least] = [at, away];
    }
  }
  return best;
}
