/** Where a route of a VirtualService leads to: its host, as written and in full. */
import type { FieldPath, Origin } from '../../base/origin.ts';
import { resourcesOf } from '../../mesh/resourceIndex.ts';
import type { Mesh } from '../../mesh/types.ts';

export interface RouteDestination {
  /** Of the VirtualService. */
  readonly namespace: string;
  readonly host: string;
  readonly full: string;
}

export function destinationAt(mesh: Mesh, { resource, path }: Origin): RouteDestination | undefined {
  const route = resourcesOf(mesh, 'networking.istio.io/VirtualService').find(({ id }) => id === resource);
  const host = route === undefined ? undefined : valueAt(route.body, [...path, 'host']);
  if (route === undefined || typeof host !== 'string') return undefined;
  const { namespace } = route;
  return { namespace, host, full: fullHost(mesh, host, namespace) };
}

export const fullHost = ({ config }: Mesh, host: string, namespace: string): string =>
  host.includes('.') ? host : `${host}.${namespace}.svc.${config.domainSuffix}`;

function valueAt(value: unknown, path: FieldPath): unknown {
  return path.reduce<unknown>(
    (at, step) => (typeof at === 'object' && at !== null ? (at as Record<string | number, unknown>)[step] : undefined),
    value,
  );
}
