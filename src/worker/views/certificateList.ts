/**
 * Every certificate of the mesh with who holds it: proxies', their trust anchors, what lies in
 * Secrets and mesh configuration, what callers hold. Soonest to expire first.
 */
import { type Certificate, type CompiledMesh, heldCertificates, parseCertificates } from '../../engine.ts';
import type { CertificateHolder, CertificateListView } from '../protocol.ts';
import { certificateView } from './certificates.ts';
import { heldRenewal, proxyRenewal, type Renewal, rootRenewal } from './renewals.ts';

/** A certificate is signed for each proxy that is listed; the others have like ones. */
const PROXY_LIMIT = 100;

interface Found {
  readonly certificate: Certificate;
  readonly holders: CertificateHolder[];
  renewal: Renewal | undefined;
}

export function certificateList(compiled: CompiledMesh, pems: Readonly<Record<string, string>>): CertificateListView {
  const found = new Map<string, Found>();
  const add = (certificate: Certificate, holder: CertificateHolder, renewal?: Renewal): void => {
    const known: Found = found.get(certificate.fingerprint) ?? { certificate, holders: [], renewal: undefined };
    found.set(certificate.fingerprint, known);
    known.renewal ??= renewal;
    const isKnown = known.holders.some(({ kind, name }) => kind === holder.kind && name === holder.name);
    if (!isKnown) known.holders.push(holder);
  };
  const proxies = [...compiled.mesh.workloads.values()].filter(({ proxy }) => proxy !== 'none');
  for (const workload of proxies.slice(0, PROXY_LIMIT)) {
    const { id } = workload;
    const identity = compiled.identityOf(id);
    if (identity.kind !== 'issued') continue;
    const [leaf, ...above] = identity.chain;
    if (leaf !== undefined) add(leaf, { kind: 'proxy', name: id }, proxyRenewal(leaf, identity.authority.id, workload));
    const isAnchor = ({ fingerprint }: Certificate): boolean =>
      identity.anchors.some((anchor) => anchor.fingerprint === fingerprint);
    for (const certificate of above)
      if (!isAnchor(certificate)) add(certificate, { kind: 'signer', name: identity.authority.name });
    for (const anchor of identity.anchors)
      add(anchor, { kind: 'anchor', name: identity.authority.name }, rootRenewal(compiled, anchor));
  }
  for (const held of heldCertificates(compiled.mesh)) add(held.certificate, held.holder, heldRenewal(compiled, held));
  for (const [name, pem] of Object.entries(pems)) {
    const parsed = parseCertificates(pem);
    if (parsed.ok) for (const certificate of parsed.value) add(certificate, { kind: 'caller', name });
  }
  const certificates = [...found.values()]
    .sort((a, b) => a.certificate.notAfter - b.certificate.notAfter)
    .map(({ certificate, holders, renewal }) => ({
      certificate: certificateView(certificate),
      holders,
      ...(renewal === undefined ? {} : { renewal }),
    }));
  return { now: compiled.mesh.now, certificates, proxiesLeftOut: Math.max(0, proxies.length - PROXY_LIMIT) };
}
