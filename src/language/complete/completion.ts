/** What completion answers with: plain data; the editor turns it into its own items, i18n spells it. */
import type { FieldAbout } from '../fields/field.ts';

export interface Completions {
  /** What an item replaces, in the file. */
  readonly start: number;
  readonly end: number;
  /** Best first. */
  readonly items: readonly Completion[];
}

export interface Completion {
  readonly kind: 'field' | 'value' | 'reference' | 'document';
  readonly label: string;
  /** In the snippet syntax of editors: `$0` is where the cursor goes. */
  readonly insert: string;
  /** Of a field. */
  readonly about?: FieldAbout;
  /** Of a value: `key=VALUE`, under which i18n may have a sentence. */
  readonly valueKey?: string;
  /** Of a reference: what it names, as `Service shop/web`. */
  readonly what?: string;
  /** Of a whole document: its code. */
  readonly template?: string;
  /** What comes next can be completed too. */
  readonly again?: boolean;
}
