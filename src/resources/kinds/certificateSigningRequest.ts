/** certificates.k8s.io CertificateSigningRequest: how Kubernetes signers issue workload certificates. */
import { any, bytes, type Infer, ignored, int32, list, object, string } from '../schema/schema.ts';
import { kubernetesKind } from './shared/kindDefinition.ts';

export const certificateSigningRequest = kubernetesKind({
  group: 'certificates.k8s.io',
  versions: ['v1'],
  kind: 'CertificateSigningRequest',
  clusterScoped: true,
  body: object({
    spec: object({
      request: bytes,
      signerName: string,
      expirationSeconds: ignored('timing-only', int32),
      usages: list(string),
      username: ignored('server-written', string),
      uid: ignored('server-written', string),
      groups: ignored('server-written', list(string)),
      extra: ignored('server-written', any),
    }),
    status: object({
      conditions: list(
        object({
          type: string,
          status: string,
          reason: string,
          message: string,
          lastUpdateTime: ignored('status', any),
          lastTransitionTime: ignored('status', any),
        }),
      ),
      certificate: bytes,
    }),
  }),
});
export type CertificateSigningRequestBody = Infer<typeof certificateSigningRequest.body>;
