/** The collection against its expectations: one judgement a call, and how many of each. */
import type { CallVerdict, StudioState } from '../studioState.ts';
import type { SavedCall } from '../workspace/workspace.ts';
import { type Judgement, judge } from './judge.ts';

/** A call without expectation is `open`; one not yet asked about is `waiting`. */
export type Standing = Judgement | { readonly kind: 'open' } | { readonly kind: 'waiting' };

export function standingOf(call: SavedCall, verdict: CallVerdict | undefined): Standing {
  if (call.expect === undefined) return { kind: 'open' };
  if (verdict === undefined) return { kind: 'waiting' };
  return judge(call.expect, verdict.outcomes);
}

export type Tally = Readonly<Record<Standing['kind'], number>>;

export function tallyOf({ workspace, verdicts }: Pick<StudioState, 'workspace' | 'verdicts'>): Tally {
  const tally = { 'as-expected': 0, differs: 0, 'cannot-tell': 0, open: 0, waiting: 0 };
  for (const call of workspace.calls) tally[standingOf(call, verdicts[call.id]).kind]++;
  return tally;
}
