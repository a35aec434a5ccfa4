/**
 * Which resources istiod reads: those in namespaces that `discoverySelectors` selects
 * (pkg/kube/namespace/filter.go), and those for its own revision (pkg/config LabelsInRevision).
 */
import { rememberLast } from '../base/remembered.ts';
import type { LabelSelector } from '../resources/kinds/shared/selector.ts';
import type { Resource } from '../resources/types.ts';
import { labelSelectorSelects, namespaceLabels } from './labelSelector.ts';
import type { Labels } from './labels.ts';
import type { MeshConfig, MeshNamespace } from './types.ts';

const REVISION = 'istio.io/rev';
const DEFAULT_REVISION = 'default';

export type IsDiscovered = (namespace: string) => boolean;

/** Without selectors, and with one that cannot be read, every namespace is. */
export const discoveredNamespaces = rememberLast(
  (config: Pick<MeshConfig, 'raw'>, namespaces: ReadonlyMap<string, MeshNamespace>): IsDiscovered => {
    const selectors = config.raw.discoverySelectors ?? [];
    if (selectors.length === 0 || selectors.some(isUnreadable)) return EVERY_ONE;
    const discovered = new Set(
      [...namespaces.values()]
        .filter((namespace) => selectors.some((selector) => labelSelectorSelects(selector, namespaceLabels(namespace))))
        .map(({ name }) => name),
    );
    return (namespace) => discovered.has(namespace);
  },
);

const EVERY_ONE: IsDiscovered = () => true;

const OPERATORS = new Set(['In', 'NotIn', 'Exists', 'DoesNotExist']);

const isUnreadable = (selector: LabelSelector): boolean =>
  (selector.matchExpressions ?? []).some(({ operator }) => !OPERATORS.has(operator ?? ''));

/** Configuration of the mesh: what another control plane might be meant to read. */
const isConfiguration = ({ group }: Resource): boolean =>
  group === 'istio.io' || group.endsWith('.istio.io') || group === 'gateway.networking.k8s.io';

/** A gateway takes its certificates from Secrets and ConfigMaps of discovered namespaces only. */
const isCredential = ({ group, kind }: Resource): boolean =>
  group === '' && (kind === 'Secret' || kind === 'ConfigMap');

export function resourcesInForce(resources: readonly Resource[], isDiscovered: IsDiscovered): readonly Resource[] {
  return resources.filter(
    (resource) =>
      resource.namespace === '' ||
      isDiscovered(resource.namespace) ||
      !(isConfiguration(resource) || isCredential(resource)),
  );
}

/** The revision whose control plane a pod belongs to, or a tag that stands for it. */
export const revisionOf = (namespace: Labels, pod: Labels): string =>
  pod[REVISION] || namespace[REVISION] || DEFAULT_REVISION;

/** The only revision that reads a resource; undefined when all do. */
export const onlyRevision = (resource: Resource): string | undefined =>
  isConfiguration(resource) ? resource.labels[REVISION] : undefined;
