/** ConfigMap: CA bundles, and `istio` in the root namespace with the MeshConfig inside. */
import { boolean, bytes, type Infer, ignored, map, object, string } from '../schema/schema.ts';
import { kubernetesKind } from './shared/kindDefinition.ts';

export const configMap = kubernetesKind({
  group: '',
  versions: ['v1'],
  kind: 'ConfigMap',
  body: object({
    data: map(string),
    binaryData: ignored('not-read-by-mesh', map(bytes)),
    immutable: ignored('rollout', boolean),
  }),
});
export type ConfigMapBody = Infer<typeof configMap.body>;
