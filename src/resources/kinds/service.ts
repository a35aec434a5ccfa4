/** Service: a host of the mesh, its ports and the pods behind it. */
import {
  any,
  boolean,
  type Infer,
  ignored,
  int32,
  intOrString,
  list,
  map,
  object,
  string,
  unmodelled,
  unmodelledIf,
} from '../schema/schema.ts';
import { kubernetesKind } from './shared/kindDefinition.ts';

const servicePort = object({
  name: string,
  protocol: string,
  port: int32,
  targetPort: intOrString,
  appProtocol: string,
  nodePort: ignored('not-read-by-mesh', int32),
});
export type ServicePort = Infer<typeof servicePort>;

const isSeveral = (value: unknown) => Array.isArray(value) && value.length > 1;

export const service = kubernetesKind({
  group: '',
  versions: ['v1'],
  kind: 'Service',
  body: object({
    spec: object({
      ports: list(servicePort),
      selector: map(string),
      type: string,
      clusterIP: string,
      clusterIPs: unmodelledIf('not-built', 'two addresses', isSeveral, list(string)),
      externalIPs: list(string),
      externalName: string,
      loadBalancerIP: string,
      publishNotReadyAddresses: ignored('rollout', boolean),
      sessionAffinity: ignored('no-effect', string),
      sessionAffinityConfig: ignored('no-effect', any),
      loadBalancerSourceRanges: unmodelled('network-policy', list(string)),
      externalTrafficPolicy: ignored('not-read-by-mesh', string),
      internalTrafficPolicy: unmodelledIf('locality', 'Local', (value) => value === 'Local', string),
      trafficDistribution: unmodelled('locality', string),
      healthCheckNodePort: ignored('rollout', int32),
      ipFamilies: ignored('not-read-by-mesh', list(string)),
      ipFamilyPolicy: ignored('not-read-by-mesh', string),
      allocateLoadBalancerNodePorts: ignored('not-read-by-mesh', boolean),
      loadBalancerClass: ignored('not-read-by-mesh', string),
    }),
    /** Load balancer addresses are read from here when the text has them. */
    status: object({
      loadBalancer: object({
        ingress: list(
          object({
            ip: string,
            hostname: string,
            ipMode: ignored('not-read-by-mesh', string),
            ports: ignored('status', any),
          }),
        ),
      }),
      conditions: ignored('status', any),
    }),
  }),
});
export type ServiceBody = Infer<typeof service.body>;
export type ServiceSpec = NonNullable<ServiceBody['spec']>;
