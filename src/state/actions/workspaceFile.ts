/** A workspace as one file: texts, saved calls with what is expected of them, positions, clock. Without its secrets. */
import { publicSecrets } from '../persistence/publicSecrets.ts';
import type { Studio } from '../studio.ts';
import { redactWorkspace } from '../workspace/redact.ts';
import type { Workspace } from '../workspace/workspace.ts';

export const workspaceFileText = (studio: Studio): Promise<string> =>
  fileTextOf(studio, studio.store.getState().workspace);

export async function fileTextOf(studio: Studio, workspace: Workspace): Promise<string> {
  const { value } = redactWorkspace(workspace, await publicSecrets(studio, workspace));
  return `${JSON.stringify(value, null, 2)}\n`;
}
