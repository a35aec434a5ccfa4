/**
 * Flow collections (and so JSON), read leniently: what is not closed ends where the text does, or at
 * a line that stands at or before the column of the block around it.
 */
import { isBlank, readPlain, readQuoted } from './scalars.ts';
import { emptyAt, type Slot, type TextEntry, type TextList, type TextMap, type TextNode } from './tree.ts';

const MAX_DEPTH = 100;

export interface FlowRead {
  readonly node: TextNode;
  readonly end: number;
}

/** Reads the collection that opens at `start`; `column` is that of the block mapping or list around it. */
export function readFlow(text: string, start: number, column: number): FlowRead {
  return new FlowReader(text, column).collection(start, 0);
}

class FlowReader {
  readonly #text: string;
  readonly #column: number;

  constructor(text: string, column: number) {
    this.#text = text;
    this.#column = column;
  }

  collection(start: number, depth: number): FlowRead {
    return this.#text[start] === '{' ? this.#map(start, depth) : this.#list(start, depth);
  }

  #map(start: number, depth: number): FlowRead {
    const map: TextMap = { kind: 'map', flow: true, column: -1, start, end: start, entries: [] };
    let at = this.#space(start + 1);
    while (!this.#isOver(at) && this.#text[at] !== '}') {
      if (this.#text[at] === ',' || this.#text[at] === ']') {
        at = this.#space(at + 1);
        continue;
      }
      at = this.#entry(map, at, depth);
    }
    map.end = this.#text[at] === '}' ? at + 1 : at;
    return { node: map, end: map.end };
  }

  #entry(map: TextMap, start: number, depth: number): number {
    const token = this.#token(start);
    let at = this.#space(token.end);
    const hasColon = this.#text[at] === ':';
    const entry: TextEntry = {
      key: token.text,
      keyStart: token.start,
      keyEnd: token.end,
      quoted: token.style !== 'plain',
      hasColon,
      value: emptyAt(hasColon ? at + 1 : token.end),
    };
    map.entries.push(entry);
    if (!hasColon) return at === start ? at + 1 : at;
    at = this.#space(at + 1);
    return this.#value(entry, at, depth);
  }

  #list(start: number, depth: number): FlowRead {
    const list: TextList = { kind: 'list', flow: true, column: -1, start, end: start, items: [] };
    let at = this.#space(start + 1);
    while (!this.#isOver(at) && this.#text[at] !== ']') {
      if (this.#text[at] === ',' || this.#text[at] === '}') {
        at = this.#space(at + 1);
        continue;
      }
      const item: Slot = { value: emptyAt(at) };
      list.items.push(item);
      const before = at;
      at = this.#value(item, at, depth);
      // `[a: b]` is a mapping of one pair.
      if (this.#text[at] === ':' && item.value.kind === 'scalar') at = this.#pair(item, at, depth);
      if (at === before) at++;
    }
    list.end = this.#text[at] === ']' ? at + 1 : at;
    return { node: list, end: list.end };
  }

  #pair(item: Slot, colon: number, depth: number): number {
    const key = item.value;
    if (key.kind !== 'scalar') return colon;
    const entry: TextEntry = {
      key: key.text,
      keyStart: key.start,
      keyEnd: key.end,
      quoted: key.style !== 'plain',
      hasColon: true,
      value: emptyAt(colon + 1),
    };
    const map: TextMap = { kind: 'map', flow: true, column: -1, start: key.start, end: colon + 1, entries: [entry] };
    item.value = map;
    map.end = this.#value(entry, this.#space(colon + 1), depth);
    return map.end;
  }

  #value(slot: Slot, start: number, depth: number): number {
    const sign = this.#text[start];
    if (this.#isOver(start) || sign === ',' || sign === '}' || sign === ']') return start;
    if (sign === '{' || sign === '[') {
      if (depth >= MAX_DEPTH) return this.#text.length;
      const { node, end } = this.collection(start, depth + 1);
      slot.value = node;
      return this.#space(end);
    }
    slot.value = this.#token(start);
    return this.#space(slot.value.end);
  }

  #token(start: number) {
    const sign = this.#text[start];
    return sign === '"' || sign === "'" ? readQuoted(this.#text, start) : readPlain(this.#text, start, true);
  }

  /** Skips blanks, line breaks and comments; stops at a line that is no longer of the flow. */
  #space(start: number): number {
    let at = start;
    for (;;) {
      while (isBlank(this.#text[at]) || (this.#text[at] === '\n' && !this.#isBlockLine(at + 1))) at++;
      if (this.#text[at] !== '#' || !/\s/.test(this.#text[at - 1] ?? ' ')) return at;
      while (at < this.#text.length && this.#text[at] !== '\n') at++;
    }
  }

  #isOver(at: number): boolean {
    return at >= this.#text.length || this.#text[at] === '\n';
  }

  /** A line at or before the column of the block around the flow, unless it closes or goes on with it. */
  #isBlockLine(lineStart: number): boolean {
    let at = lineStart;
    while (this.#text[at] === ' ') at++;
    const sign = this.#text[at];
    return at - lineStart <= this.#column && sign !== undefined && !/[\s}\],#]/.test(sign);
  }
}
