/**
 * Layout on demand: the scene and who calls whom -> new positions for everything, by ELK's layered
 * algorithm in its own worker (1.6 MB, loaded when first asked for). Rooms keep what is in them;
 * the outside and its load balancers come first, callers stand left of whom they call. Where that
 * comes out too wide to be read at a glance, everything moves together.
 */
import type { ELK, ElkNode } from 'elkjs/lib/elk-api.js';
import type { Placed, Places } from '../../../state/workspace/workspace.ts';
import { compactPlaces, isReadable, zoomToSee } from './compactRooms.ts';
import type { Scene } from './scene.ts';
import { AISLE, GAP, ROOM } from './sizes.ts';

export interface Link {
  readonly from: string;
  readonly to: string;
}

export async function arrange(scene: Scene, links: readonly Link[]): Promise<Places> {
  const elk = await startElk();
  try {
    const wide = readPositions(await elk.layout(toElk(scene, links)));
    if (isReadable(scene, wide)) return wide;
    const compact = compactPlaces(scene, wide);
    return zoomToSee(scene, compact) > zoomToSee(scene, wide) ? compact : wide;
  } finally {
    elk.terminateWorker();
  }
}

async function startElk(): Promise<ELK> {
  const [{ default: Elk }, { default: workerUrl }] = await Promise.all([
    import('elkjs/lib/elk-api.js'),
    import('elkjs/lib/elk-worker.min.js?url'),
  ]);
  // ELK's worker is a classic script.
  return new Elk({ workerFactory: () => new Worker(workerUrl) });
}

export function toElk(scene: Scene, links: readonly Link[]): ElkNode {
  const nodes = [...scene.values()];
  const toChild = ({ id, width, height, kind }: (typeof nodes)[number]): ElkNode => ({
    id,
    width,
    height,
    ...(kind === 'outside' ? { layoutOptions: { 'elk.layered.layering.layerConstraint': 'FIRST' } } : {}),
  });
  return {
    id: 'root',
    layoutOptions: {
      'elk.algorithm': 'layered',
      'elk.direction': 'RIGHT',
      'elk.hierarchyHandling': 'INCLUDE_CHILDREN',
      'elk.layered.spacing.nodeNodeBetweenLayers': String(AISLE),
      'elk.spacing.nodeNode': String(GAP.y),
      'elk.spacing.componentComponent': String(GAP.y),
      'elk.layered.crossingMinimization.forceNodeModelOrder': 'false',
    },
    children: nodes
      .filter(({ room }) => room === undefined)
      .map((node): ElkNode => {
        if (node.kind !== 'room') return toChild(node);
        const children = nodes.filter(({ room }) => room === node.id).map(toChild);
        return {
          id: node.id,
          ...(children.length === 0 ? { width: node.width, height: node.height } : { children }),
          layoutOptions: {
            'elk.padding': `[top=${ROOM.header},left=${ROOM.padX},bottom=${ROOM.padY},right=${ROOM.padX}]`,
            'elk.spacing.nodeNode': String(GAP.y),
            'elk.layered.spacing.nodeNodeBetweenLayers': String(GAP.x),
          },
        };
      }),
    edges: links
      .filter(({ from, to }) => from !== to && scene.has(from) && scene.has(to))
      .map(({ from, to }) => ({ id: `${from}>${to}`, sources: [from], targets: [to] })),
  };
}

/** Positions as they are stored: of rooms absolute, of what is in them from the room's corner. */
export function readPositions(laidOut: ElkNode): Places {
  const positions: Record<string, Placed> = {};
  const visit = (node: ElkNode): void => {
    for (const child of node.children ?? []) {
      positions[child.id] = { x: snap(child.x), y: snap(child.y), auto: true };
      visit(child);
    }
  };
  visit(laidOut);
  return positions;
}

const snap = (value = 0): number => Math.round(value / 4) * 4;
