/** Who goes where, with what reading references takes. */
import { type ResourceId, resourceIdParts } from '../../base/ids.ts';
import type { LabelChange, Relocation } from '../references/relocation.ts';
import type { Drawing } from './intention.ts';

export interface Moves {
  readonly moved: ReadonlyMap<ResourceId, ResourceId>;
  readonly namespaces?: ReadonlyMap<string, string>;
  readonly labels?: readonly LabelChange[];
}

export function relocationOf(drawing: Drawing, { moved, namespaces = new Map(), labels = [] }: Moves): Relocation {
  const { mesh, parsed } = drawing;
  const known = [...parsed.resources.map(({ id }) => id), ...moved.keys()].map(resourceIdParts);
  const services = known.filter(({ kind, group }) => kind === 'Service' && group === '');
  return {
    moved,
    namespaces,
    labels,
    services: new Set(services.map(({ namespace, name }) => `${namespace}/${name}`)),
    gatewayNamespaces: gatewayNamespaces(drawing),
    rootNamespace: mesh.config.rootNamespace,
    domain: mesh.config.domainSuffix,
  };
}

/** Words of which at least one stands in every document that can change. */
export function wordsOf({ moved, namespaces, labels }: Relocation): string[] {
  const names = [...moved.keys()].map((id) => resourceIdParts(id).name);
  return [...new Set([...names, ...namespaces.keys(), ...labels.map(({ from }) => from)])];
}

const gatewayNamespaces = ({ mesh }: Drawing): string[] => [
  ...new Set([...mesh.workloads.values()].flatMap(({ proxy, namespace }) => (proxy === 'gateway' ? [namespace] : []))),
];
