/** What somebody worked on here: the newest state of each other mesh, and every state with a name. */
import { isOfMesh, type Snapshot } from '../../state/snapshots/snapshot.ts';
import type { Workspace } from '../../state/workspace/workspace.ts';

const SHOWN = 8;

export function recentWork(snapshots: readonly Snapshot[], now: Workspace): readonly Snapshot[] {
  const seen = new Set<string>();
  return snapshots
    .filter((snapshot) => {
      if (snapshot.reason === 'named') return true;
      const mesh = JSON.stringify([snapshot.mesh, snapshot.example]);
      if (isOfMesh(snapshot, now) || seen.has(mesh)) return false;
      seen.add(mesh);
      return true;
    })
    .slice(0, SHOWN);
}
