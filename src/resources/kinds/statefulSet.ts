/** StatefulSet: a workload whose pods have names of their own. */
import { any, type Infer, ignored, int32, object, string } from '../schema/schema.ts';
import { kubernetesKind } from './shared/kindDefinition.ts';
import { podTemplate } from './shared/podSpec.ts';
import { labelSelector } from './shared/selector.ts';

export const statefulSet = kubernetesKind({
  group: 'apps',
  versions: ['v1'],
  kind: 'StatefulSet',
  body: object({
    spec: object({
      replicas: int32,
      selector: ignored('not-read-by-mesh', labelSelector),
      template: podTemplate,
      /** The headless Service in which each pod has a name. */
      serviceName: string,
      volumeClaimTemplates: ignored('container-runtime', any),
      podManagementPolicy: ignored('rollout', string),
      updateStrategy: ignored('rollout', any),
      revisionHistoryLimit: ignored('rollout', int32),
      minReadySeconds: ignored('rollout', int32),
      persistentVolumeClaimRetentionPolicy: ignored('container-runtime', any),
      ordinals: ignored('rollout', any),
    }),
    status: ignored('status', any),
  }),
});
export type StatefulSetBody = Infer<typeof statefulSet.body>;
