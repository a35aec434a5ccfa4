/** Files of the user's disk as text; what is not text is named. */
import type { WorkspaceFileText } from '../../worker/protocol.ts';

export async function readTextFiles(
  files: readonly File[],
): Promise<{ texts: readonly WorkspaceFileText[]; unreadable: readonly string[] }> {
  const texts: WorkspaceFileText[] = [];
  const unreadable: string[] = [];
  for (const file of files) {
    try {
      const text = new TextDecoder('utf-8', { fatal: true }).decode(await file.arrayBuffer());
      texts.push({ name: file.name, text });
    } catch {
      unreadable.push(file.name);
    }
  }
  return { texts, unreadable };
}
