/**
 * Rooms that grew make others make way: scene and the places that are about to be stored -> places
 * that go with them. What stood at the right is pushed right, what stood below down, and pushes on; never
 * left or up, so that it comes to an end.
 */
import { namespaceNode, parseNodeId } from '../../../state/nodeIds.ts';
import type { Placed, Places } from '../../../state/workspace/workspace.ts';
import type { Scene, SceneNode } from './scene.ts';
import { CARD, GAP, ROOM } from './sizes.ts';

/** `places`: as they are stored, of cards from their room's corner. A card not in the scene yet counts by its room. */
export function makeWay(scene: Scene, places: Places): Places {
  const boxes = new Map<string, Box>();
  for (const { id, room, x, y, width, height } of scene.values()) {
    const at = places[id] ?? { x, y };
    if (room === undefined) boxes.set(id, { x: at.x, y: at.y, width, height });
  }
  const grown = new Set<string>();
  for (const [node, place] of Object.entries(places)) {
    const room = roomOf(node);
    const box = room === undefined ? undefined : boxes.get(room);
    if (room === undefined || box === undefined) continue;
    const size = scene.get(node) ?? CARD;
    const width = Math.max(box.width, place.x + size.width + ROOM.padX);
    const height = Math.max(box.height, place.y + size.height + ROOM.padY);
    if (width === box.width && height === box.height) continue;
    boxes.set(room, { ...box, width, height });
    grown.add(room);
  }
  return { ...places, ...pushed(scene, boxes, grown) };
}

/** Rooms that were opened, between two scenes: where the others have to go. */
export function makeWayForOpened(before: Scene, now: Scene, opened: ReadonlySet<string>): Places {
  const boxes = new Map([...now.values()].filter(({ room }) => room === undefined).map((node) => [node.id, node]));
  return pushed(before, boxes, opened);
}

type Box = Pick<SceneNode, 'x' | 'y' | 'width' | 'height'>;

function pushed(before: Scene, boxes: ReadonlyMap<string, Box>, grown: ReadonlySet<string>): Places {
  const now = new Map(boxes);
  const moved: Record<string, Placed> = {};
  const queue = [...grown];
  for (let id = queue.shift(); id !== undefined; id = queue.shift()) {
    const pusher = now.get(id);
    if (pusher === undefined) continue;
    for (const [other, box] of now) {
      if (other === id || !isNear(pusher, box)) continue;
      const right = pusher.x + pusher.width + GAP.y - box.x;
      const down = pusher.y + pusher.height + GAP.y - box.y;
      const isBeside = isRightOf(before.get(other), before.get(id)) ?? right <= down;
      const at = isBeside ? { x: grid(box.x + right), y: box.y } : { x: box.x, y: grid(box.y + down) };
      now.set(other, { ...box, ...at });
      moved[other] = { ...at, auto: true };
      queue.push(other);
    }
  }
  return moved;
}

/** Undefined: neither beside nor below, so either will do. */
function isRightOf(box: Box | undefined, of: Box | undefined): boolean | undefined {
  if (box === undefined || of === undefined) return undefined;
  if (box.x >= of.x + of.width) return true;
  return box.y >= of.y + of.height ? false : undefined;
}

const isNear = (a: Box, b: Box): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
const grid = (value: number): number => Math.ceil(value / 4) * 4;

/** The room of a card, by its name: it need not be there yet. */
function roomOf(node: string): string | undefined {
  const ref = parseNodeId(node);
  return ref?.kind === 'workload' ? namespaceNode(ref.id.slice(0, ref.id.indexOf('/'))) : undefined;
}
