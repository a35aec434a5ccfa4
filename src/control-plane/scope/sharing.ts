/**
 * Outbound configuration is the same for proxies of one namespace under one Sidecar, but for a few
 * facts of the workload itself. `sharedByGroup` keeps what was made for one of them for all that
 * agree in those facts, so that a mesh of a thousand proxies is not configured a thousand times.
 *
 * The facts: start-up settings (headers, HTTP/1.0, DNS capture), labels where a VirtualService or a
 * DestinationRule selects clients by them, and the pod's address where it is itself an endpoint of
 * a headless service (it gets no listener for itself).
 */
import { protocolClass } from '../../mesh/portProtocol.ts';
import { resourcesOf } from '../../mesh/resourceIndex.ts';
import type { Mesh, MeshService } from '../../mesh/types.ts';
import { specOf } from '../routes/virtualServiceInForce.ts';
import type { ProxyScope } from './types.ts';

export function sharedByGroup<T>(): (scope: ProxyScope, make: () => T) => T {
  const memo = new WeakMap<readonly MeshService[], Map<string, { readonly value: T }>>();
  return (scope, make) => {
    // The list of services belongs to all proxies of the namespace under the Sidecar, and to no others.
    let byFacts = memo.get(scope.services);
    if (byFacts === undefined) {
      byFacts = new Map();
      memo.set(scope.services, byFacts);
    }
    const key = facts(scope);
    let made = byFacts.get(key);
    if (made === undefined) {
      made = { value: make() };
      byFacts.set(key, made);
    }
    return made.value;
  };
}

function facts(scope: ProxyScope): string {
  const { workload, mesh } = scope;
  const group = groupFacts(scope);
  const byLabels = group.selectsClients || selectingRules(mesh).has(workload.namespace);
  return JSON.stringify([
    workload.proxyConfig,
    workload.proxyMetadata,
    byLabels ? Object.entries(workload.labels).sort() : [],
    group.headlessAddresses.has(workload.ip) ? workload.ip : '',
  ]);
}

interface GroupFacts {
  /** Some VirtualService matches on the labels of the client. */
  readonly selectsClients: boolean;
  readonly headlessAddresses: ReadonlySet<string>;
}

const groups = new WeakMap<readonly MeshService[], GroupFacts>();

function groupFacts({ services, virtualServices }: ProxyScope): GroupFacts {
  const known = groups.get(services);
  if (known !== undefined) return known;
  const fresh = {
    selectsClients: virtualServices.some((virtualService) => {
      const { http = [], tls = [], tcp = [] } = specOf(virtualService);
      return [...http, ...tls, ...tcp].some((rule) => rule.match?.some((match) => match.sourceLabels !== undefined));
    }),
    headlessAddresses: new Set(
      services.filter(isHeadlessTcp).flatMap(({ endpoints }) => endpoints.map((e) => e.address)),
    ),
  };
  groups.set(services, fresh);
  return fresh;
}

const isHeadlessTcp = ({ resolution, ports }: MeshService): boolean =>
  resolution === 'NONE' && ports.some(({ protocol }) => protocolClass(protocol) !== 'HTTP');

const ruleNamespaces = new WeakMap<Mesh, ReadonlySet<string>>();

/** Namespaces with a DestinationRule that selects workloads. */
function selectingRules(mesh: Mesh): ReadonlySet<string> {
  const known = ruleNamespaces.get(mesh);
  if (known !== undefined) return known;
  const rules = resourcesOf(mesh, 'networking.istio.io/DestinationRule');
  const fresh = new Set(rules.filter(({ body }) => body.spec?.workloadSelector).map(({ namespace }) => namespace));
  ruleNamespaces.set(mesh, fresh);
  return fresh;
}
