/** Secret: certificates and keys; `data` is base64 and stays so, `stringData` wins over it. */
import { boolean, bytes, type Infer, ignored, map, object, string } from '../schema/schema.ts';
import { kubernetesKind } from './shared/kindDefinition.ts';

export const secret = kubernetesKind({
  group: '',
  versions: ['v1'],
  kind: 'Secret',
  body: object({ type: string, data: map(bytes), stringData: map(string), immutable: ignored('rollout', boolean) }),
});
export type SecretBody = Infer<typeof secret.body>;
