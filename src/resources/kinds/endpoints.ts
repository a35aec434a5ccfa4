/** Endpoints and EndpointSlice of Services without selector: recognised, not built. */
import { any, type Infer, ignored, int32, list, map, object, string } from '../schema/schema.ts';
import { kubernetesKind } from './shared/kindDefinition.ts';

const address = object({ ip: string, hostname: string, nodeName: ignored('scheduling', string), targetRef: any });

export const endpoints = kubernetesKind({
  group: '',
  versions: ['v1'],
  kind: 'Endpoints',
  unmodelled: 'not-built',
  body: object({
    subsets: list(
      object({
        addresses: list(address),
        notReadyAddresses: list(address),
        ports: list(object({ name: string, port: int32, protocol: string, appProtocol: string })),
      }),
    ),
  }),
});
export type EndpointsBody = Infer<typeof endpoints.body>;

export const endpointSlice = kubernetesKind({
  group: 'discovery.k8s.io',
  versions: ['v1'],
  kind: 'EndpointSlice',
  unmodelled: 'not-built',
  body: object({
    addressType: string,
    endpoints: list(
      object({
        addresses: list(string),
        conditions: any,
        hostname: string,
        targetRef: any,
        deprecatedTopology: map(string),
        nodeName: ignored('scheduling', string),
        zone: ignored('scheduling', string),
        hints: ignored('scheduling', any),
      }),
    ),
    ports: list(object({ name: string, port: int32, protocol: string, appProtocol: string })),
  }),
});
export type EndpointSliceBody = Infer<typeof endpointSlice.body>;
