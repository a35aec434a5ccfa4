/**
 * A layout that leaves what the hand placed: scene, the places of a layout of everything, and what was
 * placed by hand -> places. What was not placed stands to what was as the layout has it, or as near to
 * that as there is room; of two placed things that stand on each other, the later one gives way.
 */
import { isByHand } from '../../../state/workspace/placed.ts';
import type { Placed, Places, Position } from '../../../state/workspace/workspace.ts';
import { nearestFreeCell, overlaps } from './placement.ts';
import type { Scene, SceneNode } from './scene.ts';
import { CARD, GAP, ROOM } from './sizes.ts';

/** `stored`: the places there are; `ideal`: those that a layout of everything gives. */
export function arrangeRest(scene: Scene, stored: Places, ideal: Places): Places {
  const places: Record<string, Placed> = {};
  const boxes: Box[] = [];
  for (const node of scene.values()) {
    if (node.room !== undefined) continue;
    const cards = [...scene.values()].filter(({ room }) => room === node.id);
    const inside = arrangeCards(cards, stored, ideal);
    Object.assign(places, inside);
    boxes.push({ id: node.id, ...sizeOf(node, cards, inside) });
  }
  return { ...places, ...arrangeBoxes(boxes, stored, ideal) };
}

function arrangeCards(cards: readonly SceneNode[], stored: Places, ideal: Places): Record<string, Placed> {
  const places: Record<string, Placed> = {};
  const taken: Position[] = [];
  const waiting: { readonly id: string; readonly wanted: Position }[] = [];
  for (const { id } of cards) {
    const own = stored[id];
    if (own === undefined || !isByHand(stored, id)) continue;
    if (taken.some((other) => overlaps(own, other))) waiting.push({ id, wanted: own });
    else {
      places[id] = own;
      taken.push(own);
    }
  }
  const shift = shiftOf(Object.keys(places), stored, ideal);
  const rest = cards.flatMap(({ id }) => {
    const wanted = ideal[id];
    if (places[id] !== undefined || wanted === undefined || waiting.some((other) => other.id === id)) return [];
    return [{ id, wanted: { x: wanted.x + shift.x, y: wanted.y + shift.y } }];
  });
  for (const { id, wanted } of [
    ...waiting,
    ...rest.sort((a, b) => a.wanted.x - b.wanted.x || a.wanted.y - b.wanted.y),
  ]) {
    const place = freeCell(wanted, taken);
    places[id] = { ...place, auto: true };
    taken.push(place);
  }
  return places;
}

function freeCell(wanted: Position, taken: readonly Position[]): Position {
  const isInside = wanted.x >= ROOM.padX && wanted.y >= ROOM.header;
  if (isInside && !taken.some((other) => overlaps(wanted, other))) return { x: grid(wanted.x), y: grid(wanted.y) };
  const extent = {
    width: Math.max(wanted.x, ...taken.map(({ x }) => x)) + CARD.width,
    height: Math.max(wanted.y, ...taken.map(({ y }) => y)) + CARD.height,
  };
  return nearestFreeCell(extent, taken, { x: wanted.x + CARD.width / 2, y: wanted.y + CARD.height / 2 });
}

/** A room is as large as its cards ask for; everything else as it is drawn. */
function sizeOf(node: SceneNode, cards: readonly SceneNode[], inside: Places): Size {
  if (node.kind !== 'room') return { width: node.width, height: node.height };
  const ends = cards.map(({ id, x, y, width, height }) => {
    const place = inside[id] ?? { x: x - node.x, y: y - node.y };
    return { right: place.x + width, bottom: place.y + height };
  });
  return {
    width: Math.max(ROOM.padX + CARD.width, ...ends.map(({ right }) => right)) + ROOM.padX,
    height: Math.max(ROOM.header + CARD.height, ...ends.map(({ bottom }) => bottom)) + ROOM.padY,
  };
}

function arrangeBoxes(boxes: readonly Box[], stored: Places, ideal: Places): Record<string, Placed> {
  const places: Record<string, Placed> = {};
  const standing: Rect[] = [];
  const stands = (box: Box, at: Position): boolean =>
    standing.every((other) => isClear({ ...box, x: at.x, y: at.y }, other, 0));
  const put = (box: Box, at: Position, isAuto: boolean): void => {
    places[box.id] = isAuto ? { x: at.x, y: at.y, auto: true } : { x: at.x, y: at.y };
    standing.push({ x: at.x, y: at.y, width: box.width, height: box.height });
  };
  const placed = boxes.filter(({ id }) => isByHand(stored, id));
  const pushed: Box[] = [];
  for (const box of placed) {
    const own = stored[box.id];
    if (own !== undefined && stands(box, own)) put(box, own, false);
    else pushed.push(box);
  }
  const shift = shiftOf(Object.keys(places), stored, ideal);
  const wantedOf = ({ id }: Box): Position => {
    const { x, y } = ideal[id] ?? { x: 0, y: 0 };
    return { x: grid(x + shift.x), y: grid(y + shift.y) };
  };
  for (const box of pushed) put(box, nearestClear(box, stored[box.id] ?? wantedOf(box), standing), false);
  const rest = boxes.filter(({ id }) => places[id] === undefined);
  for (const box of rest.sort((a, b) => wantedOf(a).x - wantedOf(b).x || wantedOf(a).y - wantedOf(b).y)) {
    put(box, nearestClear(box, wantedOf(box), standing), true);
  }
  return places;
}

/** There, or at the side of something that stands, whichever is nearest and free. */
function nearestClear(box: Size, wanted: Position, standing: readonly Rect[]): Position {
  const besides = standing.flatMap(({ x, y, width, height }) => [
    { x: x + width + GAP.x, y: wanted.y },
    { x: x - box.width - GAP.x, y: wanted.y },
    { x: wanted.x, y: y + height + GAP.y },
    { x: wanted.x, y: y - box.height - GAP.y },
    { x: x + width + GAP.x, y },
    { x, y: y + height + GAP.y },
  ]);
  const free = [wanted, ...besides].filter((at) =>
    standing.every((other) => isClear({ ...at, width: box.width, height: box.height }, other)),
  );
  const away = (at: Position): number => Math.hypot(at.x - wanted.x, at.y - wanted.y);
  // Right of whatever reaches furthest right there is always room.
  const [nearest = wanted] = free.sort((a, b) => away(a) - away(b));
  return { x: grid(nearest.x), y: grid(nearest.y) };
}

/** How far, on average, the hand put things from where the layout would. */
function shiftOf(ids: readonly string[], stored: Places, ideal: Places): Position {
  const shifts = ids.flatMap((id) => {
    const [own, there] = [stored[id], ideal[id]];
    return own === undefined || there === undefined ? [] : [{ x: own.x - there.x, y: own.y - there.y }];
  });
  const mean = (pick: (shift: Position) => number): number =>
    grid(shifts.reduce((sum, shift) => sum + pick(shift), 0) / Math.max(1, shifts.length));
  return { x: mean(({ x }) => x), y: mean(({ y }) => y) };
}

interface Size {
  readonly width: number;
  readonly height: number;
}
interface Box extends Size {
  readonly id: string;
}
interface Rect extends Size, Position {}

/** With so much ground between them. */
const isClear = (a: Rect, b: Rect, ground = 8): boolean =>
  a.x + a.width + ground <= b.x ||
  b.x + b.width + ground <= a.x ||
  a.y + a.height + ground <= b.y ||
  b.y + b.height + ground <= a.y;
const grid = (value: number): number => Math.round(value / 4) * 4;
