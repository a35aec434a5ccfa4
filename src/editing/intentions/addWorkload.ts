/**
 * A workload: its own ServiceAccount (so that policies can tell it from others), a Deployment whose
 * application speaks HTTP on one port, and a Service in front of it on port 80.
 */
import { resourceId } from '../../base/ids.ts';
import { append, freeName, namespaceIfMissing, takenIn, WORKLOAD_KINDS } from './append.ts';
import type { Drawing, Drawn, IntentionOf } from './intention.ts';

export function addWorkload(drawing: Drawing, intention: IntentionOf<'add-workload'>): Drawn {
  const { namespace, port, morePorts = [] } = intention;
  const name = freeName(intention.name, takenIn(drawing, namespace, WORKLOAD_KINDS));
  const app = { app: name };
  return append(
    drawing,
    namespace,
    [
      ...namespaceIfMissing(drawing, namespace, true),
      { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name, namespace } },
      {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        metadata: { name, namespace },
        spec: {
          selector: { matchLabels: { ...app } },
          template: {
            metadata: { labels: { ...app } },
            spec: {
              serviceAccountName: name,
              containers: [
                { name: 'app', image: name, ports: [port, ...morePorts].map((containerPort) => ({ containerPort })) },
              ],
            },
          },
        },
      },
      {
        apiVersion: 'v1',
        kind: 'Service',
        metadata: { name, namespace },
        spec: {
          selector: { ...app },
          ports: [
            { name: 'http', port: 80, targetPort: port },
            ...morePorts.map((number) => ({ name: `http-${number}`, port: number, targetPort: number })),
          ],
        },
      },
    ],
    resourceId('apps', 'Deployment', namespace, name),
  );
}
