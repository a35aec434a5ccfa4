/**
 * Which pods get a proxy: Istio's injection webhooks as its chart installs them
 * (istio-discovery/templates/mutatingwebhook.yaml) and pkg/kube/inject injectRequired; sidecars,
 * and gateways by their injection template.
 *
 * First the namespace's and the pod's labels decide whether a webhook sees the pod; then the pod's
 * label, or the annotation of the same name, may still refuse. Host networking is never injected.
 * Any revision label counts: the simulated control plane has every revision that is named.
 */
import type { Labels } from './labels.ts';

const INJECT = 'sidecar.istio.io/inject';
const TEMPLATES = 'inject.istio.io/templates';
const REVISION = 'istio.io/rev';
const NAMESPACE_SWITCH = 'istio-injection';
const TLS_MODE = 'security.istio.io/tlsMode';
const CANONICAL_NAME = 'service.istio.io/canonical-name';

/** Namespaces of Kubernetes itself, which injection leaves alone. */
const NEVER = new Set(['kube-system', 'kube-public', 'kube-node-lease', 'local-path-storage']);

export type InjectedProxy = 'none' | 'sidecar' | 'gateway';

/** Whether pods of the namespace get sidecars unless they say otherwise. */
export function namespaceInjection(name: string, labels: Labels): boolean {
  if (NEVER.has(name)) return false;
  const byName = labels[NAMESPACE_SWITCH];
  return byName === undefined ? (labels[REVISION] ?? '') !== '' : byName === 'enabled';
}

export function injectedProxy(pod: {
  readonly namespace: string;
  readonly namespaceLabels: Labels;
  readonly labels: Labels;
  readonly annotations: Labels;
  readonly hostNetwork: boolean;
}): InjectedProxy {
  if (pod.hostNetwork || NEVER.has(pod.namespace)) return 'none';
  // A gateway's author asked for this pod by name; what the namespace's label says is secondary.
  if (templates(pod.annotations).includes('gateway')) return 'gateway';
  if (!webhookSees(pod.namespaceLabels, pod.labels)) return 'none';
  return (pod.labels[INJECT] ?? pod.annotations[INJECT]) === 'false' ? 'none' : 'sidecar';
}

function webhookSees(namespace: Labels, pod: Labels): boolean {
  if (pod[INJECT] === 'false') return false;
  const byName = namespace[NAMESPACE_SWITCH];
  if (byName !== undefined) return byName === 'enabled';
  if ((namespace[REVISION] ?? '') !== '') return true;
  return pod[INJECT] === 'true' || (pod[REVISION] ?? '') !== '';
}

/** Pod labels after injection. The gateway template sets no tlsMode, so nobody speaks mTLS to it unasked. */
export function labelsAfterInjection(labels: Labels, proxy: InjectedProxy, workload: string): Labels {
  if (proxy === 'none') return labels;
  const canonicalName = labels[CANONICAL_NAME] ?? labels['app.kubernetes.io/name'] ?? labels['app'] ?? workload;
  const added: Record<string, string> = { [CANONICAL_NAME]: canonicalName };
  if (proxy === 'sidecar') added[TLS_MODE] = labels[TLS_MODE] ?? 'istio';
  return { ...labels, ...added };
}

/** Ambient mode is a label of the namespace or the pod; a sidecar wins over it. */
export function inAmbient(namespaceLabels: Labels, labels: Labels, proxy: InjectedProxy): boolean {
  if (proxy !== 'none') return false;
  return (labels['istio.io/dataplane-mode'] ?? namespaceLabels['istio.io/dataplane-mode']) === 'ambient';
}

const templates = (annotations: Labels): readonly string[] =>
  (annotations[TEMPLATES] ?? '').split(',').map((name) => name.trim());
