/**
 * A proxy's scope for tests of what stands behind the scope: everything is visible, no Sidecar
 * resource, DestinationRules by exact host of the service.
 */

import { workloadId } from '../base/ids.ts';
import { mergeDelegates } from '../control-plane/routes/virtualServices.ts';
import type { ProxyScope } from '../control-plane/scope/types.ts';
import { resourcesOf } from '../mesh/resourceIndex.ts';
import type { Mesh } from '../mesh/types.ts';

export function scopeOf(mesh: Mesh, workload: string, overrides: Partial<ProxyScope> = {}): ProxyScope {
  const [namespace = '', name = ''] = workload.split('/');
  const found = mesh.workloads.get(workloadId(namespace, name));
  if (!found) throw new Error(`no workload ${workload} in ${[...mesh.workloads.keys()].join(', ')}`);
  const rules = resourcesOf(mesh, 'networking.istio.io/DestinationRule');
  return {
    mesh,
    workload: found,
    proxyType: found.proxy === 'gateway' ? 'gateway' : 'sidecar',
    services: mesh.services,
    serviceByHost: new Map(mesh.services.map((service) => [service.hostname, service])),
    virtualServices: mergeDelegates(mesh),
    destinationRule: (service) => {
      const from = rules.filter((rule) => rule.body.spec?.host === service.hostname);
      const [first] = from;
      return first && { host: service.hostname, spec: first.body.spec ?? {}, from, subsetFrom: new Map() };
    },
    outboundTrafficPolicy: { mode: mesh.config.outboundTrafficPolicy, origins: [] },
    ...overrides,
  };
}
