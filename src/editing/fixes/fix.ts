/** One edit that mends what a diagnostic found, with a code that i18n makes a title of. */
import type { TextEdit } from '../textEdit.ts';

export type FixCode =
  /** `from` becomes `to`. */
  | 'replace'
  | 'remove-field'
  | 'remove-document'
  | 'add-field'
  /** Of two entries with one key. */
  | 'remove-earlier'
  | 'remove-later'
  | 'add-subset'
  | 'add-secret'
  | 'enable-injection';

export interface Fix {
  readonly code: FixCode;
  readonly params: Readonly<Record<string, string>>;
  readonly edits: readonly TextEdit[];
}
