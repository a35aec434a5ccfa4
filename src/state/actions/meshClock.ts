/** The mesh clock stands still until somebody moves it; then every verdict is asked for again. */
import type { Studio } from '../studio.ts';
import { changeContent } from './changeContent.ts';

export function setMeshClock(studio: Studio, milliseconds: number): void {
  if (!(Math.abs(milliseconds) < LATEST)) return;
  const now = new Date(milliseconds).toISOString();
  if (now === studio.store.getState().workspace.world.now) return;
  changeContent(studio, { kind: 'clock', target: '' }, () => ({ now }));
}

/** The year 9999: the last that certificates can hold. */
const LATEST = Date.UTC(9999, 11, 31);
