/**
 * `tls` of a Gateway API listener -> the classic server settings, or the fact that a reference is
 * bad: then the listener is not programmed at all.
 *
 * Upstream authority: istio pilot/pkg/config/kube/gateway/conversion.go buildTLS,
 * buildSecretReference, buildCaCertificateReference, resolveGatewayTLS.
 */
import { err, ok, type Result } from '../../../base/result.ts';
import type { Mesh } from '../../../mesh/types.ts';
import { parseCertificates } from '../../../pki/certificate.ts';
import { loadTlsCertificate } from '../../../pki/envoyLoad.ts';
import type { GatewayListener, SecretObjectReference } from '../../../resources/kinds/gatewayApi.ts';
import type { ServerTlsMode, ServerTlsSettings } from '../../../resources/kinds/shared/serverTls.ts';
import { configMapData, extractKeyMaterial, extractRoot, secretData } from '../../secrets/credentialData.ts';
import { CA_SUFFIX } from '../../secrets/names.ts';
import type { KubernetesGateway } from './gatewayClasses.ts';
import { referenceGranted } from './referenceGrants.ts';

const TERMINATE_MODE = 'gateway.istio.io/tls-terminate-mode';
const CIPHER_SUITES = 'gateway.istio.io/tls-cipher-suites';
const LISTENER_MODE = 'gateway.istio.io/listener-protocol';

/** Why a listener is not programmed. */
export type TlsProblem = 'too-many-certificates' | 'certificate-reference' | 'ca-reference';

export function listenerTls(
  listener: GatewayListener,
  gateway: KubernetesGateway,
  mesh: Mesh,
): Result<ServerTlsSettings | undefined, TlsProblem> {
  const { tls } = listener;
  if (tls === undefined) return ok(undefined);
  const settings =
    tls.mode === 'Passthrough'
      ? ok<ServerTlsSettings>({ mode: isAutoPassthrough(listener, gateway) ? 'AUTO_PASSTHROUGH' : 'PASSTHROUGH' })
      : terminating(listener, gateway, mesh);
  if (!settings.ok || settings.value.mode === 'ISTIO_MUTUAL' || settings.value.credentialName === 'builtin://')
    return settings;
  const suites = tls.options?.[CIPHER_SUITES]?.split(',').map((suite) => suite.trim());
  return ok({ ...settings.value, ...(suites ? { cipherSuites: suites } : {}) });
}

function isAutoPassthrough({ tls, port }: GatewayListener, { labels }: KubernetesGateway): boolean {
  if (tls?.options?.[LISTENER_MODE] === 'auto-passthrough') return true;
  if (labels['topology.istio.io/network'] === undefined) return false;
  return String(port) === (labels['networking.istio.io/gatewayPort'] ?? '15443');
}

function terminating(
  listener: GatewayListener,
  gateway: KubernetesGateway,
  mesh: Mesh,
): Result<ServerTlsSettings, TlsProblem> {
  const option = listener.tls?.options?.[TERMINATE_MODE];
  if (option === 'ISTIO_SIMPLE') return ok({ mode: 'SIMPLE', credentialName: 'builtin://' });
  if (option === 'ISTIO_MUTUAL') return ok({ mode: 'ISTIO_MUTUAL' });
  const byOption: ServerTlsMode | undefined = option === 'MUTUAL' || option === 'OPTIONAL_MUTUAL' ? option : undefined;
  const references = listener.tls?.certificateRefs ?? [];
  if (references.length > 2) return err('too-many-certificates');
  const names = references.map((reference) => certificateName(reference, gateway, mesh));
  const usable = names.filter((name) => name !== undefined).length;
  if (references.length > 0 && usable === 0) return err('certificate-reference');
  const credentials: ServerTlsSettings =
    usable === 2
      ? { credentialNames: names.map((name) => name ?? '') }
      : // With one of two usable istiod takes the first place, whichever that is.
        { credentialName: names[0] ?? '' };
  const frontend = frontendValidation(listener, gateway);
  if (!frontend?.caCertificateRefs?.length) return ok({ mode: byOption ?? 'SIMPLE', ...credentials });
  if (frontend.caCertificateRefs.length > 1) return err('ca-reference');
  const ca = caName(frontend.caCertificateRefs[0] ?? {}, gateway, mesh);
  if (ca === undefined) return err('ca-reference');
  const lenient = frontend.mode === 'AllowInsecureFallback';
  return ok({
    mode: byOption ?? (lenient ? 'OPTIONAL_MUTUAL' : 'MUTUAL'),
    insecureSkipVerify: byOption === undefined && lenient,
    caCertCredentialName: ca,
    ...credentials,
  });
}

function frontendValidation({ port }: GatewayListener, gateway: KubernetesGateway) {
  const frontend = gateway.body.spec?.tls?.frontend;
  const own = frontend?.perPort?.find((entry) => entry.port === port);
  return (own ? own.tls : frontend?.default)?.validation;
}

/** Access is checked before existence, so that a refusal does not tell whether the Secret is there. */
function certificateName(reference: SecretObjectReference, gateway: KubernetesGateway, mesh: Mesh): string | undefined {
  const { group = '', kind = 'Secret', name = '', namespace = gateway.namespace } = reference;
  if (!mayRead(mesh, gateway, 'Secret', namespace, name)) return undefined;
  if (group !== '' || kind !== 'Secret') return undefined;
  const data = secretData(mesh, namespace, name);
  const material = data && extractKeyMaterial(data);
  if (!material?.ok || !isKeyPair(material.value.certificate, material.value.key)) return undefined;
  return `kubernetes-gateway://${namespace}/${name}`;
}

function mayRead(mesh: Mesh, gateway: KubernetesGateway, kind: string, namespace: string, name: string): boolean {
  if (namespace === gateway.namespace) return true;
  return referenceGranted(mesh, {
    from: { group: 'gateway.networking.k8s.io', kind: 'Gateway', namespace: gateway.namespace },
    to: { group: '', kind, namespace, name },
  });
}

/** As Go's tls.X509KeyPair judges: what Envoy alone refuses (small RSA keys, key usage) passes here. */
function isKeyPair(certificate: string, key: string): boolean {
  const loaded = loadTlsCertificate(certificate, key);
  if (loaded.ok || loaded.error.code === 'rsa-too-small') return true;
  return loaded.error.code === 'chain' && parseCertificates(certificate).ok;
}

function caName(reference: SecretObjectReference, gateway: KubernetesGateway, mesh: Mesh): string | undefined {
  const { group = '', kind = '', name = '', namespace = gateway.namespace } = reference;
  // istiod asks for the grant by the name with the suffix: a grant for one name alone never fits.
  if (!mayRead(mesh, gateway, kind === 'Secret' ? 'Secret' : 'ConfigMap', namespace, `${name}${CA_SUFFIX}`))
    return undefined;
  if (group !== '' || (kind !== 'Secret' && kind !== 'ConfigMap')) return undefined;
  const data = kind === 'Secret' ? secretData(mesh, namespace, name) : configMapData(mesh, namespace, name);
  const root = data && extractRoot(data);
  if (!root?.ok || !parseCertificates(root.value.certificates).ok) return undefined;
  return `${kind === 'Secret' ? 'kubernetes-gateway' : 'configmap'}://${namespace}/${name}${CA_SUFFIX}`;
}
