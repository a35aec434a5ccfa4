/**
 * Cards brought into line, or spread so that the gaps between them are equal: scene and nodes ->
 * positions as they are stored. What is aligned keeps its order; a card stays inside its room.
 */
import type { Position } from '../../../state/workspace/workspace.ts';
import { insideRoom } from '../scene/placement.ts';
import type { Scene, SceneNode } from '../scene/scene.ts';

export const ALIGNMENTS = ['left', 'center', 'right', 'top', 'middle', 'bottom'] as const;
export const SPREADS = ['across', 'down'] as const;
export type Alignment = (typeof ALIGNMENTS)[number];
export type Spread = (typeof SPREADS)[number];

export function align(scene: Scene, nodes: readonly string[], how: Alignment | Spread): Record<string, Position> {
  const boxes = nodes.flatMap((node) => scene.get(node) ?? []).filter((box) => !nodes.includes(box.room ?? ''));
  const moved = how === 'across' || how === 'down' ? spread(boxes, how) : line(boxes, how);
  return Object.fromEntries(
    moved.map(({ id, room, x, y }) => {
      const corner = room === undefined ? undefined : scene.get(room);
      const at = { x: x - (corner?.x ?? 0), y: y - (corner?.y ?? 0) };
      return [id, corner === undefined ? { x: Math.round(at.x), y: Math.round(at.y) } : insideRoom(at)];
    }),
  );
}

function line(boxes: readonly SceneNode[], how: Alignment): SceneNode[] {
  const left = Math.min(...boxes.map(({ x }) => x));
  const right = Math.max(...boxes.map(({ x, width }) => x + width));
  const top = Math.min(...boxes.map(({ y }) => y));
  const bottom = Math.max(...boxes.map(({ y, height }) => y + height));
  const moves: Readonly<Record<Alignment, (box: SceneNode) => Partial<Position>>> = {
    left: () => ({ x: left }),
    center: ({ width }) => ({ x: (left + right - width) / 2 }),
    right: ({ width }) => ({ x: right - width }),
    top: () => ({ y: top }),
    middle: ({ height }) => ({ y: (top + bottom - height) / 2 }),
    bottom: ({ height }) => ({ y: bottom - height }),
  };
  return boxes.map((box) => ({ ...box, ...moves[how](box) }));
}

function spread(boxes: readonly SceneNode[], how: Spread): SceneNode[] {
  const [at, size] = how === 'across' ? (['x', 'width'] as const) : (['y', 'height'] as const);
  const sorted = [...boxes].sort((a, b) => a[at] - b[at]);
  const [first] = sorted;
  const last = sorted.at(-1);
  if (first === undefined || last === undefined) return [];
  const filled = sorted.reduce((sum, box) => sum + box[size], 0);
  const gap = (last[at] + last[size] - first[at] - filled) / Math.max(1, sorted.length - 1);
  let next = first[at];
  return sorted.map((box) => {
    const placed = { ...box, [at]: next };
    next += box[size] + gap;
    return placed;
  });
}
