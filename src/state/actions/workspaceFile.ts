/** A workspace as one file: texts, saved calls with what is expected of them, positions, clock. Without its secrets. */
import { publicSecrets } from '../persistence/autosave.ts';
import type { Studio } from '../studio.ts';
import { readWorkspace } from '../workspace/migrations.ts';
import { redactWorkspace } from '../workspace/redact.ts';
import { openWorkspace } from './openWorkspace.ts';

export async function workspaceFileText(studio: Studio): Promise<string> {
  const { workspace } = studio.store.getState();
  const { value } = redactWorkspace(workspace, await publicSecrets(studio, workspace));
  return `${JSON.stringify(value, null, 2)}\n`;
}

/** Returns whether the text was a workspace and has been opened. */
export function openWorkspaceFile(studio: Studio, text: string): boolean {
  let stored: unknown;
  try {
    stored = JSON.parse(text);
  } catch {
    return false;
  }
  const read = readWorkspace(stored);
  if (read.ok) openWorkspace(studio, read.value);
  return read.ok;
}
