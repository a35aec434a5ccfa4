/**
 * The namespaces from which a listener takes routes; each becomes a prefix of the server's hosts.
 *
 * Upstream authority: istio pilot/pkg/config/kube/gateway/conversion.go namespacesFromSelector,
 * buildHostnameMatch.
 */
import { labelSelectorSelects, namespaceLabels } from '../../../mesh/labelSelector.ts';
import type { Mesh } from '../../../mesh/types.ts';
import type { GatewayListener } from '../../../resources/kinds/gatewayApi.ts';

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
    .filter((namespace) => labelSelectorSelects(selector, namespaceLabels(namespace)))
    .map(({ name }) => name)
    .sort();
}
