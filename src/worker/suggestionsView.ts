/** Suggestions for a refused call, as the page shows and applies them. Types only. */
import type { ResourceId } from '../base/ids.ts';
import type { Call } from '../trace/call.ts';

export interface SuggestionsView {
  /** Best first; each was verified by making the call again. */
  readonly suggestions: readonly SuggestionView[];
  /** What the call itself could do instead. */
  readonly remedies: readonly ('present-token' | 'present-valid-token' | 'call-through-a-sidecar')[];
}

export interface SuggestionView {
  readonly kind:
    | 'widen-rule'
    | 'add-rule'
    | 'add-policy'
    | 'except-from-deny'
    | 'drop-value'
    | 'permissive-port'
    | 'remove-rule'
    | 'remove-policy';
  readonly resource: ResourceId;
  /** To apply to the revision that was asked about. */
  readonly edits: readonly {
    readonly file: string;
    readonly start: number;
    readonly end: number;
    readonly text: string;
  }[];
  readonly linesChanged: number;
  /** Other calls that would go through as well, of `tried`. */
  readonly opens: readonly Call[];
  readonly tried: number;
}
