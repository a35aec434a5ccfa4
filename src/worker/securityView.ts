/** The security dashboards as the page shows them: the report, with the place of each row in the text. Types only. */
import type { ResourceId } from '../base/ids.ts';
import type { SourceRange } from '../base/origin.ts';
import type { EdgeRow, MtlsRow, PolicyRow } from '../engine.ts';

/** Who decided, and where it is written. */
interface Decided {
  /** The most decisive resource; absent: a built-in default. */
  readonly decidedBy?: ResourceId;
  readonly range?: SourceRange;
}

export type DoorView = Omit<MtlsRow, 'origins'> & Decided;
export type EdgeView = Omit<EdgeRow, 'origins'> & Decided;
export type PolicyAuditView = PolicyRow & { readonly range?: SourceRange };

export interface SecurityView {
  readonly doors: readonly DoorView[];
  readonly edges: readonly EdgeView[];
  readonly policies: readonly PolicyAuditView[];
}
