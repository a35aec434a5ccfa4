/**
 * Where in a document an offset is: the path that leads there, whether a key or a value stands (or
 * would be typed) there, and the word itself. `placeAt` looks at the text as it is; `typingPlace`
 * answers where a word typed at the offset would belong, also on an empty line.
 */
import type { FieldPath } from '../../base/origin.ts';
import { readDocumentText } from './readDocument.ts';
import { endOfLine } from './scalars.ts';
import type { TextEntry, TextMap, TextNode, TextScalar } from './tree.ts';

export interface Place {
  readonly role: 'key' | 'value';
  /** Of the value, or of the value that the key has; the key is its last step. */
  readonly path: FieldPath;
  /** Decoded, without quotes. */
  readonly text: string;
  /** Of the token, quotes included. */
  readonly start: number;
  readonly end: number;
  readonly style: TextScalar['style'];
  /** The place is in a flow collection (or JSON). */
  readonly flow: boolean;
  /** Column of the keys of the block mapping around; -1 in flow style. */
  readonly column: number;
  /** The keys beside a key; the keys around a value. */
  readonly siblings: readonly string[];
  /** A key that has its colon already. */
  readonly hasColon: boolean;
  readonly root: TextNode;
}

/** Of a private use area: no document has it, and it is part of a word. */
const MARK = '\uE000';

/** The token at an offset, its ends included; undefined between tokens and in comments. */
export function placeAt(text: string, offset: number): Place | undefined {
  return placeIn(readDocumentText(text), offset);
}

/** As if a word were typed at the offset; `start` and `end` are of the text without it. */
export function typingPlace(text: string, offset: number): Place | undefined {
  const found = placeIn(readDocumentText(text.slice(0, offset) + MARK + text.slice(offset)), offset);
  if (found === undefined || !found.text.includes(MARK) || found.style === 'block') return undefined;
  return { ...found, text: found.text.replace(MARK, ''), end: found.end - 1 };
}

/** A block scalar, and where it stands. */
export interface BlockScalar {
  readonly path: FieldPath;
  readonly root: TextNode;
  /** Of its lines, which keep their indentation. */
  readonly start: number;
  readonly text: string;
}

/** The block scalar whose lines an offset is in; `typing`: or would be in, were a word typed there. */
export function blockScalarAt(text: string, offset: number, mode: 'typing' | 'token'): BlockScalar | undefined {
  const mark = mode === 'typing' ? MARK : '';
  const marked = text.slice(0, offset) + mark + text.slice(offset);
  const found = placeIn(readDocumentText(marked), offset);
  if (found?.style !== 'block') return undefined;
  const start = Math.min(endOfLine(text, found.start) + 1, text.length);
  if (offset < start) return undefined;
  return { path: found.path, root: found.root, start, text: text.slice(start, found.end - mark.length) };
}

interface Around {
  readonly path: FieldPath;
  readonly map: TextMap | undefined;
  readonly root: TextNode;
}

/** As placeAt, for a text that has been read. */
export function placeIn(root: TextNode, offset: number): Place | undefined {
  let node = root;
  let around: Around = { path: [], map: undefined, root };
  for (;;) {
    switch (node.kind) {
      case 'empty':
        return undefined;
      case 'scalar':
        return holds(node, offset) ? valuePlace(node, around) : undefined;
      case 'map': {
        const map: TextMap = node;
        const key = map.entries.find(({ keyStart, keyEnd }) => keyStart <= offset && offset <= keyEnd);
        if (key !== undefined) return keyPlace(key, map, around);
        const entry = lastBefore(map.entries, ({ keyEnd }) => keyEnd, offset);
        if (entry === undefined) return undefined;
        around = { path: [...around.path, entry.key], map, root };
        node = entry.value;
        break;
      }
      case 'list': {
        const index = node.items.findLastIndex(({ value }) => value.start <= offset);
        const item = node.items[index];
        if (item === undefined) return undefined;
        around = { path: [...around.path, index], map: undefined, root };
        node = item.value;
        break;
      }
    }
  }
}

const holds = ({ start, end }: { readonly start: number; readonly end: number }, offset: number): boolean =>
  start <= offset && offset <= end;

const lastBefore = <T>(items: readonly T[], place: (item: T) => number, offset: number): T | undefined =>
  items.findLast((item) => place(item) <= offset);

function keyPlace(entry: TextEntry, map: TextMap, { path, root }: Around): Place {
  const { key, keyStart: start, keyEnd: end, quoted, hasColon } = entry;
  return {
    role: 'key',
    path: [...path, key.replace(MARK, '')],
    text: key,
    start,
    end,
    style: quoted ? 'double' : 'plain',
    flow: map.flow,
    column: map.column,
    siblings: map.entries.flatMap((other) => (other === entry ? [] : [other.key])),
    hasColon,
    root,
  };
}

function valuePlace(scalar: TextScalar, { path, map, root }: Around): Place {
  const { text, start, end, style } = scalar;
  return {
    role: 'value',
    path,
    text,
    start,
    end,
    style,
    flow: map?.flow ?? isInFlow(root, path),
    column: map?.column ?? -1,
    siblings: map?.entries.map(({ key }) => key) ?? [],
    hasColon: false,
    root,
  };
}

/** Whether the collection that a path leads into is in flow style. */
function isInFlow(root: TextNode, path: FieldPath): boolean {
  const parent = nodeAt(root, path.slice(0, -1));
  return parent !== undefined && (parent.kind === 'map' || parent.kind === 'list') && parent.flow;
}

/** The node that a path leads to; of repeated keys the last counts. */
export function nodeAt(root: TextNode, path: FieldPath): TextNode | undefined {
  let node: TextNode | undefined = root;
  for (const step of path) {
    if (node?.kind === 'map') node = node.entries.findLast(({ key }) => key === String(step))?.value;
    else if (node?.kind === 'list') node = node.items[Number(step)]?.value;
    else return undefined;
  }
  return node;
}

/** The plain values of a tree: what is typed so far, as strings. */
export function plainValue(node: TextNode | undefined): unknown {
  switch (node?.kind) {
    case 'scalar':
      return node.text;
    case 'list':
      return node.items.map(({ value }) => plainValue(value));
    case 'map':
      return Object.fromEntries(node.entries.map(({ key, value }) => [key, plainValue(value)]));
    default:
      return undefined;
  }
}

/** A field of a tree as text; undefined when it is not there or no scalar. */
export function textAt(root: TextNode, path: FieldPath): string | undefined {
  const node = nodeAt(root, path);
  return node?.kind === 'scalar' ? node.text : undefined;
}
