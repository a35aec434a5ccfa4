/** The resource types that kubectl is asked about, under every name it takes, with the columns it prints. */
import type { CompiledMesh, Resource } from '../../engine.ts';

export interface ConsoleKind {
  readonly kind: string;
  /** '' is the core group. */
  readonly group: string;
  readonly plural: string;
  readonly short: readonly string[];
  readonly clusterScoped?: true;
  /** Columns between NAME and AGE. */
  readonly columns?: readonly string[];
  readonly cells?: (body: Body, resource: Resource, compiled: CompiledMesh) => readonly string[];
}

/** A resource's body as kubectl reads it: fields of any shape. */
type Body = Readonly<Record<string, unknown>>;

const istio =
  (group: string) =>
  (kind: string, plural: string, short: readonly string[], more: Partial<ConsoleKind> = {}): ConsoleKind => ({
    kind,
    group,
    plural,
    short,
    ...more,
  });
const security = istio('security.istio.io');
const networking = istio('networking.istio.io');
const core = istio('');
const apps = istio('apps');
const gatewayApi = istio('gateway.networking.k8s.io');
const certManager = istio('cert-manager.io');

const at = (body: unknown, ...path: readonly string[]): unknown =>
  path.reduce<unknown>(
    (value, key) => (typeof value === 'object' && value !== null ? (value as Body)[key] : undefined),
    body,
  );
const text = (value: unknown): string => (value === undefined || value === null ? '' : String(value));
/** The API server prints lists in columns as JSON. */
const list = (value: unknown): string => (value === undefined ? '' : JSON.stringify(value));
const size = (value: unknown): string =>
  String(typeof value === 'object' && value !== null ? Object.keys(value).length : 0);

const controllers: Partial<ConsoleKind> = {
  columns: ['READY', 'UP-TO-DATE', 'AVAILABLE'],
  cells: () => ['1/1', '1', '1'],
};

export const KINDS: readonly ConsoleKind[] = [
  security('PeerAuthentication', 'peerauthentications', ['pa'], {
    columns: ['MODE'],
    cells: (body) => [text(at(body, 'spec', 'mtls', 'mode'))],
  }),
  security('RequestAuthentication', 'requestauthentications', ['ra']),
  security('AuthorizationPolicy', 'authorizationpolicies', ['ap'], {
    columns: ['ACTION'],
    cells: (body) => [text(at(body, 'spec', 'action'))],
  }),
  networking('VirtualService', 'virtualservices', ['vs'], {
    columns: ['GATEWAYS', 'HOSTS'],
    cells: (body) => [list(at(body, 'spec', 'gateways')), list(at(body, 'spec', 'hosts'))],
  }),
  networking('DestinationRule', 'destinationrules', ['dr'], {
    columns: ['HOST'],
    cells: (body) => [text(at(body, 'spec', 'host'))],
  }),
  networking('Gateway', 'gateways', ['gw']),
  networking('ServiceEntry', 'serviceentries', ['se'], {
    columns: ['HOSTS', 'LOCATION', 'RESOLUTION'],
    cells: (body) => [
      list(at(body, 'spec', 'hosts')),
      text(at(body, 'spec', 'location')),
      text(at(body, 'spec', 'resolution')),
    ],
  }),
  networking('Sidecar', 'sidecars', []),
  networking('EnvoyFilter', 'envoyfilters', []),
  networking('WorkloadEntry', 'workloadentries', ['we']),
  networking('WorkloadGroup', 'workloadgroups', ['wg']),
  networking('ProxyConfig', 'proxyconfigs', []),
  istio('telemetry.istio.io')('Telemetry', 'telemetries', ['telemetry']),
  istio('extensions.istio.io')('WasmPlugin', 'wasmplugins', []),
  gatewayApi('Gateway', 'gateways', ['gtw']),
  gatewayApi('HTTPRoute', 'httproutes', []),
  gatewayApi('BackendTLSPolicy', 'backendtlspolicies', ['btlspolicy']),
  certManager('ClusterIssuer', 'clusterissuers', [], { clusterScoped: true }),
  certManager('Issuer', 'issuers', []),
  certManager('Certificate', 'certificates', ['cert', 'certs']),
  istio('networking.k8s.io')('NetworkPolicy', 'networkpolicies', ['netpol']),
  core('Namespace', 'namespaces', ['ns'], { clusterScoped: true, columns: ['STATUS'], cells: () => ['Active'] }),
  core('Service', 'services', ['svc'], {
    columns: ['TYPE', 'CLUSTER-IP', 'EXTERNAL-IP', 'PORT(S)'],
    cells: (body, resource, compiled) => serviceCells(body, resource, compiled),
  }),
  core('ServiceAccount', 'serviceaccounts', ['sa'], { columns: ['SECRETS'], cells: () => ['0'] }),
  core('Secret', 'secrets', [], {
    columns: ['TYPE', 'DATA'],
    cells: (body) => [
      text(at(body, 'type') ?? 'Opaque'),
      size({ ...(at(body, 'data') ?? {}), ...(at(body, 'stringData') ?? {}) }),
    ],
  }),
  core('ConfigMap', 'configmaps', ['cm'], { columns: ['DATA'], cells: (body) => [size(at(body, 'data'))] }),
  apps('Deployment', 'deployments', ['deploy'], controllers),
  apps('StatefulSet', 'statefulsets', ['sts'], { columns: ['READY'], cells: () => ['1/1'] }),
  apps('DaemonSet', 'daemonsets', ['ds']),
  apps('ReplicaSet', 'replicasets', ['rs']),
];

/** Pods are no documents: they are made by their controllers. */
export const POD: ConsoleKind = core('Pod', 'pods', ['po'], { columns: ['READY', 'STATUS', 'RESTARTS'] });

/** `pa`, `peerauthentication`, `peerauthentications.security.istio.io`: all one kind. */
export function kindNamed(name: string): ConsoleKind | undefined {
  const [plain = '', ...group] = name.toLowerCase().split('.');
  const groupName = group.join('.').replace(/^v\d\w*\./, '');
  return [POD, ...KINDS].find(
    (kind) =>
      [kind.plural, kind.kind.toLowerCase(), ...kind.short].includes(plain) &&
      (groupName === '' || kind.group === groupName),
  );
}

/** `peerauthentications.security.istio.io`; core kinds stand alone. */
export const pluralWithGroup = ({ plural, group }: ConsoleKind): string =>
  group === '' ? plural : `${plural}.${group}`;

/** `peerauthentication.security.istio.io`. */
export const singularWithGroup = ({ kind, group }: ConsoleKind): string =>
  group === '' ? kind.toLowerCase() : `${kind.toLowerCase()}.${group}`;

function serviceCells(body: Body, { namespace, name }: Resource, { mesh }: CompiledMesh): readonly string[] {
  const service = mesh.services.find(
    (candidate) => candidate.registry === 'kubernetes' && candidate.namespace === namespace && candidate.name === name,
  );
  const type = text(at(body, 'spec', 'type') ?? 'ClusterIP');
  const ports = (service?.ports ?? []).map(({ number, transport }) => `${number}/${transport}`).join(',');
  const external =
    type === 'ExternalName'
      ? text(at(body, 'spec', 'externalName'))
      : type === 'LoadBalancer'
        ? (service?.loadBalancerIp ?? '<pending>')
        : '<none>';
  const cluster = type === 'ExternalName' ? '<none>' : service?.headless ? 'None' : (service?.addresses[0] ?? '<none>');
  return [type, cluster, external, ports === '' ? '<none>' : ports];
}
