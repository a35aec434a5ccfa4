/** MeshConfig.extensionProviders: external authorizers are modelled, telemetry providers change no verdict. */
import { any, boolean, duration, type Infer, ignored, list, map, object, string, uint32 } from '../schema/schema.ts';

const includeRequestBodyInCheck = object({
  maxRequestBytes: uint32,
  allowPartialMessage: boolean,
  packAsBytes: boolean,
});

const envoyExtAuthzHttp = object({
  service: string,
  port: uint32,
  timeout: duration,
  pathPrefix: string,
  failOpen: boolean,
  clearRouteCache: boolean,
  statusOnError: string,
  includeHeadersInCheck: list(string),
  includeRequestHeadersInCheck: list(string),
  includeAdditionalHeadersInCheck: map(string),
  includeRequestBodyInCheck: ignored('no-effect', includeRequestBodyInCheck),
  headersToUpstreamOnAllow: list(string),
  headersToDownstreamOnDeny: list(string),
  headersToDownstreamOnAllow: list(string),
});
export type EnvoyExtAuthzHttpProvider = Infer<typeof envoyExtAuthzHttp>;

const envoyExtAuthzGrpc = object({
  service: string,
  port: uint32,
  timeout: duration,
  failOpen: boolean,
  clearRouteCache: boolean,
  statusOnError: string,
  includeRequestBodyInCheck: ignored('no-effect', includeRequestBodyInCheck),
});
export type EnvoyExtAuthzGrpcProvider = Infer<typeof envoyExtAuthzGrpc>;

const telemetryProvider = ignored('telemetry-only', any);

export const extensionProvider = object(
  {
    name: string,
    envoyExtAuthzHttp,
    envoyExtAuthzGrpc,
    zipkin: telemetryProvider,
    lightstep: telemetryProvider,
    datadog: telemetryProvider,
    stackdriver: telemetryProvider,
    opencensus: telemetryProvider,
    skywalking: telemetryProvider,
    opentelemetry: telemetryProvider,
    prometheus: telemetryProvider,
    envoyFileAccessLog: telemetryProvider,
    envoyHttpAls: telemetryProvider,
    envoyTcpAls: telemetryProvider,
    envoyOtelAls: telemetryProvider,
    sds: any,
  },
  [
    'envoyExtAuthzHttp',
    'envoyExtAuthzGrpc',
    'zipkin',
    'lightstep',
    'datadog',
    'stackdriver',
    'opencensus',
    'skywalking',
    'opentelemetry',
    'prometheus',
    'envoyFileAccessLog',
    'envoyHttpAls',
    'envoyTcpAls',
    'envoyOtelAls',
    'sds',
  ],
);
export type ExtensionProvider = Infer<typeof extensionProvider>;
