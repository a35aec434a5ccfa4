/** Pod, when it stands alone. */
import { any, type Infer, ignored, object } from '../schema/schema.ts';
import { kubernetesKind } from './shared/kindDefinition.ts';
import { podSpec } from './shared/podSpec.ts';

export const pod = kubernetesKind({
  group: '',
  versions: ['v1'],
  kind: 'Pod',
  body: object({ spec: podSpec, status: ignored('status', any) }),
});
export type PodBody = Infer<typeof pod.body>;
