/**
 * Where snapshots lie: an index, and each state under a key of its own, without its secrets. States
 * kept since the page was opened are also held in memory as they were, keys and tokens included.
 */
import { changesBetween, isNothing } from '../compare/changes.ts';
import type { WriteResult } from '../persistence/drawer.ts';
import { publicSecrets } from '../persistence/publicSecrets.ts';
import type { Studio } from '../studio.ts';
import { readWorkspace } from '../workspace/migrations.ts';
import { redactWorkspace } from '../workspace/redact.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { firstToGo, isOfMesh, readSnapshots, type Snapshot, type SnapshotReason, withSnapshot } from './snapshot.ts';

const INDEX = 'snapshots';
const bodyKey = (id: string): string => `snapshot ${id}`;

const ofThisSession = new WeakMap<Studio, Map<string, Workspace>>();

function sessionOf(studio: Studio): Map<string, Workspace> {
  const known = ofThisSession.get(studio) ?? new Map<string, Workspace>();
  ofThisSession.set(studio, known);
  return known;
}

export async function loadSnapshots(studio: Studio): Promise<readonly Snapshot[]> {
  const snapshots = readSnapshots(await studio.storage.drawer.read(INDEX));
  studio.store.setState({ snapshots });
  return snapshots;
}

/** The state as it was kept; undefined: it is gone, or from a later version of the studio. */
export async function snapshotWorkspace(studio: Studio, id: string): Promise<Workspace | undefined> {
  const known = sessionOf(studio).get(id);
  if (known !== undefined) return known;
  const read = readWorkspace(await studio.storage.drawer.read(bodyKey(id)));
  return read.ok ? read.value : undefined;
}

const lastKeep = new WeakMap<Studio, Promise<unknown>>();

/** Keeps a state, unless it is the one kept last. Room is made where there is none. One after the other. */
export function keepSnapshot(
  studio: Studio,
  workspace: Workspace,
  reason: SnapshotReason,
  label?: string,
): Promise<WriteResult> {
  const result = (lastKeep.get(studio) ?? Promise.resolve()).then(() => keep(studio, workspace, reason, label));
  lastKeep.set(studio, result);
  return result;
}

async function keep(
  studio: Studio,
  workspace: Workspace,
  reason: SnapshotReason,
  label?: string,
): Promise<WriteResult> {
  const [last] = await loadSnapshots(studio);
  const before = last !== undefined && isOfMesh(last, workspace) ? await snapshotWorkspace(studio, last.id) : undefined;
  const origin = before ?? (await exampleOf(studio, workspace));
  const changes = origin === undefined ? undefined : changesBetween(origin, workspace);
  // The same state once more: what is said of it may be new, what it holds is not.
  const isSame = last !== undefined && before !== undefined && changes !== undefined && isNothing(changes);
  if (isSame && (reason === 'timed' || reason === 'replaced' || reason === 'opened')) return 'stored';

  const at = studio.now();
  const snapshot: Snapshot = {
    id: `${at.toString(36)}-${Math.random().toString(36).slice(2, 8)}`,
    at,
    reason,
    mesh: workspace.name,
    ...(label === undefined ? {} : { label }),
    ...(workspace.example === undefined ? {} : { example: workspace.example }),
    ...(changes === undefined ? {} : { changes }),
  };
  const { value } = redactWorkspace(workspace, await publicSecrets(studio, workspace));
  const isReplacing = isSame && last.reason !== 'named' && reason !== 'named';
  sessionOf(studio).set(snapshot.id, workspace);
  return changeIndex(
    studio,
    (list) => {
      const kept = isReplacing ? list.filter(({ id }) => id !== last.id) : list;
      const { list: next, dropped } = withSnapshot(kept, snapshot);
      return {
        list: next,
        also: { [bodyKey(snapshot.id)]: value },
        gone: isReplacing ? [last.id, ...dropped] : dropped,
      };
    },
    true,
  );
}

const exampleOf = async (studio: Studio, { example }: Workspace): Promise<Workspace | undefined> =>
  example === undefined ? undefined : studio.examples.load(example).catch(() => undefined);

export const renameSnapshot = (studio: Studio, id: string, label: string): Promise<WriteResult> =>
  changeIndex(studio, (list) => ({
    // A name is what keeps it from being dropped.
    list: list.map((one) => (one.id === id ? { ...one, label, reason: 'named' as const } : one)),
    gone: [],
  }));

export function removeSnapshot(studio: Studio, id: string): Promise<WriteResult> {
  sessionOf(studio).delete(id);
  return changeIndex(studio, (list) => ({ list: list.filter((one) => one.id !== id), gone: [id] }));
}

/** Lets go of the oldest state that nobody asked for; says whether there was one. */
export async function makeRoom(studio: Studio): Promise<boolean> {
  const oldest = firstToGo(await loadSnapshots(studio));
  if (oldest === undefined) return false;
  return (await removeSnapshot(studio, oldest.id)) === 'stored';
}

interface IndexEdit {
  readonly list: readonly Snapshot[];
  readonly also?: Readonly<Record<string, unknown>>;
  readonly gone: readonly string[];
}

async function changeIndex(
  studio: Studio,
  edit: (list: readonly Snapshot[]) => IndexEdit,
  adds = false,
): Promise<WriteResult> {
  let snapshots: readonly Snapshot[] = [];
  const write = (): Promise<WriteResult> =>
    studio.storage.drawer.change(INDEX, (old) => {
      const { list, also = {}, gone } = edit(readSnapshots(old));
      snapshots = list;
      return { value: list, also, without: gone.map(bodyKey) };
    });
  let result = await write();
  // What only removes must not ask for room by removing.
  while (result === 'full' && adds && (await makeRoom(studio))) result = await write();
  if (result === 'stored') studio.store.setState({ snapshots });
  return result;
}
