/**
 * Server-side TLS of a sidecar: mesh mTLS with the workload's own certificate, asking every client
 * for one of the mesh (pilot/pkg/security/authn/utils BuildInboundTLS). Client identities are
 * checked by trust domain only: who may call is the business of authorization.
 */
import type { Origin } from '../../base/origin.ts';
import type { MeshConfig } from '../../mesh/types.ts';
import type { DownstreamTlsContext } from '../envoy/listener.ts';
import { SERVER_HTTP, SERVER_TCP } from './alpn.ts';

/** SDS names of the workload's certificate and of the mesh's roots. */
export const WORKLOAD_CERTIFICATE = 'default';
export const MESH_ROOTS = 'ROOTCA';

const MESH_CIPHERS = [
  'ECDHE-ECDSA-AES256-GCM-SHA384',
  'ECDHE-RSA-AES256-GCM-SHA384',
  'ECDHE-ECDSA-AES128-GCM-SHA256',
  'ECDHE-RSA-AES128-GCM-SHA256',
  'AES256-GCM-SHA384',
  'AES128-GCM-SHA256',
];

export function inboundTls(
  config: MeshConfig,
  handler: 'http' | 'tcp',
  origins: readonly Origin[],
): DownstreamTlsContext {
  return {
    certificates: [WORKLOAD_CERTIFICATE],
    requireClientCertificate: true,
    validation: {
      trustBundle: MESH_ROOTS,
      matchSans: acceptedTrustDomains(config).map((td) => ({ kind: 'prefix', value: `spiffe://${td}/` })),
      verifyCertificateHash: [],
      verifyCertificateSpki: [],
      acceptUntrusted: false,
    },
    alpn: handler === 'http' ? SERVER_HTTP : SERVER_TCP,
    minVersion: config.meshMtlsMinVersion,
    maxVersion: '1.3',
    cipherSuites: config.meshMtlsCipherSuites.length > 0 ? config.meshMtlsCipherSuites : MESH_CIPHERS,
    ecdhCurves: [],
    origins,
  };
}

/** The mesh's own trust domain, its aliases, and those of its additional CA certificates. */
export function acceptedTrustDomains(config: MeshConfig): readonly string[] {
  const named = config.caCertificates.flatMap((entry) => entry.trustDomains);
  const all = [config.trustDomain, ...config.trustDomainAliases, ...named];
  return [...new Set(all.filter((domain) => domain !== ''))];
}
