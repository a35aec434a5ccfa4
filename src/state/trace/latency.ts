/**
 * When the moments of a call happen, in milliseconds: moments and hops -> the start of each, and of the
 * end. Two sorts of time are added up and never confused: what a delay or a time-out of the
 * configuration takes is the trace's own (`Step.at`) and exact; all else is this model, the same for
 * every mesh. It is there to show proportions (a handshake costs more than a rule, a way to another
 * node more than one inside a pod), and measures nothing.
 *
 * Orders of magnitude: Istio's load tests put a pair of sidecars at one to three milliseconds, and a
 * network of one region has round trips below one.
 */
import type { Step } from '../../trace/step.ts';
import type { Hop, HopId, Party } from '../../trace/trace.ts';
import type { Moment } from './moments.ts';

export interface Timing {
  /** Start of each moment. */
  readonly starts: readonly number[];
  readonly total: number;
  /** Of the total: what the configuration makes it wait, exactly. */
  readonly waited: number;
}

const MODEL = { inPod: 0.1, network: 0.4, outside: 1.2, handshake: 1.2, lookup: 0.3, check: 0.15, step: 0.1 } as const;

export function timingOf(moments: readonly Moment[], hops: readonly Hop[]): Timing {
  const parties = new Map(hops.map(({ id, party }) => [id, party]));
  const starts: number[] = [];
  let model = 0;
  let waited = 0;
  for (const moment of moments) {
    // A step is stamped when it is made: what was waited for lies before it.
    if (moment.kind === 'step') waited = Math.max(waited, moment.step.at ?? 0);
    starts.push(model + waited);
    model += moment.kind === 'step' ? stepCost(moment.step) : wayCost(parties, moment.near, moment.far);
  }
  return { starts, total: model + waited, waited };
}

function stepCost(step: Step): number {
  switch (step.kind) {
    case 'tls-handshake':
      return MODEL.handshake;
    case 'dns':
    case 'connect':
    case 'ext-authz':
      return MODEL.lookup;
    case 'rbac-check':
    case 'jwt-check':
    case 'route-matched':
      return MODEL.check;
    default:
      return MODEL.step;
  }
}

/** There or back: inside one pod, across the network, or from beyond the cluster. */
function wayCost(parties: ReadonlyMap<HopId, Party>, near: HopId, far: HopId): number {
  const [a, b] = [parties.get(near), parties.get(far)];
  const workloadOf = (party: Party | undefined): string | undefined =>
    party !== undefined && 'workload' in party ? party.workload : undefined;
  if (a?.kind === 'client' && a.workload === undefined) return MODEL.outside;
  if (b?.kind === 'network') return MODEL.inPod;
  return workloadOf(a) !== undefined && workloadOf(a) === workloadOf(b) ? MODEL.inPod : MODEL.network;
}

/** The last moment that has begun at a time. */
export function momentAt({ starts }: Timing, time: number): number {
  let at = 0;
  while (at + 1 < starts.length && (starts[at + 1] ?? 0) <= time) at++;
  return at;
}

/** Round values for a ruler of about so many marks. */
export function ruler(total: number, marks: number): readonly number[] {
  if (!(total > 0)) return [0];
  const raw = total / marks;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = ([1, 2, 5].find((factor) => factor * power >= raw) ?? 10) * power;
  return Array.from({ length: Math.floor(total / step) + 1 }, (_, at) => Number((at * step).toPrecision(6)));
}
