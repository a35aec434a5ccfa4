/**
 * The paths of many calls, made a few milliseconds a frame so that nothing stutters; those of before stay
 * until the new ones are ready.
 */
import { useEffect, useState } from 'react';
import { momentsOf } from '../../../state/trace/moments.ts';
import type { Trace } from '../../../trace/trace.ts';
import { pathOfCall } from '../path/pathOfCall.ts';
import type { Scene } from '../scene/scene.ts';
import { type Part, partOf } from './performance.ts';

const BUDGET_MS = 6;

export function useParts(traces: readonly Trace[], scene: Scene): readonly Part[] {
  const [parts, setParts] = useState<readonly Part[]>([]);
  useEffect(() => {
    const made: Part[] = [];
    let frame = 0;
    const next = (): void => {
      const until = performance.now() + BUDGET_MS;
      for (let trace = traces[made.length]; trace !== undefined; trace = traces[made.length]) {
        made.push(partOf(pathOfCall(trace, scene), momentsOf(trace)));
        if (performance.now() > until) break;
      }
      if (made.length < traces.length) frame = requestAnimationFrame(next);
      else setParts(made);
    };
    frame = requestAnimationFrame(next);
    return () => cancelAnimationFrame(frame);
  }, [traces, scene]);
  return parts;
}
