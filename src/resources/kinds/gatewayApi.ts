/** gateway.networking.k8s.io Gateway, GatewayClass and ReferenceGrant. */
import { any, enumOf, type Infer, ignored, int32, list, map, object, string, unmodelled } from '../schema/schema.ts';
import { kubernetesKind } from './shared/kindDefinition.ts';
import { labelSelector } from './shared/selector.ts';

const group = 'gateway.networking.k8s.io';

export const secretObjectReference = object({ group: string, kind: string, name: string, namespace: string });
export type SecretObjectReference = Infer<typeof secretObjectReference>;
const objectReference = secretObjectReference;

const allowedRoutes = object({
  namespaces: object({ from: enumOf('', ['All', 'Same', 'Selector', 'None']), selector: labelSelector }),
  kinds: list(object({ group: string, kind: string })),
});

const listenerTls = object({
  mode: enumOf('', ['Terminate', 'Passthrough']),
  certificateRefs: list(secretObjectReference),
  options: map(string),
});

const listener = object({
  name: string,
  hostname: string,
  port: int32,
  protocol: string,
  tls: listenerTls,
  allowedRoutes,
});
export type GatewayListener = Infer<typeof listener>;

const frontendValidation = object({
  caCertificateRefs: list(objectReference),
  mode: enumOf('', ['AllowValidOnly', 'AllowInsecureFallback']),
});
const frontendTls = object({ validation: frontendValidation });

export const kubernetesGateway = kubernetesKind({
  group,
  versions: ['v1', 'v1beta1'],
  kind: 'Gateway',
  body: object({
    spec: object({
      gatewayClassName: string,
      listeners: list(listener),
      addresses: list(object({ type: string, value: string })),
      infrastructure: unmodelled(
        'not-built',
        object({
          labels: map(string),
          annotations: map(string),
          parametersRef: object({ group: string, kind: string, name: string }),
        }),
      ),
      allowedListeners: unmodelled('not-built', any),
      tls: object({
        backend: unmodelled('not-built', object({ clientCertificateRef: secretObjectReference })),
        frontend: object({
          default: frontendTls,
          perPort: list(object({ port: int32, tls: frontendTls })),
        }),
      }),
      defaultScope: unmodelled('not-built', string),
    }),
    status: ignored('status', any),
  }),
});
export type KubernetesGatewayBody = Infer<typeof kubernetesGateway.body>;

export const gatewayClass = kubernetesKind({
  group,
  versions: ['v1', 'v1beta1'],
  kind: 'GatewayClass',
  clusterScoped: true,
  body: object({
    spec: object({
      controllerName: string,
      parametersRef: unmodelled('not-built', object({ group: string, kind: string, name: string, namespace: string })),
      description: ignored('documentation', string),
    }),
    status: ignored('status', any),
  }),
});
export type GatewayClassBody = Infer<typeof gatewayClass.body>;

export const referenceGrant = kubernetesKind({
  group,
  versions: ['v1', 'v1beta1', 'v1alpha2'],
  kind: 'ReferenceGrant',
  body: object({
    spec: object({
      from: list(object({ group: string, kind: string, namespace: string })),
      to: list(object({ group: string, kind: string, name: string })),
    }),
  }),
});
export type ReferenceGrantBody = Infer<typeof referenceGrant.body>;
