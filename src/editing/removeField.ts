/**
 * Takes one field (or list item) of a resource away, with its lines or its comma. A container that
 * would be left empty goes with it, up to the object itself.
 */
import { isMap, isSeq } from 'yaml';
import type { FieldPath } from '../base/origin.ts';
import { keepAnchors } from './keepAnchors.ts';
import { type Container, type LocatedObject, lineEnd, lineStart, pairOf, spanOf, walk } from './located.ts';
import type { TextEdit } from './textEdit.ts';

/** Undefined when there is no such field. */
export function removeField(object: LocatedObject, path: FieldPath): TextEdit | undefined {
  const full = [...object.prefix, ...path];
  const { depth } = walk(object.root, full);
  if (path.length === 0 || depth < full.length) return undefined;
  const container = walk(object.root, full.slice(0, -1)).node;
  if (!isMap(container) && !isSeq(container)) return undefined;
  if (container.items.length === 1 && path.length > 1) return removeField(object, path.slice(0, -1));
  return removeEntry(object, container, indexOf(container, full.at(-1) ?? ''));
}

/** Takes away the entry at a place of a collection that has others. */
export function removeEntry(object: LocatedObject, container: Container, index: number): TextEdit | undefined {
  const cut =
    container.flow === true ? removeFromFlow(object, container, index) : removeLines(object, container, index);
  return cut && keepAnchors(object, cut);
}

interface Entry {
  readonly start: number;
  readonly end: number;
}

function entriesOf(container: Container): Entry[] {
  if (isMap(container)) {
    return container.items.map((pair) => ({
      start: spanOf(pair.key).start,
      end: spanOf(pair.value ?? pair.key).end,
    }));
  }
  return container.items.map((item) => spanOf(item));
}

function indexOf(container: Container, step: string | number): number {
  if (!isMap(container)) return Number(step);
  const pair = pairOf(container, step);
  return pair === undefined ? -1 : container.items.indexOf(pair);
}

function removeFromFlow(object: LocatedObject, container: Container, index: number): TextEdit | undefined {
  const entries = entriesOf(container);
  const entry = entries[index];
  if (entry === undefined) return undefined;
  const next = entries[index + 1];
  const previous = entries[index - 1];
  const start = next === undefined && previous !== undefined ? previous.end : entry.start;
  const end = next?.start ?? entry.end;
  return { file: object.file, start: object.offset + start, end: object.offset + end, text: '' };
}

function removeLines(object: LocatedObject, container: Container, index: number): TextEdit | undefined {
  const { text } = object;
  const entries = entriesOf(container);
  const entry = entries[index];
  if (entry === undefined) return undefined;
  const from = isMap(container) ? lineStart(text, entry.start) : dashLine(text, container, entry);
  const next = entries[index + 1];
  const range = (start: number, end: number): TextEdit => ({
    file: object.file,
    start: object.offset + start,
    end: object.offset + end,
    text: '',
  });
  // `- first: x` shares its line with the dash: what follows moves up to it.
  const sharesLine = isMap(container) && text.slice(from, entry.start).trim() !== '';
  if (sharesLine && next !== undefined) return range(entry.start, next.start);
  return range(from, text[entry.end - 1] === '\n' ? entry.end : lineEnd(text, entry.end));
}

/** Start of the line with an item's dash: a comment may stand between that and the item. */
function dashLine(text: string, list: Container, item: Entry): number {
  const { start } = spanOf(list);
  const column = start - lineStart(text, start);
  let from = lineStart(text, item.start);
  while (text[from + column] !== '-' && from > start) from = lineStart(text, from - 1);
  return from;
}
