/**
 * Fault injection: a delay, then an abort, each by its percentage. The delay moves the call's
 * clock but does not count against the route's time-out.
 * Upstream authority: Envoy source/extensions/filters/http/fault/fault_filter.cc.
 */
import { GRPC_STATUS_NAMES } from '../../base/grpcStatus.ts';
import type { Fault } from '../../control-plane/envoy/http.ts';
import type { LocalReply } from '../filters/filter.ts';
import type { Accepted } from '../proxy/accepted.ts';
import { localReply } from './localReply.ts';

export interface FaultOutcome {
  readonly flags: readonly string[];
  readonly reply?: LocalReply;
  /** Whoever waited has gone before the delay was over. */
  readonly abandoned?: boolean;
}

export function faultFilter(accepted: Accepted, fault: Fault | undefined): FaultOutcome {
  if (fault === undefined) return { flags: [] };
  const flags: string[] = [];
  const { delay, abort } = fault;
  if (delay && fires(accepted, 'delay', delay.percent)) {
    flags.push('DI');
    record(accepted, fault, 'delayed', { ms: delay.ms });
    const { clock } = accepted.run;
    const until = clock.now + delay.ms;
    clock.now = Math.min(until, clock.deadline);
    if (until >= clock.deadline) return { flags, abandoned: true };
  }
  if (!abort || !fires(accepted, 'abort', abort.percent)) return { flags };
  // An abort by gRPC status is HTTP's 200, to callers that do not speak gRPC as well.
  const status = abort.httpStatus ?? 200;
  const reply = localReply(status, 'fault filter abort', 'fault_filter_abort', ['FI']);
  record(accepted, fault, 'aborted', { status });
  if (abort.grpcStatus === undefined) return { flags, reply };
  return { flags, reply: { ...reply, grpcStatus: GRPC_STATUS_NAMES.indexOf(abort.grpcStatus) } };
}

function fires({ run, hop }: Accepted, what: string, percent: number): boolean {
  if (percent <= 0) return false;
  return run.choose(hop, 'fault', [what, `no ${what}`], [percent, 100 - percent]) === 0;
}

function record({ hop }: Accepted, fault: Fault, code: string, params: Readonly<Record<string, number>>): void {
  hop.step({ kind: 'filter-action', origins: [fault.origin], filter: 'fault', action: { code, params } });
}
