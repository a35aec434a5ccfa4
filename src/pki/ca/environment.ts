/**
 * istiod's environment as far as certificates go. When the workspace does not describe the
 * installation, what it says about signers decides: a proxy that names a certificate signer only makes
 * sense with the Kubernetes CSR registration authority, as the custom CA task installs it.
 */
import type { PkiWorld, ProxyInput } from './inputs.ts';

export interface IstiodEnvironment {
  readonly externalCa: 'none' | 'kubernetes' | 'invalid';
  /** CERT_SIGNER_DOMAIN. */
  readonly signerDomain: string;
  /** K8S_SIGNER. */
  readonly kubernetesSigner: string;
  /** PILOT_CERT_PROVIDER. */
  readonly certProvider: string;
  /** ISTIO_MULTIROOT_MESH. */
  readonly multiRoot: boolean;
  readonly maxWorkloadTtl: string | undefined;
  /** DEFAULT_WORKLOAD_CERT_TTL: for requests that name no lifetime. */
  readonly defaultWorkloadTtl: string | undefined;
  /** Nothing described the installation: the values above follow from the mesh's own resources. */
  readonly assumed: boolean;
}

const RA = 'ISTIOD_RA_KUBERNETES_API';

export function istiodEnvironment(
  world: PkiWorld,
  proxies: readonly Pick<ProxyInput, 'certSigner'>[],
): IstiodEnvironment {
  const { env } = world.istiod;
  if (env === undefined) return assumedEnvironment(world, proxies);
  const externalCa = env.EXTERNAL_CA ?? '';
  return {
    externalCa: externalCa === '' ? 'none' : externalCa === RA ? 'kubernetes' : 'invalid',
    signerDomain: env.CERT_SIGNER_DOMAIN ?? '',
    kubernetesSigner: env.K8S_SIGNER ?? '',
    certProvider: env.PILOT_CERT_PROVIDER ?? 'istiod',
    multiRoot: env.ISTIO_MULTIROOT_MESH === 'true',
    maxWorkloadTtl: env.MAX_WORKLOAD_CERT_TTL,
    defaultWorkloadTtl: env.DEFAULT_WORKLOAD_CERT_TTL,
    assumed: false,
  };
}

function assumedEnvironment(world: PkiWorld, proxies: readonly Pick<ProxyInput, 'certSigner'>[]): IstiodEnvironment {
  const base = {
    kubernetesSigner: '',
    multiRoot: false,
    maxWorkloadTtl: undefined,
    defaultWorkloadTtl: undefined,
    assumed: true,
  } as const;
  const named = proxies.some(({ certSigner = '' }) => certSigner !== '');
  if (!named) return { ...base, externalCa: 'none', signerDomain: '', certProvider: 'istiod' };
  return { ...base, externalCa: 'kubernetes', signerDomain: signerDomainOf(world), certProvider: 'istiod' };
}

/** The domain of the signers that mesh configuration names, else that of cert-manager's cluster issuers. */
function signerDomainOf(world: PkiWorld): string {
  for (const { certSigners } of world.caCertificates)
    for (const signer of certSigners) {
      const slash = signer.lastIndexOf('/');
      if (slash > 0) return signer.slice(0, slash);
    }
  return 'clusterissuers.cert-manager.io';
}
