/**
 * A layout that is too wide to be read whole -> the same order in less ground: cards of a room in a
 * grid, column by column, so that callers still stand left of whom they call; rooms in columns beside
 * the outside, in the order that the layout has them.
 */
import type { Placed, Places } from '../../../state/workspace/workspace.ts';
import { authorityPlace, packRooms } from './placement.ts';
import type { Scene, SceneNode } from './scene.ts';
import { CARD, GAP, ROOM, STRIP_GAP } from './sizes.ts';

interface Size {
  readonly width: number;
  readonly height: number;
}

/** A canvas as most people have it, and the zoom from which on cards are shown with all that they say. */
const WINDOW: Size = { width: 1000, height: 480 };
const READABLE = 0.62;

/** The zoom at which everything is seen at once. */
export function zoomToSee(scene: Scene, places: Places): number {
  let [left, right, bottom] = [0, 1, 1];
  for (const { id, room, width, height } of scene.values()) {
    const at = places[id];
    const corner = room === undefined ? { x: 0, y: 0 } : places[room];
    if (at === undefined || corner === undefined) continue;
    left = Math.min(left, corner.x + at.x);
    right = Math.max(right, corner.x + at.x + width);
    bottom = Math.max(bottom, corner.y + at.y + height);
  }
  return Math.min(WINDOW.width / (right - left), WINDOW.height / bottom);
}

export const isReadable = (scene: Scene, places: Places): boolean => zoomToSee(scene, places) >= READABLE;

/** Places for everything; `wide` says in which order. */
export function compactPlaces(scene: Scene, wide: Places): Places {
  const grids = gridsOfRooms(scene, wide);
  const nodes = [...scene.values()].filter(({ room }) => room === undefined);
  const isRoom = ({ kind }: SceneNode): boolean => kind === 'room' || kind === 'collapsed';
  const places: Record<string, Placed> = { ...grids.places };
  let below = 0;
  const strip = nodes
    .filter((node) => !isRoom(node) && node.kind !== 'authority')
    .map(({ id, width, height }) => {
      const box = { x: 0, y: below, width, height };
      places[id] = { x: box.x, y: box.y, auto: true };
      below += height + STRIP_GAP;
      return box;
    });
  const authorities = nodes.filter(({ kind }) => kind === 'authority');
  authorities.forEach(({ id }, index) => {
    places[id] = { ...authorityPlace(index, authorities.length, below), auto: true };
  });
  const gateways = new Set([...scene.values()].filter(({ kind }) => kind === 'gateway').map(({ room }) => room));
  const rooms = nodes
    .filter(isRoom)
    .sort((a, b) => across(wide, a.id) - across(wide, b.id))
    .map(({ id, width, height }) => ({ id, first: gateways.has(id), ...(grids.sizes.get(id) ?? { width, height }) }));
  for (const [id, corner] of packRooms(rooms, {}, strip)) places[id] = { ...corner, auto: true };
  return places;
}

interface Grids {
  /** Of the cards, from the corner of their room. */
  readonly places: Places;
  /** Of the rooms around them. */
  readonly sizes: ReadonlyMap<string, Size>;
}

/** Every room's cards in a grid, in the order in which `wide` has them from left to right. */
function gridsOfRooms(scene: Scene, wide: Places): Grids {
  const places: Record<string, Placed> = {};
  const sizes = new Map<string, Size>();
  for (const { id: roomId, kind } of scene.values()) {
    if (kind !== 'room') continue;
    const cards = [...scene.values()]
      .filter(({ room }) => room === roomId)
      .sort((a, b) => across(wide, a.id) - across(wide, b.id) || down(wide, a.id) - down(wide, b.id));
    if (cards.length === 0) continue;
    const columns = Math.max(1, Math.ceil(Math.sqrt(cards.length * 0.75)));
    const rows = Math.ceil(cards.length / columns);
    cards.forEach(({ id }, index) => {
      places[id] = {
        x: ROOM.padX + Math.floor(index / rows) * (CARD.width + GAP.x),
        y: ROOM.header + (index % rows) * (CARD.height + GAP.y),
        auto: true,
      };
    });
    const last = cards.at(-1);
    sizes.set(roomId, {
      width: 2 * ROOM.padX + Math.ceil(cards.length / rows) * (CARD.width + GAP.x) - GAP.x,
      height:
        ROOM.header + rows * (CARD.height + GAP.y) - GAP.y + ROOM.padY + Math.max(0, (last?.height ?? 0) - CARD.height),
    });
  }
  return { places, sizes };
}

const across = (places: Places, id: string): number => places[id]?.x ?? 0;
const down = (places: Places, id: string): number => places[id]?.y ?? 0;
