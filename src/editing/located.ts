/**
 * Finds the place of a resource in the text and gives its syntax tree: the document that counts
 * (the last with that id that is not refused, else the last), and the path of the object in it when
 * it is an item of a List.
 */
import { isMap, isScalar, isSeq, type Node, type Pair, type YAMLMap, type YAMLSeq } from 'yaml';
import type { ResourceId } from '../base/ids.ts';
import type { FieldPath } from '../base/origin.ts';
import { readDocument } from '../resources/readDocument.ts';
import type { WorkspaceFile } from '../resources/types.ts';
import { composeDocument } from '../resources/yaml/composeDocument.ts';
import { splitDocuments } from '../resources/yaml/splitDocuments.ts';

export interface LocatedObject {
  readonly file: string;
  /** Offset of the document in its file. */
  readonly offset: number;
  /** The document's text, from its marker to the next one. */
  readonly text: string;
  readonly prefix: FieldPath;
  readonly root: Node;
  readonly eol: '\n' | '\r\n';
}

export function locateObject(files: readonly WorkspaceFile[], id: ResourceId): LocatedObject | undefined {
  let found: { file: string; offset: number; text: string; prefix: FieldPath; refused: boolean } | undefined;
  for (const file of files) {
    for (const { start, text } of splitDocuments(file.text)) {
      // A name that does not stand in the text is not in the document; most are ruled out so.
      if (!text.includes(id.slice(id.lastIndexOf('/') + 1))) continue;
      for (const { interpreted, prefix } of readDocument(text).objects) {
        if (interpreted.resource?.id !== id) continue;
        if (found !== undefined && !found.refused && interpreted.refused) continue;
        found = { file: file.name, offset: start, text, prefix, refused: interpreted.refused };
      }
    }
  }
  if (found === undefined) return undefined;
  const root = composeDocument(found.text).document?.contents;
  if (root === undefined || root === null) return undefined;
  const { file, offset, text, prefix } = found;
  return { file, offset, text, prefix, root, eol: text.includes('\r\n') ? '\r\n' : '\n' };
}

/** The deepest node on a path that exists, and how many steps lead there. */
export function walk(root: Node, path: FieldPath): { readonly node: Node; readonly depth: number } {
  let node = root;
  for (const [depth, step] of path.entries()) {
    const next = childOf(node, step);
    if (next === undefined) return { node, depth };
    node = next;
  }
  return { node, depth: path.length };
}

export function childOf(node: Node, step: string | number): Node | undefined {
  if (isMap(node)) return (pairOf(node, step)?.value ?? undefined) as Node | undefined;
  if (isSeq(node) && typeof step === 'number') return (node.items[step] ?? undefined) as Node | undefined;
  return undefined;
}

/** Of repeated keys the last counts. */
export const pairOf = (map: YAMLMap, key: string | number): Pair | undefined =>
  map.items.findLast((pair) => isScalar(pair.key) && String(pair.key.value) === String(key));

/** Start of the node, end of its value, in the document's text. */
export function spanOf(node: unknown): { readonly start: number; readonly end: number } {
  const range = (node as Node).range;
  return { start: range?.[0] ?? 0, end: range?.[1] ?? 0 };
}

export const isEmptyNode = (node: Node): boolean =>
  isScalar(node) && (node.value === null || node.value === '') && spanOf(node).start === spanOf(node).end;

export const lineStart = (text: string, offset: number): number => text.lastIndexOf('\n', offset - 1) + 1;

/** Offset behind the line break of the line that holds `offset`. */
export function lineEnd(text: string, offset: number): number {
  const at = text.indexOf('\n', offset);
  return at < 0 ? text.length : at + 1;
}

export type Container = YAMLMap | YAMLSeq;
