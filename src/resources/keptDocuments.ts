/**
 * Which documents of a file an edit left alone: they lie wholly in the beginning or the end that the
 * old and the new text have in common. Found by their place, so that nobody reads, or hashes, a
 * megabyte for one letter. What this misses is found by its text; it never finds what differs.
 */
import type { ReadDocument } from './readDocument.ts';

/** A document of a file; `start` is an offset in the file's text. */
export interface PlacedDocument {
  readonly start: number;
  readonly text: string;
  readonly read: ReadDocument;
}

/** A file as it was read last. */
export interface LastRead {
  readonly text: string;
  readonly byStart: ReadonlyMap<number, PlacedDocument>;
}

export const lastRead = (text: string, documents: readonly PlacedDocument[]): LastRead => ({
  text,
  byStart: new Map(documents.map((document) => [document.start, document])),
});

/** Finds the document that stood there before and is the same still, by its new offset and its length. */
export function keptDocuments(
  last: LastRead | undefined,
  text: string,
): (start: number, length: number) => PlacedDocument | undefined {
  if (last === undefined) return () => undefined;
  const beginning = commonBeginning(last.text, text);
  const moved = last.text.length - text.length;
  const end = text.length - commonEnd(last.text, text, Math.min(last.text.length, text.length) - beginning);
  return (start, length) => {
    const before = start + length <= beginning ? start : start >= end ? start + moved : undefined;
    const document = before === undefined ? undefined : last.byStart.get(before);
    return document?.text.length === length ? document : undefined;
  };
}

/** Compared in pieces, which costs a copy of neither text. */
const PIECE = 4096;

function commonBeginning(a: string, b: string): number {
  const limit = Math.min(a.length, b.length);
  let at = 0;
  while (at + PIECE <= limit && a.slice(at, at + PIECE) === b.slice(at, at + PIECE)) at += PIECE;
  while (at < limit && a.charCodeAt(at) === b.charCodeAt(at)) at++;
  return at;
}

function commonEnd(a: string, b: string, limit: number): number {
  const piece = (text: string, at: number): string => text.slice(text.length - at - PIECE, text.length - at);
  let at = 0;
  while (at + PIECE <= limit && piece(a, at) === piece(b, at)) at += PIECE;
  while (at < limit && a.charCodeAt(a.length - 1 - at) === b.charCodeAt(b.length - 1 - at)) at++;
  return at;
}
