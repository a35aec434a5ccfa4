/**
 * Where a field lies in a document's text: the value's range, or that of the nearest ancestor that
 * is written there. Offsets are relative to the document's text.
 */
import { isAlias, isMap, isScalar, isSeq, type Node, type Pair } from 'yaml';
import type { FieldPath } from '../../base/origin.ts';
import { type AliasTargets, aliasTargets } from './aliases.ts';
import type { YamlDocument } from './composeDocument.ts';
import { resolvePlainScalar } from './resolveScalar.ts';

export interface NodeRange {
  readonly start: number;
  readonly end: number;
}

/** `of` says which: a mapping entry's key, or its value (the default). */
export function locateNode(document: YamlDocument, path: FieldPath, of: 'value' | 'key' = 'value'): NodeRange {
  const aliases = aliasTargets(document);
  let node: unknown = document.contents;
  let found = nodeRange(node) ?? { start: 0, end: 0 };
  for (const [index, step] of path.entries()) {
    const container = isAlias(node) ? aliases.get(node) : node;
    const next = child(aliases, container, step);
    if (next === undefined) return found;
    const last = index === path.length - 1;
    const wanted = last && of === 'key' ? next.key : next.value;
    const range = nodeRange(wanted) ?? nodeRange(next.key);
    if (range !== undefined) found = range;
    node = next.value;
  }
  return found;
}

function child(
  aliases: AliasTargets,
  node: unknown,
  step: string | number,
): { key: unknown; value: unknown } | undefined {
  if (isSeq(node)) {
    const value = node.items[Number(step)];
    return value === undefined ? undefined : { key: value, value };
  }
  if (!isMap(node)) return undefined;
  let merged: { key: unknown; value: unknown } | undefined;
  let pair: Pair | undefined;
  for (const item of node.items) {
    const name = keyText(aliases, item.key);
    if (name === String(step)) pair = item;
    else if (name === '<<') merged = mergedChild(aliases, item.value, step) ?? merged;
  }
  return pair ?? merged;
}

function mergedChild(aliases: AliasTargets, value: unknown, step: string | number) {
  for (const source of isSeq(value) ? value.items : [value]) {
    const found = child(aliases, isAlias(source) ? aliases.get(source) : source, step);
    if (found !== undefined) return found;
  }
  return undefined;
}

function keyText(aliases: AliasTargets, key: unknown): string | undefined {
  const node = isAlias(key) ? aliases.get(key) : key;
  if (!isScalar(node) || typeof node.value !== 'string') return undefined;
  return node.type === 'PLAIN' && node.value !== '<<' ? String(resolvePlainScalar(node.value)) : node.value;
}

function nodeRange(node: unknown): NodeRange | undefined {
  const range = (node as Node | null)?.range;
  // An empty value (`key:`) has no text of its own.
  if (!range || range[0] === range[1]) return undefined;
  return { start: range[0], end: range[1] };
}
