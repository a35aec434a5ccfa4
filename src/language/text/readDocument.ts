/**
 * A document's text -> its tree, however unfinished. One pass over the lines with the open
 * collections on a stack, by column; what fits nowhere is passed over. For complete documents the
 * tree agrees with the YAML library's (a property test compares them), but it knows no aliases:
 * meaning is the business of resources/, this only tells where one is in the text.
 */
import { readFlow } from './readFlow.ts';
import { endOfLine, isBlank, readPlain, readQuoted } from './scalars.ts';
import { emptyAt, type Slot, type TextEntry, type TextList, type TextMap, type TextNode } from './tree.ts';

type Frame = TextMap | TextList;

/** What is nested deeper is passed over. */
const MAX_DEPTH = 200;

export function readDocumentText(text: string): TextNode {
  const reader = new BlockReader(text);
  reader.read();
  return reader.root.value;
}

class BlockReader {
  readonly root: Slot = { value: emptyAt(0) };
  readonly #text: string;
  readonly #frames: Frame[] = [];

  constructor(text: string) {
    this.#text = text;
  }

  read(): void {
    let at = this.#text.charCodeAt(0) === 0xfeff ? 1 : 0;
    while (at < this.#text.length) at = this.#line(at);
  }

  #line(lineStart: number): number {
    const text = this.#text;
    if (text.startsWith('...', lineStart) || text[lineStart] === '%') return this.#skipLine(lineStart);
    let at = lineStart;
    if (text.startsWith('---', lineStart) && /\s|^$/.test(text[lineStart + 3] ?? '')) at += 3;
    while (isBlank(text[at])) at++;
    return this.#content(at, lineStart);
  }

