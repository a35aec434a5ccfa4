/** A workspace as one file: texts, saved calls with what is expected of them, positions, clock. Without its secrets. */
import { publicSecrets } from '../persistence/publicSecrets.ts';
import type { Studio } from '../studio.ts';
import { readWorkspace } from '../workspace/migrations.ts';
import { redactWorkspace } from '../workspace/redact.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { openWorkspace } from './openWorkspace.ts';
import { notify } from './update.ts';

export const workspaceFileText = (studio: Studio): Promise<string> =>
  fileTextOf(studio, studio.store.getState().workspace);

export async function fileTextOf(studio: Studio, workspace: Workspace): Promise<string> {
  const { value } = redactWorkspace(workspace, await publicSecrets(studio, workspace));
  return `${JSON.stringify(value, null, 2)}\n`;
}

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
