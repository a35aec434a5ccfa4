/**
 * Outbound configuration is the same for proxies of one namespace under one Sidecar, but for a few
 * facts of the workload itself. `sharedByGroup` keeps what was made for one of them for all that
 * agree in those facts, so that a mesh of a thousand proxies is not configured a thousand times; and
 * after an edit that changes none of what it was made of.
 *
 * The facts: start-up settings (headers, HTTP/1.0, DNS capture), labels where a VirtualService or a
 * DestinationRule selects clients by them, and the pod's address where it is itself an endpoint of
 * a headless service (it gets no listener for itself).
 */
import { rememberLast, stableList } from '../../base/remembered.ts';
import { protocolClass } from '../../mesh/portProtocol.ts';
import { resourcesOf } from '../../mesh/resourceIndex.ts';
import { faceOf } from '../../mesh/serviceFace.ts';
import type { Mesh, MeshService } from '../../mesh/types.ts';
import { specOf } from '../routes/virtualServiceInForce.ts';
import { mergeDelegates } from '../routes/virtualServices.ts';
import { destinationRuleIndex } from './destinationRules.ts';
import type { DestinationRuleResource, ProxyScope } from './types.ts';

/** @param madeOf One object as long as all is the same that T is made of. */
export function sharedByGroup<T>(madeOf: (mesh: Mesh) => object): (scope: ProxyScope, make: () => T) => T {
  const memo = new WeakMap<object, Map<string, { readonly value: T }>>();
  return (scope, make) => {
    const picture = madeOf(scope.mesh);
    let byFacts = memo.get(picture);
    if (byFacts === undefined) {
      byFacts = new Map();
      memo.set(picture, byFacts);
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

const pictures = new WeakMap<Mesh, object>();

/** What outbound listeners and routes are made of: services without their pods, and no policies. */
export function pictureOf(mesh: Mesh): object {
  const known = pictures.get(mesh);
  if (known !== undefined) return known;
  const lists = [mesh.services.map(faceOf), mergeDelegates(mesh), resourcesOf(mesh, 'networking.istio.io/Sidecar')];
  const picture = drawn(mesh.config, destinationRuleIndex(mesh), ...lists.map((list) => stableList<object>(list)));
  pictures.set(mesh, picture);
  return picture;
}

const drawn = rememberLast((_config: Mesh['config'], ..._parts: readonly object[]): object => ({}));

function facts(scope: ProxyScope): string {
  const { workload, mesh, sidecar, proxyType } = scope;
  const group = groupFacts(scope);
  const byLabels = group.selectsClients || selectingRules(mesh).has(workload.namespace);
  return JSON.stringify([
    proxyType,
    workload.namespace,
    sidecar?.id,
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

/** Namespaces with a DestinationRule that selects workloads. */
const selectingRules = (mesh: Mesh): ReadonlySet<string> =>
  namespacesOfSelecting(resourcesOf(mesh, 'networking.istio.io/DestinationRule'));

const namespacesOfSelecting = rememberLast(
  (rules: readonly DestinationRuleResource[]): ReadonlySet<string> =>
    new Set(rules.filter(({ body }) => body.spec?.workloadSelector).map(({ namespace }) => namespace)),
);
