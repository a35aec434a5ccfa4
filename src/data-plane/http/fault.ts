/**
 * Fault injection: a delay, then an abort, each by its percentage. The delay moves the call's
 * clock but does not count against the route's time-out.
 * Upstream authority: Envoy source/extensions/filters/http/fault/fault_filter.cc.
 */
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

/** gRPC status names as HTTP statuses (grpc/status.cc grpcToHttpStatus). */
const HTTP_OF_GRPC: Readonly<Record<string, number>> = {
  OK: 200,
  CANCELLED: 499,
  UNKNOWN: 500,
  INVALID_ARGUMENT: 400,
  DEADLINE_EXCEEDED: 504,
  NOT_FOUND: 404,
  ALREADY_EXISTS: 409,
  PERMISSION_DENIED: 403,
  RESOURCE_EXHAUSTED: 429,
  FAILED_PRECONDITION: 400,
  ABORTED: 409,
  OUT_OF_RANGE: 400,
  UNIMPLEMENTED: 501,
  INTERNAL: 500,
  UNAVAILABLE: 503,
  DATA_LOSS: 500,
  UNAUTHENTICATED: 401,
};

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
  const status = abort.httpStatus ?? HTTP_OF_GRPC[abort.grpcStatus ?? ''] ?? 503;
  record(accepted, fault, 'aborted', { status });
  return { flags, reply: localReply(status, 'fault filter abort', 'fault_filter_abort', ['FI']) };
}

function fires({ run, hop }: Accepted, what: string, percent: number): boolean {
  if (percent <= 0) return false;
  return run.choose(hop, 'fault', [what, `no ${what}`], [percent, 100 - percent]) === 0;
}

function record({ hop }: Accepted, fault: Fault, code: string, params: Readonly<Record<string, number>>): void {
  hop.step({ kind: 'filter-action', origins: [fault.origin], filter: 'fault', action: { code, params } });
}
