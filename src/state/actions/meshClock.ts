/** The mesh clock stands still until somebody moves it; then every verdict is asked for again. */
import type { Studio } from '../studio.ts';

export function setMeshClock(studio: Studio, milliseconds: number): void {
  if (!Number.isFinite(milliseconds)) return;
  const { workspace } = studio.store.getState();
  const now = new Date(milliseconds).toISOString();
  if (now === workspace.world.now) return;
  studio.store.setState({ workspace: { ...workspace, world: { ...workspace.world, now } } });
}
