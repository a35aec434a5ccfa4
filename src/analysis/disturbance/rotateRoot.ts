/**
 * A root is replaced: which proxy holds what when, and which calls fail in which stretches of time.
 * Every renewal of a proxy is a moment; at each, the given calls and the mesh's edges are made again
 * on the mesh as it is then. Handshakes alone are judged: connections that stand live on.
 */
import type { WorkloadId } from '../../base/ids.ts';
import type { RootRotation, RotationStep } from '../../mesh/types.ts';
import type { Call } from '../../trace/call.ts';
import { edgesOf } from './edges.ts';
import { endsAlike } from './sameEnd.ts';
import type { DisturbanceEnv, FailureWindow, HeldOf, RotationView } from './types.ts';

const HOUR = 3_600_000;
const EDGE_LIMIT = 60;

export type RotationPlan = 'by-the-book' | 'swap';

/** The steps of a plan that begins at `start`; `gap` milliseconds lie between two. */
export function stepsOf(plan: RotationPlan, start: number, gap: number): readonly RotationStep[] {
  if (plan === 'swap') return [{ at: start, signs: 'new', trusts: ['new'] }];
  return [
    { at: start, signs: 'old', trusts: ['old', 'new'] },
    { at: start + gap, signs: 'new', trusts: ['old', 'new'] },
    { at: start + 2 * gap, signs: 'new', trusts: ['new'] },
  ];
}

export interface Rotated {
  readonly held: HeldOf;
  /** Proxies that the authority certifies, and how long each waits between two renewals. */
  readonly certified: readonly WorkloadId[];
  readonly periods: readonly number[];
}

export async function rotateRoot(
  env: DisturbanceEnv,
  { held, certified, periods }: Rotated,
  rotation: RootRotation,
  calls: readonly Call[],
): Promise<RotationView> {
  const whole = await env.compile(undefined, env.now);
  const { steps } = rotation;
  // Past the last step every proxy has renewed once more.
  const until = (steps.at(-1)?.at ?? env.now) + Math.max(...periods, HOUR) + HOUR;
  const resolution = Math.min(HOUR, ...periods);
  const later = await env.compile(undefined, until);
  // What time alone changes meanwhile is not the rotation's doing.
  const all = [...calls, ...edgesOf(whole.mesh, EDGE_LIMIT)].filter((call) =>
    endsAlike(whole.evaluate(call), later.evaluate(call)),
  );
  const before = all.map((call) => whole.evaluate(call));
  const proxies = certified.map((id) => ({ workload: id, states: statesOf(held, id, env.now, until, resolution) }));
  const moments = [...new Set(proxies.flatMap(({ states }) => states.map(({ from }) => from)))].sort((a, b) => a - b);
  const open = new Map<number, FailureWindow>();
  const windows: FailureWindow[] = [];
  for (const at of moments) {
    const { evaluate } = await env.compile({ rotation }, at);
    for (const [index, call] of all.entries()) {
      const known = before[index];
      const after = evaluate(call);
      const failing = open.get(index);
      if (known === undefined || endsAlike(known, after)) {
        if (failing !== undefined) windows.push({ ...failing, until: at });
        open.delete(index);
      } else if (failing === undefined) open.set(index, { call, from: at, after });
    }
  }
  windows.push(...open.values());
  return { steps, from: env.now, until, proxies, windows: windows.sort((a, b) => a.from - b.from), tried: all.length };
}

/** The changes of what one proxy holds, moment by moment. */
function statesOf(
  held: HeldOf,
  id: WorkloadId,
  from: number,
  until: number,
  resolution: number,
): RotationView['proxies'][number]['states'] {
  const states: RotationView['proxies'][number]['states'][number][] = [];
  for (let at = from; at <= until; at = Math.floor(at / resolution) * resolution + resolution) {
    const { signs, trusts } = held(id, at);
    const last = states.at(-1);
    if (last?.signs !== signs || last.trusts.join() !== trusts.join()) states.push({ from: at, signs, trusts });
  }
  return states;
}
