/** Every change of the user's work goes through here: it becomes one entry of the history. */
import { type Change, type Content, contentOf, recordChange, withContent } from '../history.ts';
import type { Studio } from '../studio.ts';

export function changeContent(
  studio: Studio,
  change: Omit<Change, 'at'>,
  edit: (content: Content) => Partial<Content>,
): void {
  const { workspace, history } = studio.store.getState();
  const before = contentOf(workspace);
  studio.store.setState({
    workspace: withContent(workspace, edit(before)),
    history: recordChange(history, before, { ...change, at: studio.now() }),
  });
}
