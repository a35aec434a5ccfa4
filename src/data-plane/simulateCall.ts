/**
 * One call through the mesh: who sends, what happens on the way, what comes back. Pure: the same
 * environment, call and choices give the same trace.
 */
import { invariant } from '../base/invariant.ts';
import type { Call } from '../trace/call.ts';
import type { ClientOutcome } from '../trace/outcome.ts';
import { type CannotTell, type Disposition, type Hop, TRACE_VERSION, type Trace } from '../trace/trace.ts';
import type { Chooser } from './chooser.ts';
import { type ClientResult, callWithCurl } from './client/curl.ts';
import { callWithTcp } from './client/tcpClient.ts';
import { networkOf } from './deliver.ts';
import { type SimulationEnv, startRecording } from './run.ts';

/** Simulates the call; `chooser` draws the lots. */
export function simulateCall(env: SimulationEnv, call: Call, chooser: Chooser): Trace {
  const workload = call.from === 'outside' ? undefined : env.mesh.workloads.get(call.from);
  invariant(call.from === 'outside' || workload !== undefined, `no workload ${call.from}`);
  const recording = startRecording(env, chooser, networkOf, call.alongside);
  const { run } = recording;
  const client = run.openHop(
    { kind: 'client', container: call.container, ...(workload === undefined ? {} : { workload: workload.id }) },
    undefined,
    1,
  );
  const result =
    call.request.kind === 'http'
      ? callWithCurl(run, client, workload, call, call.request)
      : callWithTcp(run, client, workload, call, call.request);
  const hops = recording.hops();
  return {
    version: TRACE_VERSION,
    call,
    hops,
    outcome: result.outcome,
    disposition: dispositionOf(result, hops),
    choices: recording.choices(),
  };
}

function dispositionOf({ outcome, cause }: ClientResult, hops: readonly Hop[]): Disposition {
  if (outcome.kind === 'unknown') return { kind: 'cannot-tell', reasons: reasonsOf(hops) };
  const served = servedBy(outcome);
  if (served !== undefined) return served;
  switch (cause?.kind) {
    case 'refused':
      return { kind: 'refused', hop: cause.hop, by: cause.by };
    case 'answered':
      return { kind: 'answered', hop: cause.hop, status: outcome.kind === 'http' ? outcome.status : 0 };
    case 'failed':
      return { kind: 'failed', hop: cause.hop };
    case undefined:
      return { kind: 'failed' };
  }
}

function servedBy(outcome: Exclude<ClientOutcome, { kind: 'unknown' }>): Disposition | undefined {
  if (outcome.servedBy === undefined) return undefined;
  return outcome.kind === 'http'
    ? { kind: 'served', by: outcome.servedBy, status: outcome.status }
    : { kind: 'served', by: outcome.servedBy };
}

const reasonsOf = (hops: readonly Hop[]): readonly CannotTell[] =>
  hops.flatMap((hop) => hop.steps.flatMap((step) => (step.kind === 'cannot-tell' ? [step.why] : [])));
