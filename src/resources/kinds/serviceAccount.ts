/** ServiceAccount: a workload's identity; nothing but its name is read. */
import { any, boolean, type Infer, ignored, object } from '../schema/schema.ts';
import { kubernetesKind } from './shared/kindDefinition.ts';

export const serviceAccount = kubernetesKind({
  group: '',
  versions: ['v1'],
  kind: 'ServiceAccount',
  body: object({
    secrets: ignored('not-read-by-mesh', any),
    imagePullSecrets: ignored('container-runtime', any),
    automountServiceAccountToken: ignored('container-runtime', boolean),
  }),
});
export type ServiceAccountBody = Infer<typeof serviceAccount.body>;
