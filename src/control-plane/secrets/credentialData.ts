/**
 * What istiod reads out of a Secret (or a ConfigMap) for a credential: certificate and key, or CA
 * certificates, each with a revocation list. The type of the Secret plays no part, but two types
 * are not watched at all.
 *
 * Upstream authority: istio pilot/pkg/credentials/kube/secrets.go ExtractCertInfo, ExtractRoot,
 * GetCaCert, SecretsFieldSelector.
 */
import type { Origin } from '../../base/origin.ts';
import { err, ok, type Result } from '../../base/result.ts';
import { compareText, resourcesOf } from '../../mesh/resourceIndex.ts';
import type { Mesh } from '../../mesh/types.ts';
import type { Issuance } from '../../pki/issuance.ts';
import type { ResourceOf } from '../../resources/ofKind.ts';
import { meshIssuance, meshIssuanceAt } from '../identity/meshIssuance.ts';
import { decodeSecret } from '../identity/secretValues.ts';
import { CA_SUFFIX } from './names.ts';

/** Values of the keys, decoded. */
export interface CredentialData {
  readonly values: ReadonlyMap<string, string>;
  readonly origin: Origin;
  /** `data` or `stringData` of each key. */
  readonly fieldOf: (key: string) => string;
}

export interface KeyMaterial {
  readonly certificate: string;
  readonly key: string;
  readonly origins: readonly Origin[];
}

export interface RootMaterial {
  readonly certificates: string;
  readonly crl: string;
  readonly origins: readonly Origin[];
}

const NOT_WATCHED = ['helm.sh/release.v1', 'kubernetes.io/service-account-token'];

export function secretData(mesh: Mesh, namespace: string, name: string): CredentialData | undefined {
  const secret = resourcesOf(mesh, 'core/Secret').find(
    (resource) => resource.name === name && resource.namespace === namespace,
  );
  if (!secret) return producedSecret(mesh, namespace, name);
  if (NOT_WATCHED.includes(secret.body.type ?? '')) return undefined;
  const plain = secret.body.stringData ?? {};
  return {
    values: decodeSecret(secret.body),
    origin: { resource: secret.id, path: [] },
    fieldOf: (key) => (Object.hasOwn(plain, key) ? 'stringData' : 'data'),
  };
}

export function configMapData(mesh: Mesh, namespace: string, name: string): CredentialData | undefined {
  const configMap = resourcesOf(mesh, 'core/ConfigMap').find(
    (resource) => resource.name === name && resource.namespace === namespace,
  );
  if (!configMap) return undefined;
  return {
    values: new Map(Object.entries(configMap.body.data ?? {})),
    origin: { resource: configMap.id, path: [] },
    fieldOf: () => 'data',
  };
}

/** What cert-manager writes for a Certificate of the mesh. */
function producedSecret(mesh: Mesh, namespace: string, name: string): CredentialData | undefined {
  const certificate = resourcesOf(mesh, 'cert-manager.io/Certificate').find(
    (resource) => resource.namespace === namespace && resource.body.spec?.secretName === name,
  );
  const secret = certificate && issuanceFor(mesh, certificate).certManager.secret(namespace, name);
  if (certificate === undefined || secret === undefined) return undefined;
  return {
    values: new Map(Object.entries(secret.data)),
    origin: { resource: certificate.id, path: ['spec'] },
    fieldOf: () => 'secretName',
  };
}

/** Once its issuer is gone, a Secret stays as it was then. */
function issuanceFor(mesh: Mesh, { namespace, body }: ResourceOf<'cert-manager.io/Certificate'>): Issuance {
  const lost = mesh.options.disturbance?.lostAuthority;
  const { kind = 'Issuer', name } = body.spec?.issuerRef ?? {};
  const issuer = resourcesOf(
    mesh,
    kind === 'ClusterIssuer' ? 'cert-manager.io/ClusterIssuer' : 'cert-manager.io/Issuer',
  );
  const own = issuer.find((one) => one.name === name && (kind === 'ClusterIssuer' || one.namespace === namespace));
  return lost !== undefined && own?.id === lost.id ? meshIssuanceAt(mesh, lost.since) : meshIssuance(mesh);
}

const at = (data: CredentialData, key: string): Origin => ({
  resource: data.origin.resource,
  path: data.origin.path.length === 0 ? [data.fieldOf(key), key] : [...data.origin.path, data.fieldOf(key)],
});

const KEY_PAIRS = [
  ['cert', 'key'],
  ['tls.crt', 'tls.key'],
] as const;

/** The message is istiod's own. */
export function extractKeyMaterial(data: CredentialData): Result<KeyMaterial, string> {
  for (const [certificateKey, keyKey] of KEY_PAIRS) {
    const certificate = data.values.get(certificateKey);
    const key = data.values.get(keyKey);
    if (certificate && key) return ok({ certificate, key, origins: [at(data, certificateKey), at(data, keyKey)] });
  }
  for (const [certificate, key] of KEY_PAIRS) {
    if (data.values.has(certificate) && data.values.has(key)) {
      return err(`found keys "${certificate}" and "${key}", but they were empty`);
    }
  }
  return err(
    `found secret, but didn't have expected keys (cert and key) or (tls.crt and tls.key); found: ${keysFound(data)}`,
  );
}

const ROOT_KEYS = [
  ['cacert', 'crl'],
  ['ca.crt', 'ca.crl'],
] as const;

export function extractRoot(data: CredentialData): Result<RootMaterial, string> {
  for (const [rootKey, crlKey] of ROOT_KEYS) {
    const certificates = data.values.get(rootKey);
    if (!certificates) continue;
    const crl = data.values.get(crlKey) ?? '';
    return ok({ certificates, crl, origins: [at(data, rootKey), ...(crl === '' ? [] : [at(data, crlKey)])] });
  }
  for (const [rootKey] of ROOT_KEYS) {
    if (data.values.has(rootKey)) return err(`found key "${rootKey}", but it was empty`);
  }
  return err(`found secret, but didn't have expected keys cacert or ca.crt; found: ${keysFound(data)}`);
}

function keysFound(data: CredentialData): string {
  const keys = [...data.values.keys()].sort(compareText);
  return keys.length < 3 ? keys.join(', ') : `${keys.slice(0, 3).join(', ')}, and ${keys.length - 3} more...`;
}

/** The Secret with the suffix, if it exists, is the only one looked at. */
export function caSecretData(mesh: Mesh, namespace: string, name: string): CredentialData | undefined {
  return secretData(mesh, namespace, name) ?? secretData(mesh, namespace, withoutCaSuffix(name));
}

export const withoutCaSuffix = (name: string): string =>
  name.endsWith(CA_SUFFIX) ? name.slice(0, -CA_SUFFIX.length) : name;
