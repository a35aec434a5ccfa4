/** gateway.networking.k8s.io routes: HTTPRoute, GRPCRoute, TLSRoute, TCPRoute. */
import {
  any,
  boolean,
  enumOf,
  type Infer,
  ignored,
  int32,
  list,
  object,
  string,
  unmodelled,
} from '../schema/schema.ts';
import { kubernetesKind } from './shared/kindDefinition.ts';

const group = 'gateway.networking.k8s.io';

export const parentReference = object({
  group: string,
  kind: string,
  namespace: string,
  name: string,
  sectionName: string,
  port: int32,
});
export type ParentReference = Infer<typeof parentReference>;

const backendObjectReference = { group: string, kind: string, name: string, namespace: string, port: int32 };

const header = object({ name: string, value: string });
const headerModifier = object({ set: list(header), add: list(header), remove: list(string) });

const pathModifier = object({
  type: enumOf('', ['ReplaceFullPath', 'ReplacePrefixMatch']),
  replaceFullPath: string,
  replacePrefixMatch: string,
});

const extensionRef = object({ group: string, kind: string, name: string });
const fraction = object({ numerator: int32, denominator: int32 });
const requestMirror = object({ backendRef: object(backendObjectReference), percent: int32, fraction });

const httpRouteFilter = object({
  type: string,
  requestHeaderModifier: headerModifier,
  responseHeaderModifier: headerModifier,
  requestMirror,
  requestRedirect: object({
    scheme: string,
    hostname: string,
    path: pathModifier,
    port: int32,
    statusCode: int32,
  }),
  urlRewrite: object({ hostname: string, path: pathModifier }),
  cors: object({
    allowOrigins: list(string),
    allowCredentials: boolean,
    allowMethods: list(string),
    allowHeaders: list(string),
    exposeHeaders: list(string),
    maxAge: int32,
  }),
  externalAuth: unmodelled('not-built', any),
  extensionRef: unmodelled('not-built', extensionRef),
});
export type HttpRouteFilter = Infer<typeof httpRouteFilter>;

const httpBackendRef = object({ ...backendObjectReference, weight: int32, filters: list(httpRouteFilter) });
export type HttpBackendRef = Infer<typeof httpBackendRef>;

const headerMatch = object({ type: enumOf('', ['Exact', 'RegularExpression']), name: string, value: string });

const httpRouteMatch = object({
  path: object({ type: enumOf('', ['Exact', 'PathPrefix', 'RegularExpression']), value: string }),
  headers: list(headerMatch),
  queryParams: list(headerMatch),
  method: string,
});
export type HttpRouteMatch = Infer<typeof httpRouteMatch>;

const httpRouteRule = object({
  name: ignored('telemetry-only', string),
  matches: list(httpRouteMatch),
  filters: list(httpRouteFilter),
  backendRefs: list(httpBackendRef),
  timeouts: object({ request: string, backendRequest: string }),
  retry: object({ codes: list(int32), attempts: int32, backoff: ignored('timing-only', string) }),
  sessionPersistence: unmodelled('not-built', any),
});
export type HttpRouteRule = Infer<typeof httpRouteRule>;

const parents = { parentRefs: list(parentReference), useDefaultGateways: unmodelled('not-built', string) };

export const httpRoute = kubernetesKind({
  group,
  versions: ['v1', 'v1beta1'],
  kind: 'HTTPRoute',
  body: object({
    spec: object({ ...parents, hostnames: list(string), rules: list(httpRouteRule) }),
    status: ignored('status', any),
  }),
});
export type HttpRouteBody = Infer<typeof httpRoute.body>;

const grpcRouteFilter = object({
  type: string,
  requestHeaderModifier: headerModifier,
  responseHeaderModifier: headerModifier,
  requestMirror,
  extensionRef: unmodelled('not-built', extensionRef),
});

export const grpcRoute = kubernetesKind({
  group,
  versions: ['v1', 'v1alpha2'],
  kind: 'GRPCRoute',
  body: object({
    spec: object({
      ...parents,
      hostnames: list(string),
      rules: list(
        object({
          name: ignored('telemetry-only', string),
          matches: list(
            object({
              method: object({ type: enumOf('', ['Exact', 'RegularExpression']), service: string, method: string }),
              headers: list(headerMatch),
            }),
          ),
          filters: list(grpcRouteFilter),
          backendRefs: list(object({ ...backendObjectReference, weight: int32, filters: list(grpcRouteFilter) })),
          sessionPersistence: unmodelled('not-built', any),
        }),
      ),
    }),
    status: ignored('status', any),
  }),
});
export type GrpcRouteBody = Infer<typeof grpcRoute.body>;

const l4Rules = list(
  object({
    name: ignored('telemetry-only', string),
    backendRefs: list(object({ ...backendObjectReference, weight: int32 })),
  }),
);

export const tlsRoute = kubernetesKind({
  group,
  versions: ['v1', 'v1alpha3', 'v1alpha2'],
  kind: 'TLSRoute',
  body: object({
    spec: object({ ...parents, hostnames: list(string), rules: l4Rules }),
    status: ignored('status', any),
  }),
});
export type TlsRouteBody = Infer<typeof tlsRoute.body>;

export const tcpRoute = kubernetesKind({
  group,
  versions: ['v1', 'v1alpha2'],
  kind: 'TCPRoute',
  body: object({ spec: object({ ...parents, rules: l4Rules }), status: ignored('status', any) }),
});
export type TcpRouteBody = Infer<typeof tcpRoute.body>;
