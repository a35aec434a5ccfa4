/**
 * Where each kind names other things of the mesh, and in which notation. `*` in a path is every item
 * of a list or every value of a map. What is not here is not followed by a rename, and is told of.
 */
import {
  account,
  credential,
  host,
  listOf,
  type Notation,
  namespace,
  principal,
  scoped,
  scopedHost,
  sibling,
  signer,
  url,
} from './values.ts';

/** A reference written as an object with `name`, and perhaps `namespace`, `kind`, `group`. */
export interface ObjectReference {
  readonly group: string;
  readonly kind: string;
}

/**
 * Whose labels stand there: the object's own, or those of pods that it selects, in its namespace or in
 * any.
 */
export type LabelReach = 'self' | 'own' | 'any';

export type Reference =
  | { readonly path: string; readonly notation: Notation }
  | { readonly path: string; readonly object: ObjectReference }
  | { readonly path: string; readonly labels: LabelReach };

const as = (notation: Notation, ...paths: readonly string[]): Reference[] => paths.map((path) => ({ path, notation }));
const asObject = (group: string, kind: string, ...paths: readonly string[]): Reference[] =>
  paths.map((path) => ({ path, object: { group, kind } }));
const asLabels = (reach: LabelReach, ...paths: readonly string[]): Reference[] =>
  paths.map((path) => ({ path, labels: reach }));

const secret = sibling('', 'Secret');
const configMap = sibling('', 'ConfigMap');
const service = sibling('', 'Service');
const NAMESPACE_NAME = 'kubernetes.io/metadata.name';

/** Of every kind. */
export const COMMON: readonly Reference[] = [
  ...as(url, `metadata.annotations.${escaped('meshverdict.dev/answers-url')}`),
  ...as(listOf(namespace), `metadata.annotations.${escaped('networking.istio.io/exportTo')}`),
  ...as(service, `metadata.labels.${escaped('kubernetes.io/service-name')}`),
];

const selector = asLabels('own', 'spec.selector.matchLabels');
const targetRefs = asObject('', 'Service', 'spec.targetRef', 'spec.targetRefs.*');

function pod(template: string): readonly Reference[] {
  const containers = [`${template}.spec.containers.*`, `${template}.spec.initContainers.*`];
  const spec = `${template}.spec`;
  return [
    ...as(sibling('', 'ServiceAccount'), `${spec}.serviceAccountName`, `${spec}.serviceAccount`),
    ...as(
      secret,
      `${spec}.volumes.*.secret.secretName`,
      `${spec}.volumes.*.projected.sources.*.secret.name`,
      `${spec}.imagePullSecrets.*.name`,
      ...containers.flatMap((one) => [`${one}.env.*.valueFrom.secretKeyRef.name`, `${one}.envFrom.*.secretRef.name`]),
    ),
    ...as(
      configMap,
      `${spec}.volumes.*.configMap.name`,
      ...containers.flatMap((one) => [
        `${one}.env.*.valueFrom.configMapKeyRef.name`,
        `${one}.envFrom.*.configMapRef.name`,
      ]),
    ),
    ...as(url, ...containers.map((one) => `${one}.env.*.value`)),
    ...as(service, `${spec}.subdomain`),
  ];
}

function controller(template: string): readonly Reference[] {
  return [...pod(template), ...asLabels('self', `${template}.metadata.labels`, 'metadata.labels')];
}

const replicated = [
  ...controller('spec.template'),
  ...selector,
  ...ofGateway('metadata.labels', 'spec.template.metadata.labels', 'spec.selector.matchLabels'),
];

function clientTls(tls: string): Reference[] {
  return [
    ...as(secret, `${tls}.credentialName`),
    ...as(principal, `${tls}.subjectAltNames.*`),
    ...as(host, `${tls}.sni`),
  ];
}

const trafficPolicy = (policy: string): Reference[] =>
  [`${policy}.tls`, `${policy}.portLevelSettings.*.tls`].flatMap(clientTls);

const routeMatches = ['spec.http.*.match.*', 'spec.tls.*.match.*', 'spec.tcp.*.match.*'];
const gatewayName = scoped('networking.istio.io', 'Gateway', 'mesh');

const route: readonly Reference[] = [
  ...asObject('gateway.networking.k8s.io', 'Gateway', 'spec.parentRefs.*'),
  ...asObject(
    '',
    'Service',
    'spec.rules.*.backendRefs.*',
    'spec.rules.*.filters.*.requestMirror.backendRef',
    'spec.rules.*.backendRefs.*.filters.*.requestMirror.backendRef',
  ),
  ...as(host, 'spec.hostnames.*', 'spec.rules.*.filters.*.urlRewrite.hostname'),
];

