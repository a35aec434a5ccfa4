/** Somebody who only calls and has no part in the mesh: a pod that is never injected, without a Service. */
import { resourceId } from '../../base/ids.ts';
import { append, freeName, namespaceIfMissing, takenIn, WORKLOAD_KINDS } from './append.ts';
import type { Drawing, Drawn, IntentionOf } from './intention.ts';

export function addExternalClient(drawing: Drawing, intention: IntentionOf<'add-external-client'>): Drawn {
  const { namespace } = intention;
  const name = freeName(intention.name, takenIn(drawing, namespace, WORKLOAD_KINDS));
  return append(
    drawing,
    namespace,
    [
      ...namespaceIfMissing(drawing, namespace, false),
      {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        metadata: { name, namespace },
        spec: {
          selector: { matchLabels: { app: name } },
          template: {
            metadata: { labels: { app: name, 'sidecar.istio.io/inject': 'false' } },
            spec: { containers: [{ name: 'app', image: 'curlimages/curl' }] },
          },
        },
      },
    ],
    resourceId('apps', 'Deployment', namespace, name),
  );
}
