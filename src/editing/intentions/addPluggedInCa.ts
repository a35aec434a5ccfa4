/** The Secret `cacerts`: from then on istiod signs with it. There can be one only. */
import { resourceId } from '../../base/ids.ts';
import { append, namespaceIfMissing, takenIn } from './append.ts';
import type { Drawing, Drawn } from './intention.ts';
import { refused } from './outcome.ts';

const NAME = 'cacerts';

export function addPluggedInCa(drawing: Drawing): Drawn {
  const namespace = drawing.mesh.config.rootNamespace;
  if (takenIn(drawing, namespace, ['Secret'])(NAME)) return refused('name-taken', { name: NAME, kind: 'Secret' });
  return append(
    drawing,
    namespace,
    [
      ...namespaceIfMissing(drawing, namespace, false),
      {
        apiVersion: 'v1',
        kind: 'Secret',
        metadata: { name: NAME, namespace },
        type: 'Opaque',
        stringData: drawing.material.pluggedInCa(),
      },
    ],
    resourceId('', 'Secret', namespace, NAME),
  );
}
