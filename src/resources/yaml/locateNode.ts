/**
 * Where a field lies in a document's text: the value's range, or that of the nearest ancestor that
 * is written there. Offsets are relative to the document's text.
 */
import { isAlias, isMap, isScalar, isSeq, type Node, type Pair, type Scalar } from 'yaml';
import type { FieldPath } from '../../base/origin.ts';
import { type AliasTargets, aliasTargets } from './aliases.ts';
import { composeDocument, type YamlDocument } from './composeDocument.ts';
import { resolvePlainScalar } from './resolveScalar.ts';

export interface LocatableText {
  readonly document: YamlDocument;
  readonly aliases: AliasTargets;
  readonly text: string;
}

export interface NodeRange {
  readonly start: number;
  readonly end: number;
}

/** `of` says which: a mapping entry's key, or its value (the default). */
export function locateNode(source: LocatableText, path: FieldPath, of: 'value' | 'key' = 'value'): NodeRange {
  const { aliases } = source;
  let node: unknown = source.document.contents;
  let found = nodeRange(node) ?? { start: 0, end: 0 };
  for (const [index, step] of path.entries()) {
    const container = isAlias(node) ? aliases.get(node) : node;
    if (isScalar(container)) return locateInside(source.text, container, path.slice(index), of) ?? found;
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

/**
 * A path that goes on inside a literal block scalar (MeshConfig in a ConfigMap): the field of the
 * YAML in it, its lines mapped back to the lines that they are written on.
 */
function locateInside(text: string, scalar: Scalar, path: FieldPath, of: 'value' | 'key'): NodeRange | undefined {
  const range = nodeRange(scalar);
  if (scalar.type !== 'BLOCK_LITERAL' || typeof scalar.value !== 'string' || range === undefined) return undefined;
  const { document } = composeDocument(scalar.value);
  if (document === undefined) return undefined;
  const inner = locateNode({ document, aliases: aliasTargets(document), text: scalar.value }, path, of);
  const map = blockOffsets(text, range, scalar.value);
  return map === undefined ? undefined : { start: map(inner.start), end: map(inner.end) };
}

/** From offsets in a block scalar's value to offsets in the text around it. */
function blockOffsets(text: string, range: NodeRange, value: string): ((offset: number) => number) | undefined {
  const header = text.indexOf('\n', range.start);
  const firstLine = value.search(/[^\n]/);
  if (header < 0 || firstLine < 0) return undefined;
  const lineStarts = [header + 1];
  for (let at = text.indexOf('\n', header + 1); at >= 0 && at < range.end; at = text.indexOf('\n', at + 1)) {
    lineStarts.push(at + 1);
  }
  const valueLines = value.split('\n');
  const first = valueLines.findIndex((line) => line !== '');
  const start = lineStarts[first];
  if (start === undefined) return undefined;
  const written = text.slice(start, lineStarts[first + 1] ?? range.end).replace(/\r?\n$/, '');
  const indent = written.length - (valueLines[first] ?? '').length;
  return (offset) => {
    const before = value.slice(0, offset);
    const line = before.split('\n').length - 1;
    const column = offset - (before.lastIndexOf('\n') + 1);
    return Math.min((lineStarts[line] ?? range.end) + indent + column, range.end);
  };
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
