/** Undo and redo, over text, positions, calls and the mesh clock alike. */
import { type Content, contentOf, type History, redoChange, undoChange, withContent } from '../history.ts';
import type { Studio } from '../studio.ts';

export const undo = (studio: Studio): void => travel(studio, undoChange);
export const redo = (studio: Studio): void => travel(studio, redoChange);

function travel(
  studio: Studio,
  through: (history: History, now: Content) => { history: History; content: Content } | undefined,
): void {
  const { workspace, history, layout } = studio.store.getState();
  const moved = through(history, contentOf(workspace));
  if (moved === undefined) return;
  const changedFile = moved.content.files.find((file) => !workspace.files.includes(file));
  studio.store.setState({
    workspace: withContent(workspace, moved.content),
    history: moved.history,
    // What came back should be seen.
    layout: changedFile === undefined ? layout : { ...layout, file: changedFile.name },
  });
}
