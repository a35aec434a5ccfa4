/**
 * First places: cards in a grid inside their room, rooms in columns beside the outside. Only for
 * what has no stored position; both look for free ground and never move anything.
 */
import type { Position } from '../../../state/workspace/workspace.ts';
import { AISLE, AUTHORITY, CARD, GAP, GATEWAY, ROOM, STRIP_GAP } from './sizes.ts';

/** The first cell of a room's grid that none of the cards already there covers. */
export function gridCell(taken: readonly Position[], count: number): Position {
  const columns = columnsFor(count);
  for (let cell = 0; ; cell++) {
    const at = {
      x: ROOM.padX + (cell % columns) * (CARD.width + GAP.x),
      y: ROOM.header + Math.floor(cell / columns) * (CARD.height + GAP.y),
    };
    if (!taken.some((other) => overlaps(at, other))) return at;
  }
}

/** Sideways there is more room than up and down. */
const SIDEWAYS = 0.35;

/** The free cell of a room's grid that is nearest to a point, which counts from the room's corner as cells do. */
export function nearestFreeCell(room: Size, taken: readonly Position[], towards: Position): Position {
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

/** Wider than tall, as windows are. */
const columnsFor = (count: number): number => Math.max(1, Math.min(8, Math.ceil(Math.sqrt(count * 0.75))));

export const overlaps = (a: Position, b: Position): boolean =>
  Math.abs(a.x - b.x) < CARD.width + 8 && Math.abs(a.y - b.y) < GATEWAY.height;

interface Size {
  readonly width: number;
  readonly height: number;
}

export interface RoomSize extends Size {
  readonly id: string;
  /** Rooms with a gateway stand next to the outside. */
  readonly first: boolean;
}

interface Box extends Position, Size {}

/** More authorities than this stand in columns to the left, lest they alone decide how large everything is seen. */
const AUTHORITIES_A_COLUMN = 3;

/** Where the authority at `index` of `count` stands, below what is at the left edge already. */
export function authorityPlace(index: number, count: number, top: number): Position {
  const rows = Math.max(AUTHORITIES_A_COLUMN, Math.ceil(count / 3));
  return {
    x: -Math.floor(index / rows) * (AUTHORITY.width + STRIP_GAP) || 0,
    y: top + (index % rows) * (AUTHORITY.height + STRIP_GAP),
  };
}

/** Corner of every room. */
export function packRooms(
  rooms: readonly RoomSize[],
  positions: Readonly<Record<string, Position>>,
  strip: readonly Box[],
): ReadonlyMap<string, Position> {
  const corners = new Map<string, Position>();
  const boxes: Box[] = [];
  for (const room of rooms) {
    const stored = positions[room.id];
    if (stored === undefined) continue;
    const { x, y } = stored;
    corners.set(room.id, { x, y });
    boxes.push({ x, y, width: room.width, height: room.height });
  }
  const left = Math.max(0, ...strip.map((box) => box.x + box.width)) + AISLE;
  const waiting = rooms.filter((room) => !corners.has(room.id)).sort((a, b) => Number(b.first) - Number(a.first));
  const height = columnHeight(rooms);
  for (const room of waiting) {
    const corner = freeCorner(room, boxes, left, height);
    corners.set(room.id, corner);
    boxes.push({ ...corner, width: room.width, height: room.height });
  }
  return corners;
}

/** About twice as wide as tall, but no room is split. */
function columnHeight(rooms: readonly RoomSize[]): number {
  const area = rooms.reduce((sum, room) => sum + (room.width + AISLE) * (room.height + AISLE), 0);
  return Math.max(Math.sqrt(area / 2), ...rooms.map((room) => room.height));
}

/** Down the first column that has room, else a column further right. */
function freeCorner(room: RoomSize, boxes: readonly Box[], left: number, height: number): Position {
  const columns = [left, ...boxes.map((box) => box.x + box.width + AISLE)]
    .filter((x) => x >= left)
    .sort((a, b) => a - b);
  for (const x of columns) {
    const rows = [0, ...boxes.map((box) => box.y + box.height + GAP.y + 8)].sort((a, b) => a - b);
    for (const y of rows) {
      if (y > 0 && y + room.height > height) continue;
      const clear = boxes.every(
        (box) =>
          x >= box.x + box.width + GAP.x ||
          x + room.width + GAP.x <= box.x ||
          y >= box.y + box.height + GAP.y ||
          y + room.height + GAP.y <= box.y,
      );
      if (clear) return { x, y };
    }
  }
  return { x: (columns.at(-1) ?? left) + AISLE, y: 0 };
}

/** On the grid, and right of and below the walls that do not give way. */
export const insideRoom = ({ x, y }: Position): Position => ({ x: Math.max(8, snap(x)), y: Math.max(40, snap(y)) });

const snap = (value: number): number => Math.round(value / 4) * 4;
