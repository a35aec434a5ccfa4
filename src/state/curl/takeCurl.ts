/** A pasted curl command line becomes the request; what it says that has no effect here is named. */
import { notify } from '../actions/update.ts';
import type { Studio } from '../studio.ts';
import { parseCurl } from './parseCurl.ts';
import { readingIn } from './surroundings.ts';

export function takeCurl(studio: Studio, line: string): void {
  const { request, engine, workspace } = studio.store.getState();
  const parsed = parseCurl(line, readingIn(workspace.world, engine.graph));
  if (!parsed.ok) {
    notify(studio, 'curl-not-understood', { kind: parsed.error.kind }, 'problem');
    return;
  }
  const { draft, ignored } = parsed.value;
  // A bare curl line says nothing of where it runs; one inside kubectl exec does.
  const { from, container } = /\bkubectl\b/.test(line) ? draft : request.draft;
  const { connectTo, ...rest } = draft;
  const place = connectTo === undefined ? undefined : nameAddress(connectTo, engine.graph?.services ?? []);
  studio.store.setState({
    request: { draft: { ...rest, from, container, ...(place === undefined ? {} : { connectTo: place }) } },
  });
  if (ignored.length > 0) notify(studio, 'curl-ignored', { options: ignored.join(', ') });
}

/** A load balancer's address reads better as its Service. */
function nameAddress(
  address: string,
  services: readonly { readonly id: string; readonly loadBalancerIp?: string }[],
): string {
  return services.find((service) => service.loadBalancerIp === address)?.id ?? address;
}
