/**
 * What an IstioOperator installs, as far as the mesh depends on it: MeshConfig, istiod's environment,
 * and the signers that its ClusterRole lets it approve. Undefined: the workspace has none. Objects that
 * the workspace spells out (ConfigMap `istio`, istiod's Deployment, its ClusterRole) go before.
 * Authority: operator/pkg/render/manifest.go MergeInputs (values are merged over meshConfig),
 * postprocess.go (env by name, overlays last), charts istio-discovery clusterrole.yaml.
 */
import type { Origin } from '../base/origin.ts';
import { rememberLast } from '../base/remembered.ts';
import type { IstioOperatorBody } from '../resources/kinds/istioOperator.ts';
import type { Resource } from '../resources/types.ts';
import { isRecord, type ParseYaml } from './embeddedYaml.ts';

export interface Installation {
  /** As its ConfigMap would have it. */
  readonly meshConfig: Readonly<Record<string, unknown>>;
  /** Where MeshConfig stands. */
  readonly origin: Origin;
  readonly environment: Readonly<Record<string, string>>;
  /** Undefined: its ClusterRole is patched in a way that is not read; all signers are taken for allowed. */
  readonly mayApprove: readonly string[] | undefined;
}

type IstioOperator = Resource<'IstioOperator', IstioOperatorBody>;

export function installationOf(resources: readonly Resource[], parseYaml: ParseYaml): Installation | undefined {
  const operator = resources.find((resource): resource is IstioOperator => resource.kind === 'IstioOperator');
  return operator && installed(operator, parseYaml);
}

const installed = rememberLast(({ id, body }: IstioOperator, parseYaml: ParseYaml): Installation => {
  const { meshConfig, values, components } = body.spec ?? {};
  const fromField = isRecord(meshConfig) ? meshConfig : {};
  const fromValues = isRecord(values?.meshConfig) ? values.meshConfig : {};
  const path = isRecord(meshConfig) ? ['spec', 'meshConfig'] : ['spec', 'values', 'meshConfig'];
  const { env = [], overlays = [] } = components?.pilot?.k8s ?? {};
  return {
    meshConfig: merged(fromField, fromValues),
    origin: { resource: id, path },
    environment: {
      ...Object.fromEntries(Object.entries(values?.pilot?.env ?? {}).map(([name, value]) => [name, String(value)])),
      ...Object.fromEntries(env.map(({ name = '', value = '' }) => [name, value])),
    },
    mayApprove: approvals(overlays, parseYaml),
  };
});

/** Maps merge key by key, anything else is replaced. */
function merged(
  base: Readonly<Record<string, unknown>>,
  over: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const result: Record<string, unknown> = { ...base };
  for (const [key, value] of Object.entries(over)) {
    const known = base[key];
    result[key] = isRecord(known) && isRecord(value) ? merged(known, value) : value;
  }
  return result;
}

type Overlays = NonNullable<
  NonNullable<NonNullable<NonNullable<IstioOperatorBody['spec']>['components']>['pilot']>['k8s']
>['overlays'];

/** What the chart itself grants. */
const CHART_SIGNERS: readonly string[] = ['kubernetes.io/legacy-unknown'];

/** Rules that are put at the end of istiod's ClusterRole. */
function approvals(overlays: NonNullable<Overlays>, parseYaml: ParseYaml): readonly string[] | undefined {
  const signers = [...CHART_SIGNERS];
  const patches = overlays
    .filter(({ kind, name = '' }) => kind === 'ClusterRole' && name.startsWith('istiod-clusterrole'))
    .flatMap((overlay) => overlay.patches ?? []);
  for (const { path, value } of patches) {
    const parsed = typeof value === 'string' ? parseYaml(value) : { ok: true as const, value };
    if (path !== 'rules[-1]' || !parsed.ok || !isRecord(parsed.value)) return undefined;
    const { apiGroups, resources, verbs, resourceNames } = parsed.value;
    if (!holds(apiGroups, 'certificates.k8s.io') || !holds(resources, 'signers') || !holds(verbs, 'approve')) continue;
    if (!Array.isArray(resourceNames) || resourceNames.length === 0) return undefined;
    signers.push(...resourceNames.map(String));
  }
  return signers;
}

const holds = (values: unknown, wanted: string): boolean =>
  Array.isArray(values) && (values.includes(wanted) || values.includes('*'));
