/** Kubernetes object metadata, as written by hand or dumped from a cluster. */
import { any, type Infer, ignored, list, map, object, string } from '../../schema/schema.ts';

export const objectMeta = object({
  name: string,
  generateName: ignored('not-read-by-mesh', string),
  namespace: string,
  labels: map(string),
  annotations: map(string),
  creationTimestamp: any,
  uid: ignored('server-written', string),
  resourceVersion: ignored('server-written', string),
  generation: ignored('server-written', any),
  selfLink: ignored('server-written', string),
  managedFields: ignored('server-written', any),
  ownerReferences: ignored('server-written', any),
  finalizers: ignored('rollout', list(string)),
  deletionTimestamp: ignored('server-written', any),
  deletionGracePeriodSeconds: ignored('server-written', any),
  clusterName: ignored('not-read-by-mesh', string),
});
export type ObjectMeta = Infer<typeof objectMeta>;
