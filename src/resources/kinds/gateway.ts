/** networking.istio.io Gateway: what a gateway proxy listens on. */
import { type Infer, ignored, list, map, object, string, uint32 } from '../schema/schema.ts';
import { istioKind } from './shared/kindDefinition.ts';
import { serverTlsSettings } from './shared/serverTls.ts';

const port = object({ number: uint32, protocol: string, name: string, targetPort: ignored('no-effect', uint32) });
export type GatewayPort = Infer<typeof port>;

const server = object({
  port,
  bind: string,
  hosts: list(string),
  tls: serverTlsSettings,
  defaultEndpoint: ignored('no-effect', string),
  name: ignored('telemetry-only', string),
});
export type GatewayServer = Infer<typeof server>;

export const gateway = istioKind({
  group: 'networking.istio.io',
  versions: ['v1', 'v1beta1', 'v1alpha3'],
  kind: 'Gateway',
  spec: object({ servers: list(server), selector: map(string) }),
});
export type GatewayBody = Infer<typeof gateway.body>;
export type GatewaySpec = NonNullable<GatewayBody['spec']>;
