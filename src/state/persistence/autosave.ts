/**
 * Saves the workspace shortly after every change, without its secrets, and brings it back. When the
 * page goes away with something unsaved, it is written at once. Preferences are saved as they change.
 */
import { openExample, openWorkspace } from '../actions/openWorkspace.ts';
import { notify } from '../actions/update.ts';
import type { Studio } from '../studio.ts';
import { readWorkspace } from '../workspace/migrations.ts';
import { redactWorkspace } from '../workspace/redact.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { preferencesOf } from './preferences.ts';

const SAVE_MS = 250;
/** Looking for secrets takes time: a large workspace is saved less often while it is typed in. */
const CHARACTERS_PER_MS = 1500;

/** Opens what was stored, or else the example: a stranger arrives at a working mesh. */
export async function restoreWorkspace(studio: Studio, example: string): Promise<void> {
  const { workspace: stored, available } = await studio.storage.loadWorkspace();
  if (!available) {
    studio.store.setState({ saving: 'unavailable' });
    notify(studio, 'storage-unavailable');
  }
  if (stored !== undefined) {
    const read = readWorkspace(stored);
    if (read.ok) return openWorkspace(studio, read.value);
    notify(
      studio,
      read.error.kind === 'from-the-future' ? 'storage-from-the-future' : 'storage-unreadable',
      {},
      'problem',
    );
  }
  await openExample(studio, example);
}

/** Starts saving; `leaving` registers what to do when the page is about to go. Returns how to stop. */
export function autosave(studio: Studio, leaving: (save: () => void) => () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let warned = false;

  const save = async (): Promise<void> => {
    timer = undefined;
    const { workspace } = studio.store.getState();
    const { value, count } = redactWorkspace(workspace, await publicSecrets(studio, workspace));
    if (count > 0 && !warned) {
      warned = true;
      notify(studio, 'secrets-not-stored', { count });
    }
    const saved = await studio.storage.saveWorkspace(value);
    if (studio.store.getState().workspace === workspace) {
      studio.store.setState({ saving: saved ? 'saved' : 'unavailable' });
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
    const known = knownSecrets.get(workspace.example ?? '');
    studio.storage.saveBeforeLeaving(redactWorkspace(workspace, known ?? (() => false)).value);
  });

  return () => {
    stopStore();
    stopLeaving();
    clearTimeout(timer);
  };
}

const sizeOf = ({ files }: Workspace): number => files.reduce((sum, { text }) => sum + text.length, 0);

const knownSecrets = new Map<string, (secret: string) => boolean>();

/** Keys that ship with an example are in everybody's copy of the studio. */
export async function publicSecrets(studio: Studio, { example }: Workspace): Promise<(secret: string) => boolean> {
  if (example === undefined) return () => false;
  const known = knownSecrets.get(example);
  if (known !== undefined) return known;
  const original = await studio.examples.load(example);
  const texts = [
    ...(original?.files.map((file) => file.text) ?? []),
    ...Object.values(original?.world.pems ?? {}).map((pem) => pem.key ?? ''),
  ];
  const isPublic = (secret: string): boolean => texts.some((text) => text.includes(secret));
  knownSecrets.set(example, isPublic);
  return isPublic;
}
