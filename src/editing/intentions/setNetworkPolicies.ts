/** Whether the cluster's network plugin enforces NetworkPolicies: an annotation of the Namespace kube-system. */
import { resourceId } from '../../base/ids.ts';
import { NETWORK_POLICIES } from '../../mesh/annotations.ts';
import { locateObject } from '../located.ts';
import { setField } from '../setField.ts';
import { append } from './append.ts';
import type { Drawing, Drawn, IntentionOf } from './intention.ts';
import { drawn } from './outcome.ts';

const SYSTEM = 'kube-system';

export function setNetworkPolicies(drawing: Drawing, { enforcement }: IntentionOf<'set-network-policies'>): Drawn {
  const id = resourceId('', 'Namespace', '', SYSTEM);
  const object = locateObject(drawing.files, id);
  if (object !== undefined)
    return drawn([setField(object, ['metadata', 'annotations', NETWORK_POLICIES], enforcement)], id);
  const metadata = { name: SYSTEM, annotations: { [NETWORK_POLICIES]: enforcement } };
  return append(drawing, SYSTEM, [{ apiVersion: 'v1', kind: 'Namespace', metadata }], id);
}
