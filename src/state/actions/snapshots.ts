/** What a user does with kept states: keep the present one, bring one back, rename, remove. */
import { changesBetween } from '../compare/changes.ts';
import { keepSnapshot, snapshotWorkspace } from '../snapshots/shelf.ts';
import type { Studio } from '../studio.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { changeContent } from './changeContent.ts';
import { openWorkspace } from './openWorkspace.ts';
import { notify } from './update.ts';

export { removeSnapshot, renameSnapshot } from '../snapshots/shelf.ts';

/** Returns whether it was kept. */
export async function keepByName(studio: Studio, label: string): Promise<boolean> {
  const result = await keepSnapshot(studio, studio.store.getState().workspace, 'named', label.trim());
  if (result !== 'stored') notify(studio, 'history-full', {}, 'problem');
  return result === 'stored';
}

export async function restoreSnapshot(studio: Studio, id: string): Promise<void> {
  const workspace = await snapshotWorkspace(studio, id);
  if (workspace === undefined) {
    notify(studio, 'snapshot-gone', {}, 'problem');
    return;
  }
  await bringBack(studio, workspace);
}

/** An older state of the work: one step of the history, and the present state is kept as well. */
export async function bringBack(studio: Studio, workspace: Workspace): Promise<void> {
  const now = studio.store.getState().workspace;
  if (!isSameMesh(now, workspace)) return openWorkspace(studio, workspace);
  await keepSnapshot(studio, now, 'replaced');
  const { files, calls, positions, world } = workspace;
  const { files: changed } = changesBetween(now, workspace);
  changeContent(studio, { kind: 'files', target: '' }, () => ({ files, calls, positions, now: world.now }));
  const first = changed.find(({ kind }) => kind !== 'removed')?.file;
  if (first !== undefined) studio.store.setState(({ layout }) => ({ layout: { ...layout, file: first } }));
}

/** Same name and same things around it; what callers hold stays as it is now. */
const isSameMesh = (a: Workspace, b: Workspace): boolean =>
  a.example === b.example &&
  JSON.stringify(a.name) === JSON.stringify(b.name) &&
  a.world.seed === b.world.seed &&
  JSON.stringify(a.world.addresses) === JSON.stringify(b.world.addresses) &&
  Object.keys(b.world.pems).every((name) => a.world.pems[name] !== undefined) &&
  Object.keys(b.world.tokens).every((name) => a.world.tokens[name] !== undefined);
