/**
 * What the editor asks the language service while somebody types, and what it answers. `text` is
 * the file as it is now, which may be ahead of the revision; what the mesh has is of the last text
 * that was compiled. Types only.
 */
import type { Origin, SourceRange } from '../base/origin.ts';
import type { Completions, Crumb, Description, FileSymbol } from '../engine.ts';

export type { Completion, Completions, Crumb, Description, FieldAbout, FileSymbol, Meaning, Some } from '../engine.ts';

interface TextQuery {
  readonly revision: number;
  readonly text: string;
  readonly offset: number;
}
export interface CompleteQuery extends TextQuery {
  readonly kind: 'complete';
}
export interface DescribeQuery extends TextQuery {
  readonly kind: 'describe';
}
/** The document, keys and items around the offset. */
export interface CrumbsQuery extends TextQuery {
  readonly kind: 'crumbs';
}
/** Where it is defined, or who refers to it: ranges in the text of the revision. */
export interface NavigateQuery extends TextQuery {
  readonly kind: 'definition' | 'references';
}
export interface NavigateAnswer {
  /** The word that was asked about, as offsets in `text`. */
  readonly start: number;
  readonly end: number;
  readonly places: readonly LocatedOrigin[];
}
export interface SymbolsQuery {
  readonly kind: 'symbols';
  readonly revision: number;
  readonly text: string;
}

/** An origin that has a place in the text. */
export interface LocatedOrigin {
  readonly origin: Origin;
  readonly range: SourceRange;
}

export type LanguageQuery = CompleteQuery | DescribeQuery | CrumbsQuery | NavigateQuery | SymbolsQuery;

/** `undefined` where there is nothing to say. */
export interface LanguageAnswers {
  readonly complete: Completions | undefined;
  readonly describe: Description | undefined;
  readonly crumbs: readonly Crumb[] | undefined;
  readonly definition: NavigateAnswer | undefined;
  readonly references: NavigateAnswer | undefined;
  readonly symbols: readonly FileSymbol[] | undefined;
}
