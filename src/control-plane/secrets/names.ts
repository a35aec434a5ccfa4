/**
 * The names under which proxies ask for secrets (SDS), and what a credential name of a Gateway or
 * DestinationRule becomes.
 *
 * Upstream authority: istio pilot/pkg/model/credentials/resource.go ToResourceName,
 * ParseResourceName; pkg/security/security.go SdsCertificateConfig.
 */

/** The workload's own key and certificate, and its trust bundle; served by istio-agent. */
export const WORKLOAD_CERTIFICATE = 'default';
export const WORKLOAD_ROOT = 'ROOTCA';
/** Asks for the CA that goes with a credential. */
export const CA_SUFFIX = '-cacert';

const BUILTIN = 'builtin://';
export const INVALID = 'invalid://';
export const EXTERNAL_SDS = 'sds://';
const EXPLICIT = ['configmap://', 'kubernetes://', 'kubernetes-gateway://'];

/** A bare name is a Secret in the proxy's namespace. */
export function secretName(credential: string): string {
  if (credential === BUILTIN) return WORKLOAD_CERTIFICATE;
  if (credential === `${BUILTIN}${CA_SUFFIX}`) return WORKLOAD_ROOT;
  // Without a provider on the pod or in the mesh, an external name is a Kubernetes one.
  const name = credential.startsWith(EXTERNAL_SDS) ? credential.slice(EXTERNAL_SDS.length) : credential;
  if (name.startsWith(INVALID)) return INVALID;
  return EXPLICIT.some((scheme) => name.startsWith(scheme)) ? name : `kubernetes://${name}`;
}

/** Of files in the proxy's container; undefined unless both are given. */
export const fileCertificateName = (certificate?: string, key?: string): string | undefined =>
  certificate && key ? `file-cert:${certificate}~${key}` : undefined;

export const fileRootName = (caCertificates?: string): string | undefined =>
  caCertificates ? `file-root:${caCertificates}` : undefined;

/** Kubernetes secrets come over the proxy's ADS stream; the others from the agent beside it, one by one. */
export const isFromIstiod = (name: string): boolean => name.includes('://');

export type SecretReference =
  | { readonly kind: 'workload-certificate' }
  | { readonly kind: 'workload-root' }
  | { readonly kind: 'file-certificate'; readonly certificate: string; readonly key: string }
  | { readonly kind: 'file-root'; readonly path: string }
  /** A Secret read for the proxy that asks, in its namespace unless the name says otherwise. */
  | { readonly kind: 'kubernetes'; readonly namespace: string; readonly name: string }
  /** A Secret that a Gateway API resource refers to. */
  | { readonly kind: 'kubernetes-gateway'; readonly namespace: string; readonly name: string }
  | { readonly kind: 'config-map'; readonly namespace: string; readonly name: string }
  | { readonly kind: 'invalid' };

export function parseSecretName(name: string, proxyNamespace: string): SecretReference {
  if (name === WORKLOAD_CERTIFICATE) return { kind: 'workload-certificate' };
  if (name === WORKLOAD_ROOT) return { kind: 'workload-root' };
  if (name.startsWith('file-root:')) return { kind: 'file-root', path: name.slice('file-root:'.length) };
  if (name.startsWith('file-cert:')) {
    const [certificate, key, ...more] = name.slice('file-cert:'.length).split('~');
    return certificate && key && more.length === 0
      ? { kind: 'file-certificate', certificate, key }
      : { kind: 'invalid' };
  }
  const [scheme, rest = ''] = name.split('://');
  const [first = '', second] = rest.split('/');
  switch (scheme) {
    case 'kubernetes':
      return second === undefined
        ? { kind: 'kubernetes', namespace: proxyNamespace, name: first }
        : { kind: 'kubernetes', namespace: first, name: second };
    case 'kubernetes-gateway':
      return first && second ? { kind: 'kubernetes-gateway', namespace: first, name: second } : { kind: 'invalid' };
    case 'configmap':
      return first && second ? { kind: 'config-map', namespace: first, name: second } : { kind: 'invalid' };
    default:
      return { kind: 'invalid' };
  }
}
