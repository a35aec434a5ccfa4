/** Which dialog is open: a whisper between the buttons that open one and the one place that shows it. */
export type DialogName = 'commands' | 'shortcuts' | 'tokens' | 'certificates';

const listeners = new Set<(name: DialogName) => void>();

export function openDialog(name: DialogName): void {
  for (const listener of listeners) listener(name);
}

export function onOpenDialog(listener: (name: DialogName) => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
