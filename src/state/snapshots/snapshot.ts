/**
 * A state of the work that is kept: what is told of it here, its text under a key of its own. Some
 * were kept by name, some because time passed or something happened; of those only so many stay.
 */
import type { LocalizedText } from '../../base/localizedText.ts';
import type { Changes } from '../compare/changes.ts';
import type { Workspace } from '../workspace/workspace.ts';

export interface Snapshot {
  readonly id: string;
  /** Milliseconds of the wall clock. */
  readonly at: number;
  readonly reason: SnapshotReason;
  /** What the user called it. */
  readonly label?: string;
  /** Whose state it is. */
  readonly mesh: LocalizedText;
  readonly example?: string;
  /** Against the state kept before or else the example it came from; absent: there is neither. */
  readonly changes?: Changes;
}

export type SnapshotReason =
  /** Kept by the user, under a name. */
  | 'named'
  /** A minute of work has passed. */
  | 'timed'
  /** As it came from a file, a link or storage. */
  | 'opened'
  /** kubectl changed the mesh from the console. */
  | 'applied'
  /** Another mesh, or an older state, took its place. */
  | 'replaced'
  /** It could not be shown when the studio started. */
  | 'unshown';

/** More than thirty, so that thirty timed ones stay beside some that something else caused. */
export const AUTOMATIC_LIMIT = 40;

/** The list, newest first, with one more; and which had to go for it. */
export function withSnapshot(
  list: readonly Snapshot[],
  added: Snapshot,
): { readonly list: readonly Snapshot[]; readonly dropped: readonly string[] } {
  const all = [added, ...list];
  const automatic = all.filter(({ reason }) => reason !== 'named');
  const lastApplied = all.find(({ reason }) => reason === 'applied')?.id;
  const surplus = automatic.slice(AUTOMATIC_LIMIT).filter(({ id }) => id !== lastApplied);
  const dropped = new Set(surplus.map(({ id }) => id));
  return { list: all.filter(({ id }) => !dropped.has(id)), dropped: [...dropped] };
}

/** Who has to make room first: the oldest that nobody asked for. */
export const firstToGo = (list: readonly Snapshot[]): Snapshot | undefined =>
  list.findLast(({ reason }) => reason !== 'named');

export const isOfMesh = ({ mesh, example }: Snapshot, workspace: Workspace): boolean =>
  example === workspace.example && JSON.stringify(mesh) === JSON.stringify(workspace.name);

/** What was in storage, as far as it is a list of snapshots. */
export const readSnapshots = (stored: unknown): readonly Snapshot[] =>
  Array.isArray(stored) ? stored.filter(isSnapshot) : [];

function isSnapshot(value: unknown): value is Snapshot {
  if (typeof value !== 'object' || value === null) return false;
  const { id, at, reason, mesh, label, changes } = value as Record<string, unknown>;
  return (
    typeof id === 'string' &&
    typeof at === 'number' &&
    typeof reason === 'string' &&
    (typeof mesh === 'string' || (typeof mesh === 'object' && mesh !== null)) &&
    (label === undefined || typeof label === 'string') &&
    (changes === undefined || (typeof changes === 'object' && changes !== null && 'files' in changes))
  );
}
