/**
 * Namespaces that are shown closed: workspace -> the same workspace with some of them opened or renamed.
 * How somebody looks at the mesh, kept with the workspace and never in the undo history.
 */
import { parseNodeId } from '../nodeIds.ts';
import type { Moves } from './followMoved.ts';
import type { Workspace } from './workspace.ts';

const NONE: readonly string[] = [];

export const collapsedOf = ({ collapsed }: Workspace): readonly string[] => collapsed ?? NONE;

/** Without an entry when none is closed. */
export function withCollapsed({ collapsed: _before, ...workspace }: Workspace, names: readonly string[]): Workspace {
  return names.length === 0 ? workspace : { ...workspace, collapsed: [...new Set(names)] };
}

/** What is inside a closed namespace cannot be seen: those of the nodes open. */
export function openedAround(workspace: Workspace, nodes: readonly string[]): Workspace {
  const now = collapsedOf(workspace);
  if (now.length === 0) return workspace;
  const inside = new Set(nodes.flatMap((node) => namespaceAround(node) ?? []));
  const left = now.filter((name) => !inside.has(name));
  return left.length === now.length ? workspace : withCollapsed(workspace, left);
}

/** The namespace of a workload's node; a namespace itself is not inside one. */
export function namespaceAround(node: string): string | undefined {
  const ref = parseNodeId(node);
  return ref?.kind === 'workload' ? ref.id.slice(0, ref.id.indexOf('/')) : undefined;
}

export function followCollapsed(workspace: Workspace, { namespaces }: Moves): Workspace {
  const now = collapsedOf(workspace);
  return now.some((name) => namespaces.has(name))
    ? withCollapsed(
        workspace,
        now.map((name) => namespaces.get(name) ?? name),
      )
    : workspace;
}
