/** A name beyond the mesh that the mesh knows: found by DNS, HTTP unless the port is that of HTTPS. */
import { resourceId } from '../../base/ids.ts';
import { append, freeName, type Manifest, namespaceIfMissing, takenIn } from './append.ts';
import type { Drawing, Drawn, IntentionOf } from './intention.ts';

export function addServiceEntry(drawing: Drawing, { host, namespace, port }: IntentionOf<'add-service-entry'>): Drawn {
  const name = freeName(nameOfHost(host), takenIn(drawing, namespace, ['ServiceEntry']));
  return append(
    drawing,
    namespace,
    [...namespaceIfMissing(drawing, namespace, true), serviceEntry(name, namespace, host, port)],
    resourceId('networking.istio.io', 'ServiceEntry', namespace, name),
  );
}

export function serviceEntry(name: string, namespace: string, host: string, port: number): Manifest {
  const isTls = port === 443;
  return {
    apiVersion: 'networking.istio.io/v1',
    kind: 'ServiceEntry',
    metadata: { name, namespace },
    spec: {
      hosts: [host],
      location: 'MESH_EXTERNAL',
      resolution: 'DNS',
      ports: [{ number: port, name: isTls ? 'tls' : 'http', protocol: isTls ? 'TLS' : 'HTTP' }],
    },
  };
}

/** A DNS label, as names of Deployments are: `api.example.com` is `api-example-com`. */
export const nameOfHost = (host: string): string =>
  host
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 50)
    .replace(/^-+|-+$/g, '') || 'external';
