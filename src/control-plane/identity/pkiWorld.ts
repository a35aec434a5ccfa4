/**
 * The mesh as issuance sees it: cert-manager's objects, Secrets, istiod's environment and what each
 * proxy asks for. Resources keep their own shape, so this only picks and decodes.
 *
 * istiod's environment is read from its Deployment when the workspace has one (container `discovery`
 * of `app: istiod` in the root namespace); otherwise pki assumes an installation that fits.
 */
import { resourcesOf } from '../../mesh/resourceIndex.ts';
import type { Mesh, Workload } from '../../mesh/types.ts';
import {
  type IssuerInput,
  type PkiWorld,
  type ProxyInput,
  parseGoDuration,
  type SecretInput,
} from '../../pki/issuance.ts';
import { decodeSecret } from './secretValues.ts';

export function pkiWorld(mesh: Mesh): PkiWorld {
  const { config, options } = mesh;
  const env = istiodEnvironmentVariables(mesh);
  return {
    seed: mesh.seed,
    now: mesh.now,
    trustDomain: config.trustDomain,
    istiodNamespace: config.rootNamespace,
    istiod: env === undefined ? {} : { env },
    caCertificates: config.caCertificates.map(({ pem, certSigners }) => ({
      certSigners,
      ...(pem === undefined ? {} : { pem }),
    })),
    secrets: resourcesOf(mesh, 'core/Secret').map(
      ({ namespace, name, body }): SecretInput => ({
        namespace,
        name,
        data: Object.fromEntries(decodeSecret(body)),
        ...(body.type === undefined ? {} : { type: body.type }),
      }),
    ),
    issuers: [...issuersOf(mesh, 'Issuer'), ...issuersOf(mesh, 'ClusterIssuer')],
    certificates: resourcesOf(mesh, 'cert-manager.io/Certificate').map(({ namespace, name, body }) => ({
      namespace,
      name,
      spec: body.spec ?? {},
    })),
    presentRoot: options.presentRoot === true,
  };
}

const issuersOf = (mesh: Mesh, kind: 'Issuer' | 'ClusterIssuer'): readonly IssuerInput[] =>
  resourcesOf(mesh, `cert-manager.io/${kind}`).map(({ namespace, name, body }) => ({
    kind,
    namespace: kind === 'ClusterIssuer' ? '' : namespace,
    name,
    spec: body.spec ?? {},
  }));

function istiodEnvironmentVariables(mesh: Mesh): Readonly<Record<string, string>> | undefined {
  for (const { namespace, body } of resourcesOf(mesh, 'apps/Deployment')) {
    const template = body.spec?.template;
    if (namespace !== mesh.config.rootNamespace || template?.metadata?.labels?.app !== 'istiod') continue;
    const container = template.spec?.containers?.find(({ name }) => name === 'discovery');
    if (container === undefined) continue;
    return Object.fromEntries((container.env ?? []).map(({ name = '', value = '' }) => [name, value]));
  }
  return undefined;
}

/** What the agent of this proxy asks istiod for. */
export function proxyInput({ namespace, serviceAccount, spiffeId, proxyMetadata }: Workload): ProxyInput {
  const { ISTIO_META_CERT_SIGNER: certSigner, SECRET_TTL, PROXY_CONFIG_XDS_AGENT } = proxyMetadata;
  const ttl = SECRET_TTL === undefined ? undefined : parseGoDuration(SECRET_TTL);
  return {
    namespace,
    serviceAccount,
    spiffeId,
    ...(certSigner === undefined ? {} : { certSigner }),
    ...(ttl === undefined ? {} : { ttl }),
    ...(PROXY_CONFIG_XDS_AGENT === 'true' ? { takesTrustBundle: true } : {}),
  };
}
