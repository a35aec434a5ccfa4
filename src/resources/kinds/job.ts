/** Job: a workload while it runs. */
import { any, boolean, type Infer, ignored, int32, int64, object, string } from '../schema/schema.ts';
import { kubernetesKind } from './shared/kindDefinition.ts';
import { podTemplate } from './shared/podSpec.ts';
import { labelSelector } from './shared/selector.ts';

export const jobSpec = object({
  template: podTemplate,
  selector: ignored('not-read-by-mesh', labelSelector),
  parallelism: ignored('rollout', int32),
  completions: ignored('rollout', int32),
  completionMode: ignored('rollout', string),
  backoffLimit: ignored('rollout', int32),
  backoffLimitPerIndex: ignored('rollout', int32),
  maxFailedIndexes: ignored('rollout', int32),
  activeDeadlineSeconds: ignored('rollout', int64),
  ttlSecondsAfterFinished: ignored('rollout', int32),
  suspend: boolean,
  manualSelector: ignored('rollout', boolean),
  podFailurePolicy: ignored('rollout', any),
  podReplacementPolicy: ignored('rollout', string),
  successPolicy: ignored('rollout', any),
  managedBy: ignored('rollout', string),
});

export const job = kubernetesKind({
  group: 'batch',
  versions: ['v1'],
  kind: 'Job',
  body: object({ spec: jobSpec, status: ignored('status', any) }),
});
export type JobBody = Infer<typeof job.body>;
