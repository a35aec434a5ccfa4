/** Things of the mesh as YAML text to take elsewhere: their documents as they are written, comments and all. */
import { objectsOf } from '../objects.ts';
import { documentText } from '../render.ts';
import type { Drawing, Removable } from './intention.ts';
import { partsOf } from './parts.ts';

export function excerpt(drawing: Drawing, what: readonly Removable[]): string {
  return partsOf(drawing, what)
    .flatMap((id) => {
      const object = objectsOf(drawing.files, id).at(-1);
      if (object === undefined) return [];
      const { document, prefix, value } = object;
      return [prefix.length === 0 ? bodyOf(document.text) : documentText(value)];
    })
    .join('---\n');
}

/** Without its marker, with the line breaks of a clipboard. */
function bodyOf(text: string): string {
  const body = text.replaceAll('\r\n', '\n').replace(/^---[ \t]*(?=\n)\n|^---[ \t]+/, '');
  return body.endsWith('\n') ? body : `${body}\n`;
}
