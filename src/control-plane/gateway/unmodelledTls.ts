/** What in a server's TLS settings depends on things outside the mesh: files of CRLs, SDS servers. */
import { resourceIdParts } from '../../base/ids.ts';
import type { Mesh } from '../../mesh/types.ts';
import type { CannotTell } from '../../trace/trace.ts';
import { EXTERNAL_SDS } from '../secrets/names.ts';
import type { ServerInForce } from './gatewayInForce.ts';
import { tlsMode } from './serverKind.ts';

export function unmodelledTls(server: ServerInForce, mesh: Mesh): CannotTell | undefined {
  const { tls } = server;
  if (!tls) return undefined;
  const credentials = [...(tls.credentialNames ?? []), tls.credentialName ?? '', tls.caCertCredentialName ?? ''];
  const external = credentials.some((name) => name.startsWith(EXTERNAL_SDS));
  if (external && mesh.config.extensionProviders.some(({ type }) => type === 'sds')) {
    return cannotTell(server, 'tls.credentialName', 'external-server');
  }
  const byCredential = tlsMode(server) !== 'ISTIO_MUTUAL' && credentials.some((name) => name !== '');
  return tls.caCrl && !byCredential ? cannotTell(server, 'tls.caCrl', 'proxy-files') : undefined;
}

function cannotTell(server: ServerInForce, field: string, reason: string): CannotTell {
  const { kind, namespace, name } = resourceIdParts(server.origin.resource);
  return { code: 'unmodelled-field', params: { kind, namespace, name, field, reason } };
}
