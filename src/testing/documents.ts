/** Kubernetes documents for tests, a line or two each. What is not said has its usual value. */

type Labels = Readonly<Record<string, string>>;

/** Documents in this order, which is also the order of their ages. */
export const documents = (...list: readonly string[]): string => list.join('\n---\n');

/** With sidecars, unless the labels say otherwise. */
export const namespace = (name: string, labels: Labels = { 'istio-injection': 'enabled' }): string =>
  `{apiVersion: v1, kind: Namespace, metadata: {name: ${name}, labels: ${JSON.stringify(labels)}}}`;

export interface PodOptions {
  readonly labels?: Labels;
  readonly annotations?: Labels;
  /** Container ports. */
  readonly ports?: string;
  readonly spec?: Readonly<Record<string, unknown>>;
}

/** A Deployment `namespace/name` with label `app`. */
export const deployment = (path: string, options: PodOptions = {}): string => workload('Deployment', path, options);

export function workload(kind: string, path: string, { labels, annotations, ports, spec }: PodOptions = {}): string {
  const { name, metadata } = named(path);
  const pod = {
    metadata: { labels: { app: name, ...labels }, annotations: annotations ?? {} },
    spec: { containers: [{ name: 'app', image: 'app', ports: 'PORTS' }], ...spec },
  };
  const text = JSON.stringify(pod).replace('"PORTS"', ports ?? '[]');
  return kind === 'Pod'
    ? `{apiVersion: v1, kind: Pod, ${text.slice(1, -1).replace('"metadata":{', `"metadata":{name: ${name}, namespace: ${path.split('/')[0]}, `)}}`
    : `{apiVersion: apps/v1, kind: ${kind}, ${metadata}, spec: {selector: {matchLabels: {app: ${name}}}, template: ${text}}}`;
}

/** A Service `namespace/name` that selects `app: name`; ports as YAML. */
export const service = (path: string, ports: string, more = ''): string => {
  const { name, metadata } = named(path);
  return `{apiVersion: v1, kind: Service, ${metadata}, spec: {selector: {app: ${name}}, ports: ${ports}${more === '' ? '' : `, ${more}`}}}`;
};

/** MeshConfig, from its YAML. */
export const meshConfig = (text: string): string =>
  `{apiVersion: v1, kind: ConfigMap, metadata: {name: istio, namespace: istio-system}, data: {mesh: ${JSON.stringify(text)}}}`;

const GROUPS: Readonly<Record<string, string>> = {
  DestinationRule: 'networking.istio.io/v1',
  EnvoyFilter: 'networking.istio.io/v1alpha3',
  Gateway: 'networking.istio.io/v1',
  ProxyConfig: 'networking.istio.io/v1beta1',
  ServiceEntry: 'networking.istio.io/v1',
  Sidecar: 'networking.istio.io/v1',
  VirtualService: 'networking.istio.io/v1',
  WorkloadEntry: 'networking.istio.io/v1',
  AuthorizationPolicy: 'security.istio.io/v1',
  PeerAuthentication: 'security.istio.io/v1',
  Telemetry: 'telemetry.istio.io/v1',
  WasmPlugin: 'extensions.istio.io/v1alpha1',
  EndpointSlice: 'discovery.k8s.io/v1',
  Endpoints: 'v1',
  NetworkPolicy: 'networking.k8s.io/v1',
};

/** Any other kind, `namespace/name`, with its spec as YAML and more of its metadata. */
export const resource = (kind: string, path: string, spec: string, metadata = ''): string =>
  `{${head(kind, path, metadata)}, spec: ${spec}}`;

/** A kind without spec: its fields as YAML. */
export const object = (kind: string, path: string, fields: string, metadata = ''): string =>
  `{${head(kind, path, metadata)}, ${fields}}`;

function head(kind: string, path: string, metadata: string): string {
  const group = GROUPS[kind];
  if (group === undefined) throw new Error(`which group is ${kind} of?`);
  const [space = '', name = ''] = path.split('/');
  const more = metadata === '' ? '' : `, ${metadata}`;
  return `apiVersion: ${group}, kind: ${kind}, metadata: {name: ${name}, namespace: ${space}${more}}`;
}

function named(path: string): { readonly name: string; readonly metadata: string } {
  const [space = '', name = ''] = path.split('/');
  return { name, metadata: `metadata: {name: ${name}, namespace: ${space}}` };
}
