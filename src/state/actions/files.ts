/** Files of the workspace: added, renamed, moved, removed, imported. Order is document order. */
import type { WorkspaceFileText } from '../../worker/protocol.ts';
import type { Studio } from '../studio.ts';
import { changeContent } from './changeContent.ts';
import { notify, patch } from './update.ts';

export function addFile(studio: Studio): void {
  const name = freeName('untitled.yaml', studio.store.getState().workspace.files);
  changeContent(studio, { kind: 'files', target: name }, ({ files }) => ({ files: [...files, { name, text: '' }] }));
  patch(studio, 'layout', { file: name, right: true, rightTab: 'yaml' });
}

export function removeFile(studio: Studio, name: string): void {
  const { files } = studio.store.getState().workspace;
  const at = files.findIndex((file) => file.name === name);
  if (at < 0 || files.length === 1) return;
  changeContent(studio, { kind: 'files', target: name }, () => ({ files: files.filter((file) => file.name !== name) }));
  patch(studio, 'layout', { file: (files[at + 1] ?? files[at - 1])?.name ?? '' });
}

/** Returns whether the name was free (and not empty). */
export function renameFile(studio: Studio, from: string, to: string): boolean {
  const name = to.trim();
  const { files } = studio.store.getState().workspace;
  if (name === from) return true;
  if (name === '' || files.some((file) => file.name === name)) return false;
  changeContent(studio, { kind: 'files', target: name }, () => ({
    files: files.map((file) => (file.name === from ? { ...file, name } : file)),
  }));
  patch(studio, 'layout', { file: name });
  return true;
}

/** Puts a file at another place among the others; what has no date was created in this order. */
export function moveFile(studio: Studio, name: string, to: number): void {
  const { files } = studio.store.getState().workspace;
  const from = files.findIndex((file) => file.name === name);
  const file = files[from];
  const at = Math.max(0, Math.min(to, files.length - 1));
  if (file === undefined || at === from) return;
  changeContent(studio, { kind: 'files', target: name }, () => ({
    files: files.toSpliced(from, 1).toSpliced(at, 0, file),
  }));
}

/** Files dropped, pasted or chosen: added behind what is there; a name that is taken gets a number. */
export function importFiles(studio: Studio, imported: readonly WorkspaceFileText[]): void {
  const first = imported[0];
  if (first === undefined) return;
  // An untouched empty file is a place holder; its name is free.
  const kept = studio.store.getState().workspace.files.filter((file) => file.text.trim() !== '');
  const added = withFreeNames(kept, imported);
  changeContent(studio, { kind: 'files', target: '' }, () => ({ files: [...kept, ...added] }));
  patch(studio, 'layout', { file: added[0]?.name ?? '' });
  notify(studio, 'files-imported', { count: added.length });
}

/** The files to add under names that are not taken, neither by what is there nor by each other. */
export function withFreeNames(
  there: readonly WorkspaceFileText[],
  imported: readonly WorkspaceFileText[],
): readonly WorkspaceFileText[] {
  const added: WorkspaceFileText[] = [];
  for (const { name, text } of imported) added.push({ name: freeName(name, [...there, ...added]), text });
  return added;
}

function freeName(wanted: string, files: readonly WorkspaceFileText[]): string {
  const taken = new Set(files.map((file) => file.name));
  const [, stem = wanted, extension = ''] = /^(.+?)(\.\w+)?$/.exec(wanted) ?? [];
  let name = wanted;
  for (let number = 2; taken.has(name); number++) name = `${stem}-${number}${extension}`;
  return name;
}
