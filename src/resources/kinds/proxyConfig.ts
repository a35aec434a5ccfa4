/** networking.istio.io ProxyConfig: environment and image of injected proxies. */
import { type Infer, ignored, int32, map, object, string } from '../schema/schema.ts';
import { istioKind } from './shared/kindDefinition.ts';
import { workloadSelector } from './shared/selector.ts';

export const proxyImage = object({ imageType: string });

export const proxyConfig = istioKind({
  group: 'networking.istio.io',
  versions: ['v1beta1'],
  kind: 'ProxyConfig',
  spec: object({
    selector: workloadSelector,
    concurrency: ignored('load-only', int32),
    environmentVariables: map(string),
    image: ignored('container-runtime', proxyImage),
  }),
});
export type ProxyConfigBody = Infer<typeof proxyConfig.body>;
export type ProxyConfigSpec = NonNullable<ProxyConfigBody['spec']>;
