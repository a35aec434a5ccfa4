/**
 * The mesh as issuance sees it: cert-manager's objects, Secrets, istiod's environment and what each
 * proxy asks for. Resources keep their own shape, so this only picks and decodes.
 *
 * istiod's environment is read from its Deployment when the workspace has one (container `discovery`
 * of `app: istiod` in the root namespace), else from an IstioOperator; otherwise pki assumes an
 * installation that fits. In the same
 * way its right to approve comes from its ClusterRole, and cert-manager's gate from its Deployment.
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
  const env = istiodEnvironmentVariables(mesh) ?? mesh.installation?.environment;
  return {
    seed: mesh.seed,
    now: mesh.now,
    trustDomain: config.trustDomain,
    istiodNamespace: config.rootNamespace,
    istiod: { ...(env === undefined ? {} : { env }), ...approvalRights(mesh) },
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
    presentRoot: options.presentRoot !== false,
    ...certManagerInstallation(mesh),
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

/**
 * The signers that istiod may approve requests for: those of ClusterRole `istiod-clusterrole-...`, when
 * the workspace has it; else all. A rule without resourceNames means every signer.
 */
function approvalRights(mesh: Mesh): Pick<PkiWorld['istiod'], 'mayApprove'> {
  const roles = resourcesOf(mesh, 'rbac.authorization.k8s.io/ClusterRole').filter(({ name }) =>
    name.startsWith('istiod-clusterrole'),
  );
  if (roles.length === 0) {
    const mayApprove = mesh.installation?.mayApprove;
    return mayApprove === undefined ? {} : { mayApprove };
  }
  const rules = roles
    .flatMap(({ body }) => body.rules ?? [])
    .filter(
      ({ apiGroups = [], resources = [], verbs = [] }) =>
        holds(apiGroups, 'certificates.k8s.io') && holds(resources, 'signers') && holds(verbs, 'approve'),
    );
  return rules.some(({ resourceNames = [] }) => resourceNames.length === 0)
    ? {}
    : { mayApprove: rules.flatMap(({ resourceNames = [] }) => resourceNames) };
}

const holds = (values: readonly string[], wanted: string): boolean => values.includes(wanted) || values.includes('*');

const CSR_GATE = 'ExperimentalCertificateSigningRequestControllers';

/** What the Deployment `cert-manager` says of the controller, when the workspace has it. */
function certManagerInstallation(mesh: Mesh): Pick<PkiWorld, 'csrControllers' | 'clusterResourceNamespace'> {
  const controller = resourcesOf(mesh, 'apps/Deployment').find(({ name }) => name === 'cert-manager');
  if (controller === undefined) return {};
  const { containers = [] } = controller.body.spec?.template?.spec ?? {};
  const values = (flag: string): readonly string[] =>
    containers.flatMap(({ args = [] }) =>
      args.flatMap((arg) => (arg.startsWith(`--${flag}=`) ? [arg.slice(flag.length + 3)] : [])),
    );
  const gates = values('feature-gates').flatMap((list) => list.split(','));
  const [namespace = controller.namespace] = values('cluster-resource-namespace');
  return {
    csrControllers: gates.some((gate) => gate.trim() === `${CSR_GATE}=true`),
    clusterResourceNamespace: namespace === '$(POD_NAMESPACE)' ? controller.namespace : namespace,
  };
}

/** What the agent of this proxy asks istiod for. */
export function proxyInput({ namespace, serviceAccount, spiffeId, proxyMetadata }: Workload): ProxyInput {
  const {
    ISTIO_META_CERT_SIGNER: certSigner,
    SECRET_TTL,
    SECRET_GRACE_PERIOD_RATIO,
    PROXY_CONFIG_XDS_AGENT,
  } = proxyMetadata;
  // What is no number leaves the agent's own default.
  const graceRatio = Number(SECRET_GRACE_PERIOD_RATIO ?? Number.NaN);
  const ttl = SECRET_TTL === undefined ? undefined : parseGoDuration(SECRET_TTL);
  return {
    namespace,
    serviceAccount,
    spiffeId,
    ...(certSigner === undefined ? {} : { certSigner }),
    ...(ttl === undefined ? {} : { ttl }),
    ...(Number.isFinite(graceRatio) ? { graceRatio } : {}),
    ...(PROXY_CONFIG_XDS_AGENT === 'true' ? { takesTrustBundle: true } : {}),
  };
}
