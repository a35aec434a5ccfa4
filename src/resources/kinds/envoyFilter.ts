/** networking.istio.io EnvoyFilter: patches of the Envoy configuration; it taints what it selects. */
import { any, enumOf, type Infer, int32, list, map, object, string, struct, uint32 } from '../schema/schema.ts';
import { istioKind } from './shared/kindDefinition.ts';
import { labelsSelector, policyTargetReference } from './shared/selector.ts';

const named = object({ name: string });
const filterMatch = object({ name: string, subFilter: named });

const objectMatch = object(
  {
    context: enumOf('istio.networking.v1alpha3.EnvoyFilter.PatchContext', [
      'ANY',
      'SIDECAR_INBOUND',
      'SIDECAR_OUTBOUND',
      'GATEWAY',
      'WAYPOINT',
    ]),
    proxy: object({ proxyVersion: string, metadata: map(string) }),
    listener: object({
      portNumber: uint32,
      portName: string,
      filterChain: object({
        name: string,
        sni: string,
        transportProtocol: string,
        applicationProtocols: string,
        filter: filterMatch,
        destinationPort: uint32,
        transportSocket: any,
      }),
      listenerFilter: string,
      name: string,
    }),
    routeConfiguration: object({
      portNumber: uint32,
      portName: string,
      gateway: string,
      vhost: object({
        name: string,
        domainName: string,
        route: object({
          name: string,
          action: enumOf('istio.networking.v1alpha3.EnvoyFilter.RouteConfigurationMatch.RouteMatch.Action', [
            'ANY',
            'ROUTE',
            'REDIRECT',
            'DIRECT_RESPONSE',
          ]),
        }),
      }),
      name: string,
    }),
    cluster: object({ portNumber: uint32, service: string, subset: string, name: string }),
    waypoint: object({ portNumber: uint32, route: named, filter: filterMatch }),
  },
  ['listener', 'routeConfiguration', 'cluster', 'waypoint'],
);

const patch = object({
  operation: enumOf('istio.networking.v1alpha3.EnvoyFilter.Patch.Operation', [
    'INVALID',
    'MERGE',
    'ADD',
    'REMOVE',
    'INSERT_BEFORE',
    'INSERT_AFTER',
    'INSERT_FIRST',
    'REPLACE',
    'MERGE_AND_REPLACE_LIST',
  ]),
  value: struct,
  filterClass: enumOf('istio.networking.v1alpha3.EnvoyFilter.Patch.FilterClass', [
    'UNSPECIFIED',
    'AUTHN',
    'AUTHZ',
    'STATS',
  ]),
});

const configPatch = object({
  applyTo: enumOf('istio.networking.v1alpha3.EnvoyFilter.ApplyTo', [
    'INVALID',
    'LISTENER',
    'FILTER_CHAIN',
    'NETWORK_FILTER',
    'HTTP_FILTER',
    'ROUTE_CONFIGURATION',
    'VIRTUAL_HOST',
    'HTTP_ROUTE',
    'CLUSTER',
    'EXTENSION_CONFIG',
    'BOOTSTRAP',
    'LISTENER_FILTER',
  ]),
  match: objectMatch,
  patch,
});
export type EnvoyConfigObjectPatch = Infer<typeof configPatch>;

export const envoyFilter = istioKind({
  group: 'networking.istio.io',
  versions: ['v1alpha3'],
  kind: 'EnvoyFilter',
  unmodelled: 'envoy-patch',
  spec: object({
    workloadSelector: labelsSelector,
    targetRefs: list(policyTargetReference),
    configPatches: list(configPatch),
    priority: int32,
  }),
});
export type EnvoyFilterBody = Infer<typeof envoyFilter.body>;
export type EnvoyFilterSpec = NonNullable<EnvoyFilterBody['spec']>;
