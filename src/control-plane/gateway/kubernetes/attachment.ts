/**
 * To which listeners (or to the mesh) a route attaches, and which of its hosts it may serve there:
 * a more exact listener of the same port and protocol keeps its host for itself.
 *
 * Upstream authority: istio pilot/pkg/config/kube/gateway/conversion.go extractParentReferenceInfo,
 * referenceAllowed, hostnameAllowedByIsolation, filteredReferences.
 */
import { compareText, resourcesOf } from '../../../mesh/resourceIndex.ts';
import type { Mesh } from '../../../mesh/types.ts';
import type { ParentReference } from '../../../resources/kinds/gatewayApiRoutes.ts';
import {
  CLUSTER_DOMAIN,
  hostsOverlap,
  isSubsetOf,
  isWildcard,
  MESH_GATEWAY,
  withoutNamespace,
} from '../../routes/hostnames.ts';
import type { ConvertedListener, ParentListener } from './listeners.ts';

export type Attachment =
  | {
      readonly kind: 'gateway';
      readonly internalName: string;
      /** Host of the listener as written; '' for any. */
      readonly hostname: string;
      readonly mayServe: (host: string) => boolean;
    }
  | {
      readonly kind: 'mesh';
      readonly internalName: typeof MESH_GATEWAY;
      readonly hosts: readonly string[];
      readonly port?: number;
    };

export interface RouteHead {
  readonly kind: 'HTTPRoute' | 'GRPCRoute' | 'TLSRoute' | 'TCPRoute';
  readonly namespace: string;
  readonly parentRefs: readonly ParentReference[];
  readonly hostnames: readonly string[];
}

const GATEWAY_GROUP = 'gateway.networking.k8s.io';

export function attachments(route: RouteHead, listeners: readonly ConvertedListener[], mesh: Mesh): Attachment[] {
  return route.parentRefs
    .flatMap((reference): Attachment[] => {
      const { group = GATEWAY_GROUP, kind = 'Gateway', namespace = route.namespace, name = '' } = reference;
      if (group === GATEWAY_GROUP && kind === 'Gateway') {
        const own = listeners
          .map(({ parent }) => parent)
          .filter(({ gateway }) => gateway.namespace === namespace && gateway.name === name);
        return own
          .filter((listener) => accepts(listener, reference, route))
          .map((listener) => onListener(listener, own));
      }
      const hosts = meshHosts(mesh, group, kind, namespace, name);
      return hosts
        ? [
            {
              kind: 'mesh',
              internalName: MESH_GATEWAY,
              hosts,
              ...(reference.port === undefined ? {} : { port: reference.port }),
            },
          ]
        : [];
    })
    .sort((a, b) => compareText(a.internalName, b.internalName));
}

function accepts(listener: ParentListener, { port, sectionName }: ParentReference, route: RouteHead): boolean {
  if (port && port !== listener.port) return false;
  if (sectionName && sectionName !== listener.section) return false;
  const hostnames = route.hostnames.length > 0 ? route.hostnames : ['*'];
  const matches = hostnames.some((hostname) =>
    listener.hosts.some((entry) => {
      const namespace = entry.slice(0, entry.indexOf('/'));
      return (namespace === '*' || namespace === route.namespace) && hostsOverlap(withoutNamespace(entry), hostname);
    }),
  );
  return matches && listener.kinds.includes(route.kind);
}

function onListener(listener: ParentListener, all: readonly ParentListener[]): Attachment {
  const others = all
    .filter((other) => other !== listener && other.port === listener.port && other.protocol === listener.protocol)
    .map(({ hostname }) => hostname)
    .filter((hostname) => hostname !== listener.hostname);
  return {
    kind: 'gateway',
    internalName: listener.internalName,
    hostname: listener.hostname,
    mayServe: (host) => {
      const own = listener.hostname;
      if (own !== '' && !isWildcard(own)) return true;
      if (own !== '' && !hostsOverlap(host, own)) return false;
      return !others.some((other) => own.length <= other.length && isSubsetOf(host, other));
    },
  };
}

/** A route may attach to a Service or ServiceEntry instead: then it is for sidecars. */
function meshHosts(
  mesh: Mesh,
  group: string,
  kind: string,
  namespace: string,
  name: string,
): readonly string[] | undefined {
  const isNamed = (resource: { readonly namespace: string; readonly name: string }) =>
    resource.namespace === namespace && resource.name === name;
  if (group === '' && kind === 'Service') {
    return resourcesOf(mesh, 'core/Service').some(isNamed) ? [`${name}.${namespace}.svc.${CLUSTER_DOMAIN}`] : undefined;
  }
  if (group === 'networking.istio.io' && kind === 'ServiceEntry') {
    return resourcesOf(mesh, 'networking.istio.io/ServiceEntry').find(isNamed)?.body.spec?.hosts;
  }
  return undefined;
}
