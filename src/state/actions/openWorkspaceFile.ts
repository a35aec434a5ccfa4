/** A downloaded workspace takes the place of this one. */
import type { Studio } from '../studio.ts';
import { readWorkspace } from '../workspace/migrations.ts';
import { openWorkspace } from './openWorkspace.ts';
import { notify } from './update.ts';

/** Returns whether the text was a workspace: it has been opened, or why not has been said. */
export function openWorkspaceFile(studio: Studio, text: string): boolean {
  let stored: unknown;
  try {
    stored = JSON.parse(text);
  } catch {
    return false;
  }
  const read = readWorkspace(stored);
  if (read.ok) openWorkspace(studio, read.value);
  else if (read.error.kind === 'from-the-future') notify(studio, 'file-from-the-future', {}, 'problem');
  else return false;
  return true;
}
