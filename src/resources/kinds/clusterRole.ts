/** rbac.authorization.k8s.io ClusterRole: of istiod's, the signers whose requests it may approve. */
import { any, ignored, list, object, string } from '../schema/schema.ts';
import { kubernetesKind } from './shared/kindDefinition.ts';

export const clusterRole = kubernetesKind({
  group: 'rbac.authorization.k8s.io',
  versions: ['v1'],
  kind: 'ClusterRole',
  clusterScoped: true,
  body: object({
    rules: list(
      object({
        apiGroups: list(string),
        resources: list(string),
        resourceNames: list(string),
        verbs: list(string),
        nonResourceURLs: ignored('not-read-by-mesh', list(string)),
      }),
    ),
    aggregationRule: ignored('not-read-by-mesh', any),
  }),
});
