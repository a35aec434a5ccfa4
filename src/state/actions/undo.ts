/** Undo and redo, over text, positions, calls and the mesh clock alike; the open request goes along with names. */
import {
  type Content,
  type History,
  redoChange,
  type Step,
  undoChange,
  wholeOf,
  withContent,
  workspaceOf,
} from '../history.ts';
import type { Studio } from '../studio.ts';
import { type Moved, movesOf } from '../workspace/followMoved.ts';
import { followRequest } from './followRequest.ts';
import { showWorkspace } from './openWorkspace.ts';

export const undo = (studio: Studio): void => travel(studio, undoChange, reversed);
export const redo = (studio: Studio): void => travel(studio, redoChange, (moved) => moved);

function travel(
  studio: Studio,
  through: (history: History, now: Content) => Step | undefined,
  direction: (moved: readonly Moved[]) => readonly Moved[],
): void {
  const { workspace, history, layout } = studio.store.getState();
  const step = through(history, wholeOf(workspace));
  if (step === undefined) return;
  if (step.change.kind === 'open' && step.content.mesh !== undefined) {
    showWorkspace(studio, workspaceOf(step.content, step.content.mesh), step.history);
    return;
  }
  const changedFile = step.content.files.find((file) => !workspace.files.includes(file));
  studio.store.setState({
    workspace: withContent(workspace, step.content),
    history: step.history,
    // What came back should be seen.
    layout: changedFile === undefined ? layout : { ...layout, file: changedFile.name },
  });
  if (step.change.moved !== undefined) followRequest(studio, movesOf(direction(step.change.moved)));
}

const reversed = (moved: readonly Moved[]): readonly Moved[] => moved.map(({ from, to }) => ({ from: to, to: from }));
