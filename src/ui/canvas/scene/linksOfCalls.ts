/** Who calls whom, as the traces of the saved calls and of the one on show have it. */
import { nodeIdOf } from '../../../state/nodeIds.ts';
import type { Party, Trace } from '../../../trace/trace.ts';
import type { Link } from './arrange.ts';
import { type Scene, seenAt } from './scene.ts';

/** Between those who are seen: somebody in a closed room counts as the room. */
export function linksOfCalls(traces: readonly Trace[], scene: Scene): readonly Link[] {
  const seen = (party: Party | undefined): string | undefined => {
    const node = party === undefined ? undefined : nodeIdOf(party);
    return node === undefined ? undefined : seenAt(scene, node)?.id;
  };
  const links = new Map<string, Link>();
  for (const { hops } of traces) {
    for (const hop of hops) {
      const parent = hops.find(({ id }) => id === hop.parent);
      const from = seen(parent?.party);
      const to = seen(hop.party);
      if (from !== undefined && to !== undefined && from !== to) links.set(`${from}>${to}`, { from, to });
    }
  }
  return [...links.values()];
}
