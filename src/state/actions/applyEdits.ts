/** Applies edits that the engine proposed, as one entry of the history. */
import type { WorkspaceFileText } from '../../worker/protocol.ts';
import type { Studio } from '../studio.ts';
import { changeContent } from './changeContent.ts';

export interface ProposedEdit {
  readonly file: string;
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

export function applyProposedEdits(studio: Studio, edits: readonly ProposedEdit[]): void {
  if (edits.length === 0) return;
  changeContent(studio, { kind: 'files', target: edits.map(({ file }) => file).join(' ') }, ({ files }) => ({
    files: withEdits(files, edits),
  }));
}

/** Edits of one file must not overlap; a file that is not there is made; one without edits stays the same object. */
export function withEdits(files: readonly WorkspaceFileText[], edits: readonly ProposedEdit[]): WorkspaceFileText[] {
  const known = new Set(files.map(({ name }) => name));
  const added = [...new Set(edits.map(({ file }) => file))].filter((name) => !known.has(name));
  return [...files, ...added.map((name) => ({ name, text: '' }))].map((file) => {
    const own = edits.filter((edit) => edit.file === file.name).sort((a, b) => b.start - a.start);
    if (own.length === 0) return file;
    const text = own.reduce((done, edit) => done.slice(0, edit.start) + edit.text + done.slice(edit.end), file.text);
    return { ...file, text };
  });
}
