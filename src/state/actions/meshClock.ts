/** The mesh clock stands still until somebody moves it; then every verdict is asked for again. */
import type { Studio } from '../studio.ts';
import { changeContent } from './changeContent.ts';

export function setMeshClock(studio: Studio, milliseconds: number): void {
  if (!(milliseconds >= EARLIEST && milliseconds < LATEST)) return;
  const now = new Date(milliseconds).toISOString();
  if (now === studio.store.getState().workspace.world.now) return;
  changeContent(studio, { kind: 'clock', target: '' }, () => ({ now }));
}

/** Where the two digits of a year in certificates begin, and the last year that they can hold. */
const EARLIEST = Date.UTC(1950, 0, 1);
const LATEST = Date.UTC(9999, 11, 31);
