/** The outline of a file: its documents by kind and name, and the fields in them. Any text has one. */
import { splitDocuments } from '../../resources/yaml/splitDocuments.ts';
import { textAt } from '../text/place.ts';
import { readDocumentText } from '../text/readDocument.ts';
import type { TextEntry, TextNode } from '../text/tree.ts';

export interface FileSymbol {
  readonly name: string;
  readonly detail: string;
  readonly kind: 'document' | 'object' | 'list' | 'value';
  /** All of it. */
  readonly start: number;
  readonly end: number;
  /** Its name. */
  readonly nameStart: number;
  readonly nameEnd: number;
  readonly children: readonly FileSymbol[];
}

/** Deeper than this an outline is the text itself. */
const MAX_DEPTH = 5;
/** A file of thousands of documents is listed by documents alone. */
const MANY = 400;

export function symbolsOf(fileText: string): readonly FileSymbol[] {
  const documents = splitDocuments(fileText);
  const depth = documents.length > MANY ? 0 : MAX_DEPTH;
  return documents.flatMap(({ start, text }) => {
    const root = readDocumentText(text);
    if (root.kind === 'empty') return [];
    const kind = textAt(root, ['kind']) ?? '';
    const namespace = textAt(root, ['metadata', 'namespace']) ?? '';
    const name = textAt(root, ['metadata', 'name']) ?? '';
    const first = start + root.start;
    const end = start + Math.max(root.end, root.start);
    const symbol: FileSymbol = {
      name: `${kind === '' ? '—' : kind} ${name}`.trim(),
      detail: namespace,
      kind: 'document',
      start: first,
      end,
      nameStart: first,
      nameEnd: Math.min(end, start + endOfLine(text, root.start)),
      children: childrenOf(root, start, depth),
    };
    return symbol;
  });
}

const endOfLine = (text: string, at: number): number => {
  const end = text.indexOf('\n', at);
  return end < 0 ? text.length : end;
};

function childrenOf(node: TextNode, offset: number, depth: number): FileSymbol[] {
  if (depth === 0) return [];
  if (node.kind === 'map') return node.entries.map((entry) => entrySymbol(entry, offset, depth));
  if (node.kind !== 'list') return [];
  return node.items.flatMap(({ value }, index) => {
    if (value.kind === 'empty') return [];
    const name = itemName(value);
    const start = offset + value.start;
    const end = offset + value.end;
    const symbol: FileSymbol = {
      name: name === '' ? `[${index}]` : name.slice(0, 60),
      detail: name === '' ? '' : `[${index}]`,
      kind: value.kind === 'scalar' ? 'value' : 'object',
      start,
      end,
      nameStart: start,
      nameEnd: start,
      children: childrenOf(value, offset, depth - 1),
    };
    return symbol;
  });
}

/** What an item of a list calls itself; '' where it has no name. */
export const itemName = (value: TextNode): string =>
  textAt(value, ['name']) ?? textAt(value, ['port', 'name']) ?? (value.kind === 'scalar' ? value.text : '');

function entrySymbol({ key, keyStart, keyEnd, value }: TextEntry, offset: number, depth: number): FileSymbol {
  const text = value.kind === 'scalar' && value.style !== 'block' ? value.text.slice(0, 60) : '';
  return {
    name: key === '' ? '?' : key,
    detail: text,
    kind: value.kind === 'map' ? 'object' : value.kind === 'list' ? 'list' : 'value',
    start: offset + keyStart,
    end: offset + Math.max(keyEnd, value.end),
    nameStart: offset + keyStart,
    nameEnd: offset + keyEnd,
    children: childrenOf(value, offset, depth - 1),
  };
}
