/**
 * Where copies go: beside what they were copied from, or where the hand dropped or points. Several keep
 * the places that their originals have to each other; those of a whole room stand in it as they stood.
 */
import type { NodeCopy } from '../../../state/actions/draw.ts';
import { namespaceNode, parseNodeId } from '../../../state/nodeIds.ts';
import { namespaceAround } from '../../../state/workspace/collapsed.ts';
import type { Placed, Places, Position } from '../../../state/workspace/workspace.ts';
import type { Scene, SceneNode } from '../scene/scene.ts';
import { GAP } from '../scene/sizes.ts';
import { type Newcomer, placeAll, placeRoom } from './placeNew.ts';

/** `dropped`: where the hand left each original, as it is stored. Absent: beside the originals. */
export function placeCopies(scene: Scene, copies: readonly NodeCopy[], dropped?: Places): Places {
  const rooms = copies.filter(({ to }) => parseNodeId(to)?.kind === 'namespace');
  const made = new Set(rooms.map(({ to }) => to));
  const places: Record<string, Placed> = {};
  for (const { from, to } of rooms) Object.assign(places, placeRoomCopy(scene, from, to, dropped?.[from]));
  const cards: Newcomer[] = [];
  for (const { from, to } of copies) {
    const card = scene.get(from);
    const room = scene.get(card?.room ?? '');
    if (made.has(to)) continue;
    if (!made.has(roomOf(to))) {
      const drop = dropped?.[from];
      const at =
        drop === undefined ? undefined : middle(card, { x: (room?.x ?? 0) + drop.x, y: (room?.y ?? 0) + drop.y });
      cards.push({ node: to, at, near: middle(card) });
    } else if (card !== undefined && room !== undefined) {
      places[to] = { x: card.x - room.x, y: card.y - room.y, auto: true };
    }
  }
  return { ...placeAll(scene, cards), ...places };
}

/** Around a point inside the room that takes them; beside the originals where the point is in no such room. */
export function placeAtPointer(scene: Scene, copies: readonly NodeCopy[], pointer: Position | undefined): Places {
  const cards = copies.filter(({ to }) => isInside(scene.get(roomOf(to)), pointer));
  if (pointer === undefined || cards.length < copies.length) return placeCopies(scene, copies);
  const middles = cards.flatMap(({ from }) => middle(scene.get(from)) ?? []);
  const centre = { x: mean(middles.map(({ x }) => x)), y: mean(middles.map(({ y }) => y)) };
  return placeAll(
    scene,
    cards.map(({ from, to }) => {
      const own = middle(scene.get(from)) ?? centre;
      return { node: to, at: { x: pointer.x + own.x - centre.x, y: pointer.y + own.y - centre.y } };
    }),
  );
}

function placeRoomCopy(scene: Scene, from: string, to: string, dropped: Position | undefined): Places {
  const source = scene.get(from);
  if (source === undefined) return {};
  if (dropped !== undefined) return placeRoom(scene, to, dropped, source);
  const beside = placeRoom(scene, to, { x: source.x + source.width + GAP.x, y: source.y }, source);
  const found = beside[to] ?? placeRoom(scene, to, { x: source.x, y: source.y + source.height + GAP.y }, source)[to];
  return found === undefined ? {} : { [to]: { ...found, auto: true } };
}

const roomOf = (node: string): string => namespaceNode(namespaceAround(node) ?? '');
const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);

function middle(box: SceneNode | undefined, corner: Position | undefined = box): Position | undefined {
  return box === undefined || corner === undefined
    ? undefined
    : { x: corner.x + box.width / 2, y: corner.y + box.height / 2 };
}

const isInside = (box: SceneNode | undefined, point: Position | undefined): boolean =>
  box !== undefined &&
  point !== undefined &&
  point.x >= box.x &&
  point.y >= box.y &&
  point.x <= box.x + box.width &&
  point.y <= box.y + box.height;
