/**
 * Saves the workspace shortly after every change, without its secrets, and brings it back. When the
 * page goes away with something unsaved, it is written at once. Preferences are saved as they change.
 *
 * Nothing that was stored is lost: what cannot be read is set aside, and what could not be shown the
 * last time lies in the history instead of being shown again.
 */
import { openExample, openWorkspace } from '../actions/openWorkspace.ts';
import { notify } from '../actions/update.ts';
import type { Studio } from '../studio.ts';
import { readWorkspace } from '../workspace/migrations.ts';
import { redactWorkspace } from '../workspace/redact.ts';
import type { Workspace } from '../workspace/workspace.ts';
import type { WriteResult } from './drawer.ts';
import { preferencesOf } from './preferences.ts';
import { publicSecrets, publicSecretsAtHand } from './publicSecrets.ts';

const SAVE_MS = 250;
/** Looking for secrets takes time: a large workspace is saved less often while it is typed in. */
const CHARACTERS_PER_MS = 1500;

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

/** Starts saving; `leaving` registers what to do when the page is about to go. Returns how to stop. */
export function autosave(studio: Studio, leaving: (save: () => void) => () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let warned = false;

  const save = async (): Promise<void> => {
    timer = undefined;
    const { workspace } = studio.store.getState();
    const { value, found } = redactWorkspace(workspace, await publicSecrets(studio, workspace));
    if (found.length > 0 && !warned) {
      warned = true;
      notify(studio, 'secrets-not-stored', { count: found.length });
    }
    const result = await store(studio, value);
    if (studio.store.getState().workspace === workspace) {
      studio.store.setState({ saving: result === 'stored' ? 'saved' : result });
    }
  };

  const stopStore = studio.store.subscribe((state, before) => {
    if (state.settings !== before.settings || state.layout !== before.layout) {
      studio.storage.savePreferences(preferencesOf(state));
    }
    if (state.workspace === before.workspace) return;
    if (state.saving === 'saved') studio.store.setState({ saving: 'pending' });
    clearTimeout(timer);
    timer = setTimeout(() => void save(), SAVE_MS + sizeOf(state.workspace) / CHARACTERS_PER_MS);
  });

  const stopLeaving = leaving(() => {
    if (timer === undefined) return;
    const { workspace } = studio.store.getState();
    // No time to load the example's own keys: without them more is taken out, never less.
    studio.storage.saveBeforeLeaving(redactWorkspace(workspace, publicSecretsAtHand(workspace)).value);
  });

  return () => {
    stopStore();
    stopLeaving();
    clearTimeout(timer);
  };
}

/** The present work goes before old states of it: where there is no room, those make some. */
async function store(studio: Studio, value: Workspace): Promise<WriteResult> {
  let result = await studio.storage.saveWorkspace(value);
  if (result !== 'full') return result;
  const { makeRoom } = await import('../snapshots/shelf.ts');
  let count = 0;
  while (result === 'full' && (await makeRoom(studio))) {
    count++;
    result = await studio.storage.saveWorkspace(value);
  }
  if (result === 'full') notify(studio, 'storage-full', {}, 'problem');
  else notify(studio, 'storage-room-made', { count });
  return result;
}

const sizeOf = ({ files }: Workspace): number => files.reduce((sum, { text }) => sum + text.length, 0);
