/**
 * What a proxy gets when it asks for a secret by name (SDS). Three outcomes differ for whoever
 * connects: delivered; not delivered (nothing comes, the server resets); delivered but refused by
 * the proxy (its log has the reason, the server resets at once).
 *
 * istiod asks the API server whether the proxy's account may list Secrets; a Role for that comes
 * with every gateway chart and is taken as given.
 *
 * Upstream authority: istio pilot/pkg/xds/sds.go filterAuthorizedResources, generate;
 * security/pkg/nodeagent/cache/secretcache.go GenerateSecret.
 */
import { assertNever } from '../../base/assertNever.ts';
import type { Origin } from '../../base/origin.ts';
import type { Mesh, Workload } from '../../mesh/types.ts';
import { loadCrls, loadTlsCertificate, loadTrustBundle } from '../../pki/envoyLoad.ts';
import type { Reason } from '../../trace/step.ts';
import type { Secret } from '../envoy/proxyConfig.ts';
import {
  type CredentialData,
  caSecretData,
  configMapData,
  extractKeyMaterial,
  extractRoot,
  secretData,
  withoutCaSuffix,
} from './credentialData.ts';
import type { WorkloadIdentity } from './identity.ts';
import { CA_SUFFIX, parseSecretName } from './names.ts';
import { proxyFile } from './proxyFiles.ts';

/** What a name asks for; a name alone does not always say. */
export type SecretUse = 'certificate' | 'trust-bundle';

export interface SecretRequest {
  readonly mesh: Mesh;
  readonly workload: Workload;
  readonly identity: WorkloadIdentity;
  readonly name: string;
  readonly use: SecretUse;
  /** Names of `kubernetes-gateway://` that gateways of this proxy may read. */
  readonly verifiedReferences: ReadonlySet<string>;
}

export function resolveSecret(request: SecretRequest): Secret {
  const secret = secretInOrder(request);
  const { withoutRoots = [] } = request.mesh.options.disturbance ?? {};
  if (secret.kind !== 'trust-bundle' || withoutRoots.length === 0) return secret;
  const anchors = secret.anchors.filter(({ fingerprint }) => !withoutRoots.includes(fingerprint));
  // Envoy does not load an empty bundle.
  return anchors.length > 0 ? { ...secret, anchors } : unloadable(EMPTY_BUNDLE, secret.origins);
}

const EMPTY_BUNDLE = { code: 'trusted-ca', text: 'Failed to load trusted CA certificates from <inline>' };

function secretInOrder(request: SecretRequest): Secret {
  const { mesh, workload, identity, name } = request;
  const reference = parseSecretName(name, workload.namespace);
  switch (reference.kind) {
    case 'workload-certificate':
      return identity.kind === 'issued' ? ownCertificate(identity) : withoutIdentity(identity);
    case 'workload-root':
      if (identity.kind !== 'issued') return withoutIdentity(identity);
      return {
        kind: 'trust-bundle',
        anchors: identity.anchors,
        ...(identity.crls && { crls: identity.crls }),
        origins: identity.origins,
      };
    case 'file-certificate':
      return fileCertificate(mesh, workload, reference.certificate, reference.key);
    case 'file-root':
      return fileRoot(mesh, workload, reference.path);
    case 'config-map': {
      const data = configMapData(mesh, reference.namespace, withoutCaSuffix(reference.name));
      return rootOf(data, reference);
    }
    case 'kubernetes':
      if (reference.namespace !== workload.namespace)
        return missing('secret-other-namespace', reference, [workload.origin]);
      return secretOf(request, reference);
    case 'kubernetes-gateway':
      if (!request.verifiedReferences.has(name))
        return missing('secret-reference-not-granted', reference, [workload.origin]);
      return secretOf(request, reference);
    case 'invalid':
      return missing('credential-invalid', { namespace: '', name }, []);
    default:
      return assertNever(reference);
  }
}

type Issued = Extract<WorkloadIdentity, { readonly kind: 'issued' }>;

/** Made when somebody shakes hands with it: most proxies of a mesh never do. */
const ownCertificate = (identity: Issued): Secret => ({
  kind: 'certificate',
  get chain() {
    return identity.chain;
  },
  get key() {
    return identity.key;
  },
  origins: identity.origins,
});

const withoutIdentity = (identity: Exclude<WorkloadIdentity, Issued>): Secret =>
  identity.kind === 'none'
    ? { kind: 'missing', why: identity.why, origins: identity.origins }
    : { kind: 'unknown', cannotTell: identity.cannotTell, origins: identity.origins };

interface Named {
  readonly namespace: string;
  readonly name: string;
}

const reason = (code: string, params: Reason['params']): Reason => ({ code, params });

const missing = (code: string, { namespace, name }: Named, origins: readonly Origin[]): Secret => ({
  kind: 'missing',
  why: reason(code, { namespace, name }),
  origins,
});

