/**
 * MeshConfig: the document inside ConfigMap `istio` (key `mesh`) of the control plane's namespace,
 * with istiod's defaults (pkg/config/mesh DefaultMeshConfig); without it, what an IstioOperator would
 * write there. ConfigMaps of a revision
 * (`istio-REVISION`) are not read: the simulated control plane has the default revision's.
 */
import type { Diagnostic } from '../base/diagnostics/diagnostic.ts';
import type { FieldPath, Origin } from '../base/origin.ts';
import { rememberLast } from '../base/remembered.ts';
import type { MeshConfig as MeshConfigDocument, MeshTlsConfig } from '../resources/kinds/meshConfig.ts';
import type { ExtensionProvider as ProviderDocument } from '../resources/kinds/meshConfigProviders.ts';
import type { Resource } from '../resources/types.ts';
import { parseDurationMs } from './duration.ts';
import { isRecord, type ParseYaml } from './embeddedYaml.ts';
import type { Installation } from './installation.ts';
import { mergeProxyConfig } from './proxyEnvironment.ts';
import type { CaCertificateEntry, ExtensionProvider, MeshConfig } from './types.ts';

const SYSTEM_NAMESPACE = 'istio-system';
const KEY: FieldPath = ['data', 'mesh'];

const DEFAULT_TRUST_DOMAIN = 'cluster.local';
const DOMAIN_SUFFIX = 'cluster.local';
const DEFAULT_CONNECT_TIMEOUT_MS = 10_000;

export interface MeshConfigOutcome {
  readonly config: MeshConfig;
  readonly diagnostics: readonly Diagnostic[];
}

export function buildMeshConfig(
  resources: readonly Resource[],
  installation: Installation | undefined,
  parseYaml: ParseYaml,
): MeshConfigOutcome {
  const configMap = resources.find(isMeshConfigMap);
  if (configMap !== undefined) return configuredBy(configMap, parseYaml);
  return installation === undefined ? NOT_CONFIGURED : installedBy(installation, parseYaml);
}

const installedBy = rememberLast(
  ({ meshConfig, origin }: Installation, parseYaml: ParseYaml): MeshConfigOutcome =>
    configured(JSON.stringify(meshConfig), origin, parseYaml),
);

const configuredBy = rememberLast(
  (configMap: ConfigMap, parseYaml: ParseYaml): MeshConfigOutcome =>
    configured(configMap.body.data?.['mesh'] ?? '', { resource: configMap.id, path: KEY }, parseYaml),
);

function configured(text: string, origin: Origin, parseYaml: ParseYaml): MeshConfigOutcome {
  const parsed = parseYaml(text);
  if (!parsed.ok || !(isRecord(parsed.value) || parsed.value === null || parsed.value === undefined)) {
    const message = parsed.ok ? 'not an object' : parsed.error;
    return {
      config: withDefaults({}, origin),
      diagnostics: [{ code: 'mesh-config-invalid', severity: 'error', params: { message }, origin }],
    };
  }
  return { config: withDefaults((parsed.value ?? {}) as MeshConfigDocument, origin), diagnostics: [] };
}

type ConfigMap = Resource<'ConfigMap', { readonly data?: Readonly<Record<string, string>> }>;

function isMeshConfigMap(resource: Resource): resource is ConfigMap {
  return (
    resource.kind === 'ConfigMap' &&
    resource.group === '' &&
    resource.name === 'istio' &&
    resource.namespace === SYSTEM_NAMESPACE
  );
}