  /** What stands at `start`, which is the first thing on its line or follows a `-`. */
  #content(start: number, lineStart: number): number {
    const text = this.#text;
    let at = start;
    while (text[at] === '-' && (at + 1 >= text.length || /\s/.test(text[at + 1] ?? ''))) {
      const item = this.#openItem(at - lineStart, at);
      if (item === undefined) return this.#skipLine(at);
      at++;
      while (isBlank(text[at])) at++;
    }
    const sign = text[at];
    if (sign === undefined || sign === '\n' || sign === '#') return this.#skipLine(at);
    const column = at - lineStart;
    const key = this.#keyAt(at);
    if (key === undefined) return this.#loneValue(at, column);
    const map = this.#openMap(column, at);
    if (map === undefined) return this.#skipLine(at);
    map.entries.push(key.entry);
    return this.#value(key.entry, key.valueStart, map.column);
  }

  /** `key:` at `start`, which ends the key with a blank or the line. */
  #keyAt(start: number): { readonly entry: TextEntry; readonly valueStart: number } | undefined {
    const text = this.#text;
    const sign = text[start];
    if (sign === '{' || sign === '[' || sign === '|' || sign === '>') return undefined;
    const lineEnd = endOfLine(text, start);
    let keyStart = start;
    // An anchor or tag before the key.
    for (let match = /^[&!]\S*[ \t]+/.exec(text.slice(keyStart, lineEnd)); match !== null; ) {
      keyStart += match[0].length;
      match = /^[&!]\S*[ \t]+/.exec(text.slice(keyStart, lineEnd));
    }
    const quoted = text[keyStart] === '"' || text[keyStart] === "'";
    const scalar = quoted ? readQuoted(text, keyStart) : undefined;
    if (scalar !== undefined && scalar.end > lineEnd) return undefined;
    let colon = scalar === undefined ? keyStart : scalar.end;
    if (scalar === undefined) {
      for (; colon < lineEnd; colon++) {
        if (text[colon] === '#' && isBlank(text[colon - 1])) return undefined;
        if (text[colon] === ':' && (colon + 1 >= lineEnd || isBlank(text[colon + 1]))) break;
      }
    } else while (isBlank(text[colon])) colon++;
    if (text[colon] !== ':' || colon >= lineEnd) return undefined;
    if (colon + 1 < lineEnd && !isBlank(text[colon + 1])) return undefined;
    let keyEnd = scalar?.end ?? colon;
    while (keyEnd > keyStart && isBlank(text[keyEnd - 1])) keyEnd--;
    const entry: TextEntry = {
      key: scalar?.text ?? text.slice(keyStart, keyEnd),
      keyStart,
      keyEnd,
      quoted,
      hasColon: true,
      value: emptyAt(colon + 1),
    };
    return { entry, valueStart: colon + 1 };
  }

  /** Something without a colon: a value, the rest of one that began above, or a key being typed. */
  #loneValue(start: number, column: number): number {
    this.#closeTo(column, false);
    const top = this.#frames.at(-1);
    if (top?.kind === 'map' && top.column === column) {
      const word = readPlain(this.#text, start, false);
      const { text: key, end } = word;
      top.entries.push({ key, keyStart: start, keyEnd: end, quoted: false, hasColon: false, value: emptyAt(end) });
      return this.#skipLine(end);
    }
    const slot = this.#openSlot();
    if (slot === undefined) return this.#skipLine(start);
    if (slot.value.kind === 'empty') return this.#value(slot, start, top?.column ?? -1, column);
    if (slot.value.kind === 'scalar' && slot.value.style === 'plain') {
      const more = readPlain(this.#text, start, false);
      slot.value.text += ` ${more.text}`;
      slot.value.end = more.end;
    }
    return this.#skipLine(start);
  }

  /** The value that may stand at `start` on the line of its key or dash. */
  #value(slot: Slot, start: number, parentColumn: number, column = -1): number {
    const text = this.#text;
    let at = start;
    for (;;) {
      while (isBlank(text[at])) at++;
      if (text[at] !== '&' && text[at] !== '!') break;
      while (at < text.length && !/\s/.test(text[at] ?? '')) at++;
    }
    const sign = text[at];
    if (sign === undefined || sign === '\n') return this.#skipLine(at);
    if (sign === '#' && at > start) return this.#skipLine(at);
    if (sign === '{' || sign === '[') {
      const { node, end } = readFlow(text, at, parentColumn);
      slot.value = node;
      return this.#skipLine(end);
    }
    if (sign === '|' || sign === '>') return this.#blockScalar(slot, at, parentColumn);
    const scalar = sign === '"' || sign === "'" ? readQuoted(text, at) : readPlain(text, at, false);
    slot.value = column < 0 ? scalar : { ...scalar, column };
    return this.#skipLine(scalar.end);
  }

  /** All lines further in than the collection around it, and blank ones. */
  #blockScalar(slot: Slot, start: number, parentColumn: number): number {
    const text = this.#text;
    const bodyStart = Math.min(endOfLine(text, start) + 1, text.length);
    let end = bodyStart;
    for (let line = bodyStart; line < text.length; ) {
      const lineEnd = endOfLine(text, line);
      let at = line;
      while (text[at] === ' ') at++;
      const isEmpty = text.slice(at, lineEnd).trim() === '';
      if (!isEmpty && at - line <= parentColumn) break;
      if (!isEmpty) end = lineEnd;
      line = lineEnd + 1;
    }
    slot.value = { kind: 'scalar', style: 'block', start, end, text: text.slice(bodyStart, end), column: -1 };
    return Math.min(Math.max(end, bodyStart - 1) + 1, text.length);
  }

  #openItem(column: number, start: number): Slot | undefined {
    this.#closeTo(column, true);
    const top = this.#frames.at(-1);
    const item: Slot = { value: emptyAt(start + 1) };
    if (top?.kind === 'list' && top.column === column) {
      top.items.push(item);
      return item;
    }
    const slot = this.#openSlot();
    if (slot?.value.kind !== 'empty' || this.#frames.length >= MAX_DEPTH) return undefined;
    const list: TextList = { kind: 'list', flow: false, column, start, end: start + 1, items: [item] };
    slot.value = list;
    this.#frames.push(list);
    return item;
  }

  #openMap(column: number, start: number): TextMap | undefined {
    this.#closeTo(column, false);
    const top = this.#frames.at(-1);
    if (top?.kind === 'map' && top.column === column) return top;
    const slot = this.#openSlot();
    if (slot === undefined || this.#frames.length >= MAX_DEPTH) return undefined;
    const { value } = slot;
    // A word above at the same column was the key that is being typed.
    const typed = value.kind === 'scalar' && value.style === 'plain' && value.column === column ? value : undefined;
    if (value.kind !== 'empty' && typed === undefined) return undefined;
    const map: TextMap = { kind: 'map', flow: false, column, start: typed?.start ?? start, end: start, entries: [] };
    if (typed !== undefined) {
      const { text: key, start: keyStart, end: keyEnd } = typed;
      map.entries.push({ key, keyStart, keyEnd, quoted: false, hasColon: false, value: emptyAt(keyEnd) });
    }
    slot.value = map;
    this.#frames.push(map);
    return map;
  }

  /** Closes what a line at this column ends; a list may stand at the column of the key above it. */
  #closeTo(column: number, isItem: boolean): void {
    for (let top = this.#frames.at(-1); top !== undefined; top = this.#frames.at(-1)) {
      const isBeyond = top.column > column || (top.column === column && top.kind === 'list' && !isItem);
      if (!isBeyond) return;
      this.#frames.pop();
    }
  }

  /** Where the innermost open collection, or the document, takes its next value. */
  #openSlot(): Slot | undefined {
    const top = this.#frames.at(-1);
    if (top === undefined) return this.root;
    return top.kind === 'map' ? top.entries.at(-1) : top.items.at(-1);
  }

  /** The line is done: where the next one begins. */
  #skipLine(from: number): number {
    const end = endOfLine(this.#text, from);
    for (const frame of this.#frames) frame.end = Math.max(frame.end, end);
    return end + 1;
  }
}
