/**
 * The picture of a call: trace and scene -> one leg for each connection, with its line on the
 * canvas, what it carries, and how it ended; and where each hop's token rests.
 *
 * Hops inside one card (application and its sidecar) have a leg that is not drawn: the token just
 * crosses the card. A room that is shown closed is one card for all that is in it.
 */

import { nodeIdOf } from '../../../state/nodeIds.ts';
import { type Leg, legsOf } from '../../../trace/carriage.ts';
import type { Hop, HopId, Trace } from '../../../trace/trace.ts';
import { type Scene, type SceneNode, seenAt } from '../scene/scene.ts';
import { ROOM } from '../scene/sizes.ts';
import { measure, type Polyline } from './polyline.ts';
import { type Point, type Port, type Rect, type Route, routeOrthogonal } from './routeOrthogonal.ts';

export interface DrawnLeg extends Leg {
  readonly line: Polyline;
  /** The token's way: the line, and across the cards at both its ends. */
  readonly walk: Polyline;
  /** Inside one card: not drawn. */
  readonly inside: boolean;
  /** The far end refused the connection itself: drawn dashed, and stops before it. */
  readonly refused: boolean;
}

export interface CallPath {
  readonly legs: readonly DrawnLeg[];
  /** Where the token rests in each hop. */
  readonly anchors: ReadonlyMap<HopId, Point>;
  /** Where the mark of the end stands, and its word: before it on the line, over the card, or beside it. */
  readonly end: Point & { readonly word: 'before' | 'above' | 'beside' };
}

/** Room for the mark before the card that refused. */
const REFUSED_GAP = 22;

export function pathOfCall(trace: Trace, scene: Scene): CallPath {
  const obstacles = obstaclesIn(scene);
  const nodes = new Map<HopId, SceneNode>();
  for (const hop of trace.hops) {
    const node = nodeOf(hop, scene, nodes);
    if (node !== undefined) nodes.set(hop.id, node);
  }

  const refusing = refusingHop(trace);
  const used = new Set<string>();
  const routes = legsOf(trace).flatMap((leg) => {
    const near = nodes.get(leg.near);
    const far = nodes.get(leg.far);
    if (near === undefined || far === undefined) return [];
    const inside = near.id === far.id;
    const refused = !inside && leg.far === refusing;
    const points = inside ? [] : bestRoute(near, far, obstacles, used, refused ? REFUSED_GAP : 0).points;
    return [{ leg, inside, refused, points }];
  });

  const anchors = new Map<HopId, Point>();
  for (const hop of trace.hops) {
    const node = nodes.get(hop.id);
    if (node === undefined) continue;
    // A proxy is where traffic enters its card, or leaves it where it came from inside.
    const entry = routes.find(({ leg, inside }) => leg.far === hop.id && !inside)?.points.at(-1);
    const exit = routes.find(({ leg, inside }) => leg.near === hop.id && !inside)?.points[0];
    anchors.set(hop.id, hop.party.kind === 'proxy' ? (entry ?? exit ?? socketOf(node)) : anchorIn(node));
  }

  const legs = routes.map(({ leg, inside, refused, points }): DrawnLeg => {
    const start = anchors.get(leg.near);
    const end = refused ? undefined : anchors.get(leg.far);
    const walk = [...(start === undefined ? [] : [start]), ...points, ...(end === undefined ? [] : [end])];
    return { ...leg, line: measure(points), walk: measure(walk), inside, refused };
  });
  return { legs, anchors, end: endOf(trace, legs, nodes) };
}

/** The connection itself was refused (no filter chain, TLS): nothing of the call got in. */
function refusingHop({ disposition }: Trace): HopId | undefined {
  if (disposition.kind !== 'refused') return undefined;
  switch (disposition.by) {
    case 'no-filter-chain':
    case 'client-certificate':
    case 'tls-parameters':
      return disposition.hop;
    default:
      return undefined;
  }
}

function nodeOf(hop: Hop, scene: Scene, nodes: ReadonlyMap<HopId, SceneNode>): SceneNode | undefined {
  const id = nodeIdOf(hop.party);
  const node = id === undefined ? undefined : seenAt(scene, id);
  // A cluster IP is no place of its own: the choice is made where the call already is.
  return node ?? (hop.parent === undefined ? undefined : nodes.get(hop.parent));
}

