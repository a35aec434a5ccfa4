/** Hands text or bytes to the reader: as a file, or on the clipboard. */
import { notify } from '../../state/actions/update.ts';
import type { Studio } from '../../state/studio.ts';

export function downloadText(name: string, text: string): void {
  download(name, new Blob([text], { type: 'text/plain;charset=utf-8' }));
}

export function downloadBytes(name: string, bytes: Uint8Array): void {
  download(name, new Blob([new Uint8Array(bytes)], { type: 'application/octet-stream' }));
}

function download(name: string, content: Blob): void {
  const url = URL.createObjectURL(content);
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
