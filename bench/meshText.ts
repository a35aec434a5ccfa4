/**
 * Meshes for the page's benchmarks. Of so many workloads: rooms of 25, each workload with its Service,
 * one PeerAuthentication for all, and a caller without a sidecar.
 */
const PER_ROOM = 25;

/** So many resources: like `meshText`, with an account and a policy for each workload. */
export function resourcesText(resources: number): string {
  const text = meshText(Math.floor((resources / 4) * 0.99));
  const more = [...text.matchAll(/^kind: Deployment\nmetadata:\n {2}name: (.*)\n {2}namespace: (.*)$/gm)].map(
    ([, name = '', namespace = '']) => `${serviceAccount(namespace, name)}\n---\n${allowAll(namespace, name)}`,
  );
  return `${text}---\n${more.join('\n---\n')}\n`;
}

export function meshText(workloads: number): string {
  const documents = [
    peerAuthentication('PERMISSIVE'),
    'apiVersion: v1\nkind: Namespace\nmetadata:\n  name: plain',
    workload('plain', 'caller'),
  ];
  for (let at = 0; at < workloads; at++) {
    const room = `room-${Math.floor(at / PER_ROOM)}`;
    if (at % PER_ROOM === 0) {
      documents.push(
        `apiVersion: v1\nkind: Namespace\nmetadata:\n  name: ${room}\n  labels:\n    istio-injection: enabled`,
      );
    }
    documents.push(workload(room, `app-${at}`));
  }
  return `${documents.join('\n---\n')}\n`;
}

const peerAuthentication = (mode: string): string =>
  `apiVersion: security.istio.io/v1\nkind: PeerAuthentication\nmetadata:\n  name: default\n  namespace: istio-system\nspec:\n  mtls:\n    mode: ${mode}`;

const serviceAccount = (namespace: string, name: string): string =>
  `apiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: ${name}\n  namespace: ${namespace}`;

const allowAll = (namespace: string, name: string): string => `apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata:
  name: ${name}
  namespace: ${namespace}
spec:
  selector:
    matchLabels:
      app: ${name}
  action: ALLOW
  rules:
    - {}`;

const workload = (namespace: string, name: string): string => `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
  namespace: ${namespace}
spec:
  selector:
    matchLabels:
      app: ${name}
  template:
    metadata:
      labels:
        app: ${name}
    spec:
      containers:
        - name: app
          image: app
          ports:
            - containerPort: 8080
---
apiVersion: v1
kind: Service
metadata:
  name: ${name}
  namespace: ${namespace}
spec:
  selector:
    app: ${name}
  ports:
    - name: http
      port: 80
      targetPort: 8080`;

/** A workspace file of such a mesh with saved calls between its workloads. */
export function workspaceText(text: string, workloads: number, calls: number): string {
  const name = (at: number): string => `app-${at % workloads}.room-${Math.floor((at % workloads) / PER_ROOM)}`;
  const from = (at: number): string => name(at).split('.').reverse().join('/');
  return JSON.stringify({
    schema: 1,
    name: { en: 'Benchmark', ja: 'Benchmark' },
    files: [{ name: 'mesh.yaml', text }],
    calls: Array.from({ length: calls }, (_, at) => ({
      id: `call-${at}`,
      name: `call ${at}`,
      from: from(at * 3),
      container: 'app',
      protocol: 'http',
      url: `http://${name(at * 7 + 1)}/`,
      method: 'GET',
      headers: [],
      cacert: [],
      insecure: false,
      httpVersion: '1.1',
      pathAsIs: false,
    })),
    positions: {},
    world: { now: '2026-11-23T00:00:00Z', seed: 'meshverdict', addresses: {}, pems: {}, tokens: {} },
  });
}
