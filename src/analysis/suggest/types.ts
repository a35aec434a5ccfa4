/** Suggestions: the smallest edits that would let a refused call through, and what else they would open. */
import type { ResourceId } from '../../base/ids.ts';
import type { TextEdit } from '../../editing/textEdit.ts';
import type { Mesh } from '../../mesh/types.ts';
import type { ParsedWorkspace, WorkspaceFile } from '../../resources/types.ts';
import type { Call } from '../../trace/call.ts';
import type { Trace } from '../../trace/trace.ts';

export type SuggestionKind =
  | 'widen-rule'
  | 'add-rule'
  | 'add-policy'
  | 'except-from-deny'
  | 'drop-value'
  | 'permissive-port'
  /** Only where nothing narrower works. */
  | 'remove-rule'
  | 'remove-policy';

export interface Suggestion {
  readonly kind: SuggestionKind;
  /** The policy that is changed, or made. */
  readonly resource: ResourceId;
  readonly edits: readonly TextEdit[];
  readonly linesChanged: number;
  /** Other calls that were refused before and are not any more, of those that were tried. */
  readonly opens: readonly Call[];
  readonly tried: number;
}

/** What the call itself could do instead of a change of policy. */
export type CallRemedy = 'present-token' | 'present-valid-token' | 'call-through-a-sidecar';

export interface Suggestions {
  readonly suggestions: readonly Suggestion[];
  readonly remedies: readonly CallRemedy[];
}

/** A state of the workspace in which calls can be made. */
export interface TriedWorkspace {
  readonly parsed: ParsedWorkspace;
  readonly mesh: Mesh;
  readonly evaluate: (call: Call) => Trace;
}

export interface SuggestEnv {
  readonly files: readonly WorkspaceFile[];
  readonly compile: (files: readonly WorkspaceFile[]) => Promise<TriedWorkspace>;
}
