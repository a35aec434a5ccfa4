/**
 * The rows of the evidence panel: every kind of decision of a trace once, where it first occurs, with
 * what was recorded of it. Trace and index -> rows, the deciding one apart. No words.
 */

import { outcomeKind } from '../../trace/decisionKinds.ts';
import {
  type DecisionPlace,
  decisionsOf,
  type Evidence,
  type EvidenceIndex,
  evidenceFor,
  type RecordedCall,
} from '../../trace/evidence.ts';
import type { Hop, Trace } from '../../trace/trace.ts';

export interface EvidenceRow {
  readonly place: DecisionPlace;
  readonly hop: Hop;
  readonly evidence: Evidence;
  /** Parts of the decision that are counted by themselves. */
  readonly fields: readonly Evidence[];
}

export interface VerdictEvidence {
  readonly deciding?: EvidenceRow;
  readonly others: readonly EvidenceRow[];
  readonly logs: readonly EvidenceRow[];
  readonly outcome: Evidence;
  /** How many kinds there are, and how many of them no recorded call bears out. */
  readonly kinds: number;
  readonly unrecorded: number;
  /** Something that is not simulated stands in the way of a verdict. */
  readonly cannotTell: boolean;
}

export function verdictEvidence(trace: Trace, index: EvidenceIndex): VerdictEvidence {
  const rows = decisionsOf(trace).flatMap((place): EvidenceRow[] => {
    const hop = trace.hops.find(({ id }) => id === place.hop);
    if (hop === undefined) return [];
    const fields = place.fields.map((kind) => evidenceFor(index, kind));
    return [{ place, hop, evidence: evidenceFor(index, place.kind), fields }];
  });
  const deciding = rows.find(({ place }) => place.deciding);
  const distinct = [...new Map(rows.map((row) => [keyOf(row), row] as const).reverse()).values()].reverse();
  const rest = distinct.filter((row) => deciding === undefined || keyOf(row) !== keyOf(deciding));
  const outcome = evidenceFor(index, outcomeKind(trace.outcome));
  const all = [...(deciding === undefined ? [] : [deciding]), ...rest].flatMap(({ evidence, fields }) => [
    evidence,
    ...fields,
  ]);
  // What is not simulated is of no kind: nothing is claimed of it, the specification included.
  const kinds = new Map([...all, outcome].flatMap((one) => (one.kind === undefined ? [] : [[one.kind, one] as const])));
  return {
    ...(deciding === undefined ? {} : { deciding }),
    others: rest.filter(({ place }) => place.index !== undefined),
    logs: rest.filter(({ place }) => place.index === undefined),
    outcome,
    kinds: kinds.size,
    unrecorded: [...kinds.values()].filter(({ calls }) => calls === 0).length,
    cannotTell: trace.disposition.kind === 'cannot-tell',
  };
}

const keyOf = ({ place, fields }: EvidenceRow): string => [place.kind, ...fields.map(({ kind }) => kind)].join('|');

const EXAMPLES = 3;

/** Calls that came down to the same fields say more than others with the same decision. */
export function nearestExamples({ evidence, fields }: EvidenceRow): readonly RecordedCall[] {
  const all = [...fields.flatMap(({ examples }) => examples.slice(0, 2)), ...evidence.examples];
  return [...new Set(all)].slice(0, EXAMPLES);
}