function withDefaults(raw: MeshConfigDocument, origin: Origin | undefined): MeshConfig {
  const at = origin ?? undefined;
  return {
    rootNamespace: raw.rootNamespace || SYSTEM_NAMESPACE,
    trustDomain: raw.trustDomain || DEFAULT_TRUST_DOMAIN,
    trustDomainAliases: raw.trustDomainAliases ?? [],
    domainSuffix: DOMAIN_SUFFIX,
    enableAutoMtls: raw.enableAutoMtls ?? true,
    outboundTrafficPolicy: outboundMode(raw),
    inboundTrafficPolicy: raw.inboundTrafficPolicy?.mode ?? 'PASSTHROUGH',
    defaultServiceExportTo: raw.defaultServiceExportTo ?? ['*'],
    defaultVirtualServiceExportTo: raw.defaultVirtualServiceExportTo ?? ['*'],
    defaultDestinationRuleExportTo: raw.defaultDestinationRuleExportTo ?? ['*'],
    pathNormalization: pathNormalization(raw),
    meshMtlsMinVersion: raw.meshMTLS?.minProtocolVersion === 'TLSV1_3' ? '1.3' : '1.2',
    meshMtlsCipherSuites: raw.meshMTLS?.cipherSuites ?? [],
    tlsDefaults: tlsDefaults(raw.tlsDefaults),
    protocolDetectionTimeoutMs: parseDurationMs(raw.protocolDetectionTimeout) ?? 0,
    connectTimeoutMs: parseDurationMs(raw.connectTimeout) ?? DEFAULT_CONNECT_TIMEOUT_MS,
    extensionProviders: extensionProviders(raw.extensionProviders ?? [], at),
    caCertificates: caCertificates(raw, at),
    defaultConfig: mergeProxyConfig({ statusPort: 15020 }, raw.defaultConfig ?? {}),
    localityLbEnabled: raw.localityLbSetting?.enabled ?? true,
    h2Upgrade: raw.h2UpgradePolicy === 'UPGRADE',
    ...(raw.ingressSelector === undefined ? {} : { ingressSelector: raw.ingressSelector }),
    ...(raw.defaultHttpRetryPolicy === undefined ? {} : { defaultHttpRetryPolicy: raw.defaultHttpRetryPolicy }),
    ...(origin === undefined ? {} : { origin }),
    raw,
  };
}

/** The default is ALLOW_ANY; a message without a mode is the enum's zero, REGISTRY_ONLY. */
function outboundMode(raw: MeshConfigDocument): MeshConfig['outboundTrafficPolicy'] {
  if (raw.outboundTrafficPolicy === undefined || raw.outboundTrafficPolicy === null) return 'ALLOW_ANY';
  return raw.outboundTrafficPolicy.mode ?? 'ALLOW_ANY';
}

function pathNormalization(raw: MeshConfigDocument): MeshConfig['pathNormalization'] {
  const wanted = raw.pathNormalization?.normalization;
  return wanted === undefined || wanted === 'DEFAULT' ? 'BASE' : wanted;
}

function tlsDefaults(raw: MeshTlsConfig | undefined): MeshConfig['tlsDefaults'] {
  const min = raw?.minProtocolVersion;
  return {
    ...(min === 'TLSV1_2' ? { minProtocolVersion: '1.2' as const } : {}),
    ...(min === 'TLSV1_3' ? { minProtocolVersion: '1.3' as const } : {}),
    cipherSuites: raw?.cipherSuites ?? [],
    ecdhCurves: raw?.ecdhCurves ?? [],
  };
}

function extensionProviders(list: readonly ProviderDocument[], origin: Origin | undefined): ExtensionProvider[] {
  return list.flatMap((provider, index) => {
    if (!isRecord(provider)) return [];
    const type = Object.keys(provider).find(
      (key) => key !== 'name' && isRecord(provider[key as keyof ProviderDocument]),
    );
    if (type === undefined || origin === undefined) return [];
    return [
      {
        name: provider.name ?? '',
        type,
        config: provider[type as keyof ProviderDocument] as Readonly<Record<string, unknown>>,
        origin: { resource: origin.resource, path: [...origin.path, 'extensionProviders', index] },
      },
    ];
  });
}

function caCertificates(raw: MeshConfigDocument, origin: Origin | undefined): CaCertificateEntry[] {
  if (origin === undefined) return [];
  return (raw.caCertificates ?? []).map((entry, index) => ({
    ...(entry.pem === undefined ? {} : { pem: entry.pem }),
    ...(entry.spiffeBundleUrl === undefined ? {} : { spiffeBundleUrl: entry.spiffeBundleUrl }),
    certSigners: entry.certSigners ?? [],
    trustDomains: entry.trustDomains ?? [],
    origin: { resource: origin.resource, path: [...origin.path, 'caCertificates', index] },
  }));
}

const NOT_CONFIGURED: MeshConfigOutcome = { config: withDefaults({}, undefined), diagnostics: [] };
