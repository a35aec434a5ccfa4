/** DaemonSet: a workload, one pod a node; one stands for all. */
import { any, type Infer, ignored, int32, object } from '../schema/schema.ts';
import { kubernetesKind } from './shared/kindDefinition.ts';
import { podTemplate } from './shared/podSpec.ts';
import { labelSelector } from './shared/selector.ts';

export const daemonSet = kubernetesKind({
  group: 'apps',
  versions: ['v1'],
  kind: 'DaemonSet',
  body: object({
    spec: object({
      selector: ignored('not-read-by-mesh', labelSelector),
      template: podTemplate,
      updateStrategy: ignored('rollout', any),
      minReadySeconds: ignored('rollout', int32),
      revisionHistoryLimit: ignored('rollout', int32),
    }),
    status: ignored('status', any),
  }),
});
export type DaemonSetBody = Infer<typeof daemonSet.body>;
