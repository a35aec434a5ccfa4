/**
 * Small PKI worlds: an empty one, and the tenants of the custom CA task (one self-signed CA each,
 * issued by cert-manager, with its root in mesh configuration).
 */
import type { CertificateInput, IssuerInput, PkiWorld, ProxyInput, SecretInput } from '../pki/ca/inputs.ts';
import { issuance } from '../pki/issuance.ts';

export const NOW = Date.UTC(2026, 10, 23);

export const world = (more: Partial<PkiWorld> = {}): PkiWorld => ({
  seed: 'world',
  now: NOW,
  trustDomain: 'cluster.local',
  istiod: {},
  caCertificates: [],
  secrets: [],
  issuers: [],
  certificates: [],
  ...more,
});
export const proxy = (namespace: string, more: Partial<ProxyInput> = {}): ProxyInput => ({
  namespace,
  serviceAccount: 'app',
  spiffeId: `spiffe://cluster.local/ns/${namespace}/sa/app`,
  ...more,
});
export const secret = (namespace: string, name: string, data: Record<string, string>): SecretInput => ({
  namespace,
  name,
  data,
});

const selfSigned = (name: string): IssuerInput => ({
  kind: 'ClusterIssuer',
  namespace: '',
  name: `selfsigned-${name}`,
  spec: { selfSigned: {} },
});
export const caCertificate = (name: string): CertificateInput => ({
  namespace: 'cert-manager',
  name: `${name}-ca`,
  spec: {
    isCA: true,
    commonName: name,
    secretName: `${name}-secret`,
    privateKey: { algorithm: 'ECDSA', size: 256 },
    issuerRef: { name: `selfsigned-${name}`, kind: 'ClusterIssuer', group: 'cert-manager.io' },
  },
});
const clusterIssuer = (name: string): IssuerInput => ({
  kind: 'ClusterIssuer',
  namespace: '',
  name,
  spec: { ca: { secretName: `${name}-secret` } },
});

/** The custom CA task: one self-signed CA for each tenant, its root in mesh configuration. */
export function tenants(names: readonly string[], more: Partial<PkiWorld> = {}): PkiWorld {
  const base = world({
    issuers: names.flatMap((name) => [selfSigned(name), clusterIssuer(name)]),
    certificates: names.map(caCertificate),
    istiod: { env: { EXTERNAL_CA: 'ISTIOD_RA_KUBERNETES_API', CERT_SIGNER_DOMAIN: 'clusterissuers.cert-manager.io' } },
  });
  const manager = issuance(base, []).certManager;
  const caCertificates = names.map((name) => ({
    pem: manager.secret('cert-manager', `${name}-secret`)?.data['ca.crt'] ?? '',
    certSigners: [`clusterissuers.cert-manager.io/${name}`],
  }));
  return { ...base, caCertificates, ...more };
}
