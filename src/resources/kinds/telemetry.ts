/** telemetry.istio.io Telemetry: metrics, traces and access logs; it changes no verdict. */
import { boolean, duration, enumOf, type Infer, ignored, list, map, number, object, string } from '../schema/schema.ts';
import { istioKind } from './shared/kindDefinition.ts';
import { policyTargetReference, workloadSelector } from './shared/selector.ts';

const mode = enumOf('istio.telemetry.v1alpha1.WorkloadMode', ['CLIENT_AND_SERVER', 'CLIENT', 'SERVER']);
const providers = list(object({ name: string }));

const tracing = object({
  match: object({ mode }),
  providers,
  randomSamplingPercentage: number,
  disableSpanReporting: boolean,
  customTags: map(
    object(
      {
        literal: object({ value: string }),
        environment: object({ name: string, defaultValue: string }),
        header: object({ name: string, defaultValue: string }),
        formatter: object({ value: string }),
      },
      ['literal', 'environment', 'header', 'formatter'],
    ),
  ),
  useRequestIdForTraceSampling: boolean,
  enableIstioTags: boolean,
  disableContextPropagation: boolean,
});

const metrics = object({
  providers,
  overrides: list(
    object({
      match: object(
        {
          metric: enumOf('istio.telemetry.v1alpha1.MetricSelector.IstioMetric', [
            'ALL_METRICS',
            'REQUEST_COUNT',
            'REQUEST_DURATION',
            'REQUEST_SIZE',
            'RESPONSE_SIZE',
            'TCP_OPENED_CONNECTIONS',
            'TCP_CLOSED_CONNECTIONS',
            'TCP_SENT_BYTES',
            'TCP_RECEIVED_BYTES',
            'GRPC_REQUEST_MESSAGES',
            'GRPC_RESPONSE_MESSAGES',
          ]),
          customMetric: string,
          mode,
        },
        ['metric', 'customMetric'],
      ),
      disabled: boolean,
      tagOverrides: map(
        object({
          operation: enumOf('istio.telemetry.v1alpha1.MetricsOverrides.TagOverride.Operation', ['UPSERT', 'REMOVE']),
          value: string,
        }),
      ),
    }),
  ),
  reportingInterval: duration,
});

export const telemetry = istioKind({
  group: 'telemetry.istio.io',
  versions: ['v1', 'v1alpha1'],
  kind: 'Telemetry',
  spec: object({
    selector: workloadSelector,
    targetRef: policyTargetReference,
    targetRefs: list(policyTargetReference),
    tracing: ignored('telemetry-only', list(tracing)),
    metrics: ignored('telemetry-only', list(metrics)),
    accessLogging: ignored(
      'telemetry-only',
      list(object({ match: object({ mode }), providers, disabled: boolean, filter: object({ expression: string }) })),
    ),
  }),
});
export type TelemetryBody = Infer<typeof telemetry.body>;
export type TelemetrySpec = NonNullable<TelemetryBody['spec']>;
