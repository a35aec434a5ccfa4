/** Who signs for a proxy, as the mesh's own resources have it; why nobody does; and what is only known outside. */
import { describe, expect, it } from 'vitest';
import type { WorkloadId } from '../../base/ids.ts';
import type { Mesh, Workload } from '../../mesh/types.ts';
import { meshOf } from '../../testing/meshOf.ts';
import { resolveSecret } from '../secrets/resolveSecret.ts';
import { issuanceDiagnostics } from './issuanceDiagnostics.ts';
import { meshIssuance } from './meshIssuance.ts';
import { workloadIdentity } from './workloadIdentity.ts';

const workload = (namespace: string, name: string): string => `
apiVersion: v1
kind: Namespace
metadata: {name: ${namespace}, labels: {istio-injection: enabled}}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: ${name}, namespace: ${namespace}}
spec:
  selector: {matchLabels: {app: ${name}}}
  template:
    metadata: {labels: {app: ${name}}}
    spec: {serviceAccountName: ${name}, containers: [{name: app, image: app}]}
`;
const TENANT = workload('tenant', 'web');
const OTHER = workload('other', 'api');
const signerOf = (namespace: string, signer: string): string => `
apiVersion: networking.istio.io/v1beta1
kind: ProxyConfig
metadata: {name: signer, namespace: ${namespace}}
spec: {environmentVariables: {ISTIO_META_CERT_SIGNER: ${signer}}}
`;
const SIGNER = `
apiVersion: cert-manager.io/v1
kind: ClusterIssuer
metadata: {name: selfsigned}
spec: {selfSigned: {}}
---
apiVersion: cert-manager.io/v1
kind: Certificate
metadata: {name: tenant-ca, namespace: cert-manager}
spec:
  isCA: true
  commonName: tenant-ca
  secretName: tenant-ca
  privateKey: {algorithm: ECDSA, size: 256}
  issuerRef: {name: selfsigned, kind: ClusterIssuer, group: cert-manager.io}
---
apiVersion: cert-manager.io/v1
kind: ClusterIssuer
metadata: {name: tenant}
spec: {ca: {secretName: tenant-ca}}
`;
const ACME = `
apiVersion: cert-manager.io/v1
kind: ClusterIssuer
metadata: {name: tenant}
spec: {acme: {server: "https://acme.example"}}
`;

const mesh = (...texts: readonly string[]): Mesh => meshOf(texts.join('---')).mesh;
const of = (one: Mesh, id: string) => workloadIdentity(one, find(one, id));
/** meshConfig.caCertificates with the CA that cert-manager makes for SIGNER. */
function rootInMeshConfig(): string {
  const secret = meshIssuance(mesh(SIGNER)).certManager.secret('cert-manager', 'tenant-ca');
  const indented = (secret?.data['ca.crt'] ?? '').trimEnd().replaceAll('\n', '\n        ');
  return `
apiVersion: v1
kind: ConfigMap
metadata: {name: istio, namespace: istio-system}
data:
  mesh: |
    caCertificates:
    - pem: |
        ${indented}
      certSigners: [clusterissuers.cert-manager.io/tenant]
`;
}

function find(one: Mesh, id: string): Workload {
  const found = one.workloads.get(id as WorkloadId);
  if (found === undefined) throw new Error(id);
  return found;
}

describe('a workload identity', () => {
  it('is signed by istiod itself when nothing says otherwise', () => {
    const identity = of(mesh(TENANT), 'tenant/web');
    expect(identity).toMatchObject({ kind: 'issued', authority: { id: 'istiod', name: 'istiod' } });
    if (identity.kind !== 'issued') return;
    expect(identity.chain[0]?.subjectAltNames).toEqual([
      { kind: 'uri', value: 'spiffe://cluster.local/ns/tenant/sa/web' },
    ]);
    expect(identity.chain[0]?.issuer.canonical).toBe(identity.anchors[0]?.subject.canonical);
  });

  it('is signed by the cluster issuer that its ProxyConfig names', () => {
    const one = mesh(TENANT, signerOf('tenant', 'tenant'), SIGNER, rootInMeshConfig());
    const identity = of(one, 'tenant/web');
    expect(identity).toMatchObject({
      kind: 'issued',
      authority: { id: 'cert-manager.io/ClusterIssuer//tenant', name: 'CN=tenant-ca' },
    });
    if (identity.kind !== 'issued') return;
    expect(identity.chain[0]?.issuer.text).toBe('CN=tenant-ca');
    expect(issuanceDiagnostics(one)).toEqual([]);
  });

  it('does not come about without the signer’s root in mesh configuration', () => {
    const one = mesh(TENANT, signerOf('tenant', 'tenant'), SIGNER);
    expect(of(one, 'tenant/web')).toMatchObject({ kind: 'none', why: { code: 'csr-root-missing' } });
  });

  it('does not come about under a signer that does not exist, and the ProxyConfig’s proxies are told', () => {
    const one = mesh(TENANT, signerOf('tenant', 'tenant'));
    expect(of(one, 'tenant/web')).toMatchObject({ kind: 'none', why: { code: 'csr-csr-timeout' } });
    expect(issuanceDiagnostics(one)).toMatchObject([
      { code: 'workload-certificate-refused', severity: 'error', params: { proxy: 'tenant/web', count: 1 } },
    ]);
  });

  it('cannot be told under an issuer outside the mesh', () => {
    const one = mesh(TENANT, signerOf('tenant', 'tenant'), ACME);
    const identity = of(one, 'tenant/web');
    expect(identity).toMatchObject({ kind: 'unknown', cannotTell: { code: 'unknown-world' } });
    const secret = resolveSecret({
      mesh: one,
      workload: find(one, 'tenant/web'),
      identity,
      name: 'default',
      use: 'certificate',
      verifiedReferences: new Set(),
    });
    expect(secret.kind).toBe('unknown');
  });

  it('is the same whatever else the mesh holds', () => {
    const alone = of(mesh(TENANT), 'tenant/web');
    const accompanied = of(mesh(OTHER, TENANT), 'tenant/web');
    expect(alone.kind === 'issued' && alone.chain[0]?.fingerprint).toBe(
      accompanied.kind === 'issued' && accompanied.chain[0]?.fingerprint,
    );
  });
});

describe('a Secret that cert-manager makes', () => {
  it('is there for a gateway although nobody wrote it down', () => {
    const certificate = SIGNER.replaceAll('cert-manager}', 'tenant}').replace('isCA: true', 'dnsNames: [shop.example]');
    const one = mesh(TENANT, certificate);
    const secret = resolveSecret({
      mesh: one,
      workload: find(one, 'tenant/web'),
      identity: of(one, 'tenant/web'),
      name: 'kubernetes://tenant-ca',
      use: 'certificate',
      verifiedReferences: new Set(),
    });
    expect(secret.kind === 'certificate' && secret.chain[0]?.subjectAltNames).toEqual([
      { kind: 'dns', value: 'shop.example' },
    ]);
    expect(secret.origins[0]?.resource).toBe('cert-manager.io/Certificate/tenant/tenant-ca');
  });
});
