/**
 * Where a new node goes: under the hand when it was dropped, else into the free cell of its room that
 * is nearest to the middle. Neighbours get the places that they are seen at, so that one more (or one
 * less) moves nobody.
 */
import { namespaceNode, parseNodeId } from '../../../state/nodeIds.ts';
import { namespaceAround } from '../../../state/workspace/collapsed.ts';
import type { Placed, Places, Position } from '../../../state/workspace/workspace.ts';
import { makeWay } from '../scene/makeWay.ts';
import { insideRoom, nearestFreeCell, overlaps } from '../scene/placement.ts';
import type { Scene, SceneNode } from '../scene/scene.ts';
import { CARD, ROOM } from '../scene/sizes.ts';

export interface Newcomer {
  readonly node: string;
  /** Where the hand put its middle, on the canvas. */
  readonly at?: Position | undefined;
  /** No hand put it anywhere: beside this. */
  readonly near?: Position | undefined;
}

export const placeNew = (scene: Scene, node: string | undefined, at?: Position): Places =>
  node === undefined ? {} : placeAll(scene, [{ node, at }]);

/** Several at once, none on another. */
export function placeAll(scene: Scene, newcomers: readonly Newcomer[]): Places {
  const places: Record<string, Placed> = {};
  for (const { node, at } of newcomers) {
    if (parseNodeId(node)?.kind !== 'namespace' || at === undefined) continue;
    Object.assign(places, placeRoom(scene, node, { x: at.x - 96, y: at.y - 20 }));
  }
  for (const { node, at, near } of newcomers) {
    const namespace = namespaceAround(node);
    if (namespace === undefined) continue;
    const roomNode = namespaceNode(namespace);
    const room = scene.get(roomNode);
    if (room === undefined) {
      // It comes with a room of its own, whose first cell is under the hand.
      if (at === undefined || places[roomNode] !== undefined) continue;
      const corner = { x: at.x - ROOM.padX - CARD.width / 2, y: at.y - ROOM.header - CARD.height / 2 };
      Object.assign(places, placeRoom(scene, roomNode, corner));
    } else if (room.kind === 'room') {
      const stay = { ...placesIn(scene, room), ...placesOf(places, namespace) };
      const place = placeInRoom(room, Object.values(stay), at ?? near);
      Object.assign(places, stay, { [node]: at === undefined ? { ...place, auto: true } : place });
    }
  }
  return makeWay(scene, places);
}

/** Of those, the cards in a namespace. */
const placesOf = (places: Places, namespace: string): Places =>
  Object.fromEntries(Object.entries(places).filter(([node]) => namespaceAround(node) === namespace));

/** As near to a point of the canvas as nobody stands in the way. */
export function placeInRoom(room: SceneNode, taken: readonly Position[], at?: Position): Position {
  if (at === undefined) return nearestFreeCell(room, taken, { x: room.width / 2, y: (room.height + ROOM.header) / 2 });
  const there = insideRoom({ x: at.x - room.x - CARD.width / 2, y: at.y - room.y - CARD.height / 2 });
  return taken.some((other) => overlaps(there, other))
    ? nearestFreeCell(room, taken, { x: at.x - room.x, y: at.y - room.y })
    : there;
}

const snap = (value: number): number => Math.round(value / 4) * 4;

/** At that corner, if it stands on nobody there; else wherever there is room. */
export function placeRoom(scene: Scene, node: string, corner: Position, size: Size = SMALLEST): Places {
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

interface Size {
  readonly width: number;
  readonly height: number;
}

const SMALLEST: Size = { width: 2 * ROOM.padX + CARD.width, height: ROOM.header + CARD.height + ROOM.padY };

/** Everybody who shares a room with one of the nodes stays; they themselves leave no place behind. */
export function placesAround(scene: Scene, nodes: readonly string[]): Places {
  const rooms = nodes.flatMap((node) => scene.get(scene.get(node)?.room ?? '') ?? []);
  const places = rooms.flatMap((room) => Object.entries(placesIn(scene, room)));
  return Object.fromEntries(places.filter(([node]) => !nodes.includes(node)));
}

/** Where they are seen, from the corner of their room. */
export function placesIn(scene: Scene, room: SceneNode): Record<string, Placed> {
  const inside = [...scene.values()].filter((node) => node.room === room.id);
  return Object.fromEntries(inside.map(({ id, x, y }) => [id, { x: x - room.x, y: y - room.y, auto: true }]));
}
