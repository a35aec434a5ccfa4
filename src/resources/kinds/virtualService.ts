/** networking.istio.io VirtualService: where a request for a host goes. */
import {
  boolean,
  bytes,
  duration,
  enumOf,
  type Infer,
  ignored,
  int32,
  list,
  map,
  number,
  object,
  string,
  uint32,
} from '../schema/schema.ts';
import { httpRetry } from './shared/httpRetry.ts';
import { istioKind } from './shared/kindDefinition.ts';
import { portSelector } from './shared/selector.ts';

/** One of the three; which is a protobuf oneof. */
export const stringMatch = object({ exact: string, prefix: string, regex: string }, ['exact', 'prefix', 'regex']);
export type StringMatch = Infer<typeof stringMatch>;

export const destination = object({ host: string, subset: string, port: portSelector });
export type Destination = Infer<typeof destination>;

const headerOperations = object({ set: map(string), add: map(string), remove: list(string) });
export type HeaderOperations = Infer<typeof headerOperations>;
const headers = object({ request: headerOperations, response: headerOperations });
export type Headers = Infer<typeof headers>;

const percent = object({ value: number });

const httpMatchRequest = object({
  name: string,
  uri: stringMatch,
  scheme: stringMatch,
  method: stringMatch,
  authority: stringMatch,
  headers: map(stringMatch),
  port: uint32,
  sourceLabels: map(string),
  gateways: list(string),
  queryParams: map(stringMatch),
  ignoreUriCase: boolean,
  withoutHeaders: map(stringMatch),
  sourceNamespace: string,
  statPrefix: ignored('telemetry-only', string),
});
export type HttpMatchRequest = Infer<typeof httpMatchRequest>;

const httpRouteDestination = object({ destination, weight: int32, headers });
export type HttpRouteDestination = Infer<typeof httpRouteDestination>;

const httpRedirect = object(
  {
    uri: string,
    authority: string,
    port: uint32,
    derivePort: enumOf('istio.networking.v1alpha3.HTTPRedirect.RedirectPortSelection', [
      'FROM_PROTOCOL_DEFAULT',
      'FROM_REQUEST_PORT',
    ]),
    scheme: string,
    redirectCode: uint32,
    prefixRewrite: string,
  },
  ['port', 'derivePort'],
);
export type HttpRedirect = Infer<typeof httpRedirect>;

const httpDirectResponse = object({ status: uint32, body: object({ string, bytes }, ['string', 'bytes']) });
export type HttpDirectResponse = Infer<typeof httpDirectResponse>;

const httpRewrite = object({
  uri: string,
  authority: string,
  uriRegexRewrite: object({ match: string, rewrite: string }),
});
export type HttpRewrite = Infer<typeof httpRewrite>;

const corsPolicy = object({
  allowOrigin: list(string),
  allowOrigins: list(stringMatch),
  allowMethods: list(string),
  allowHeaders: list(string),
  exposeHeaders: list(string),
  maxAge: duration,
  allowCredentials: boolean,
  unmatchedPreflights: enumOf('istio.networking.v1alpha3.CorsPolicy.UnmatchedPreflights', [
    'UNSPECIFIED',
    'FORWARD',
    'IGNORE',
  ]),
});
export type CorsPolicy = Infer<typeof corsPolicy>;

const httpFaultInjection = object({
  delay: object(
    { percent: int32, fixedDelay: duration, exponentialDelay: ignored('no-effect', duration), percentage: percent },
    ['fixedDelay', 'exponentialDelay'],
  ),
  abort: object(
    { httpStatus: int32, grpcStatus: string, http2Error: ignored('no-effect', string), percentage: percent },
    ['httpStatus', 'grpcStatus', 'http2Error'],
  ),
});
export type HttpFaultInjection = Infer<typeof httpFaultInjection>;

const httpMirrorPolicy = object({ destination, percentage: percent });
export type HttpMirrorPolicy = Infer<typeof httpMirrorPolicy>;

const httpRoute = object({
  name: string,
  match: list(httpMatchRequest),
  route: list(httpRouteDestination),
  redirect: httpRedirect,
  directResponse: httpDirectResponse,
  delegate: object({ name: string, namespace: string }),
  rewrite: httpRewrite,
  timeout: duration,
  retries: httpRetry,
  fault: httpFaultInjection,
  mirror: destination,
  mirrors: list(httpMirrorPolicy),
  mirrorPercent: uint32,
  mirrorPercentage: percent,
  corsPolicy,
  headers,
});
export type HttpRoute = Infer<typeof httpRoute>;

const routeDestination = object({ destination, weight: int32 });
export type RouteDestination = Infer<typeof routeDestination>;

const tlsMatchAttributes = object({
  sniHosts: list(string),
  destinationSubnets: list(string),
  port: uint32,
  sourceLabels: map(string),
  gateways: list(string),
  sourceNamespace: string,
});
export type TlsMatchAttributes = Infer<typeof tlsMatchAttributes>;
const tlsRoute = object({ match: list(tlsMatchAttributes), route: list(routeDestination) });
export type TlsRoute = Infer<typeof tlsRoute>;

const l4MatchAttributes = object({
  destinationSubnets: list(string),
  port: uint32,
  sourceSubnet: ignored('no-effect', string),
  sourceLabels: map(string),
  gateways: list(string),
  sourceNamespace: string,
});
export type L4MatchAttributes = Infer<typeof l4MatchAttributes>;
const tcpRoute = object({ match: list(l4MatchAttributes), route: list(routeDestination) });
export type TcpRoute = Infer<typeof tcpRoute>;

export const virtualService = istioKind({
  group: 'networking.istio.io',
  versions: ['v1', 'v1beta1', 'v1alpha3'],
  kind: 'VirtualService',
  spec: object({
    hosts: list(string),
    gateways: list(string),
    http: list(httpRoute),
    tls: list(tlsRoute),
    tcp: list(tcpRoute),
    exportTo: list(string),
  }),
});
export type VirtualServiceBody = Infer<typeof virtualService.body>;
export type VirtualServiceSpec = NonNullable<VirtualServiceBody['spec']>;
