/** networking.istio.io WorkloadGroup: a template for self-registering machines; recognised by name only. */
import { type Infer, int32, list, map, object, string, uint32 } from '../schema/schema.ts';
import { istioKind } from './shared/kindDefinition.ts';
import { workloadEntrySpec } from './workloadEntry.ts';

const header = object({ name: string, value: string });

export const readinessProbe = object(
  {
    initialDelaySeconds: int32,
    timeoutSeconds: int32,
    periodSeconds: int32,
    successThreshold: int32,
    failureThreshold: int32,
    httpGet: object({ path: string, port: uint32, host: string, scheme: string, httpHeaders: list(header) }),
    tcpSocket: object({ host: string, port: uint32 }),
    exec: object({ command: list(string) }),
    grpc: object({ port: uint32, service: string }),
  },
  ['httpGet', 'tcpSocket', 'exec', 'grpc'],
);

export const workloadGroup = istioKind({
  group: 'networking.istio.io',
  versions: ['v1', 'v1beta1', 'v1alpha3'],
  kind: 'WorkloadGroup',
  unmodelled: 'virtual-machine',
  spec: object({
    metadata: object({ labels: map(string), annotations: map(string) }),
    template: workloadEntrySpec,
    probe: readinessProbe,
  }),
});
export type WorkloadGroupBody = Infer<typeof workloadGroup.body>;
