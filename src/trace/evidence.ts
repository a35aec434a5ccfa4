/**
 * What a verdict rests on: the decisions of its trace, each with the recorded calls in which real
 * istiod and Envoy came to the same kind of decision. Trace and index -> rows to draw.
 *
 * A recorded call counts for a kind when the simulation, given the recorded mesh, takes a decision of
 * that kind and everything that was recorded of the call agrees with its trace. So a count says that
 * the rule was put to the test that often, not that this mesh was.
 */
import { decidingStep } from './deciding.ts';
import { type DecisionKind, decisionKind, fieldKinds, logKind, outcomeKind } from './decisionKinds.ts';
import type { Hop, HopId, Trace } from './trace.ts';

/** The index as it is stored. Examples are positions in `calls`, so that a call is written once. */
export interface EvidenceIndex {
  readonly istio: string;
  readonly envoy: string;
  readonly kinds: Readonly<Record<DecisionKind, KindEvidence>>;
  readonly calls: readonly RecordedCall[];
}

/** `[calls with such a decision, calls that it decided, positions of examples]` */
export type KindEvidence = readonly [calls: number, decided: number, examples: readonly number[]];

export interface RecordedCall {
  /** Area and name of the case, its variant, and the call's name in it. */
  readonly case: string;
  readonly title: string;
  readonly variant: string;
  readonly call: string;
  readonly from: string;
  readonly to: string;
  /** What the caller got. */
  readonly status: number;
  readonly exit: number;
  readonly answer?: string;
  /** What each proxy logged, in the fields that the recording has. */
  readonly logs: readonly string[];
}

export interface Evidence {
  readonly kind: DecisionKind | undefined;
  /** Recorded calls with such a decision; 0: known by specification alone. */
  readonly calls: number;
  readonly decided: number;
  readonly examples: readonly RecordedCall[];
}

/** A kind that occurs in a trace, and every place where it does. */
export interface DecisionPlace {
  readonly kind: DecisionKind | undefined;
  /** Of an authorization check: the fields that it came down to. */
  readonly fields: readonly DecisionKind[];
  readonly hop: HopId;
  /** Index of the step; absent for a log line. */
  readonly index?: number;
  /** The verdict is put down to it. */
  readonly deciding: boolean;
}

export function decisionsOf(trace: Trace): readonly DecisionPlace[] {
  const decided = decidingStep(trace);
  return trace.hops.flatMap((hop): DecisionPlace[] => [
    ...hop.steps.map((step, index) => ({
      kind: decisionKind(step),
      fields: fieldKinds(step),
      hop: hop.id,
      index,
      deciding: decided?.hop.id === hop.id && decided.index === index,
    })),
    ...logPlace(hop),
  ]);
}

const logPlace = ({ id, party, log }: Hop): DecisionPlace[] =>
  log === undefined ? [] : [{ kind: logKind(party, log), fields: [], hop: id, deciding: false }];

export interface TraceKinds {
  /** Each once. */
  readonly all: ReadonlySet<DecisionKind>;
  /** The one that decided, by itself and with each of its fields. */
  readonly deciding: ReadonlySet<DecisionKind>;
}

export function kindsOf(trace: Trace): TraceKinds {
  const places = decisionsOf(trace);
  const decided = places.find((place) => place.deciding);
  const found = [...places.flatMap(({ kind, fields }) => [kind, ...fields]), outcomeKind(trace.outcome)];
  const all = new Set(found.filter((kind) => kind !== undefined));
  const deciding = decided?.kind === undefined ? [] : [decided.kind, ...decided.fields];
  return { all, deciding: new Set(deciding) };
}

export function evidenceFor(index: EvidenceIndex, kind: DecisionKind | undefined): Evidence {
  const [calls, decided, examples] = (kind === undefined ? undefined : index.kinds[kind]) ?? [0, 0, []];
  return { kind, calls, decided, examples: examples.flatMap((at) => index.calls[at] ?? []) };
}
