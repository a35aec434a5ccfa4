/** Namespace: its labels decide injection, revisions and what selectors of namespaces see. */
import { any, type Infer, ignored, object } from '../schema/schema.ts';
import { kubernetesKind } from './shared/kindDefinition.ts';

export const namespace = kubernetesKind({
  group: '',
  versions: ['v1'],
  kind: 'Namespace',
  clusterScoped: true,
  body: object({ spec: ignored('server-written', any), status: ignored('status', any) }),
});
export type NamespaceBody = Infer<typeof namespace.body>;
