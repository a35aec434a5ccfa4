/** Deployment: a workload; one pod stands for all replicas (none when replicas is 0). */
import { any, boolean, type Infer, ignored, int32, object } from '../schema/schema.ts';
import { kubernetesKind } from './shared/kindDefinition.ts';
import { podTemplate } from './shared/podSpec.ts';
import { labelSelector } from './shared/selector.ts';

export const deployment = kubernetesKind({
  group: 'apps',
  versions: ['v1'],
  kind: 'Deployment',
  body: object({
    spec: object({
      replicas: int32,
      selector: ignored('not-read-by-mesh', labelSelector),
      template: podTemplate,
      strategy: ignored('rollout', any),
      minReadySeconds: ignored('rollout', int32),
      revisionHistoryLimit: ignored('rollout', int32),
      paused: ignored('rollout', boolean),
      progressDeadlineSeconds: ignored('rollout', int32),
    }),
    status: ignored('status', any),
  }),
});
export type DeploymentBody = Infer<typeof deployment.body>;
