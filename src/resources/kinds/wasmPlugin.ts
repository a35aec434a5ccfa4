/** extensions.istio.io WasmPlugin and TrafficExtension: code in the proxy; they taint what they select. */
import { enumOf, type Infer, int32, list, object, string, struct } from '../schema/schema.ts';
import { istioKind } from './shared/kindDefinition.ts';
import { policyTargetReference, portSelector, workloadSelector } from './shared/selector.ts';

const vmConfig = object({
  env: list(
    object({
      name: string,
      valueFrom: enumOf('istio.extensions.v1alpha1.EnvValueSource', ['INLINE', 'HOST']),
      value: string,
    }),
  ),
});
const trafficSelector = object({
  mode: enumOf('istio.type.v1beta1.WorkloadMode', ['UNDEFINED', 'CLIENT', 'SERVER', 'CLIENT_AND_SERVER']),
  ports: list(portSelector),
});
const pullPolicy = enumOf('istio.extensions.v1alpha1.PullPolicy', ['UNSPECIFIED_POLICY', 'IfNotPresent', 'Always']);
const failStrategy = enumOf('istio.extensions.v1alpha1.FailStrategy', ['FAIL_CLOSE', 'FAIL_OPEN', 'FAIL_RELOAD']);
const pluginType = enumOf('istio.extensions.v1alpha1.PluginType', ['UNSPECIFIED_PLUGIN_TYPE', 'HTTP', 'NETWORK']);

export const wasmPlugin = istioKind({
  group: 'extensions.istio.io',
  versions: ['v1alpha1'],
  kind: 'WasmPlugin',
  unmodelled: 'extension-code',
  spec: object({
    selector: workloadSelector,
    targetRef: policyTargetReference,
    targetRefs: list(policyTargetReference),
    url: string,
    sha256: string,
    imagePullPolicy: pullPolicy,
    imagePullSecret: string,
    verificationKey: string,
    pluginConfig: struct,
    pluginName: string,
    phase: enumOf('istio.extensions.v1alpha1.PluginPhase', ['UNSPECIFIED_PHASE', 'AUTHN', 'AUTHZ', 'STATS']),
    priority: int32,
    failStrategy,
    vmConfig,
    match: list(trafficSelector),
    type: pluginType,
  }),
});
export type WasmPluginBody = Infer<typeof wasmPlugin.body>;
export type WasmPluginSpec = NonNullable<WasmPluginBody['spec']>;

export const trafficExtension = istioKind({
  group: 'extensions.istio.io',
  versions: ['v1alpha1'],
  kind: 'TrafficExtension',
  unmodelled: 'extension-code',
  spec: object(
    {
      selector: workloadSelector,
      targetRefs: list(policyTargetReference),
      phase: enumOf('istio.extensions.v1alpha1.TrafficExtension.ExecutionPhase', [
        'UNSPECIFIED',
        'AUTHN',
        'AUTHZ',
        'STATS',
      ]),
      priority: int32,
      match: list(trafficSelector),
      wasm: object({
        url: string,
        sha256: string,
        imagePullPolicy: pullPolicy,
        imagePullSecret: string,
        verificationKey: string,
        pluginConfig: struct,
        pluginName: string,
        failStrategy,
        vmConfig,
        type: pluginType,
      }),
      lua: object({ inlineCode: string }),
    },
    ['wasm', 'lua'],
  ),
});
export type TrafficExtensionBody = Infer<typeof trafficExtension.body>;
export type TrafficExtensionSpec = NonNullable<TrafficExtensionBody['spec']>;
