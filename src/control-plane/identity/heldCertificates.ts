/** Every certificate that lies somewhere in the mesh: in Secrets (cert-manager's too), in mesh configuration. */
import type { Origin } from '../../base/origin.ts';
import { resourcesOf } from '../../mesh/resourceIndex.ts';
import type { Mesh } from '../../mesh/types.ts';
import { parseCertificates } from '../../pki/certificate.ts';
import type { Certificate } from '../../pki/types.ts';
import { meshIssuance } from './meshIssuance.ts';
import { decodeSecret } from './secretValues.ts';

export interface HeldCertificate {
  readonly certificate: Certificate;
  readonly holder: { readonly kind: 'secret' | 'cert-manager' | 'mesh-config'; readonly name: string };
  readonly origin: Origin;
}

export function heldCertificates(mesh: Mesh): readonly HeldCertificate[] {
  const held: HeldCertificate[] = [];
  const add = (pem: string, kind: HeldCertificate['holder']['kind'], name: string, origin: Origin): void => {
    if (!pem.includes('BEGIN CERTIFICATE')) return;
    const parsed = parseCertificates(pem);
    if (!parsed.ok) return;
    for (const certificate of parsed.value) held.push({ certificate, holder: { kind, name }, origin });
  };
  for (const { id, namespace, name, body } of resourcesOf(mesh, 'core/Secret')) {
    for (const [key, value] of decodeSecret(body)) {
      const field = Object.hasOwn(body.stringData ?? {}, key) ? 'stringData' : 'data';
      add(value, 'secret', `${namespace}/${name}`, { resource: id, path: [field, key] });
    }
  }
  const { certManager } = meshIssuance(mesh);
  for (const { id, namespace, name } of resourcesOf(mesh, 'cert-manager.io/Certificate')) {
    const state = certManager.certificate(namespace, name);
    if (state?.kind !== 'ready' || state.given) continue;
    add(state.secret.data['tls.crt'] ?? '', 'cert-manager', `${namespace}/${name}`, { resource: id, path: [] });
  }
  for (const { pem = '', origin } of mesh.config.caCertificates) add(pem, 'mesh-config', 'caCertificates', origin);
  return held;
}
