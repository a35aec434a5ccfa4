/** Sidecars for a namespace or none: the label `istio-injection`, which counts before a revision's. */
import { resourceId } from '../../base/ids.ts';
import { namespaceInjection } from '../../mesh/injection.ts';
import { locateObject } from '../located.ts';
import { setField } from '../setField.ts';
import { append, namespaceManifest } from './append.ts';
import type { Drawing, Drawn, IntentionOf } from './intention.ts';
import { drawn, refused } from './outcome.ts';

const LABEL = 'istio-injection';

export function setInjection(drawing: Drawing, { namespace, injection }: IntentionOf<'set-injection'>): Drawn {
  const known = drawing.mesh.namespaces.get(namespace);
  if (known === undefined) return refused('not-there', { what: namespace });
  if (known.injection === injection) return refused('nothing-to-do');
  if (!namespaceInjection(namespace, { [LABEL]: 'enabled' })) return refused('system-namespace', { namespace });
  const id = resourceId('', 'Namespace', '', namespace);
  const object = locateObject(drawing.files, id);
  if (object === undefined) return append(drawing, namespace, [namespaceManifest(namespace, injection)], id);
  return drawn([setField(object, ['metadata', 'labels', LABEL], injection ? 'enabled' : 'disabled')], id);
}
