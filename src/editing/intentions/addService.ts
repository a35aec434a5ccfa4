/** A Service, in front of a workload when one is named: HTTP on its port, to where that listens. */
import { resourceId } from '../../base/ids.ts';
import { isEmptySelector } from '../../mesh/labels.ts';
import { append, freeName, namespaceIfMissing, takenIn } from './append.ts';
import type { Drawing, Drawn, IntentionOf } from './intention.ts';
import { refused } from './outcome.ts';
import { selectorOf } from './selectorOf.ts';

export function addService(drawing: Drawing, intention: IntentionOf<'add-service'>): Drawn {
  const { namespace, port, workload: id } = intention;
  const workload = id === undefined ? undefined : drawing.mesh.workloads.get(id);
  if (id !== undefined && workload?.namespace !== namespace) return refused('not-there', { what: id });
  const labels = workload === undefined ? undefined : selectorOf(drawing, workload);
  if (labels !== undefined && isEmptySelector(labels)) return refused('no-labels', { workload: id ?? '' });
  const name = freeName(intention.name, takenIn(drawing, namespace, ['Service']));
  const targetPort = workload?.applications[0]?.port ?? port;
  return append(
    drawing,
    namespace,
    [
      ...namespaceIfMissing(drawing, namespace, true),
      {
        apiVersion: 'v1',
        kind: 'Service',
        metadata: { name, namespace },
        spec: {
          selector: labels ?? { app: name },
          ports: [{ name: 'http', port, ...(targetPort === port ? {} : { targetPort }) }],
        },
      },
    ],
    resourceId('', 'Service', namespace, name),
  );
}
