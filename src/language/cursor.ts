/**
 * A file and an offset -> the place, the resource around it and the field it is about: what
 * completion, hover and definitions start from. Knows nothing of the mesh.
 */
import type { FieldPath } from '../base/origin.ts';
import { type AnyKindDefinition, findKind } from '../resources/kinds/registry.ts';
import { splitDocuments } from '../resources/yaml/splitDocuments.ts';
import { embeddedField } from './embedded.ts';
import { type Field, fieldAt, rootField } from './fields/field.ts';
import {
  type BlockScalar,
  blockScalarAt,
  nodeAt,
  type Place,
  placeAt,
  plainValue,
  textAt,
  typingPlace,
} from './text/place.ts';
import type { TextNode } from './text/tree.ts';

export interface Cursor {
  readonly place: Place;
  /** Offset of the document in the file: places are relative to it. */
  readonly start: number;
  /** The document's text. */
  readonly text: string;
  readonly object: ObjectAround;
  /** From the root of the object (an item of a List is one of its own). */
  readonly path: FieldPath;
  readonly root: Field;
  /** Of the value, or of the value that the key has; undefined where the schema has none. */
  readonly field?: Field;
}

export interface ObjectAround {
  readonly node: TextNode | undefined;
  readonly group: string;
  readonly kind: string;
  readonly name: string;
  /** `default` where none is written; '' for kinds of the whole cluster. */
  readonly namespace: string;
  readonly definition?: AnyKindDefinition;
}

/** `typing`: where a word typed at the offset would belong; `token`: what stands there. */
export function cursorAt(fileText: string, offset: number, mode: 'typing' | 'token'): Cursor | undefined {
  const document = splitDocuments(fileText).findLast(({ start }) => start <= offset) ?? { start: 0, text: fileText };
  const { start, text } = document;
  const at = Math.min(offset - start, text.length);
  const place = (mode === 'typing' ? typingPlace : placeAt)(text, at);
  const block = place === undefined || place.style === 'block' ? blockScalarAt(text, at, mode) : undefined;
  const embedded = block && embeddedCursor(block, start, at, mode);
  if (embedded !== undefined) return embedded;
  if (place === undefined) return undefined;
  const prefix = objectPrefix(place.root, place.path);
  const object = objectAround(nodeAt(place.root, prefix));
  const path = place.path.slice(prefix.length);
  const root = rootField(object.definition);
  const field = fieldAt(root, path);
  return { place, start, text, object, path, root, ...(field === undefined ? {} : { field }) };
}

/** The cursor in the YAML that a block scalar holds; undefined where it holds something else. */
function embeddedCursor(block: BlockScalar, start: number, at: number, mode: 'typing' | 'token'): Cursor | undefined {
  const prefix = objectPrefix(block.root, block.path);
  const { definition: _, ...around } = objectAround(nodeAt(block.root, prefix));
  const embedded = embeddedField(around, block.path.slice(prefix.length));
  if (embedded === undefined) return undefined;
  const place = (mode === 'typing' ? typingPlace : placeAt)(block.text, at - block.start);
  if (place === undefined) return undefined;
  const { root, kind } = embedded;
  const field = fieldAt(root, place.path);
  return {
    place,
    start: start + block.start,
    text: block.text,
    object: { ...around, node: place.root, group: '', kind },
    path: place.path,
    root,
    ...(field === undefined ? {} : { field }),
  };
}

/** Where the object around a path lies: [], or the path of a List's item. */
function objectPrefix(root: TextNode, path: FieldPath): FieldPath {
  let prefix: FieldPath = [];
  while (path[prefix.length] === 'items' && typeof path[prefix.length + 1] === 'number') {
    if (textAt(root, [...prefix, 'kind'])?.endsWith('List') !== true) break;
    prefix = path.slice(0, prefix.length + 2);
  }
  return prefix;
}

function objectAround(node: TextNode | undefined): ObjectAround {
  const text = (...path: string[]): string => (node === undefined ? undefined : textAt(node, path)) ?? '';
  const slash = text('apiVersion').lastIndexOf('/');
  const group = slash < 0 ? '' : text('apiVersion').slice(0, slash);
  const kind = text('kind');
  const definition = findKind(group, kind);
  const namespace = definition?.clusterScoped === true ? '' : text('metadata', 'namespace') || 'default';
  return {
    node,
    group,
    kind,
    name: text('metadata', 'name'),
    namespace,
    ...(definition === undefined ? {} : { definition }),
  };
}

/** A value of the object as it is typed so far: strings, lists and maps of strings. */
export const valueAt = ({ object }: Cursor, path: FieldPath): unknown =>
  object.node === undefined ? undefined : plainValue(nodeAt(object.node, path));
