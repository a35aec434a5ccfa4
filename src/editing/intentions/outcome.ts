/** The two ends of an intention: a change, or a reason why not. */
import type { ResourceId } from '../../base/ids.ts';
import { err, ok, type Result } from '../../base/result.ts';
import type { TextEdit } from '../textEdit.ts';
import type { Change, Drawn, LeftBehind, Refusal, RefusalCode } from './intention.ts';

export const drawn = (
  edits: readonly TextEdit[],
  select?: ResourceId,
  { moved = [], left = [], copies }: Partial<Pick<Change, 'moved' | 'left' | 'copies'>> = {},
): Drawn =>
  ok({ edits, moved, left, ...(select === undefined ? {} : { select }), ...(copies === undefined ? {} : { copies }) });

export const refused = (code: RefusalCode, params: Readonly<Record<string, string>> = {}): Result<never, Refusal> =>
  err({ code, params });

/** The same change, with more to look at. */
export const withLeft = (outcome: Drawn, left: readonly LeftBehind[]): Drawn =>
  outcome.ok ? ok({ ...outcome.value, left: [...outcome.value.left, ...left] }) : outcome;
