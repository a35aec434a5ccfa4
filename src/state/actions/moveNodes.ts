/** The user dragged nodes, or asked for a layout: positions of the nodes named, by id. */
import type { Studio } from '../studio.ts';
import type { Position } from '../workspace/workspace.ts';
import { changeContent } from './changeContent.ts';

export function moveNodes(studio: Studio, moved: Readonly<Record<string, Position>>): void {
  const target = Object.keys(moved).sort().join(' ');
  if (target === '') return;
  changeContent(studio, { kind: 'move', target }, ({ positions }) => ({ positions: { ...positions, ...moved } }));
}

/** Replaces every position: what is not named is placed anew. */
export function arrangeNodes(studio: Studio, positions: Readonly<Record<string, Position>>): void {
  changeContent(studio, { kind: 'arrange', target: '' }, () => ({ positions }));
}
