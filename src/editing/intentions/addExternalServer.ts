/**
 * A server beyond the mesh: a pod that plays it under its DNS name, never injected, and the
 * ServiceEntry that makes it known to the mesh.
 */
import { resourceId } from '../../base/ids.ts';
import { nameOfHost, serviceEntry } from './addServiceEntry.ts';
import { append, freeName, namespaceIfMissing, takenIn, WORKLOAD_KINDS } from './append.ts';
import type { Drawing, Drawn, IntentionOf } from './intention.ts';

export function addExternalServer(drawing: Drawing, intention: IntentionOf<'add-external-server'>): Drawn {
  const { host, namespace, port } = intention;
  const isTaken = takenIn(drawing, namespace, [...WORKLOAD_KINDS, 'ServiceEntry']);
  const name = freeName(nameOfHost(host), isTaken);
  const app = { app: name };
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
          selector: { matchLabels: { ...app } },
          template: {
            metadata: {
              labels: { ...app, 'sidecar.istio.io/inject': 'false' },
              annotations: {
                'meshverdict.dev/external-host': host,
                ...(port === 443 ? { 'meshverdict.dev/serves': '443=https' } : {}),
              },
            },
            spec: { containers: [{ name: 'app', image: name, ports: [{ containerPort: port }] }] },
          },
        },
      },
      serviceEntry(name, namespace, host, port),
    ],
    resourceId('apps', 'Deployment', namespace, name),
  );
}
