/**
 * Commands on their way to the editor, which may have to be opened first: the newest waits until an
 * editor listens, and until whatever it was chosen in has handed the focus back.
 */
import { showRightTab } from '../../state/actions/look.ts';
import type { Studio } from '../../state/studio.ts';

type Listener = (id: string) => void;

let listener: Listener | undefined;
let waiting: string | undefined;

export function runEditorCommand(studio: Studio, id: string): void {
  showRightTab(studio, 'yaml');
  // A dialog that closes gives the focus back in a task of its own, which comes before this one.
  requestAnimationFrame(() =>
    setTimeout(() => {
      waiting = id;
      deliver();
    }),
  );
}

export function onEditorCommand(run: Listener): () => void {
  listener = run;
  deliver();
  return () => {
    if (listener === run) listener = undefined;
  };
}

function deliver(): void {
  if (listener === undefined || waiting === undefined) return;
  const id = waiting;
  waiting = undefined;
  listener(id);
}
