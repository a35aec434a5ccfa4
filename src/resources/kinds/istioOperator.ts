/**
 * install.istio.io IstioOperator: what `istioctl install -f` takes. Read of it are mesh configuration,
 * istiod's environment and patches of its ClusterRole; it is no object of the API server, and needs no
 * name. Precedence is that of operator/pkg/render MergeInputs: values over the fields beside them.
 */
import {
  any,
  boolean,
  type Infer,
  ignored,
  list,
  map,
  object,
  string,
  unmodelled,
  unmodelledIf,
} from '../schema/schema.ts';
import { kubernetesKind } from './shared/kindDefinition.ts';

const environment = list(object({ name: string, value: string, valueFrom: unmodelled('not-built', any) }));

/** Profiles that change nothing which is read here but what they install. */
const PLAIN_PROFILES: readonly unknown[] = ['default', 'demo', 'minimal', 'empty', 'stable'];

const component = object({
  enabled: boolean,
  name: string,
  namespace: string,
  label: map(string),
  k8s: any,
});

export const istioOperator = kubernetesKind({
  group: 'install.istio.io',
  versions: ['v1alpha1'],
  kind: 'IstioOperator',
  unnamed: { name: 'istio', namespace: 'istio-system' },
  body: object({
    spec: object({
      profile: unmodelledIf(
        'not-built',
        'any but default, demo, minimal, empty, stable',
        (value) => !PLAIN_PROFILES.includes(value),
        string,
      ),
      hub: ignored('container-runtime', string),
      tag: ignored('container-runtime', any),
      namespace: ignored('no-effect', string),
      installPackagePath: unmodelled('not-built', string),
      revision: unmodelled('not-built', string),
      compatibilityVersion: unmodelled('not-built', string),
      /** MeshConfig; what is wrong in it is found as in its ConfigMap. */
      meshConfig: any,
      values: object({
        pilot: object({ env: map(any) }),
        meshConfig: any,
        global: unmodelled('not-built', any),
      }),
      unvalidatedValues: unmodelled('not-built', any),
      components: object({
        base: ignored('no-effect', any),
        pilot: object({
          enabled: boolean,
          k8s: object({
            env: environment,
            overlays: list(
              object({
                apiVersion: string,
                kind: string,
                name: string,
                patches: list(object({ path: string, value: any })),
              }),
            ),
          }),
        }),
        cni: ignored('no-effect', any),
        ztunnel: unmodelled('ambient', any),
        // Their Deployments and Services are written out, or they are not in the mesh.
        ingressGateways: unmodelled('not-built', list(component)),
        egressGateways: unmodelled('not-built', list(component)),
      }),
    }),
    status: ignored('status', any),
  }),
});
export type IstioOperatorBody = Infer<typeof istioOperator.body>;
