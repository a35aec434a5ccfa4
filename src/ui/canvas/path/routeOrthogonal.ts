/**
 * A line from one card's side to another's that runs in the gutters: right angles only, around
 * every card, as few bends as will do, and not over words (`heads`) where there is another way. Dijkstra
 * over the grid that the edges of both span.
 *
 * Pure: rectangles and two ports -> corner points, the first and last being the ports themselves.
 */
export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Rect extends Point {
  readonly width: number;
  readonly height: number;
}

/** A point on a card's side and the way out of the card. */
export interface Port extends Point {
  readonly out: Direction;
}

export type Direction = 'left' | 'right' | 'up' | 'down';

const STEPS: Readonly<Record<Direction, Point>> = {
  left: { x: -1, y: 0 },
  right: { x: 1, y: 0 },
  up: { x: 0, y: -1 },
  down: { x: 0, y: 1 },
};
const DIRECTIONS = Object.values(STEPS);

/** How far lines stay from cards, and how far they go straight before the first bend. */
const CLEARANCE = 12;
const BEND_COST = 60;
/** A stretch over words is as dear as one so many times as long. */
const HEAD_COST = 6;
/** More cards than this between two ports: a plain dog-leg, which costs nothing. */
const OBSTACLE_LIMIT = 80;

export interface Route {
  readonly points: readonly Point[];
  readonly cost: number;
}

export function routeOrthogonal(from: Port, to: Port, cards: readonly Rect[], heads: readonly Rect[] = []): Route {
  const start = outOf(from);
  const goal = outOf(to);
  const span = spanOf(start, goal, 160);
  const near = cards.filter((card) => touches(card, span));
  const words = heads.filter((head) => touches(head, span));
  if (near.length > OBSTACLE_LIMIT) return dogLeg(from, start, goal, to);

  const xs = ticks([
    start.x,
    goal.x,
    (start.x + goal.x) / 2,
    ...near.flatMap((card) => [card.x - CLEARANCE, card.x + card.width + CLEARANCE]),
    ...words.flatMap((head) => [head.x - CLEARANCE, head.x + head.width + CLEARANCE]),
  ]);
  const ys = ticks([
    start.y,
    goal.y,
    ...near.flatMap((card) => [card.y - CLEARANCE, card.y + card.height + CLEARANCE]),
    ...words.map((head) => head.y - CLEARANCE),
  ]);
  const walls = near.map((card) => grow(card, CLEARANCE - 2));
  const found = search(xs, ys, start, goal, { walls, words }, from.out, to.out);
  return found === undefined
    ? dogLeg(from, start, goal, to)
    : { points: simplify([from, ...found.points, to]), cost: found.cost };
}

const outOf = ({ x, y, out }: Port): Point => ({ x: x + STEPS[out].x * CLEARANCE, y: y + STEPS[out].y * CLEARANCE });

interface Visit {
  readonly key: number;
  readonly cost: number;
}

function search(
  xs: readonly number[],
  ys: readonly number[],
  start: Point,
  goal: Point,
  { walls, words }: { readonly walls: readonly Rect[]; readonly words: readonly Rect[] },
  out: Direction,
  into: Direction,
): Route | undefined {
  // State: grid point and whether one came along x (0) or y (1).
  const key = (column: number, row: number, axis: number): number => (row * xs.length + column) * 2 + axis;
  const startColumn = xs.indexOf(start.x);
  const startRow = ys.indexOf(start.y);
  const goalColumn = xs.indexOf(goal.x);
  const goalRow = ys.indexOf(goal.y);
  const first = key(startColumn, startRow, STEPS[out].x === 0 ? 1 : 0);
  const costs = new Map<number, number>([[first, 0]]);
  const cameFrom = new Map<number, number>();
  const open: Visit[] = [{ key: first, cost: 0 }];

  while (open.length > 0) {
    const { key: current, cost } = takeCheapest(open);
    if (cost > (costs.get(current) ?? Number.POSITIVE_INFINITY)) continue;
    const axis = current % 2;
    const column = (current >> 1) % xs.length;
    const row = Math.floor((current >> 1) / xs.length);
    if (column === goalColumn && row === goalRow) {
      return { points: retrace(cameFrom, current, xs, ys), cost };
    }
    for (const { x: dx, y: dy } of DIRECTIONS) {
      // The first leg goes out of the card, the last one into the other.
      if (current === first && dx === -STEPS[out].x && dy === -STEPS[out].y) continue;
      const nextColumn = column + dx;
      const nextRow = row + dy;
      const arrives = nextColumn === goalColumn && nextRow === goalRow;
      if (arrives && dx === STEPS[into].x && dy === STEPS[into].y) continue;
      const x = xs[nextColumn];
      const y = ys[nextRow];
      const here = { x: xs[column] ?? 0, y: ys[row] ?? 0 };
      if (x === undefined || y === undefined || walls.some((wall) => crosses(wall, here, { x, y }))) continue;
      const nextAxis = dx === 0 ? 1 : 0;
      const next = key(nextColumn, nextRow, nextAxis);
      const arrivesSideways = arrives && nextAxis !== (STEPS[into].x === 0 ? 1 : 0) ? BEND_COST : 0;
      const total =
        cost +
        Math.abs(x - here.x) +
        Math.abs(y - here.y) +
        HEAD_COST * words.reduce((sum, head) => sum + overlap(head, here, { x, y }), 0) +
        (nextAxis === axis ? 0 : BEND_COST) +
        arrivesSideways;
      if (total >= (costs.get(next) ?? Number.POSITIVE_INFINITY)) continue;
      costs.set(next, total);
      cameFrom.set(next, current);
      open.push({ key: next, cost: total });
    }
  }
  return undefined;
}

