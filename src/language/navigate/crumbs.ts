/**
 * Where in a file an offset is, from the outside in: the document by kind and name, then each key and
 * item on the way. What a line of breadcrumbs shows; any text has one.
 */
import { splitDocuments } from '../../resources/yaml/splitDocuments.ts';
import { embeddedField } from '../embedded.ts';
import { blockScalarAt, textAt } from '../text/place.ts';
import { readDocumentText } from '../text/readDocument.ts';
import type { TextNode } from '../text/tree.ts';
import { itemName } from './symbols.ts';

export interface Crumb {
  readonly kind: 'document' | 'key' | 'item';
  readonly name: string;
  /** Of a document. */
  readonly namespace?: string;
  /** Where it begins. */
  readonly start: number;
}

export function crumbsAt(fileText: string, offset: number): readonly Crumb[] {
  const document = splitDocuments(fileText).findLast(({ start }) => start <= offset);
  if (document === undefined) return [];
  const { start, text } = document;
  const root = readDocumentText(text);
  if (root.kind === 'empty') return [];
  const namespace = textAt(root, ['metadata', 'namespace']);
  const name = `${textAt(root, ['kind']) ?? ''} ${textAt(root, ['metadata', 'name']) ?? ''}`.trim();
  return [
    { kind: 'document', name, start: start + root.start, ...(namespace === undefined ? {} : { namespace }) },
    ...[...within(root, offset - start), ...embedded(root, text, offset - start)].map((crumb) => ({
      ...crumb,
      start: crumb.start + start,
    })),
  ];
}

/** The keys of the YAML that a block scalar holds. */
function embedded(root: TextNode, text: string, offset: number): readonly Crumb[] {
  const block = blockScalarAt(text, Math.min(offset, text.length), 'token');
  if (block === undefined) return [];
  const [kind = '', name = '', namespace = 'default'] = [['kind'], ['metadata', 'name'], ['metadata', 'namespace']].map(
    (path) => textAt(root, path),
  );
  if (embeddedField({ group: '', kind, name, namespace }, block.path) === undefined) return [];
  const inner = readDocumentText(block.text);
  return within(inner, offset - block.start).map((crumb) => ({ ...crumb, start: crumb.start + block.start }));
}

/** Down into whatever begins last before the offset, as deep as the text goes. */
function within(root: TextNode, offset: number): readonly Crumb[] {
  const crumbs: Crumb[] = [];
  let node = root;
  for (;;) {
    if (node.kind === 'map') {
      const entry = node.entries.findLast(({ keyStart }) => keyStart <= offset);
      if (entry === undefined) return crumbs;
      crumbs.push({ kind: 'key', name: entry.key, start: entry.keyStart });
      node = entry.value;
    } else if (node.kind === 'list') {
      const index = node.items.findLastIndex(({ value }) => value.start <= offset);
      const item = node.items[index];
      if (item === undefined) return crumbs;
      crumbs.push({ kind: 'item', name: itemName(item.value) || `[${index}]`, start: item.value.start });
      node = item.value;
    } else return crumbs;
  }
}
