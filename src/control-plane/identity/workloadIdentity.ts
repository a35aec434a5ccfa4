/**
 * Which certificate a proxy holds and whom it trusts: signed by the CA that the mesh was given for
 * its namespace, else by istiod's own. Keys and serial numbers follow from the seed and the SPIFFE
 * ID; the certificate is made when it is first asked for.
 *
 * Upstream authority: istio security/pkg/nodeagent/cache/secretcache.go generateNewSecret (chain,
 * ROOTCA), security/pkg/pki/ca/ca.go.
 */
import type { GivenWorkloadCa, Mesh, MeshOptions, Workload } from '../../mesh/types.ts';
import { type CertificateAuthority, createCa, DAY, HOUR, issueWorkloadCertificate } from '../../pki/ca.ts';
import { certificatePem } from '../../pki/certificate.ts';
import { adoptGivenCa, privateKeyText } from '../../pki/givenCa.ts';
import type { Certificate } from '../../pki/types.ts';
import type { WorkloadIdentity } from '../secrets/identity.ts';

interface Authority {
  readonly id: string;
  readonly name: string;
  readonly ca: CertificateAuthority;
  readonly anchors: readonly Certificate[];
}

/** istiod: CITADEL_SELF_SIGNED_CA_CERT_TTL. */
const ROOT_LIFETIME = 3650 * DAY;

export function workloadIdentity(mesh: Mesh, workload: Workload): WorkloadIdentity {
  const authority = authorityOf(mesh, workload.namespace);
  if (authority === undefined) {
    return {
      kind: 'none',
      why: { code: 'workload-ca-unusable', params: { namespace: workload.namespace } },
      origins: [],
    };
  }
  // Agents renew at half the life of a day: the newest certificate is at most twelve hours old.
  const issuedAt = Math.floor(mesh.now / (12 * HOUR)) * 12 * HOUR;
  const issued = issueWorkloadCertificate(authority.ca, { spiffeId: workload.spiffeId, issuedAt });
  if (!issued.ok) return { kind: 'none', why: { code: issued.error.code, params: {} }, origins: [] };
  const { ca, anchors, id, name } = authority;
  const signer = ca.roots.some((root) => root.fingerprint === ca.certificate.fingerprint) ? [] : [ca.certificate];
  const presentedRoots = mesh.options.presentRoot === true ? anchors : [];
  return {
    kind: 'issued',
    chain: [issued.value.certificate, ...signer, ...ca.intermediates, ...presentedRoots],
    key: issued.value.key,
    anchors,
    crls: [],
    authority: { id, name },
    origins: [],
  };
}

/** A certificate of istiod's own CA for somebody outside the mesh, as PEM; undefined once that CA has expired. */
export function meshIssuedCertificate(
  mesh: Mesh,
  spiffeId: string,
): { readonly chain: string; readonly key: string } | undefined {
  const issued = issueWorkloadCertificate(istiodAuthority(mesh).ca, { spiffeId, issuedAt: mesh.now });
  if (!issued.ok) return undefined;
  return { chain: certificatePem(issued.value.certificate), key: privateKeyText(issued.value.key) };
}

const memo = new WeakMap<Mesh, Map<string, Authority | undefined>>();

function authorityOf(mesh: Mesh, namespace: string): Authority | undefined {
  const known = memo.get(mesh) ?? new Map<string, Authority | undefined>();
  memo.set(mesh, known);
  const given = mesh.options.workloadCAs;
  const key = given === undefined ? '' : given[namespace] === undefined ? 'default' : namespace;
  if (!known.has(key)) {
    const ca = given?.[key];
    known.set(key, ca === undefined ? istiodAuthority(mesh) : givenAuthority(mesh.options, ca));
  }
  return known.get(key);
}

/** istiod's self-signed root, made when the mesh was: at the start of the year before its clock. */
function istiodAuthority(mesh: Mesh): Authority {
  const notBefore = Math.floor(mesh.now / (365 * DAY)) * 365 * DAY;
  const ca = createCa({
    seed: mesh.seed,
    label: 'istiod self-signed',
    subject: [['O', mesh.config.trustDomain]],
    notBefore,
    notAfter: notBefore + ROOT_LIFETIME,
  });
  return { id: 'istiod', name: 'istiod', ca, anchors: ca.roots };
}

function givenAuthority(options: MeshOptions, given: GivenWorkloadCa): Authority | undefined {
  const ca = adoptGivenCa(options.seed, given, Object.values(options.pems ?? {}));
  if (ca === undefined) return undefined;
  const { fingerprint, subject } = ca.certificate;
  return { id: fingerprint, name: subject.text || given.name, ca, anchors: ca.roots };
}
