/** Takes a change back that was made since an older state, as one step of the history. */
import type { WorkspaceFileText } from '../../worker/protocol.ts';
import type { Studio } from '../studio.ts';
import { changeContent } from './changeContent.ts';

/** One file as it was in the older state: its text, its presence, its absence. */
export function revertFile(studio: Studio, name: string, older: readonly WorkspaceFileText[]): void {
  const at = older.findIndex((file) => file.name === name);
  const was = older[at];
  changeContent(studio, { kind: 'files', target: name }, ({ files }) => {
    if (was === undefined) return { files: files.filter((file) => file.name !== name) };
    if (files.some((file) => file.name === name)) {
      return { files: files.map((file) => (file.name === name ? was : file)) };
    }
    return { files: [...files.slice(0, at), was, ...files.slice(at)] };
  });
}
