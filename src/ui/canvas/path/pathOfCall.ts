/**
 * The picture of a call: trace and scene -> one leg for each connection, with its line on the
 * canvas, what it carries, and how it ended; and where each hop's token rests.
 *
 * Hops inside one card (application and its sidecar) have a leg that is not drawn: the token just
 * crosses the card.
 */

import { nodeIdOf } from '../../../state/nodeIds.ts';
import { type Leg, legsOf } from '../../../state/trace/carriage.ts';
import type { Hop, HopId, Trace } from '../../../trace/trace.ts';
import type { Scene, SceneNode } from '../scene/scene.ts';
import { cutEnd, measure, type Polyline } from './polyline.ts';
import { type Point, type Port, type Rect, type Route, routeOrthogonal } from './routeOrthogonal.ts';

export interface DrawnLeg extends Leg {
  readonly line: Polyline;
  /** Inside one card: not drawn. */
  readonly inside: boolean;
  /** The far end refused the connection itself: drawn dashed, and stops before it. */
  readonly refused: boolean;
}

export interface CallPath {
  readonly legs: readonly DrawnLeg[];
  /** Where the token rests in each hop. */
  readonly anchors: ReadonlyMap<HopId, Point>;
  /** Where the mark of the end stands. */
  readonly end: Point;
}

/** Room for the mark before the card that refused. */
const REFUSED_GAP = 22;

export function pathOfCall(trace: Trace, scene: Scene): CallPath {
  const cards = [...scene.values()].filter((node) => node.kind !== 'room');
  const nodes = new Map<HopId, SceneNode>();
  for (const hop of trace.hops) {
    const node = nodeOf(hop, scene, nodes);
    if (node !== undefined) nodes.set(hop.id, node);
  }

  const anchors = new Map<HopId, Point>();
  const ports = new Map<HopId, Point>();
  const legs: DrawnLeg[] = [];
  const refusing = refusingHop(trace);
  for (const leg of legsOf(trace)) {
    const near = nodes.get(leg.near);
    const far = nodes.get(leg.far);
    if (near === undefined || far === undefined) continue;
    if (near.id === far.id) {
      legs.push({ ...leg, line: measure([anchorIn(near), anchorIn(near)]), inside: true, refused: false });
      continue;
    }
    const refused = leg.far === refusing;
    const { points } = bestRoute(near, far, cards);
    ports.set(leg.near, points[0] ?? anchorIn(near));
    ports.set(leg.far, points.at(-1) ?? anchorIn(far));
    legs.push({ ...leg, line: measure(refused ? cutEnd(points, REFUSED_GAP) : points), inside: false, refused });
  }

  for (const hop of trace.hops) {
    const node = nodes.get(hop.id);
    if (node !== undefined)
      anchors.set(hop.id, hop.party.kind === 'proxy' ? (ports.get(hop.id) ?? socketOf(node)) : anchorIn(node));
  }
  return { legs: legs.map((leg) => crossCard(leg, anchors)), anchors, end: endOf(trace, legs, nodes) };
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
  const node = id === undefined ? undefined : scene.get(id);
  // A cluster IP is no place of its own: the choice is made where the call already is.
  return node ?? (hop.parent === undefined ? undefined : nodes.get(hop.parent));
}

/** The application: the icon in the lower left of a card. */
const anchorIn = ({ kind, x, y, width, height }: SceneNode): Point =>
  kind === 'workload' ? { x: x + 20, y: y + height - 19 } : { x: x + width / 2, y: y + height / 2 };

const socketOf = ({ x, y, height }: SceneNode): Point => ({ x, y: y + height / 2 });

const sides = ({ x, y, width, height }: Rect): readonly Port[] => [
  { x, y: y + height / 2, out: -1 },
  { x: x + width, y: y + height / 2, out: 1 },
];

/** Out of either side, into either side: the cheapest of the four. */
function bestRoute(near: Rect, far: Rect, cards: readonly Rect[]): Route {
  let best: Route | undefined;
  for (const from of sides(near)) {
    for (const to of sides(far)) {
      const route = routeOrthogonal(from, to, cards);
      // Reading order: out at the right, in at the left, where it costs the same.
      const cost = route.cost + (from.out === 1 ? 0 : 40) + (to.out === -1 ? 0 : 40);
      if (best === undefined || cost < best.cost) best = { points: route.points, cost };
    }
  }
  return best ?? { points: [], cost: 0 };
}

/** A leg inside a card runs between the resting places of its two hops. */
function crossCard(leg: DrawnLeg, anchors: ReadonlyMap<HopId, Point>): DrawnLeg {
  const from = anchors.get(leg.near);
  const to = anchors.get(leg.far);
  return leg.inside && from !== undefined && to !== undefined ? { ...leg, line: measure([from, to]) } : leg;
}

function endOf(trace: Trace, legs: readonly DrawnLeg[], nodes: ReadonlyMap<HopId, SceneNode>): Point {
  const refused = legs.find((leg) => leg.refused);
  if (refused !== undefined) {
    const last = refused.line.table.length - 2;
    return { x: refused.line.table[last] ?? 0, y: refused.line.table[last + 1] ?? 0 };
  }
  const { disposition } = trace;
  const hop =
    disposition.kind === 'refused' || disposition.kind === 'answered' || disposition.kind === 'failed'
      ? disposition.hop
      : disposition.kind === 'cannot-tell'
        ? disposition.reasons.find((reason) => reason.hop !== undefined)?.hop
        : trace.hops.findLast((candidate) => candidate.party.kind === 'application')?.id;
  const node = nodes.get(hop ?? trace.hops.at(-1)?.id ?? 0);
  return node === undefined ? { x: 0, y: 0 } : { x: node.x + node.width - 16, y: node.y };
}
