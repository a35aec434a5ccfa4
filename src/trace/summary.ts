/**
 * A trace in one line: what became of the call, what the caller saw, and who decided. Two traces
 * with the same summary are the same outcome to whoever keeps a list of calls.
 */
import type { ResourceId, WorkloadId } from '../base/ids.ts';
import { decidingResource, decidingStep } from './deciding.ts';
import type { Disposition, Trace } from './trace.ts';

export interface CallSummary {
  readonly kind: Disposition['kind'];
  /** HTTP status that the caller sees; absent when none came. */
  readonly status?: number;
  /** curl's exit code; absent for a TCP call. */
  readonly curlExit?: number;
  /** Exit codes that a race could give instead. */
  readonly alsoExit: readonly number[];
  /** The application that answered. */
  readonly servedBy?: WorkloadId;
  /** The policy that a refusal is put down to. */
  readonly by?: ResourceId;
}

export function summaryOf(trace: Trace): CallSummary {
  const { disposition, outcome } = trace;
  const decided = disposition.kind === 'refused' ? decidingStep(trace) : undefined;
  const by = decided === undefined ? undefined : decidingResource(decided.step)?.resource;
  const servedBy = disposition.kind === 'served' ? disposition.by : undefined;
  return {
    kind: disposition.kind,
    alsoExit: outcome.kind === 'http' ? outcome.alsoPossible : [],
    ...(outcome.kind === 'http' ? { curlExit: outcome.curlExit } : {}),
    ...(outcome.kind === 'http' && outcome.status > 0 ? { status: outcome.status } : {}),
    ...(servedBy === undefined ? {} : { servedBy }),
    ...(by === undefined ? {} : { by }),
  };
}

/** Each summary once, in the order given. */
export function distinctSummaries(traces: readonly Trace[]): readonly CallSummary[] {
  const found = new Map<string, CallSummary>();
  for (const trace of traces) {
    const summary = summaryOf(trace);
    const key = JSON.stringify(summary);
    if (!found.has(key)) found.set(key, summary);
  }
  return [...found.values()];
}
