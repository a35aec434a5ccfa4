/**
 * One undo history over everything a person makes: text, positions, saved calls, the mesh clock. Entries are whole
 * contents (immutable, so they share what did not change). Typing in one file, or dragging one
 * selection, is one entry until the hand rests.
 */
import type { Moved } from './workspace/followMoved.ts';
import { WORKSPACE_SCHEMA, type Workspace } from './workspace/workspace.ts';

/** What undo brings back; name and world of the workspace stay, unless another one had taken its place. */
export type Content = Pick<Workspace, 'files' | 'positions' | 'calls'> & {
  /** The mesh clock. */
  readonly now: string;
  /** Whose content it is: goes back only over a change of kind `open`. */
  readonly mesh?: Mesh;
};

export type Mesh = Pick<Workspace, 'name' | 'example' | 'world'>;

export interface History {
  readonly past: readonly HistoryEntry[];
  readonly future: readonly HistoryEntry[];
}

export interface HistoryEntry {
  /** The content before the change (in `past`) or after it (in `future`). */
  readonly content: Content;
  readonly change: Change;
}

export interface Change {
  readonly kind: 'typing' | 'move' | 'arrange' | 'files' | 'calls' | 'clock' | 'open';
  /** The file typed in, the nodes moved: changes of one kind and target that follow closely are one. */
  readonly target: string;
  /** Milliseconds, of the last change in the group. */
  readonly at: number;
  /** Resources that had another name or namespace before: what speaks of them goes back with it. */
  readonly moved?: readonly Moved[];
}

/** One step back or forth. */
export interface Step {
  readonly history: History;
  readonly content: Content;
  readonly change: Change;
}

export const EMPTY_HISTORY: History = { past: [], future: [] };

const LIMIT = 200;
const REST_MS = 800;

/** The history after a change that replaces `before`. */
export function recordChange(history: History, before: Content, change: Change): History {
  const last = history.past.at(-1);
  if (last !== undefined && history.future.length === 0 && isSameGroup(last.change, change)) {
    return { past: [...history.past.slice(0, -1), { content: last.content, change }], future: [] };
  }
  return { past: [...history.past, { content: before, change }].slice(-LIMIT), future: [] };
}

const isSameGroup = (last: Change, next: Change): boolean =>
  last.kind === next.kind &&
  (next.kind === 'typing' || next.kind === 'move' || next.kind === 'clock') &&
  last.target === next.target &&
  next.at - last.at < REST_MS;

export function undoChange(history: History, now: Content): Step | undefined {
  const last = history.past.at(-1);
  if (last === undefined) return undefined;
  return {
    content: last.content,
    change: last.change,
    history: { past: history.past.slice(0, -1), future: [{ content: now, change: last.change }, ...history.future] },
  };
}

export function redoChange(history: History, now: Content): Step | undefined {
  const [next, ...future] = history.future;
  if (next === undefined) return undefined;
  // A redone group is closed: typing on starts a new one.
  const change = { ...next.change, at: Number.NEGATIVE_INFINITY };
  return { content: next.content, change, history: { past: [...history.past, { content: now, change }], future } };
}

export const contentOf = ({ files, positions, calls, world }: Workspace): Content => ({
  files,
  positions,
  calls,
  now: world.now,
});

/** The content with whose it is, for changes that lead to another workspace and back. */
export const wholeOf = (workspace: Workspace): Content => {
  const { name, example, world } = workspace;
  return { ...contentOf(workspace), mesh: { name, world, ...(example === undefined ? {} : { example }) } };
};

/** The workspace that a whole content was taken from. */
export function workspaceOf({ files, positions, calls }: Content, { name, example, world }: Mesh): Workspace {
  const from = example === undefined ? {} : { example };
  return { schema: WORKSPACE_SCHEMA, name, ...from, files, calls, positions, world };
}

/** The workspace with that content. Its world stays the same object while the clock stands still. */
export function withContent(workspace: Workspace, { now, mesh: _mesh, ...parts }: Partial<Content>): Workspace {
  const { world } = workspace;
  return { ...workspace, ...parts, world: now === undefined || now === world.now ? world : { ...world, now } };
}
