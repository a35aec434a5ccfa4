/** Who calls whom, as the traces of the saved calls and of the one on show have it. */
import { nodeIdOf } from '../../../state/nodeIds.ts';
import type { Trace } from '../../../trace/trace.ts';
import type { Link } from './arrange.ts';

export function linksOfCalls(traces: readonly Trace[]): readonly Link[] {
  const links = new Map<string, Link>();
  for (const { hops } of traces) {
    for (const hop of hops) {
      const parent = hops.find(({ id }) => id === hop.parent);
      const from = parent === undefined ? undefined : nodeIdOf(parent.party);
      const to = nodeIdOf(hop.party);
      if (from !== undefined && to !== undefined && from !== to) links.set(`${from}>${to}`, { from, to });
    }
  }
  return [...links.values()];
}
