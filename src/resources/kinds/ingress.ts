/** networking.k8s.io Ingress and IngressClass: hosts and paths that an ingress gateway serves. */
import { any, type Infer, ignored, int32, list, object, string } from '../schema/schema.ts';
import { kubernetesKind } from './shared/kindDefinition.ts';

const backend = object({
  service: object({ name: string, port: object({ name: string, number: int32 }) }),
  resource: any,
});

export const ingress = kubernetesKind({
  group: 'networking.k8s.io',
  versions: ['v1'],
  kind: 'Ingress',
  body: object({
    spec: object({
      ingressClassName: string,
      defaultBackend: backend,
      tls: list(object({ hosts: list(string), secretName: string })),
      rules: list(
        object({
          host: string,
          http: object({ paths: list(object({ path: string, pathType: string, backend })) }),
        }),
      ),
    }),
    status: ignored('status', any),
  }),
});
export type IngressBody = Infer<typeof ingress.body>;

export const ingressClass = kubernetesKind({
  group: 'networking.k8s.io',
  versions: ['v1'],
  kind: 'IngressClass',
  clusterScoped: true,
  body: object({
    spec: object({ controller: string, parameters: any }),
  }),
});
export type IngressClassBody = Infer<typeof ingressClass.body>;