function takeCheapest(open: Visit[]): Visit {
  let best = 0;
  for (let at = 1; at < open.length; at++) if ((open[at]?.cost ?? 0) < (open[best]?.cost ?? 0)) best = at;
  const [taken] = open.splice(best, 1);
  return taken ?? { key: 0, cost: 0 };
}

function retrace(
  cameFrom: ReadonlyMap<number, number>,
  end: number,
  xs: readonly number[],
  ys: readonly number[],
): Point[] {
  const points: Point[] = [];
  for (let at: number | undefined = end; at !== undefined; at = cameFrom.get(at)) {
    points.unshift({ x: xs[(at >> 1) % xs.length] ?? 0, y: ys[Math.floor((at >> 1) / xs.length)] ?? 0 });
  }
  return points;
}

function dogLeg(from: Port, start: Point, goal: Point, to: Port): Route {
  const middle = (start.x + goal.x) / 2;
  const points = simplify([from, start, { x: middle, y: start.y }, { x: middle, y: goal.y }, goal, to]);
  return { points, cost: Math.abs(start.x - goal.x) + Math.abs(start.y - goal.y) + 2 * BEND_COST };
}

/** Leaves out points on a straight line. */
function simplify(points: readonly Point[]): Point[] {
  const kept: Point[] = [];
  for (const { x, y } of points) {
    const a = kept.at(-2);
    const b = kept.at(-1);
    if (b !== undefined && b.x === x && b.y === y) continue;
    if (a !== undefined && b !== undefined && ((a.x === b.x && b.x === x) || (a.y === b.y && b.y === y))) kept.pop();
    kept.push({ x, y });
  }
  return kept;
}

const ticks = (values: readonly number[]): number[] => [...new Set(values)].sort((a, b) => a - b);

const grow = (rect: Rect, by: number): Rect => ({
  x: rect.x - by,
  y: rect.y - by,
  width: rect.width + 2 * by,
  height: rect.height + 2 * by,
});

const spanOf = (a: Point, b: Point, margin: number): Rect =>
  grow(
    { x: Math.min(a.x, b.x), y: Math.min(a.y, b.y), width: Math.abs(a.x - b.x), height: Math.abs(a.y - b.y) },
    margin,
  );

const touches = (a: Rect, b: Rect): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

/** How much of an axis-parallel stretch lies in the inside of a rectangle. */
function overlap(rect: Rect, a: Point, b: Point): number {
  if (!crosses(rect, a, b)) return 0;
  const across = Math.min(Math.max(a.x, b.x), rect.x + rect.width) - Math.max(Math.min(a.x, b.x), rect.x);
  const down = Math.min(Math.max(a.y, b.y), rect.y + rect.height) - Math.max(Math.min(a.y, b.y), rect.y);
  return Math.max(across, down);
}

/** Whether an axis-parallel stretch passes through the inside of a rectangle. */
function crosses(wall: Rect, a: Point, b: Point): boolean {
  return (
    Math.max(a.x, b.x) > wall.x &&
    Math.min(a.x, b.x) < wall.x + wall.width &&
    Math.max(a.y, b.y) > wall.y &&
    Math.min(a.y, b.y) < wall.y + wall.height
  );
}
