/**
 * Brings back what was stored. Nothing of it is lost: what cannot be read is set aside, and what
 * could not be shown the last time lies in the history instead of being shown again.
 */
import { openExample, openWorkspace } from '../actions/openWorkspace.ts';
import { notify } from '../actions/update.ts';
import type { Studio } from '../studio.ts';
import { readWorkspace } from '../workspace/migrations.ts';

/** Whose the mesh on the table is: a stranger's, who gets an example, or of somebody who comes back. */
export type Arrival = 'first' | 'again';

/** Opens what was stored, or else the example: a stranger arrives at a working mesh. */
export async function restoreWorkspace(studio: Studio, example: string): Promise<Arrival> {
  const { workspace: stored, available } = await studio.storage.loadWorkspace();
  if (!available) {
    studio.store.setState({ saving: 'unavailable' });
    notify(studio, 'storage-unavailable');
  }
  if (stored === undefined) {
    await openExample(studio, example);
    return 'first';
  }
  const read = readWorkspace(stored);
  if (read.ok && studio.storage.lastStart === 'shown') {
    openWorkspace(studio, read.value);
  } else if (read.ok) {
    const { keepSnapshot } = await import('../snapshots/shelf.ts');
    await keepSnapshot(studio, read.value, 'unshown');
    notify(studio, 'last-start-broken', {}, 'problem');
    await openExample(studio, example);
  } else {
    const isNewer = read.error.kind === 'from-the-future';
    const { setAside } = await import('../snapshots/setAside.ts');
    await setAside(studio, stored, isNewer ? 'from-the-future' : 'unreadable');
    notify(studio, isNewer ? 'storage-from-the-future' : 'storage-unreadable', {}, 'problem');
    await openExample(studio, example);
  }
  return 'again';
}
