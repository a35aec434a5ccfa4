/**
 * The namespaces from which a listener takes routes; each becomes a prefix of the server's hosts.
 *
 * Upstream authority: istio pilot/pkg/config/kube/gateway/conversion.go namespacesFromSelector,
 * buildHostnameMatch.
 */
import type { Mesh } from '../../../mesh/types.ts';
import type { GatewayListener } from '../../../resources/kinds/gatewayApi.ts';
import type { LabelSelector } from '../../../resources/kinds/shared/selector.ts';

/** `namespace/host` for each; a star in place of the namespace is any, `~` none at all. */
export function listenerHosts(listener: GatewayListener, namespace: string, mesh: Mesh): readonly string[] {
  const host = listener.hostname || '*';
  const namespaces = allowedNamespaces(listener, namespace, mesh);
  return namespaces.length === 0 ? [`~/${host}`] : namespaces.map((allowed) => `${allowed}/${host}`);
}

function allowedNamespaces({ allowedRoutes }: GatewayListener, namespace: string, mesh: Mesh): readonly string[] {
  const { from = 'Same', selector } = allowedRoutes?.namespaces ?? {};
  if (from === 'Same') return [namespace];
  // Without a selector every other value, `None` among them, opens the listener to all.
  if (from === 'All' || selector === undefined) return ['*'];
  return [...mesh.namespaces.values()]
    .filter(({ name, labels }) => selectorMatches(selector, { ...labels, 'kubernetes.io/metadata.name': name }))
    .map(({ name }) => name)
    .sort();
}

/** Kubernetes' own label selector. */
export function selectorMatches(selector: LabelSelector, labels: Readonly<Record<string, string>>): boolean {
  for (const [key, value] of Object.entries(selector.matchLabels ?? {})) if (labels[key] !== value) return false;
  return (selector.matchExpressions ?? []).every(({ key = '', operator, values = [] }) => {
    const value = labels[key];
    switch (operator) {
      case 'In':
        return value !== undefined && values.includes(value);
      case 'NotIn':
        return value === undefined || !values.includes(value);
      case 'Exists':
        return value !== undefined;
      case 'DoesNotExist':
        return value === undefined;
      default:
        return false;
    }
  });
}
