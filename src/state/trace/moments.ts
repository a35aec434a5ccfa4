/**
 * The order in which a trace happened: one list of moments, each a step inside a hop or the passage
 * of bytes between two hops. Hops nest (a proxy answers only after its upstream did), so the order
 * is a walk: a hop's steps up to `forwarded`, then the hop it forwarded to, then the rest.
 *
 * Trace -> moments. Invariants: every step of every hop appears exactly once, in the hop's own
 * order; a hop's moments lie between the request that reached it and the reply that left it.
 */
import type { Step } from '../../trace/step.ts';
import type { Hop, HopId, Trace } from '../../trace/trace.ts';

export type Moment = StepMoment | PassageMoment;

export interface StepMoment {
  readonly kind: 'step';
  readonly hop: HopId;
  /** Index in the hop's steps. */
  readonly index: number;
  readonly step: Step;
}

export interface PassageMoment {
  readonly kind: 'passage';
  readonly direction: 'request' | 'reply';
  /** The hop nearer to the caller, and the one beyond. */
  readonly near: HopId;
  readonly far: HopId;
}

export function momentsOf(trace: Trace): readonly Moment[] {
  const children = childrenOf(trace);
  const moments: Moment[] = [];

  const visit = (hop: Hop): void => {
    const waiting = [...(children.get(hop.id) ?? [])];
    const enter = (child: Hop): void => {
      moments.push({ kind: 'passage', direction: 'request', near: hop.id, far: child.id });
      visit(child);
      moments.push({ kind: 'passage', direction: 'reply', near: hop.id, far: child.id });
    };
    hop.steps.forEach((step, index) => {
      if (endsHop(step)) for (const child of waiting.splice(0)) enter(child);
      moments.push({ kind: 'step', hop: hop.id, index, step });
      const next = step.kind === 'forwarded' ? waiting.shift() : undefined;
      if (next !== undefined) enter(next);
    });
    for (const child of waiting) enter(child);
  };

  for (const hop of trace.hops) if (hop.parent === undefined) visit(hop);
  return moments;
}

/** Steps that come after everything upstream is over. */
const endsHop = (step: Step): boolean => (step.kind === 'responded' && !step.local) || step.kind === 'connection-ended';

export function childrenOf(trace: Trace): ReadonlyMap<HopId, readonly Hop[]> {
  const children = new Map<HopId, Hop[]>();
  for (const hop of trace.hops) {
    if (hop.parent === undefined) continue;
    const siblings = children.get(hop.parent);
    if (siblings === undefined) children.set(hop.parent, [hop]);
    else siblings.push(hop);
  }
  return children;
}

/** How long a moment takes at speed 1, in milliseconds: passages travel, decisions are dwelt upon. */
export function durationOf(moment: Moment): number {
  if (moment.kind === 'passage') return moment.direction === 'request' ? 900 : 450;
  switch (moment.step.kind) {
    case 'tls-handshake':
      return 700;
    case 'rbac-check':
    case 'jwt-check':
    case 'ext-authz':
    case 'filter-chain-matched':
    case 'cannot-tell':
      return 500;
    default:
      return 160;
  }
}

/** Which step a moment is or follows, counted as people count; passages are none. */
export function stepNumber(moments: readonly Moment[], at: number): { readonly at: number; readonly total: number } {
  const count = (upTo: number): number => moments.slice(0, upTo).filter(({ kind }) => kind === 'step').length;
  return { at: Math.max(1, count(at + 1)), total: count(moments.length) };
}
