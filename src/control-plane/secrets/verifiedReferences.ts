/**
 * The `kubernetes-gateway://` Secrets that a gateway proxy may read: those its gateways refer to
 * in their own namespace when that is the proxy's too, and those that a ReferenceGrant opens.
 *
 * Upstream authority: istio pilot/pkg/model/gateway.go mergeGateways
 * (VerifiedCertificateReferences); pilot/pkg/config/kube/gatewaycommon/references.go SecretAllowed.
 */
import type { Mesh, Workload } from '../../mesh/types.ts';
import { allGateways } from '../gateway/allGateways.ts';
import { gatewaysFor } from '../gateway/gatewayInForce.ts';
import { referenceGranted } from '../gateway/kubernetes/referenceGrants.ts';
import { tlsMode } from '../gateway/serverKind.ts';
import { CA_SUFFIX, parseSecretName, secretName } from './names.ts';

export function verifiedReferences(mesh: Mesh, workload: Workload): ReadonlySet<string> {
  const verified = new Set<string>();
  for (const { gateway } of gatewaysFor(workload, allGateways(mesh), mesh)) {
    // A Gateway API Gateway acts only for a proxy in its own namespace.
    const identityVerified = gateway.binding.kind === 'labels' || gateway.namespace === workload.namespace;
    if (!identityVerified) continue;
    const sameNamespace = gateway.namespace === workload.namespace;
    const allow = (name: string): boolean => {
      const reference = parseSecretName(name, workload.namespace);
      if (reference.kind !== 'kubernetes-gateway') return false;
      if (sameNamespace && reference.namespace === workload.namespace) return true;
      return referenceGranted(mesh, {
        from: { group: 'gateway.networking.k8s.io', kind: 'Gateway', namespace: workload.namespace },
        to: { group: '', kind: 'Secret', namespace: reference.namespace, name: reference.name },
      });
    };
    for (const server of gateway.servers) {
      const mode = tlsMode(server);
      const { credentialNames, credentialName, caCertCredentialName } = server.tls ?? {};
      for (const credential of credentialNames?.length ? credentialNames : [credentialName ?? '']) {
        const name = secretName(credential);
        if (!allow(name)) continue;
        verified.add(name);
        // istiod forgets OPTIONAL_MUTUAL here: such a server never gets its CA, and resets everybody.
        if (mode === 'MUTUAL') verified.add(`${name}${CA_SUFFIX}`);
      }
      if (caCertCredentialName && allow(secretName(caCertCredentialName)))
        verified.add(secretName(caCertCredentialName));
    }
  }
  return verified;
}
