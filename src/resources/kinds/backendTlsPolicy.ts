/** gateway.networking.k8s.io BackendTLSPolicy: TLS from a gateway to a Service. */
import { any, enumOf, type Infer, ignored, list, map, object, string } from '../schema/schema.ts';
import { kubernetesKind } from './shared/kindDefinition.ts';

export const backendTlsPolicy = kubernetesKind({
  group: 'gateway.networking.k8s.io',
  versions: ['v1', 'v1alpha3'],
  kind: 'BackendTLSPolicy',
  body: object({
    spec: object({
      targetRefs: list(object({ group: string, kind: string, name: string, sectionName: string })),
      validation: object({
        caCertificateRefs: list(object({ group: string, kind: string, name: string })),
        wellKnownCACertificates: enumOf('', ['System']),
        hostname: string,
        subjectAltNames: list(object({ type: enumOf('', ['Hostname', 'URI']), hostname: string, uri: string })),
      }),
      options: ignored('no-effect', map(string)),
    }),
    status: ignored('status', any),
  }),
});
export type BackendTlsPolicyBody = Infer<typeof backendTlsPolicy.body>;
