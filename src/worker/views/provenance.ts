/**
 * Where an issuer has its CA from: its Secret, the Certificate that wrote it, that one's issuer, and so
 * on up to an issuer that signs nothing but itself. Documents only; whether they work out, diagnostics tell.
 */
import { type Mesh, resourcesOf } from '../../engine.ts';
import type { GraphAuthority } from '../meshGraph.ts';

type Provenance = NonNullable<GraphAuthority['provenance']>;
/** A circle of issuers ends here. */
const LIMIT = 8;

export function provenanceOf(mesh: Mesh, issuerId: string): Provenance {
  const links: Provenance[number][] = [];
  let issuer = issuersOf(mesh).find(({ id }) => id === issuerId);
  while (issuer !== undefined && links.length < LIMIT) {
    links.push({ kind: issuer.kind, name: nameOf(issuer.namespace, issuer.name), resource: issuer.id });
    const secretName = issuer.body.spec?.ca?.secretName;
    if (secretName === undefined) return links;
    // Secrets of a ClusterIssuer lie where cert-manager does, under whatever name.
    const { kind, namespace } = issuer;
    const certificate = resourcesOf(mesh, 'cert-manager.io/Certificate').find(
      (one) => one.body.spec?.secretName === secretName && (kind === 'ClusterIssuer' || one.namespace === namespace),
    );
    links.push({ kind: 'Secret', name: nameOf(certificate?.namespace ?? namespace, secretName) });
    if (certificate === undefined) return links;
    links.push({
      kind: 'Certificate',
      name: nameOf(certificate.namespace, certificate.name),
      resource: certificate.id,
    });
    const wanted = certificate.body.spec?.issuerRef;
    issuer = issuersOf(mesh).find(
      (one) =>
        one.name === wanted?.name &&
        one.kind === (wanted?.kind ?? 'Issuer') &&
        (one.kind === 'ClusterIssuer' || one.namespace === certificate.namespace),
    );
  }
  return links;
}

const issuersOf = (mesh: Mesh) => [
  ...resourcesOf(mesh, 'cert-manager.io/Issuer'),
  ...resourcesOf(mesh, 'cert-manager.io/ClusterIssuer'),
];

const nameOf = (namespace: string, name: string): string => (namespace === '' ? name : `${namespace}/${name}`);
