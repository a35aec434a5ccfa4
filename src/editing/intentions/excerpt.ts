/**
 * Things of the mesh as YAML text to take elsewhere: their documents in their order and as they are
 * written, comments and all.
 */
import { resourceIdParts } from '../../base/ids.ts';
import { objectsIn, type TextObject } from '../objects.ts';
import { documentText } from '../render.ts';
import type { Drawing, Removable } from './intention.ts';
import { partsOf } from './parts.ts';

export function excerpt(drawing: Drawing, what: readonly Removable[]): string {
  const ids = new Set(partsOf(drawing, what));
  // Of several with one id the last counts.
  const last = new Map<string, TextObject>();
  const words = [...new Set([...ids].map((id) => resourceIdParts(id).name))];
  for (const object of objectsIn(drawing.files, (text) => words.some((word) => text.includes(word)))) {
    const { id } = object.resource;
    if (!ids.has(id)) continue;
    last.delete(id);
    last.set(id, object);
  }
  return [...last.values()]
    .map(({ document, prefix, value }) => (prefix.length === 0 ? bodyOf(document.text) : documentText(value)))
    .join('---\n');
}

/** Without its marker, with the line breaks of a clipboard. */
function bodyOf(text: string): string {
  const body = text.replaceAll('\r\n', '\n').replace(/^---[ \t]*(?=\n)\n|^---[ \t]+/, '');
  return body.endsWith('\n') ? body : `${body}\n`;
}
