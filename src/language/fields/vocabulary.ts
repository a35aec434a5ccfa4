/**
 * Values that fields of type string take by convention or by validation, and keys of maps that
 * Istio or this simulator reads. A test keeps the field keys in step with the schemas.
 */
const PROTOCOLS = ['HTTP', 'HTTPS', 'HTTP2', 'GRPC', 'TLS', 'TCP', 'MONGO', 'MYSQL', 'REDIS'];
const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS'];
const USAGES = ['digital signature', 'key encipherment', 'server auth', 'client auth', 'cert sign', 'crl sign'];
const FILTERS = [
  'RequestHeaderModifier',
  'ResponseHeaderModifier',
  'RequestMirror',
  'RequestRedirect',
  'URLRewrite',
  'CORS',
];

export const VALUES: Readonly<Record<string, readonly string[]>> = {
  'Gateway.spec.servers.port.protocol': PROTOCOLS,
  'ServiceEntry.spec.ports.protocol': PROTOCOLS,
  'Sidecar.spec.ingress.port.protocol': PROTOCOLS,
  'Sidecar.spec.egress.port.protocol': PROTOCOLS,
  'KubernetesGateway.spec.listeners.protocol': ['HTTP', 'HTTPS', 'TLS', 'TCP'],
  'Service.spec.type': ['ClusterIP', 'NodePort', 'LoadBalancer', 'ExternalName'],
  'Service.spec.ports.protocol': ['TCP', 'UDP'],
  'Service.spec.ports.appProtocol': ['http', 'https', 'http2', 'grpc', 'tcp', 'tls', 'kubernetes.io/h2c'],
  'PodSpec.containers.ports.protocol': ['TCP', 'UDP'],
  'Secret.type': ['kubernetes.io/tls', 'Opaque'],
  'AuthorizationPolicy.spec.rules.to.operation.methods': METHODS,
  'AuthorizationPolicy.spec.rules.to.operation.notMethods': METHODS,
  'AuthorizationPolicy.spec.rules.when.key': [
    'request.headers[x-name]',
    'request.auth.claims[groups]',
    'request.auth.principal',
    'request.auth.audiences',
    'request.auth.presenter',
    'source.ip',
    'remote.ip',
    'source.namespace',
    'source.principal',
    'destination.ip',
    'destination.port',
    'connection.sni',
  ],
  'PolicyTargetReference.kind': ['Gateway', 'Service', 'ServiceEntry'],
  'PolicyTargetReference.group': ['gateway.networking.k8s.io', 'networking.istio.io'],
  'ParentReference.kind': ['Gateway', 'Service'],
  'IssuerRef.kind': ['Issuer', 'ClusterIssuer'],
  'IssuerRef.group': ['cert-manager.io'],
  'Certificate.spec.usages': USAGES,
  'HTTPRoute.spec.rules.filters.type': FILTERS,
  'HTTPRoute.spec.rules.matches.method': METHODS,
  'HTTPRetry.retryOn': ['5xx', 'gateway-error', 'connect-failure', 'refused-stream', 'retriable-4xx', 'reset'],
  'Ingress.spec.rules.http.paths.pathType': ['Prefix', 'Exact', 'ImplementationSpecific'],
  'GatewayClass.spec.controllerName': ['istio.io/gateway-controller'],
  'MeshConfig.rootNamespace': ['istio-system'],
};

/** Keys that a map knows, and the values of each; an empty list where any value will do. */
export const MAP_KEYS: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  'ObjectMeta.labels': {
    app: [],
    version: [],
    'istio-injection': ['enabled', 'disabled'],
    'istio.io/rev': ['default'],
    'istio.io/dataplane-mode': ['ambient', 'none'],
    'sidecar.istio.io/inject': ['true', 'false'],
  },
  'PodTemplate.metadata.labels': {
    app: [],
    version: [],
    'sidecar.istio.io/inject': ['true', 'false'],
    'istio.io/dataplane-mode': ['none'],
  },
  'PodTemplate.metadata.annotations': {
    'proxy.istio.io/config': [],
    'inject.istio.io/templates': ['gateway'],
    'traffic.sidecar.istio.io/includeInboundPorts': [],
    'traffic.sidecar.istio.io/excludeInboundPorts': [],
    'traffic.sidecar.istio.io/includeOutboundPorts': [],
    'traffic.sidecar.istio.io/excludeOutboundPorts': [],
    'traffic.sidecar.istio.io/includeOutboundIPRanges': [],
    'traffic.sidecar.istio.io/excludeOutboundIPRanges': [],
    'meshverdict.dev/serves': [],
    'meshverdict.dev/external-host': [],
    'meshverdict.dev/ext-authz': ['allow', 'deny', 'error'],
  },
  'ObjectMeta.annotations': {
    'networking.istio.io/exportTo': ['.', '*'],
    'istio.io/dry-run': ['true'],
    'meshverdict.dev/ext-authz': ['allow', 'deny', 'error'],
    'meshverdict.dev/answers-url': [],
  },
  'Secret.data': { 'tls.crt': [], 'tls.key': [], 'ca.crt': [], 'ca.crl': [], key: [], cert: [], cacert: [] },
  'Secret.stringData': { 'tls.crt': [], 'tls.key': [], 'ca.crt': [], 'ca.crl': [], key: [], cert: [], cacert: [] },
};
