/** What in a server's TLS settings depends on things outside the mesh: CRLs in files, SDS servers. */
import { resourceIdParts } from '../../base/ids.ts';
import type { CannotTell } from '../../trace/trace.ts';
import type { ProxyScope } from '../scope/types.ts';
import { EXTERNAL_SDS } from '../secrets/names.ts';
import { proxyFile } from '../secrets/proxyFiles.ts';
import type { ServerInForce } from './gatewayInForce.ts';
import { tlsMode } from './serverKind.ts';

export function unmodelledTls(server: ServerInForce, { mesh, workload }: ProxyScope): CannotTell | undefined {
  const { tls } = server;
  if (!tls) return undefined;
  const credentials = [...(tls.credentialNames ?? []), tls.credentialName ?? '', tls.caCertCredentialName ?? ''];
  const external = credentials.some((name) => name.startsWith(EXTERNAL_SDS));
  if (external && mesh.config.extensionProviders.some(({ type }) => type === 'sds')) {
    return cannotTell(server, 'tls.credentialName', 'external-server');
  }
  const ownCertificate = tlsMode(server) === 'ISTIO_MUTUAL';
  if (!tls.caCrl || (!ownCertificate && credentials.some((name) => name !== ''))) return undefined;
  // Without its other files the server is never ready, whatever the list says.
  const files = ownCertificate ? [] : [tls.serverCertificate, tls.privateKey, tls.caCertificates];
  const incomplete = files.some((path) => path && proxyFile(mesh, workload, path).kind === 'absent');
  return incomplete ? undefined : cannotTell(server, 'tls.caCrl', 'proxy-files');
}

function cannotTell(server: ServerInForce, field: string, reason: string): CannotTell {
  const { kind, namespace, name } = resourceIdParts(server.origin.resource);
  return { code: 'unmodelled-field', params: { kind, namespace, name, field, reason } };
}
