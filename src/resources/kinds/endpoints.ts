/** Endpoints and EndpointSlice: addresses behind a Service that somebody wrote by hand. */
import { any, boolean, type Infer, ignored, int32, list, map, object, string } from '../schema/schema.ts';
import { kubernetesKind } from './shared/kindDefinition.ts';

const targetRef = object({
  kind: string,
  name: string,
  namespace: string,
  apiVersion: ignored('documentation', string),
  fieldPath: ignored('documentation', string),
  resourceVersion: ignored('server-written', string),
  uid: ignored('server-written', string),
});
const address = object({
  ip: string,
  hostname: ignored('not-read-by-mesh', string),
  nodeName: ignored('scheduling', string),
  targetRef,
});

export const endpoints = kubernetesKind({
  group: '',
  versions: ['v1'],
  kind: 'Endpoints',
  body: object({
    subsets: list(
      object({
        addresses: list(address),
        notReadyAddresses: ignored('rollout', any),
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
  body: object({
    addressType: string,
    endpoints: list(
      object({
        addresses: list(string),
        conditions: object({
          ready: boolean,
          serving: ignored('rollout', boolean),
          terminating: ignored('rollout', boolean),
        }),
        hostname: ignored('not-read-by-mesh', string),
        targetRef,
        deprecatedTopology: ignored('scheduling', map(string)),
        nodeName: ignored('scheduling', string),
        zone: ignored('scheduling', string),
        hints: ignored('scheduling', any),
      }),
    ),
    ports: list(object({ name: string, port: int32, protocol: string, appProtocol: string })),
  }),
});
export type EndpointSliceBody = Infer<typeof endpointSlice.body>;
