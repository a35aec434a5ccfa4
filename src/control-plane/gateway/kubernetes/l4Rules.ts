/**
 * Rules of TCPRoutes and TLSRoutes -> rules of VirtualServices.
 *
 * Upstream authority: istio pilot/pkg/config/kube/gateway/conversion.go convertTCPRoute,
 * convertTLSRoute, constrainTLSRoutesToListenerHost.
 */

import type { RouteDestination } from '../../../resources/kinds/virtualService.ts';
import type { ResourceOf } from '../../../resources/ofKind.ts';
import { intersectHosts } from '../../routes/hostnames.ts';
import type { RuleOrigins } from '../../routes/virtualServiceInForce.ts';
import { type BackendContext, backendDestination, weighted, weightOf } from './backendRefs.ts';

export type L4Route =
  | ResourceOf<'gateway.networking.k8s.io/TCPRoute'>
  | ResourceOf<'gateway.networking.k8s.io/TLSRoute'>;

export interface ConvertedL4Rule {
  readonly destinations: readonly RouteDestination[];
  readonly origins: RuleOrigins;
}

/** Where connections go that no backend may have: a cluster that does not exist. */
const NOBODY: RouteDestination = {
  destination: { host: 'internal.cluster.local', subset: 'zero-weight', port: { number: 65535 } },
  weight: 0,
};

/** Undefined: the route is void. */
export function convertL4Rules(route: L4Route, context: BackendContext): readonly ConvertedL4Rule[] | undefined {
  const converted: ConvertedL4Rule[] = [];
  for (const [index, rule] of (route.body.spec?.rules ?? []).entries()) {
    const backends = rule.backendRefs ?? [];
    const destinations: RouteDestination[] = [];
    for (const { backend, weight } of weighted(backends)) {
      const destination = backendDestination(backend, context);
      if (!destination) return undefined;
      destinations.push({ destination, weight });
    }
    const total = backends.reduce((sum, backend) => sum + weightOf(backend), 0);
    converted.push({
      destinations: total === 0 ? [NOBODY] : destinations,
      origins: { rule: [{ resource: route.id, path: ['spec', 'rules', index] }], matches: [] },
    });
  }
  return converted;
}

/** Names of a TLSRoute that a listener's own name leaves. */
export const hostsWithin = (hosts: readonly string[], listenerHost: string): readonly string[] =>
  listenerHost === '' ? hosts : intersectHosts(hosts, [listenerHost]);
