/**
 * Where a fact comes from. An Origin is cheap plain data (resource + field path); the range in the
 * text is looked up only when somebody wants to see it (`locate` in resources/).
 */
import type { ResourceId } from './ids.ts';

export type FieldPath = readonly (string | number)[];

export interface Origin {
  readonly resource: ResourceId;
  /** From the root of the document, e.g. ['spec', 'mtls', 'mode']; [] is the whole document. */
  readonly path: FieldPath;
}

/** A half-open range in one file: UTF-16 offsets, and 1-based lines and columns as editors count. */
export interface SourceRange {
  readonly file: string;
  readonly start: number;
  readonly end: number;
  readonly startLine: number;
  readonly startColumn: number;
  readonly endLine: number;
  readonly endColumn: number;
}
