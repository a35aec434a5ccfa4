/**
 * What a change of the text does beyond what it was made for: the calls to a workload that it opens
 * and closes, of a bounded universe of calls, each made before and after.
 */
import type { WorkloadId } from '../base/ids.ts';
import type { TextEdit } from '../editing/textEdit.ts';
import { applyEdits } from '../editing/textEdit.ts';
import type { Call } from '../trace/call.ts';
import { isRefused } from './suggest/isRefused.ts';
import type { SuggestEnv } from './suggest/types.ts';
import { universeOf } from './suggest/universe.ts';

const UNIVERSE = 240;

export interface ChangePreview {
  readonly edits: readonly TextEdit[];
  /** Refused before, not any more. */
  readonly opens: readonly Call[];
  /** Not refused before, refused after. */
  readonly closes: readonly Call[];
  readonly tried: number;
}

/** `target`: the workload whose callers are asked. */
export async function previewChange(
  env: SuggestEnv,
  edits: readonly TextEdit[],
  target: WorkloadId,
): Promise<ChangePreview> {
  const before = await env.compile(env.files);
  const after = await env.compile(applyEdits(env.files, edits));
  const calls = universeOf(before.mesh, undefined, target, UNIVERSE);
  const judged = calls.map((call) => ({
    call,
    was: isRefused(before.evaluate(call)),
    is: isRefused(after.evaluate(call)),
  }));
  return {
    edits,
    opens: judged.filter(({ was, is }) => was && !is).map(({ call }) => call),
    closes: judged.filter(({ was, is }) => !was && is).map(({ call }) => call),
    tried: calls.length,
  };
}
