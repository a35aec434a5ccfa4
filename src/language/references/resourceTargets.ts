/** Resources that others name: gateways, secrets, issuers, providers. */
import { resourcesOf } from '../../mesh/resourceIndex.ts';
import { kindKey } from '../../resources/ofKind.ts';
import type { Resource } from '../../resources/types.ts';
import { byName, type ReferencePlace, siblingText, type Target } from './reference.ts';
import { selectedWorkloads } from './selected.ts';

const named = (resource: Resource): Target => ({
  value: resource.name,
  origin: byName(resource.id),
  what: `${resource.kind} ${resource.namespace === '' ? '' : `${resource.namespace}/`}${resource.name}`,
});

/** `name` of the own namespace, `namespace/name` of another; `mesh` for every sidecar. */
export const gateways = ({ mesh, namespace }: ReferencePlace): Target[] => [
  { value: 'mesh', what: 'Sidecar' },
  ...resourcesOf(mesh, 'networking.istio.io/Gateway').map((gateway) => {
    const qualified = `${gateway.namespace}/${gateway.name}`;
    return gateway.namespace === namespace
      ? { ...named(gateway), also: [qualified, `./${gateway.name}`] }
      : { ...named(gateway), value: qualified };
  }),
];

/** Delegates of a VirtualService. */
export function virtualServices(place: ReferencePlace): Target[] {
  const namespace = siblingText(place, 'namespace') || place.namespace;
  return resourcesOf(place.mesh, 'networking.istio.io/VirtualService')
    .filter((resource) => resource.namespace === namespace)
    .map(named);
}

function secretsIn({ mesh }: ReferencePlace, namespaces: ReadonlySet<string>): Target[] {
  const isHere = ({ namespace }: Resource): boolean => namespaces.has(namespace);
  const made = resourcesOf(mesh, 'cert-manager.io/Certificate')
    .filter(isHere)
    .flatMap((certificate) => {
      const { secretName } = certificate.body.spec ?? {};
      return secretName === undefined || secretName === '' ? [] : { ...named(certificate), value: secretName };
    });
  return [...resourcesOf(mesh, 'core/Secret').filter(isHere).map(named), ...made];
}

/** ClusterIssuers take their Secrets from cert-manager's own namespace. */
export function secrets(place: ReferencePlace): Target[] {
  const namespace = place.kind === 'ClusterIssuer' ? 'cert-manager' : place.namespace;
  return secretsIn(place, new Set([siblingText(place, 'namespace') || namespace]));
}

/** A gateway reads credentials in the namespace of its pod, not of the Gateway resource. */
export function gatewaySecrets(place: ReferencePlace): Target[] {
  const pods = (selectedWorkloads(place) ?? []).filter(({ proxy }) => proxy === 'gateway');
  return secretsIn(place, new Set(pods.length === 0 ? [place.namespace] : pods.map(({ namespace }) => namespace)));
}

export const configMaps = ({ mesh, namespace }: ReferencePlace): Target[] =>
  resourcesOf(mesh, 'core/ConfigMap')
    .filter((resource) => resource.namespace === namespace)
    .map(named);

export const extensionProviders = ({ mesh }: ReferencePlace): Target[] =>
  mesh.config.extensionProviders.map(({ name, type, origin }) => ({ value: name, origin, what: type }));

/** Issuer of the own namespace, unless `kind: ClusterIssuer` stands beside the name. */
export function issuers(place: ReferencePlace): Target[] {
  const kind = siblingText(place, 'kind');
  const own = resourcesOf(place.mesh, 'cert-manager.io/Issuer').filter(
    ({ namespace }) => namespace === place.namespace && kind !== 'ClusterIssuer',
  );
  const cluster = resourcesOf(place.mesh, 'cert-manager.io/ClusterIssuer').filter(() => kind !== 'Issuer');
  return [...own, ...cluster].map(named);
}

/** Gateways of the Gateway API, or Services for routes inside the mesh. */
export function parents(place: ReferencePlace): Target[] {
  const namespace = siblingText(place, 'namespace') || place.namespace;
  const key = siblingText(place, 'kind') === 'Service' ? 'core/Service' : 'gateway.networking.k8s.io/Gateway';
  return resourcesOf(place.mesh, key)
    .filter((resource) => resource.namespace === namespace && kindKey(resource) === key)
    .map(named);
}

export function listeners(place: ReferencePlace): Target[] {
  const name = siblingText(place, 'name');
  const namespace = siblingText(place, 'namespace') || place.namespace;
  return resourcesOf(place.mesh, 'gateway.networking.k8s.io/Gateway')
    .filter((gateway) => gateway.name === name && gateway.namespace === namespace)
    .flatMap((gateway) =>
      (gateway.body.spec?.listeners ?? []).map((listener, index) => ({
        value: listener.name ?? '',
        origin: { resource: gateway.id, path: ['spec', 'listeners', index, 'name'] },
        what: `${listener.protocol ?? ''} ${listener.port ?? ''}`,
      })),
    );
}

export const gatewayClasses = ({ mesh }: ReferencePlace): Target[] => [
  { value: 'istio', what: 'GatewayClass' },
  { value: 'istio-waypoint', what: 'GatewayClass' },
  { value: 'istio-remote', what: 'GatewayClass' },
  ...resourcesOf(mesh, 'gateway.networking.k8s.io/GatewayClass').map(named),
];
