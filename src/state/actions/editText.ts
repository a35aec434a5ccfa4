/** The user typed in a file. */
import type { Studio } from '../studio.ts';
import { changeContent } from './changeContent.ts';

export function editText(studio: Studio, name: string, text: string): void {
  const file = studio.store.getState().workspace.files.find((candidate) => candidate.name === name);
  if (file === undefined || file.text === text) return;
  changeContent(studio, { kind: 'typing', target: name }, ({ files }) => ({
    files: files.map((candidate) => (candidate.name === name ? { name, text } : candidate)),
  }));
}
