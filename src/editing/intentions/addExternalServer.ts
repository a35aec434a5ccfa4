/**
 * A server beyond the mesh: a pod that plays it under its DNS name, never injected, and the
 * ServiceEntry that makes it known to the mesh.
 */
import { resourceId } from '../../base/ids.ts';
import { append, freeName, namespaceIfMissing, takenIn, WORKLOAD_KINDS } from './append.ts';
import type { Drawing, Drawn, IntentionOf } from './intention.ts';

export function addExternalServer(drawing: Drawing, intention: IntentionOf<'add-external-server'>): Drawn {
  const { host, namespace, port } = intention;
  const isTaken = takenIn(drawing, namespace, [...WORKLOAD_KINDS, 'ServiceEntry']);
  const name = freeName(nameOfHost(host), isTaken);
  const app = { app: name };
  const isTls = port === 443;
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
                ...(isTls ? { 'meshverdict.dev/serves': '443=https' } : {}),
              },
            },
            spec: { containers: [{ name: 'app', image: name, ports: [{ containerPort: port }] }] },
          },
        },
      },
      {
        apiVersion: 'networking.istio.io/v1',
        kind: 'ServiceEntry',
        metadata: { name, namespace },
        spec: {
          hosts: [host],
          location: 'MESH_EXTERNAL',
          resolution: 'DNS',
          ports: [{ number: port, name: isTls ? 'tls' : 'http', protocol: isTls ? 'TLS' : 'HTTP' }],
        },
      },
    ],
    resourceId('apps', 'Deployment', namespace, name),
  );
}

/** A DNS label, as names of Deployments are: `api.example.com` is `api-example-com`. */
const nameOfHost = (host: string): string =>
  host
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 50)
    .replace(/^-+|-+$/g, '') || 'external';
