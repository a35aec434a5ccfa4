/** networking.istio.io Sidecar: what a workload's proxy knows and listens on. */
import { enumOf, type Infer, list, object, string, uint32, unmodelledIf } from '../schema/schema.ts';
import { istioKind } from './shared/kindDefinition.ts';
import { labelsSelector } from './shared/selector.ts';
import { serverTlsSettings } from './shared/serverTls.ts';
import { connectionPoolSettings } from './shared/trafficPolicy.ts';
import { destination } from './virtualService.ts';

const sidecarPort = object({ number: uint32, protocol: string, name: string, targetPort: uint32 });
const captureMode = unmodelledIf(
  'capture-mode',
  'NONE',
  (value) => value === 'NONE',
  enumOf('istio.networking.v1alpha3.CaptureMode', ['DEFAULT', 'IPTABLES', 'NONE']),
);

const ingress = object({
  port: sidecarPort,
  bind: string,
  captureMode,
  defaultEndpoint: string,
  tls: serverTlsSettings,
  connectionPool: connectionPoolSettings,
});
export type IstioIngressListener = Infer<typeof ingress>;

const egress = object({ port: sidecarPort, bind: string, captureMode, hosts: list(string) });
export type IstioEgressListener = Infer<typeof egress>;

export const sidecar = istioKind({
  group: 'networking.istio.io',
  versions: ['v1', 'v1beta1', 'v1alpha3'],
  kind: 'Sidecar',
  spec: object({
    workloadSelector: labelsSelector,
    ingress: list(ingress),
    egress: list(egress),
    inboundConnectionPool: connectionPoolSettings,
    outboundTrafficPolicy: object({
      mode: enumOf('istio.networking.v1alpha3.OutboundTrafficPolicy.Mode', ['REGISTRY_ONLY', 'ALLOW_ANY']),
      egressProxy: destination,
    }),
  }),
});
export type SidecarBody = Infer<typeof sidecar.body>;
export type SidecarSpec = NonNullable<SidecarBody['spec']>;
