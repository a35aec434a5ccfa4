/** ReplicaSet: a workload when nothing owns it. */
import { any, type Infer, ignored, int32, object } from '../schema/schema.ts';
import { kubernetesKind } from './shared/kindDefinition.ts';
import { podTemplate } from './shared/podSpec.ts';
import { labelSelector } from './shared/selector.ts';

export const replicaSet = kubernetesKind({
  group: 'apps',
  versions: ['v1'],
  kind: 'ReplicaSet',
  body: object({
    spec: object({
      replicas: int32,
      selector: ignored('not-read-by-mesh', labelSelector),
      template: podTemplate,
      minReadySeconds: ignored('rollout', int32),
    }),
    status: ignored('status', any),
  }),
});
export type ReplicaSetBody = Infer<typeof replicaSet.body>;
