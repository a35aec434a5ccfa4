/**
 * Which certificate a proxy holds and whom it trusts: signed by the CA that the mesh was given for
 * its namespace, else as the mesh's own resources have it (istiod's CA or a Kubernetes signer; see
 * `meshIssuance`). The certificate is made when it is first looked at.
 *
 * Upstream authority: istio security/pkg/nodeagent/cache/secretcache.go generateNewSecret (chain,
 * ROOTCA), security/pkg/pki/ca/ca.go.
 */
import type { GivenWorkloadCa, Mesh, MeshOptions, Workload } from '../../mesh/types.ts';
import { type CertificateAuthority, HOUR, issueWorkloadCertificate } from '../../pki/ca.ts';
import { certificatePem } from '../../pki/certificate.ts';
import { adoptGivenCa, privateKeyText } from '../../pki/givenCa.ts';
import type { ProxyIssuance } from '../../pki/issuance.ts';
import type { Certificate } from '../../pki/types.ts';
import type { WorkloadIdentity } from '../secrets/identity.ts';
import { issuanceOf, meshIssuance, meshIssuanceAt, originsOfFailure, signerResource } from './meshIssuance.ts';
import { proxyInput } from './pkiWorld.ts';
import { rotatedIdentity } from './rotation.ts';

interface Authority {
  readonly id: string;
  readonly name: string;
  readonly ca: CertificateAuthority;
  readonly anchors: readonly Certificate[];
}

export function workloadIdentity(mesh: Mesh, workload: Workload): WorkloadIdentity {
  const identity = undisturbedIdentity(mesh, workload);
  const { disturbance } = mesh.options;
  if (disturbance === undefined || identity.kind !== 'issued') return identity;
  const { lostAuthority, rotation } = disturbance;
  if (lostAuthority?.id === identity.authority.id) {
    if (lostAuthority.restarted) return withoutAuthority(identity.authority.name, identity.origins);
    return issuedIdentity(mesh, workload, meshIssuanceAt(mesh, lostAuthority.since).proxy(proxyInput(workload)));
  }
  if (rotation?.authority === identity.authority.id) return rotatedIdentity(mesh, workload, identity, rotation);
  return identity;
}

const withoutAuthority = (authority: string, origins: WorkloadIdentity['origins']): WorkloadIdentity => ({
  kind: 'none',
  why: { code: 'csr-authority-gone', params: { authority } },
  origins,
});

function undisturbedIdentity(mesh: Mesh, workload: Workload): WorkloadIdentity {
  const given = mesh.options.workloadCAs;
  const ca = given?.[workload.namespace] ?? given?.default;
  return ca === undefined ? issuedByMesh(mesh, workload) : issuedByGivenCa(mesh, workload, ca);
}

const issuedByMesh = (mesh: Mesh, workload: Workload): WorkloadIdentity =>
  issuedIdentity(mesh, workload, issuanceOf(mesh, workload));

function issuedIdentity(mesh: Mesh, workload: Workload, issued: ProxyIssuance): WorkloadIdentity {
  switch (issued.kind) {
    case 'unknown':
      return {
        kind: 'unknown',
        cannotTell: { code: 'unknown-world', params: { what: 'certificate-signer', because: issued.because } },
        origins: [workload.origin],
      };
    case 'failed': {
      const { failure } = issued;
      const message = failure.event?.message ?? failure.text;
      return {
        kind: 'none',
        why: { code: `csr-${failure.code}`, params: { message } },
        origins: originsOfFailure(mesh, workload, failure),
      };
    }
    case 'issued': {
      const { credential, crls, authority } = issued;
      const signer = authority.kind === 'kubernetes-signer' ? signerResource(mesh, workload) : undefined;
      const id = authority.kind === 'kubernetes-signer' ? (signer ?? authority.name) : 'istiod';
      return {
        kind: 'issued',
        get chain() {
          return credential.chain();
        },
        get key() {
          return credential.key();
        },
        anchors: credential.anchors,
        ...(crls && { crls }),
        authority: { id, name: authority.kind === 'self-signed' ? 'istiod' : authority.name },
        origins: signer === undefined ? [] : [{ resource: signer, path: [] }],
      };
    }
  }
}

function issuedByGivenCa(mesh: Mesh, workload: Workload, given: GivenWorkloadCa): WorkloadIdentity {
  const authority = authorityOf(mesh, given);
  if (authority === undefined) {
    return {
      kind: 'none',
      why: { code: 'workload-ca-unusable', params: { namespace: workload.namespace } },
      origins: [],
    };
  }
  // Agents renew at half the life of a day: the newest certificate is at most twelve hours old. A CA
  // that has expired signed its last one before that; the proxies still hold it.
  const signing = Math.min(mesh.now, authority.ca.certificate.notAfter);
  const issuedAt = Math.floor(signing / (12 * HOUR)) * 12 * HOUR;
  const issued = issueWorkloadCertificate(authority.ca, { spiffeId: workload.spiffeId, issuedAt });
  if (!issued.ok) return { kind: 'none', why: { code: issued.error.code, params: {} }, origins: [] };
  const { ca, anchors, id, name } = authority;
  const signer = ca.roots.some((root) => root.fingerprint === ca.certificate.fingerprint) ? [] : [ca.certificate];
  const presentedRoots = mesh.options.presentRoot === false ? [] : anchors;
  return {
    kind: 'issued',
    chain: [issued.value.certificate, ...signer, ...ca.intermediates, ...presentedRoots],
    key: issued.value.key,
    anchors,
    authority: { id, name },
    origins: [],
  };
}

/** A certificate of istiod's own CA for somebody outside the mesh, as PEM; undefined once that CA has expired. */
export function meshIssuedCertificate(
  mesh: Mesh,
  spiffeId: string,
): { readonly chain: string; readonly key: string } | undefined {
  const own = meshIssuance(mesh).istiodCa;
  if (own?.ok !== true) return undefined;
  const issued = issueWorkloadCertificate(own.value.ca, { spiffeId, issuedAt: mesh.now });
  if (!issued.ok) return undefined;
  return { chain: certificatePem(issued.value.certificate), key: privateKeyText(issued.value.key) };
}

const memo = new WeakMap<Mesh, Map<GivenWorkloadCa, Authority | undefined>>();

function authorityOf(mesh: Mesh, given: GivenWorkloadCa): Authority | undefined {
  const known = memo.get(mesh) ?? new Map<GivenWorkloadCa, Authority | undefined>();
  memo.set(mesh, known);
  if (!known.has(given)) known.set(given, givenAuthority(mesh.options, given));
  return known.get(given);
}

function givenAuthority(options: MeshOptions, given: GivenWorkloadCa): Authority | undefined {
  const ca = adoptGivenCa(options.seed, given, Object.values(options.pems ?? {}));
  if (ca === undefined) return undefined;
  const { fingerprint, subject } = ca.certificate;
  return { id: fingerprint, name: subject.text || given.name, ca, anchors: ca.roots };
}
