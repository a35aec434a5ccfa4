/** Hands text to the reader: as a file, or on the clipboard. */
import { notify } from '../../state/actions/update.ts';
import type { Studio } from '../../state/studio.ts';

export function downloadText(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/plain;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

export async function copyText(studio: Studio, text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    notify(studio, 'copied');
  } catch {
    notify(studio, 'copy-failed', {}, 'problem');
  }
}