const serverTls = 'spec.servers.*.tls';

export const REFERENCES: Readonly<Record<string, readonly Reference[]>> = {
  'core/Pod': [...pod('').map(withoutLeadingDot), ...asLabels('self', 'metadata.labels')],
  'apps/Deployment': replicated,
  'apps/StatefulSet': [...replicated, ...as(service, 'spec.serviceName')],
  'apps/DaemonSet': replicated,
  'apps/ReplicaSet': replicated,
  'batch/Job': [...controller('spec.template'), ...selector],
  'batch/CronJob': controller('spec.jobTemplate.spec.template'),
  'core/Service': [
    ...ofGateway('spec.selector', 'metadata.labels'),
    ...asLabels('own', 'spec.selector'),
    ...asLabels('self', 'metadata.labels'),
    ...as(host, 'spec.externalName'),
  ],
  'core/ServiceAccount': [
    ...as(secret, 'secrets.*.name', 'imagePullSecrets.*.name'),
    ...asLabels('self', 'metadata.labels'),
  ],
  'networking.istio.io/VirtualService': [
    ...as(
      host,
      'spec.hosts.*',
      'spec.http.*.route.*.destination.host',
      'spec.tls.*.route.*.destination.host',
      'spec.tcp.*.route.*.destination.host',
      'spec.http.*.mirror.host',
      'spec.http.*.mirrors.*.destination.host',
      'spec.http.*.match.*.authority.exact',
      'spec.http.*.rewrite.authority',
      'spec.http.*.redirect.authority',
      'spec.tls.*.match.*.sniHosts.*',
    ),
    ...as(gatewayName, 'spec.gateways.*', ...routeMatches.map((match) => `${match}.gateways.*`)),
    ...as(namespace, 'spec.exportTo.*', ...routeMatches.map((match) => `${match}.sourceNamespace`)),
    ...asObject('networking.istio.io', 'VirtualService', 'spec.http.*.delegate'),
    ...asLabels('any', ...routeMatches.map((match) => `${match}.sourceLabels`)),
  ],
  'networking.istio.io/DestinationRule': [
    ...as(host, 'spec.host'),
    ...as(namespace, 'spec.exportTo.*'),
    ...selectorOf('workloadSelector.matchLabels'),
    ...asLabels('any', 'spec.subsets.*.labels'),
    ...trafficPolicy('spec.trafficPolicy'),
    ...trafficPolicy('spec.subsets.*.trafficPolicy'),
  ],
  'networking.istio.io/Gateway': [
    ...as(scopedHost, 'spec.servers.*.hosts.*'),
    ...as(
      credential,
      `${serverTls}.credentialName`,
      `${serverTls}.credentialNames.*`,
      `${serverTls}.caCertCredentialName`,
    ),
    ...as(principal, `${serverTls}.subjectAltNames.*`),
    ...asLabels('any', 'spec.selector'),
  ],
  'networking.istio.io/ServiceEntry': [
    ...as(namespace, 'spec.exportTo.*'),
    ...as(principal, 'spec.subjectAltNames.*'),
    ...as(sibling('', 'ServiceAccount'), 'spec.endpoints.*.serviceAccount'),
    ...as(host, 'spec.endpoints.*.address'),
    ...selectorOf('workloadSelector.labels'),
  ],
  'networking.istio.io/WorkloadEntry': as(sibling('', 'ServiceAccount'), 'spec.serviceAccount'),
  'networking.istio.io/WorkloadGroup': as(sibling('', 'ServiceAccount'), 'spec.template.serviceAccount'),
  'networking.istio.io/Sidecar': [
    ...as(scopedHost, 'spec.egress.*.hosts.*'),
    ...as(secret, 'spec.ingress.*.tls.credentialName'),
    ...selectorOf('workloadSelector.labels'),
  ],
  'networking.istio.io/ProxyConfig': selector,
  'networking.istio.io/EnvoyFilter': [
    ...selectorOf('workloadSelector.labels'),
    ...targetRefs,
    ...as(host, 'spec.configPatches.*.match.cluster.service'),
  ],
  'security.istio.io/PeerAuthentication': selector,
  'security.istio.io/RequestAuthentication': [...selector, ...targetRefs, ...as(url, 'spec.jwtRules.*.jwksUri')],
  'security.istio.io/AuthorizationPolicy': [
    ...selector,
    ...targetRefs,
    ...['source.principals.*', 'source.notPrincipals.*'].flatMap((field) =>
      as(principal, `spec.rules.*.from.*.${field}`),
    ),
    ...['source.namespaces.*', 'source.notNamespaces.*'].flatMap((field) =>
      as(namespace, `spec.rules.*.from.*.${field}`),
    ),
    ...['source.serviceAccounts.*', 'source.notServiceAccounts.*'].flatMap((field) =>
      as(account, `spec.rules.*.from.*.${field}`),
    ),
    ...as(host, 'spec.rules.*.to.*.operation.hosts.*', 'spec.rules.*.to.*.operation.notHosts.*'),
  ],
  'telemetry.istio.io/Telemetry': [...selector, ...targetRefs],
  'extensions.istio.io/WasmPlugin': [
    ...selector,
    ...targetRefs,
    ...as(secret, 'spec.imagePullSecret'),
    ...as(url, 'spec.url'),
  ],
  'extensions.istio.io/TrafficExtension': [...selector, ...targetRefs],
  'gateway.networking.k8s.io/Gateway': [
    ...asObject('', 'Secret', 'spec.listeners.*.tls.certificateRefs.*'),
    ...as(namespace, `spec.listeners.*.allowedRoutes.namespaces.selector.matchLabels.${escaped(NAMESPACE_NAME)}`),
    ...as(host, 'spec.listeners.*.hostname'),
  ],
  'gateway.networking.k8s.io/HTTPRoute': route,
  'gateway.networking.k8s.io/GRPCRoute': route,
  'gateway.networking.k8s.io/TLSRoute': route,
  'gateway.networking.k8s.io/TCPRoute': route,
  'gateway.networking.k8s.io/ReferenceGrant': [
    ...as(namespace, 'spec.from.*.namespace'),
    ...asObject('', 'Secret', 'spec.to.*'),
  ],
  'gateway.networking.k8s.io/BackendTLSPolicy': [
    ...targetRefs,
    ...as(host, 'spec.validation.hostname'),
    ...asObject('', 'ConfigMap', 'spec.validation.caCertificateRefs.*'),
    ...as(principal, 'spec.validation.subjectAltNames.*.uri'),
  ],
  'networking.k8s.io/Ingress': [
    ...as(service, 'spec.defaultBackend.service.name', 'spec.rules.*.http.paths.*.backend.service.name'),
    ...as(secret, 'spec.tls.*.secretName'),
  ],
  'networking.k8s.io/NetworkPolicy': [
    ...asLabels('own', 'spec.podSelector.matchLabels'),
    ...['spec.ingress.*.from.*', 'spec.egress.*.to.*'].flatMap((peer) => [
      ...asLabels('any', `${peer}.podSelector.matchLabels`),
      ...as(namespace, `${peer}.namespaceSelector.matchLabels.${escaped(NAMESPACE_NAME)}`),
    ]),
  ],
  'cert-manager.io/Issuer': as(secret, 'spec.ca.secretName'),
  'cert-manager.io/Certificate': [
    ...asObject('cert-manager.io', 'Issuer', 'spec.issuerRef'),
    ...as(secret, 'spec.secretName'),
    ...as(host, 'spec.dnsNames.*'),
    ...as(principal, 'spec.uris.*'),
  ],
  'cert-manager.io/CertificateRequest': asObject('cert-manager.io', 'Issuer', 'spec.issuerRef'),
  'certificates.k8s.io/CertificateSigningRequest': as(signer, 'spec.signerName'),
};

/** Of the mesh configuration in its ConfigMap. */
export const MESH_CONFIG_REFERENCES: readonly Reference[] = [
  ...as(scopedHost, 'extensionProviders.*.*.service'),
  ...as(signer, 'caCertificates.*.certSigners.*'),
  ...as(namespace, ...['Service', 'VirtualService', 'DestinationRule'].map((kind) => `default${kind}ExportTo.*`)),
  ...as(namespace, `discoverySelectors.*.matchLabels.${escaped(NAMESPACE_NAME)}`),
];

/** Pods that serve a Gateway of the Gateway API say so by a label. */
function ofGateway(...labels: readonly string[]): Reference[] {
  const key = escaped('gateway.networking.k8s.io/gateway-name');
  return as(sibling('gateway.networking.k8s.io', 'Gateway'), ...labels.map((map) => `${map}.${key}`));
}

function selectorOf(path: string): Reference[] {
  return asLabels('own', `spec.${path}`);
}

/** A dot inside a key is written `~1` in a path. */
function escaped(key: string): string {
  return key.replaceAll('.', '~1');
}

function withoutLeadingDot<R extends Reference>(reference: R): R {
  return { ...reference, path: reference.path.replace(/^\./, '') };
}
