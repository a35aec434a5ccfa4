/** Which dialog is open: a whisper between the buttons that open one and the one place that shows it. */
export type DialogName = 'commands' | 'shortcuts' | 'tokens' | 'certificates' | 'breaks' | 'secret' | WorkDialogName;

/** Those about the work as a whole (`WorkDialogs.tsx`). */
export const WORK_DIALOGS = ['start', 'history', 'share', 'link'] as const;
export type WorkDialogName = (typeof WORK_DIALOGS)[number];

/** `text`: what it is about, pasted somewhere else. */
type Listener = (name: DialogName, text: string) => void;

const listeners = new Set<Listener>();

export function openDialog(name: DialogName, text = ''): void {
  for (const listener of listeners) listener(name, text);
}

export function onOpenDialog(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
