/**
 * Saves the workspace shortly after every change, without its secrets. When the page goes away with
 * something unsaved, it is written at once. Preferences are saved as they change.
 */
import { notify } from '../actions/update.ts';
import type { Studio } from '../studio.ts';
import type { StudioState } from '../studioState.ts';
import { redactWorkspace } from '../workspace/redact.ts';
import type { Workspace } from '../workspace/workspace.ts';
import type { WriteResult } from './drawer.ts';
import { preferencesOf } from './preferences.ts';
import { publicSecrets, publicSecretsAtHand } from './publicSecrets.ts';

const SAVE_MS = 250;
/** Looking for secrets takes time: a large workspace is saved less often while it is typed in. */
const CHARACTERS_PER_MS = 1500;

/**
 * Starts saving; `leaving` registers what to do when the page is about to go. What is open by now is
 * saved if it is not what was `stored`. Returns how to stop.
 */
export function autosave(
  studio: Studio,
  leaving: (save: () => void) => () => void,
  stored = studio.store.getState().workspace,
): () => void {
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

  const schedule = ({ workspace, saving }: StudioState): void => {
    if (saving === 'saved') studio.store.setState({ saving: 'pending' });
    clearTimeout(timer);
    timer = setTimeout(() => void save(), SAVE_MS + sizeOf(workspace) / CHARACTERS_PER_MS);
  };
  if (studio.store.getState().workspace !== stored) schedule(studio.store.getState());

  const stopStore = studio.store.subscribe((state, before) => {
    if (state.settings !== before.settings || state.layout !== before.layout) {
      studio.storage.savePreferences(preferencesOf(state));
    }
    if (state.workspace !== before.workspace) schedule(state);
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
