/**
 * A gateway as Istio's own charts write it, in short: a Deployment that the `gateway` injection
 * template fills in, its ServiceAccount, and a Service with the ports that Gateways will name.
 */
import { resourceId } from '../../base/ids.ts';
import { append, freeName, namespaceIfMissing, takenIn, WORKLOAD_KINDS } from './append.ts';
import type { Drawing, Drawn } from './intention.ts';

export interface GatewayShape {
  /** `istio: role` is the label that Gateways select. */
  readonly role: 'ingressgateway' | 'egressgateway';
  readonly type: 'LoadBalancer' | 'ClusterIP';
}

export function addGateway(drawing: Drawing, namespace: string, { role, type }: GatewayShape): Drawn {
  const name = freeName(`istio-${role}`, takenIn(drawing, namespace, WORKLOAD_KINDS));
  const labels = { app: name, istio: role };
  return append(
    drawing,
    namespace,
    [
      ...namespaceIfMissing(drawing, namespace, false),
      { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name, namespace } },
      {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        metadata: { name, namespace },
        spec: {
          selector: { matchLabels: { ...labels } },
          template: {
            metadata: { labels: { ...labels }, annotations: { 'inject.istio.io/templates': 'gateway' } },
            spec: { serviceAccountName: name, containers: [{ name: 'istio-proxy', image: 'auto' }] },
          },
        },
      },
      {
        apiVersion: 'v1',
        kind: 'Service',
        metadata: { name, namespace, labels: { ...labels } },
        spec: {
          ...(type === 'ClusterIP' ? {} : { type }),
          selector: { ...labels },
          ports: [
            { name: 'http2', port: 80, targetPort: 8080 },
            { name: 'https', port: 443, targetPort: 8443 },
          ],
        },
      },
    ],
    resourceId('apps', 'Deployment', namespace, name),
  );
}
