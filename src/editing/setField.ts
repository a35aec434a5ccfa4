/**
 * Writes one field of a resource: a minimal edit of the text. What exists is replaced where it
 * stands, what does not is put behind its last sibling, in its surroundings' style (block, flow or
 * JSON); comments, order and every other byte stay.
 */
import { isMap, isScalar, isSeq, type Node, type YAMLMap, type YAMLSeq } from 'yaml';
import type { FieldPath } from '../base/origin.ts';
import {
  type Container,
  isEmptyNode,
  type LocatedObject,
  lineEnd,
  lineStart,
  pairOf,
  spanOf,
  walk,
} from './located.ts';
import { blockLines, flowText, jsonText, pairLines, scalarText } from './render.ts';
import type { TextEdit } from './textEdit.ts';

/** `path` is that of the object, e.g. ['spec', 'mtls', 'mode']; a sequence's length as index appends. */
export function setField(object: LocatedObject, path: FieldPath, value: unknown): TextEdit {
  const full = [...object.prefix, ...path];
  const { node, depth } = walk(object.root, full);
  if (depth === full.length && !isEmptyNode(node)) return replaceNode(object, node, full, value);
  const rest = depth === full.length ? [] : full.slice(depth);
  if (rest.length === 0 || isEmptyNode(node) || isScalar(node)) {
    return fillEmpty(object, full.slice(0, full.length - rest.length), node, nest(rest, value));
  }
  const [step, ...inner] = rest;
  const added = nest(inner, value);
  if (isMap(node)) return addPair(object, node, step ?? '', added);
  if (isSeq(node)) return addItem(object, node, added);
  return replaceNode(object, node, full, value);
}

/** The value wrapped in the maps and lists that the path still needs. */
function nest(path: FieldPath, value: unknown): unknown {
  return path.reduceRight<unknown>((inner, step) => (typeof step === 'number' ? [inner] : { [step]: inner }), value);
}

function edit(object: LocatedObject, start: number, end: number, text: string): TextEdit {
  return { file: object.file, start: object.offset + start, end: object.offset + end, text };
}

const isJson = (object: LocatedObject): boolean => /^(?:---\s*)?[[{]\s*(?:"|[}\]]|$)/.test(object.text.trimStart());

const isCollection = (value: unknown): boolean => typeof value === 'object' && value !== null;

function inlineText(object: LocatedObject, value: unknown, inFlow: boolean): string {
  if (isJson(object)) return jsonText(value);
  return isCollection(value) ? flowText(value) : scalarText(value, inFlow);
}

function replaceNode(object: LocatedObject, node: Node, path: FieldPath, value: unknown): TextEdit {
  const { start, end } = spanOf(node);
  const container = walk(object.root, path.slice(0, -1)).node as Container;
  const inFlow = container.flow === true;
  const wasBlock = (isMap(node) || isSeq(node)) && node.flow !== true;
  const trailing = wasBlock && object.text[end - 1] === '\n' ? object.eol : '';
  const key = isMap(container) ? pairOf(container, path.at(-1) ?? '')?.key : undefined;
  if (!wasBlock || !isCollection(value)) {
    const text = inlineText(object, value, inFlow) + trailing;
    // A block stands on lines of its own, a scalar behind its key.
    if (wasBlock && key !== undefined)
      return edit(object, object.text.indexOf(':', spanOf(key).end) + 1, end, ` ${text}`);
    return edit(object, start, end, text);
  }
  const line = lineStart(object.text, start);
  if (key !== undefined && object.text.slice(line, start).trim() === '') {
    // A list may stand at its key's own indent; a map may not.
    const keyStart = spanOf(key).start;
    const indent = ' '.repeat(keyStart - lineStart(object.text, keyStart) + 2);
    return edit(
      object,
      line,
      end,
      blockLines(value)
        .map((text) => indent + text)
        .join(object.eol) + trailing,
    );
  }
  const indent = ' '.repeat(start - line);
  return edit(object, start, end, blockLines(value).join(object.eol + indent) + trailing);
}

/** `spec:` without a value, or with a null: the value comes behind the key. */
function fillEmpty(object: LocatedObject, path: FieldPath, node: Node, value: unknown): TextEdit {
  const { start, end } = spanOf(node);
  const parent = walk(object.root, path.slice(0, -1)).node;
  const key = isMap(parent) ? pairOf(parent, path.at(-1) ?? '')?.key : undefined;
  const inFlow = (parent as Container).flow === true;
  if (key === undefined || inFlow || !isCollection(value)) {
    const space = start > 0 && /[:-]/.test(object.text[start - 1] ?? '') ? ' ' : '';
    return edit(object, start, end, space + inlineText(object, value, inFlow));
  }
  const keySpan = spanOf(key);
  const indent = keySpan.start - lineStart(object.text, keySpan.start) + (Array.isArray(value) ? 0 : 2);
  const lines = blockLines(value).map((line) => ' '.repeat(indent) + line);
  const colon = object.text.indexOf(':', keySpan.end) + 1;
  return edit(object, Math.max(colon, start), Math.max(colon, end), object.eol + lines.join(object.eol));
}

function addPair(object: LocatedObject, map: YAMLMap, key: string | number, value: unknown): TextEdit {
  const last = map.items.at(-1);
  if (map.flow === true || last === undefined) {
    const text = isJson(object)
      ? `${JSON.stringify(String(key))}: ${jsonText(value)}`
      : `${scalarText(key, true)}: ${inlineText(object, value, true)}`;
    return addToFlow(object, map, text, last === undefined ? undefined : (last.value ?? last.key));
  }
  const first = spanOf(map.items[0]?.key);
  const indent = ' '.repeat(first.start - lineStart(object.text, first.start));
  return addLines(object, spanOf(last.value ?? last.key).end, pairLines(key, value), indent);
}

function addItem(object: LocatedObject, seq: YAMLSeq, value: unknown): TextEdit {
  const last = seq.items.at(-1);
  if (seq.flow === true || last === undefined) {
    return addToFlow(object, seq, inlineText(object, value, true), last);
  }
  const { start } = spanOf(seq);
  const indent = ' '.repeat(start - lineStart(object.text, start));
  const [first = '', ...others] = blockLines(value);
  return addLines(object, spanOf(last).end, [`- ${first}`, ...others.map((line) => `  ${line}`)], indent);
}

function addToFlow(object: LocatedObject, container: Container, text: string, last: unknown): TextEdit {
  const { start, end } = spanOf(container);
  if (last === undefined || last === null) return edit(object, start + 1, end - 1, text);
  const at = spanOf(last).end;
  return edit(object, at, at, `, ${text}`);
}

/** New lines behind the line on which something ends (its comment stays with it). */
function addLines(object: LocatedObject, end: number, lines: readonly string[], indent: string): TextEdit {
  const block = lines.map((line) => (line === '' ? '' : indent + line)).join(object.eol);
  const { text } = object;
  const at = text[end - 1] === '\n' ? end : lineEnd(text, end);
  if (at > 0 && text[at - 1] === '\n') return edit(object, at, at, block + object.eol);
  return edit(object, at, at, object.eol + block);
}
