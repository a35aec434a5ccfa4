/** Edits of the workspace's text as data: what to replace by what, and nothing else changes. */
import type { WorkspaceFile } from '../resources/types.ts';

/** Replaces [start, end) of a file, in UTF-16 offsets of the text before any edit. */
export interface TextEdit {
  readonly file: string;
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Applies edits that do not overlap; those of unknown files make the file. */
export function applyEdits(files: readonly WorkspaceFile[], edits: readonly TextEdit[]): WorkspaceFile[] {
  const known = new Set(files.map((file) => file.name));
  const added = [...new Set(edits.map((edit) => edit.file))].filter((name) => !known.has(name));
  return [...files, ...added.map((name) => ({ name, text: '' }))].map((file) => {
    const own = edits.filter((edit) => edit.file === file.name);
    return own.length === 0 ? file : { ...file, text: applyToText(file.text, own) };
  });
}

function applyToText(text: string, edits: readonly TextEdit[]): string {
  // From the end, so that offsets before stay true; at one offset the later edit comes after.
  const ordered = edits.map((edit, i) => ({ edit, i })).sort((a, b) => b.edit.start - a.edit.start || b.i - a.i);
  return ordered.reduce((result, { edit }) => result.slice(0, edit.start) + edit.text + result.slice(edit.end), text);
}
