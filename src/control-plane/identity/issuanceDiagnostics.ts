/**
 * Proxies that never get a certificate and Certificates that are never issued, told before anybody calls: one diagnostic for each reason,
 * at the resource to look at, naming the first proxy and how many there are. Issuance is only asked
 * about where the mesh says something of its own about it: istiod's self-signed CA does not fail.
 */
import type { Diagnostic } from '../../base/diagnostics/diagnostic.ts';
import { resourcesOf } from '../../mesh/resourceIndex.ts';
import type { Mesh, Workload } from '../../mesh/types.ts';
import type { CsrFailure } from '../../pki/issuance.ts';
import { issuanceOf, meshIssuance, originsOfFailure, proxies } from './meshIssuance.ts';

export const issuanceDiagnostics = (mesh: Mesh): readonly Diagnostic[] => [...proxiesWithout(mesh), ...notIssued(mesh)];

/** cert-manager Certificates that wait for ever: for an issuer that is not there, not ready or out of reach. */
function notIssued(mesh: Mesh): readonly Diagnostic[] {
  return resourcesOf(mesh, 'cert-manager.io/Certificate').flatMap(({ id, namespace, name, body }): Diagnostic[] => {
    const state = meshIssuance(mesh).certManager.certificate(namespace, name);
    if (state?.kind !== 'pending') return [];
    return [
      {
        code: 'certificate-not-issued',
        severity: 'warning',
        params: {
          certificate: `${namespace}/${name}`,
          secret: `${namespace}/${body.spec?.secretName ?? ''}`,
          message: state.request.message,
        },
        origin: { resource: id, path: ['spec', 'issuerRef'] },
      },
    ];
  });
}

function proxiesWithout(mesh: Mesh): readonly Diagnostic[] {
  if (mesh.options.workloadCAs !== undefined || !saysSomething(mesh)) return [];
  const failures = new Map<string, { readonly workload: Workload; readonly failure: CsrFailure; count: number }>();
  for (const workload of proxies(mesh)) {
    const issued = issuanceOf(mesh, workload);
    if (issued.kind !== 'failed') continue;
    const { failure } = issued;
    const key = `${failure.code} ${failure.text} ${failure.event?.message ?? ''}`;
    const known = failures.get(key);
    if (known === undefined) failures.set(key, { workload, failure, count: 1 });
    else known.count++;
  }
  return [...failures.values()].map(({ workload, failure, count }): Diagnostic => {
    const [origin = workload.origin] = originsOfFailure(mesh, workload, failure);
    const message = failure.event?.message ?? failure.text;
    return {
      code: 'workload-certificate-refused',
      severity: 'error',
      params: { proxy: workload.id, count, message },
      origin,
    };
  });
}

const saysSomething = (mesh: Mesh): boolean =>
  proxies(mesh).some(({ proxyMetadata }) => proxyMetadata.ISTIO_META_CERT_SIGNER !== undefined) ||
  resourcesOf(mesh, 'core/Secret').some(
    ({ namespace, name }) =>
      namespace === mesh.config.rootNamespace && (name === 'cacerts' || name === 'istio-ca-secret'),
  );
