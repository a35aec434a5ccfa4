/** Another workspace takes the place of this one: an example, an empty mesh, or what was stored. */

import { EMPTY_HISTORY } from '../history.ts';
import { EMPTY_SDS_LOG } from '../sds/watchPushes.ts';
import { EMPTY_WORKSPACE, type Studio } from '../studio.ts';
import { draftOf, EMPTY_DRAFT, type Workspace } from '../workspace/workspace.ts';
import { notify } from './update.ts';

export async function openExample(studio: Studio, slug: string): Promise<boolean> {
  const workspace = await studio.examples.load(slug).catch(() => undefined);
  if (workspace === undefined) {
    notify(studio, 'example-not-loaded', {}, 'problem');
    return false;
  }
  openWorkspace(studio, workspace);
  return true;
}

export const openEmpty = (studio: Studio): void => openWorkspace(studio, EMPTY_WORKSPACE);

export function openWorkspace(studio: Studio, workspace: Workspace): void {
  const first = workspace.calls[0];
  studio.store.setState((state) => ({
    workspace,
    history: EMPTY_HISTORY,
    request: first === undefined ? { draft: EMPTY_DRAFT } : { draft: draftOf(first), savedCall: first.id },
    run: { status: 'none' },
    collection: { status: 'idle' },
    verdicts: {},
    sds: EMPTY_SDS_LOG,
    playback: { ...state.playback, at: 0, playing: false },
    selection: { nodes: [] },
    layout: { ...state.layout, file: workspace.files[0]?.name ?? '' },
  }));
}
