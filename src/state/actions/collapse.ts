/** Namespaces shown closed, as one card each, or open again; by hand, so no rule overrides it. */
import { namespaceNode, parseNodeId } from '../nodeIds.ts';
import type { Studio } from '../studio.ts';
import type { StudioState } from '../studioState.ts';
import { collapsedOf, namespaceAround, withCollapsed } from '../workspace/collapsed.ts';
import { selectNodes } from './look.ts';

export function setCollapsed(studio: Studio, names: readonly string[], isCollapsed: boolean): void {
  const { workspace, selection } = studio.store.getState();
  const now = collapsedOf(workspace);
  const next = isCollapsed ? [...now, ...names] : now.filter((name) => !names.includes(name));
  studio.store.setState({ workspace: withCollapsed(workspace, next) });
  if (!isCollapsed) return;
  // What is no longer seen is not selected either: its namespace is, in its place.
  const nodes = selection.nodes.map((node) => {
    const around = namespaceAround(node);
    return around !== undefined && names.includes(around) ? namespaceNode(around) : node;
  });
  selectNodes(studio, [...new Set(nodes)]);
}

/** Of what is selected (a workload counts for its namespace); of all when nothing is. Open ones close first. */
export function toggleCollapsed(studio: Studio): void {
  const state = studio.store.getState();
  const names = new Set(
    state.selection.nodes.flatMap((node) => {
      const ref = parseNodeId(node);
      return ref?.kind === 'namespace' ? [ref.id] : (namespaceAround(node) ?? []);
    }),
  );
  toggle(studio, names.size === 0 ? roomsOf(state) : [...names]);
}

export const toggleAllCollapsed = (studio: Studio): void => toggle(studio, roomsOf(studio.store.getState()));

function toggle(studio: Studio, names: readonly string[]): void {
  const closed = collapsedOf(studio.store.getState().workspace);
  setCollapsed(
    studio,
    names,
    names.some((name) => !closed.includes(name)),
  );
}

/** Namespaces that somebody is in: an empty one has nothing to hide. */
export function roomsOf({ engine }: StudioState): readonly string[] {
  return [...new Set(engine.graph?.workloads.map(({ namespace }) => namespace))];
}
