/** The user dragged nodes, or asked for a layout: places of the nodes named, by id. */
import type { Studio } from '../studio.ts';
import { withPlaces } from '../workspace/placed.ts';
import type { Places } from '../workspace/workspace.ts';
import { changeContent } from './changeContent.ts';

export function moveNodes(studio: Studio, moved: Places): void {
  const target = Object.keys(moved).sort().join(' ');
  if (target === '') return;
  changeContent(studio, { kind: 'move', target }, ({ positions }) => ({ positions: withPlaces(positions, moved) }));
}

/** Replaces every position: what is not named is placed anew. */
export function arrangeNodes(studio: Studio, positions: Places): void {
  changeContent(studio, { kind: 'arrange', target: '' }, () => ({ positions }));
}
