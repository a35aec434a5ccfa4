/**
 * What breaks if a CA is gone, a root is taken out of the trust bundles, or a node's clock is off: the
 * given calls and the mesh's own edges are made again under the disturbance, and those that end
 * differently are listed with both traces. Nothing is concluded from the configuration.
 *
 * A CA that is gone hurts nobody who holds a certificate. So there are two moments: proxies that start
 * from now on get none; and once the last certificate has run out, running ones have none either.
 */
import { assertNever } from '../../base/assertNever.ts';
import type { Disturbance } from '../../mesh/types.ts';
import type { Call } from '../../trace/call.ts';
import type { Trace } from '../../trace/trace.ts';
import { edgesOf } from './edges.ts';
import { endsAlike } from './sameEnd.ts';
import type { DisturbanceEnv, DisturbanceKind, Stage, WhatBreaks } from './types.ts';

const EDGE_LIMIT = 200;
/** All have run out a minute after the longest life is over. */
const MINUTE = 60_000;

export async function whatBreaks(
  env: DisturbanceEnv,
  kind: DisturbanceKind,
  calls: readonly Call[],
): Promise<WhatBreaks> {
  const whole = await env.compile(undefined, env.now);
  const all = [...calls, ...edgesOf(whole.mesh, EDGE_LIMIT)];
  const stages: Stage[] = [];
  for (const { stage, disturbance, at } of stagesOf(kind, env)) {
    const disturbed = await env.compile(disturbance, at);
    // Time alone changes things too; only what the disturbance does is listed.
    const undisturbed = at === env.now ? whole : await env.compile(undefined, at);
    stages.push({ kind: stage, at, changed: changedOf(all, undisturbed.evaluate, disturbed.evaluate) });
  }
  return { stages, tried: all.length };
}

interface Planned {
  readonly stage: Stage['kind'];
  readonly disturbance: Disturbance;
  readonly at: number;
}

function stagesOf(kind: DisturbanceKind, { now, longestLife }: DisturbanceEnv): readonly Planned[] {
  switch (kind.kind) {
    case 'authority-gone': {
      const lost = { id: kind.authority, since: now };
      return [
        { stage: 'at-once', at: now, disturbance: { lostAuthority: { ...lost, restarted: false } } },
        { stage: 'restarted', at: now, disturbance: { lostAuthority: { ...lost, restarted: true } } },
        {
          stage: 'run-out',
          at: now + longestLife + MINUTE,
          disturbance: { lostAuthority: { ...lost, restarted: false } },
        },
      ];
    }
    case 'root-removed':
      return [{ stage: 'at-once', at: now, disturbance: { withoutRoots: [kind.fingerprint] } }];
    case 'clock-off':
      return [{ stage: 'at-once', at: now, disturbance: { clockSkew: { [kind.workload]: kind.milliseconds } } }];
    default:
      return assertNever(kind);
  }
}

type Evaluate = (call: Call) => Trace;

const changedOf = (calls: readonly Call[], undisturbed: Evaluate, disturbed: Evaluate): Stage['changed'] =>
  calls
    .flatMap((call) => {
      const before = undisturbed(call);
      const after = disturbed(call);
      return endsAlike(before, after) ? [] : [{ call, before, after }];
    })
    // What went well before is what breaks; another failure of a failing call is of less interest.
    .sort((a, b) => Number(b.before.disposition.kind === 'served') - Number(a.before.disposition.kind === 'served'));