/** The application: the icon in the lower left of a card; in a closed room, clear of its words. */
function anchorIn({ kind, x, y, width, height }: SceneNode): Point {
  if (kind === 'gateway') return { x: x + width / 2, y: y + height / 2 };
  if (kind === 'collapsed') return { x: x + width - 24, y: y + height - 20 };
  return { x: x + (kind === 'balancer' ? 28 : 20), y: y + height - 19 };
}

const socketOf = ({ x, y, height }: SceneNode): Point => ({ x, y: y + height / 2 });

/** Workloads have their sockets left and right; what is outside, or closed, has none and takes lines on every side. */
function portsOf({ kind, x, y, width, height }: SceneNode): readonly Port[] {
  const level: Port[] = [
    { x: x + width, y: y + height / 2, out: 'right' },
    { x, y: y + height / 2, out: 'left' },
  ];
  if (kind !== 'outside' && kind !== 'balancer' && kind !== 'collapsed') return level;
  return [...level, { x: x + width / 2, y: y + height, out: 'down' }, { x: x + width / 2, y, out: 'up' }];
}

interface Obstacles {
  readonly cards: readonly Rect[];
  /** Of open rooms, with their names and facts. */
  readonly heads: readonly Rect[];
}

function obstaclesIn(scene: Scene): Obstacles {
  const nodes = [...scene.values()];
  return {
    cards: nodes.filter(({ kind }) => kind !== 'room'),
    heads: nodes.flatMap(({ kind, x, y, width }) =>
      kind === 'room' ? [{ x, y, width, height: ROOM.header - 8 }] : [],
    ),
  };
}

const awayBy = ({ x, y, out }: Port, gap: number): Port => ({
  x: x + (out === 'right' ? gap : out === 'left' ? -gap : 0),
  y: y + (out === 'down' ? gap : out === 'up' ? -gap : 0),
  out,
});

/** From any side to any side: the cheapest; it ends straight before the far one with that gap. */
function bestRoute(near: SceneNode, far: SceneNode, around: Obstacles, used: Set<string>, gap: number): Route {
  let best: (Route & { readonly ports: readonly string[] }) | undefined;
  for (const from of portsOf(near)) {
    for (const to of portsOf(far)) {
      const route = routeOrthogonal(from, awayBy(to, gap), around.cards, around.heads);
      // Reading order: out at the right, in at the left, where it costs about the same.
      const ports = [`${near.id} ${from.out}`, `${far.id} ${to.out}`];
      // Another line already ends there: the two would read as one.
      const shared = ports.filter((port) => used.has(port)).length * 90;
      const cost = route.cost + (from.out === 'left' ? 40 : 0) + (to.out === 'right' ? 160 : 0) + shared;
      if (best === undefined || cost < best.cost) best = { points: route.points, cost, ports };
    }
  }
  for (const port of best?.ports ?? []) used.add(port);
  return best ?? { points: [], cost: 0 };
}

function endOf(trace: Trace, legs: readonly DrawnLeg[], nodes: ReadonlyMap<HopId, SceneNode>): CallPath['end'] {
  const refused = legs.find((leg) => leg.refused);
  if (refused !== undefined) {
    const last = refused.line.table.length - 2;
    return { x: refused.line.table[last] ?? 0, y: refused.line.table[last + 1] ?? 0, word: 'before' };
  }
  const { disposition } = trace;
  const hop =
    disposition.kind === 'refused' || disposition.kind === 'answered' || disposition.kind === 'failed'
      ? disposition.hop
      : disposition.kind === 'cannot-tell'
        ? disposition.reasons.find((reason) => reason.hop !== undefined)?.hop
        : trace.hops.findLast((candidate) => candidate.party.kind === 'application')?.id;
  const node = nodes.get(hop ?? trace.hops.at(-1)?.id ?? 0);
  if (node === undefined) return { x: 0, y: 0, word: 'above' };
  // Over a card that stands in no room there may be the tools.
  return { x: node.x + node.width - 16, y: node.y, word: node.room === undefined ? 'beside' : 'above' };
}
