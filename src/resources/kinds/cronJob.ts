/** CronJob: a workload while one of its jobs runs. */
import { any, boolean, type Infer, ignored, int32, int64, object, string } from '../schema/schema.ts';
import { jobSpec } from './job.ts';
import { kubernetesKind } from './shared/kindDefinition.ts';
import { templateMetadata } from './shared/podSpec.ts';

export const cronJob = kubernetesKind({
  group: 'batch',
  versions: ['v1'],
  kind: 'CronJob',
  body: object({
    spec: object({
      schedule: ignored('rollout', string),
      timeZone: ignored('rollout', string),
      jobTemplate: object({ metadata: templateMetadata, spec: jobSpec }),
      concurrencyPolicy: ignored('rollout', string),
      suspend: boolean,
      startingDeadlineSeconds: ignored('rollout', int64),
      successfulJobsHistoryLimit: ignored('rollout', int32),
      failedJobsHistoryLimit: ignored('rollout', int32),
    }),
    status: ignored('status', any),
  }),
});
export type CronJobBody = Infer<typeof cronJob.body>;
