/** The Secrets that cert-manager keeps for its Certificates, as the API server hands them out; none that the text holds itself. */
import { type CompiledMesh, meshIssuance } from '../../engine.ts';
import { type ConsoleKind, kindNamed } from './kinds.ts';
import type { ConsoleObject } from './objects.ts';

/** On every Secret of cert-manager's; its cache is filtered by it. */
const OF_CERT_MANAGER = { 'controller.cert-manager.io/fao': 'true' };

export function issuedSecrets(compiled: CompiledMesh, kind: ConsoleKind): ConsoleObject[] {
  const { certManager } = meshIssuance(compiled.mesh);
  return compiled.parsed.resources.flatMap((resource): ConsoleObject[] => {
    if (resource.kind !== 'Certificate' || resource.group !== 'cert-manager.io') return [];
    const state = certManager.certificate(resource.namespace, resource.name);
    if (state?.kind !== 'ready' || state.given) return [];
    const { namespace, name, data } = state.secret;
    return [
      {
        kind,
        namespace,
        name,
        labels: OF_CERT_MANAGER,
        cells: ['kubernetes.io/tls', String(Object.keys(data).length)],
        manifest: () => ({
          apiVersion: 'v1',
          kind: 'Secret',
          metadata: {
            name,
            namespace,
            labels: OF_CERT_MANAGER,
            annotations: { 'cert-manager.io/certificate-name': resource.name },
          },
          type: 'kubernetes.io/tls',
          // PEM and nothing else: one byte a character.
          data: Object.fromEntries(Object.entries(data).map(([key, pem]) => [key, btoa(pem)])),
        }),
      },
    ];
  });
}

export const isSecret = (kind: ConsoleKind): boolean => kind === kindNamed('secret');
