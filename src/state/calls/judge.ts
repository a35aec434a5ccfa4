/**
 * Compares what is expected of a saved call with every outcome it can have. Expected once means
 * expected always: where lots decide and only some outcomes fit, nobody can tell.
 */
import type { CallSummary } from '../../trace/summary.ts';
import type { Expectation } from '../workspace/workspace.ts';

export type Judgement =
  | { readonly kind: 'as-expected' }
  | { readonly kind: 'differs'; readonly differences: readonly Difference[] }
  | { readonly kind: 'cannot-tell'; readonly why: 'not-modelled' | 'lots' | 'cannot-be-sent' };

export interface Difference {
  readonly field: 'kind' | 'status' | 'curlExit' | 'servedBy' | 'by';
  readonly wanted: string;
  /** '' where there is none. */
  readonly saw: string;
}

/** `outcomes` undefined: the call cannot be sent as it stands. */
export function judge(expected: Expectation, outcomes: readonly CallSummary[] | undefined): Judgement {
  if (outcomes === undefined) return { kind: 'cannot-tell', why: 'cannot-be-sent' };
  if (outcomes.some(({ kind }) => kind === 'cannot-tell')) return { kind: 'cannot-tell', why: 'not-modelled' };
  const judged = outcomes.map((outcome) => differences(expected, outcome));
  const first = judged.find((found) => found.length > 0);
  if (first === undefined) return { kind: 'as-expected' };
  if (judged.some((found) => found.length === 0)) return { kind: 'cannot-tell', why: 'lots' };
  return { kind: 'differs', differences: first };
}

function differences(expected: Expectation, saw: CallSummary): Difference[] {
  const exits = saw.curlExit === undefined ? [] : [saw.curlExit, ...saw.alsoExit];
  const differing = (field: Difference['field'], wanted: string | number | undefined, found: string | number = '') =>
    wanted === undefined || wanted === found ? [] : [{ field, wanted: String(wanted), saw: String(found) }];
  return [
    ...differing('kind', expected.kind, saw.kind),
    ...differing('status', expected.status, saw.status),
    ...(expected.curlExit !== undefined && exits.includes(expected.curlExit)
      ? []
      : differing('curlExit', expected.curlExit, saw.curlExit)),
    ...differing('servedBy', expected.servedBy, saw.servedBy),
    ...differing('by', expected.by, saw.by),
  ];
}

/** What happens now, as something to hold on to; nothing where no verdict is given. */
export function expectationOf({ kind, status, curlExit, servedBy, by }: CallSummary): Expectation | undefined {
  if (kind === 'cannot-tell') return undefined;
  return {
    kind,
    ...(status === undefined ? {} : { status }),
    ...(curlExit === undefined || curlExit === 0 ? {} : { curlExit }),
    ...(servedBy === undefined ? {} : { servedBy }),
    ...(by === undefined ? {} : { by }),
  };
}
