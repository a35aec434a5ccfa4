/**
 * Which ways between places are encrypted now: read from traces of calls that were evaluated, never
 * from policies. Bytes inside one pod (a proxy and its application) are no edge; load balancers pass
 * bytes on and are no party. Calls that go the same way in the same carriage share a row.
 */
import type { WorkloadId } from '../../base/ids.ts';
import type { Origin } from '../../base/origin.ts';
import { type Leg, legsOf } from '../../trace/carriage.ts';
import { decidingStep } from '../../trace/deciding.ts';
import type { Hop, Party, Trace } from '../../trace/trace.ts';
import type { Carriage, EdgeRow, TracedCall } from './types.ts';

export function edgesOf(calls: readonly TracedCall[]): readonly EdgeRow[] {
  const rows = new Map<string, EdgeRow & { calls: string[] }>();
  for (const { id, trace } of calls) {
    for (const edge of edgesOfTrace(trace)) {
      const key = `${edge.from} ${edge.to} ${edge.carriage} ${edge.end}`;
      const known = rows.get(key);
      if (known === undefined) rows.set(key, { ...edge, calls: [id] });
      else if (known.calls.at(-1) !== id) known.calls.push(id);
    }
  }
  return [...rows.values()];
}

function edgesOfTrace(trace: Trace): Omit<EdgeRow, 'calls'>[] {
  const hops = new Map(trace.hops.map((hop) => [hop.id, hop]));
  return legsOf(trace).flatMap((leg) => {
    const far = hops.get(leg.far);
    const near = senderOf(hops, leg);
    if (far === undefined || near === undefined) return [];
    // A load balancer that passed the call on is no end of its own.
    if (far.party.kind === 'network' && trace.hops.some(({ parent }) => parent === far.id)) return [];
    const [from, to] = [placeOf(near.party), placeOf(far.party)];
    if (from === to) return [];
    const carriage = far.end === 'cannot-tell' && leg.tunnels.length === 0 ? 'cannot-tell' : carriageOf(leg);
    return [{ from: from as 'outside' | WorkloadId, to, carriage, end: far.end, origins: originsOf(trace, near, far) }];
  });
}

function senderOf(hops: ReadonlyMap<number, Hop>, leg: Leg): Hop | undefined {
  let near = hops.get(leg.near);
  while (near?.party.kind === 'network') near = near.parent === undefined ? undefined : hops.get(near.parent);
  return near;
}

function placeOf(party: Party): string {
  switch (party.kind) {
    case 'client':
      return party.workload ?? 'outside';
    case 'proxy':
    case 'application':
      return party.workload;
    case 'network':
      return party.service;
  }
}

function carriageOf({ tunnels }: Leg): Carriage {
  const [outer, inner] = tunnels;
  if (outer === undefined) return 'plain';
  if (tunnels.some(({ established }) => !established)) return 'no-handshake';
  if (inner !== undefined) return 'tls-in-tls';
  return outer.mutual ? 'mutual-tls' : 'tls';
}

/** Who refused, if the far end did; else what the near end's transport was chosen by. */
function originsOf(trace: Trace, near: Hop, far: Hop): readonly Origin[] {
  const decided = decidingStep(trace);
  if (far.end === 'refused' && decided?.hop.id === far.id) return decided.step.origins;
  const chosen = near.steps.findLast((step) => step.kind === 'transport-socket');
  return chosen?.origins ?? [];
}
