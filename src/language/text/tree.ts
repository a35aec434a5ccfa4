/**
 * The shape of a YAML or JSON document as far as it is written: what an editor needs while somebody
 * types, when the text is mostly not valid. Offsets are relative to the document's text.
 */
export type TextNode = TextMap | TextList | TextScalar | EmptyNode;

export interface TextMap {
  readonly kind: 'map';
  readonly flow: boolean;
  /** Where its keys stand, in block style; -1 in flow style. */
  readonly column: number;
  readonly start: number;
  end: number;
  readonly entries: TextEntry[];
}

export interface TextList {
  readonly kind: 'list';
  readonly flow: boolean;
  readonly column: number;
  readonly start: number;
  end: number;
  readonly items: Slot[];
}

/** A place that holds a value, or waits for one. */
export interface Slot {
  value: TextNode;
}

export interface TextEntry extends Slot {
  /** Decoded; in block style a word without its colon is a key that is being typed. */
  readonly key: string;
  readonly keyStart: number;
  readonly keyEnd: number;
  readonly quoted: boolean;
  readonly hasColon: boolean;
}

export interface TextScalar {
  readonly kind: 'scalar';
  readonly style: 'plain' | 'single' | 'double' | 'block';
  readonly start: number;
  end: number;
  text: string;
  /** Where it stands when it has the line to itself; else -1. */
  readonly column: number;
}

export interface EmptyNode {
  readonly kind: 'empty';
  readonly start: number;
  readonly end: number;
}

export const emptyAt = (offset: number): EmptyNode => ({ kind: 'empty', start: offset, end: offset });
