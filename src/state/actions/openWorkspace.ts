/**
 * Another workspace takes the place of this one: an example, an empty mesh, what was stored or shared.
 * It is one step of the history, so undo brings back what was there; who had made something is told so.
 */
import { localize } from '../../base/localizedText.ts';
import { type History, recordChange, wholeOf } from '../history.ts';
import { EMPTY_SDS_LOG } from '../sds/watchPushes.ts';
import { EMPTY_WORKSPACE, NO_CONNECTIONS, type Studio } from '../studio.ts';
import { draftOf, EMPTY_DRAFT, type Workspace } from '../workspace/workspace.ts';
import { notify } from './update.ts';

/** Nobody's work: examples as they were loaded. */
const untouched = new WeakSet<Workspace>([EMPTY_WORKSPACE]);

export const isUntouched = (workspace: Workspace): boolean => untouched.has(workspace) || isEmpty(workspace);

const isEmpty = ({ files, calls }: Workspace): boolean =>
  calls.length === 0 && files.every(({ text }) => text.trim() === '');

export async function openExample(studio: Studio, slug: string): Promise<boolean> {
  const workspace = await studio.examples.load(slug).catch(() => undefined);
  if (workspace === undefined) {
    notify(studio, 'example-not-loaded', {}, 'problem');
    return false;
  }
  untouched.add(workspace);
  openWorkspace(studio, workspace);
  return true;
}

export const openEmpty = (studio: Studio): void => openWorkspace(studio, EMPTY_WORKSPACE);

export function openWorkspace(studio: Studio, workspace: Workspace): void {
  const { workspace: before, history, settings } = studio.store.getState();
  // The studio starts with nothing, and nothing is nothing to come back to.
  const isFirst = before === EMPTY_WORKSPACE;
  const change = { kind: 'open', target: '', at: studio.now() } as const;
  showWorkspace(
    studio,
    workspace,
    isFirst ? { past: history.past, future: [] } : recordChange(history, wholeOf(before), change),
  );
  if (!isUntouched(before)) notify(studio, 'replaced', { name: localize(before.name, settings.language) });
}

/** Puts it on the table, with nothing said or sent yet. */
export function showWorkspace(studio: Studio, workspace: Workspace, history: History): void {
  const first = workspace.calls[0];
  studio.store.setState((state) => ({
    workspace,
    history,
    opened: state.opened + 1,
    request: first === undefined ? { draft: EMPTY_DRAFT } : { draft: draftOf(first), savedCall: first.id },
    run: { status: 'none' },
    collection: { status: 'idle' },
    verdicts: {},
    sds: EMPTY_SDS_LOG,
    connections: NO_CONNECTIONS,
    playback: { ...state.playback, at: 0, playing: false },
    together: { calls: [], round: 0 },
    selection: { nodes: [] },
    layout: { ...state.layout, file: workspace.files[0]?.name ?? '' },
  }));
}
