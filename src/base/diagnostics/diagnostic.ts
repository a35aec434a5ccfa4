/**
 * What the product has to say about the user's input: a code with parameters, never a sentence
 * (sentences live in i18n under the same code). The code list is closed: `codes.ts`.
 */
import type { Origin, SourceRange } from '../origin.ts';
import type { DiagnosticCode } from './codes.ts';

export type Severity = 'error' | 'warning' | 'info';

export interface Diagnostic {
  readonly code: DiagnosticCode;
  readonly severity: Severity;
  /** Values for the message's placeholders; plain text, shown as text. */
  readonly params: Readonly<Record<string, string | number>>;
  readonly origin?: Origin;
  /** Set by the parser; for others it is looked up from `origin`. */
  readonly range?: SourceRange;
}
