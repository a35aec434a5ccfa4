/** Labels that pick out one workload in a policy: those its controller selects its own pods by. */
import type { Labels } from '../../mesh/labels.ts';
import type { Workload } from '../../mesh/types.ts';
import type { Drawing } from './intention.ts';

export function selectorOf({ parsed }: Drawing, workload: Workload): Labels {
  const controller = parsed.resources.find(({ id }) => id === workload.origin.resource);
  const { spec } = (controller?.body ?? {}) as {
    readonly spec?: { readonly selector?: { readonly matchLabels?: Labels } };
  };
  const labels = spec?.selector?.matchLabels ?? controller?.labels ?? {};
  // What the controller does not tell, injection's own labels must not stand in for.
  return Object.fromEntries(Object.entries(labels).filter(([key, value]) => workload.labels[key] === value));
}
