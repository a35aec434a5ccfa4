/**
 * The ProxyConfig that a pod's proxy starts with (pilot/pkg/model/proxy_config.go
 * EffectiveProxyConfig): the mesh's default, then the root namespace's ProxyConfig, the pod's
 * namespace's, the pod's annotation, and the ProxyConfig that selects the pod, each over the one
 * before. Of several of one class only the oldest counts. proxyMetadata merges key by key.
 */
import type { MeshProxyConfig } from '../resources/kinds/meshConfigProxy.ts';
import type { ResourceOf } from '../resources/ofKind.ts';
import { isRecord, type ParseYaml } from './embeddedYaml.ts';
import { isEmptySelector, type Labels, selects } from './labels.ts';

type ProxyConfigResource = ResourceOf<'networking.istio.io/ProxyConfig'>;

const ANNOTATION = 'proxy.istio.io/config';

export function effectiveProxyConfig(
  pod: { readonly namespace: string; readonly labels: Labels; readonly annotations: Labels },
  mesh: { readonly defaultConfig: MeshProxyConfig; readonly rootNamespace: string },
  /** In istiod's order: oldest first. */
  proxyConfigs: readonly ProxyConfigResource[],
  parseYaml: ParseYaml,
): MeshProxyConfig {
  const forAll = (namespace: string) =>
    proxyConfigs.find((p) => p.namespace === namespace && isEmptySelector(p.body.spec?.selector?.matchLabels));
  const own = proxyConfigs.find((p) => {
    const selector = p.body.spec?.selector?.matchLabels;
    return p.namespace === pod.namespace && !isEmptySelector(selector) && selects(selector, pod.labels);
  });
  const layers: MeshProxyConfig[] = [
    fromResource(forAll(mesh.rootNamespace)),
    ...(pod.namespace === mesh.rootNamespace ? [] : [fromResource(forAll(pod.namespace))]),
    fromAnnotation(pod.annotations[ANNOTATION], parseYaml),
    fromResource(own),
  ];
  return layers.reduce(mergeProxyConfig, mesh.defaultConfig);
}

function fromResource(resource: ProxyConfigResource | undefined): MeshProxyConfig {
  const environment = resource?.body.spec?.environmentVariables;
  return environment === undefined ? {} : { proxyMetadata: environment };
}

function fromAnnotation(text: string | undefined, parseYaml: ParseYaml): MeshProxyConfig {
  if (text === undefined) return {};
  const parsed = parseYaml(text);
  return parsed.ok && isRecord(parsed.value) ? (parsed.value as MeshProxyConfig) : {};
}

/** Fields of `over` replace those of `base`; maps merge key by key. */
export function mergeProxyConfig(base: MeshProxyConfig, over: MeshProxyConfig): MeshProxyConfig {
  const merged: MeshProxyConfig = { ...base, ...over };
  if (over.proxyMetadata === undefined) return merged;
  return { ...merged, proxyMetadata: { ...base.proxyMetadata, ...textValues(over.proxyMetadata) } };
}

/** Environment values are strings even where YAML reads a number or a boolean. */
const textValues = (values: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(values).map(([key, value]) => [key, String(value)]));