/** The suffix of the name, not its use, decides whether istiod reads CA certificates or a key. */
function secretOf({ mesh, use }: SecretRequest, { namespace, name }: Named): Secret {
  if (name.endsWith(CA_SUFFIX)) {
    const secret = rootOf(caSecretData(mesh, namespace, name), { namespace, name: withoutCaSuffix(name) });
    return use === 'trust-bundle' ? secret : certificateWithoutKey(secret);
  }
  const secret = certificateOf(secretData(mesh, namespace, name), { namespace, name });
  return use === 'certificate' ? secret : keyAsTrust(secret, namespace, name);
}

/** CA certificates where a key is expected. */
function certificateWithoutKey(secret: Secret): Secret {
  if (secret.kind === 'missing') return secret;
  const text = 'Failed to load incomplete private key from path: ';
  return unloadable({ code: 'key', text }, secret.origins);
}

/** A key where CA certificates are expected: the proxy then verifies nothing, which is not simulated. */
function keyAsTrust(secret: Secret, namespace: string, name: string): Secret {
  if (secret.kind === 'missing') return secret;
  return {
    kind: 'unknown',
    cannotTell: {
      code: 'unmodelled-field',
      params: { kind: 'Secret', namespace, name, field: 'credentialName', reason: 'not-built' },
    },
    origins: secret.origins,
  };
}

function certificateOf(data: CredentialData | undefined, named: Named): Secret {
  if (!data) return missing('secret-not-found', named, []);
  const material = extractKeyMaterial(data);
  if (!material.ok) return unusableKeys(material.error, data, named);
  return loadedCertificate(material.value.certificate, material.value.key, material.value.origins);
}

function rootOf(data: CredentialData | undefined, named: Named): Secret {
  if (!data) return missing('secret-not-found', named, []);
  const material = extractRoot(data);
  if (!material.ok) return unusableKeys(material.error, data, named);
  return loadedRoot(material.value.certificates, material.value.crl, material.value.origins);
}

const unusableKeys = (message: string, data: CredentialData, { namespace, name }: Named): Secret => ({
  kind: 'missing',
  why: reason('secret-keys-missing', { namespace, name, message }),
  origins: [data.origin],
});

function loadedCertificate(chain: string, key: string, origins: readonly Origin[]): Secret {
  const loaded = loadTlsCertificate(chain, key);
  if (!loaded.ok) return unloadable(loaded.error, origins);
  return { kind: 'certificate', chain: loaded.value.chain, key: loaded.value.key, origins };
}

function loadedRoot(certificates: string, crl: string, origins: readonly Origin[]): Secret {
  const bundle = loadTrustBundle(certificates);
  if (!bundle.ok) return unloadable(bundle.error, origins);
  const lists = loadCrls(crl);
  if (!lists.ok) return unloadable(lists.error, origins);
  const crls = [...bundle.value.crls, ...lists.value];
  // A CRL text without any list in it makes Envoy check revocation all the same: every certificate fails.
  const checked = crl !== '' || crls.length > 0;
  return { kind: 'trust-bundle', anchors: bundle.value.anchors, ...(checked && { crls }), origins };
}

const unloadable = (error: { readonly code: string; readonly text: string }, origins: readonly Origin[]): Secret => ({
  kind: 'unloadable',
  message: error.text,
  why: reason(`secret-refused-${error.code}`, {}),
  origins,
});

function fileCertificate(mesh: Mesh, workload: Workload, certificatePath: string, keyPath: string): Secret {
  const certificate = proxyFile(mesh, workload, certificatePath);
  const key = proxyFile(mesh, workload, keyPath);
  if (certificate.kind === 'absent') return absentFile(certificatePath, certificate.origins);
  if (key.kind === 'absent') return absentFile(keyPath, key.origins);
  if (certificate.kind === 'unknown') return unknownFile(certificatePath, certificate.origins);
  if (key.kind === 'unknown') return unknownFile(keyPath, key.origins);
  return loadedCertificate(certificate.text, key.text, [...certificate.origins, ...key.origins]);
}

/** `system` is the bundle of the proxy image's operating system. */
function fileRoot(mesh: Mesh, workload: Workload, path: string): Secret {
  if (path === 'system') return { kind: 'system-trust', origins: [] };
  const file = proxyFile(mesh, workload, path);
  if (file.kind === 'content') return loadedRoot(file.text, '', file.origins);
  if (file.kind === 'absent') return absentFile(path, file.origins);
  return SYSTEM_BUNDLES.includes(path)
    ? { kind: 'system-trust', origins: file.origins }
    : unknownFile(path, file.origins);
}

/** Where the proxy image's distribution keeps its bundle. */
const SYSTEM_BUNDLES = ['/etc/ssl/certs/ca-certificates.crt'];

const absentFile = (path: string, origins: readonly Origin[]): Secret => ({
  kind: 'missing',
  why: reason('file-absent', { path }),
  origins,
});

const unknownFile = (path: string, origins: readonly Origin[]): Secret => ({
  kind: 'unknown',
  cannotTell: { code: 'unknown-world', params: { what: 'file', path } },
  origins,
});
