/** Commands against a small mesh: what kubectl and istioctl print, and what the text becomes. */
import { beforeAll, describe, expect, it } from 'vitest';
import { applyEdits, compile, createParseCache, parse } from '../engine.ts';
import { columns } from './columns.ts';
import { humanDuration } from './kubectl/age.ts';
import { jsonPath } from './kubectl/jsonPath.ts';
import { runCommand } from './runCommand.ts';
import type { ConsoleEnv, ConsoleOutput } from './types.ts';

const MESH = `# The shop.
apiVersion: v1
kind: Namespace
metadata:
  name: demo
  labels:
    istio-injection: enabled
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  namespace: demo
  creationTimestamp: "2026-11-22T00:00:00Z"
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers: [{name: app, image: app, ports: [{containerPort: 8080}]}]
---
apiVersion: v1
kind: Service
metadata: {name: web, namespace: demo}
spec:
  selector: {app: web}
  ports: [{name: http, port: 80, targetPort: 8080}]
`;
const POLICY = `apiVersion: "security.istio.io/v1beta1"
kind: "PeerAuthentication"
metadata:
  name: "namespace-policy"
  namespace: "demo"
spec:
  mtls:
    mode: STRICT # nothing else
`;

const PEMS = {
  frontend:
    '-----BEGIN CERTIFICATE-----\nAA==\n-----END CERTIFICATE-----\n-----BEGIN PRIVATE KEY-----\nBB==\n-----END PRIVATE KEY-----\n',
};

let env: ConsoleEnv;

async function envOf(text: string): Promise<ConsoleEnv> {
  const files = [{ name: 'mesh.yaml', text }];
  const options = {
    now: Date.UTC(2026, 10, 23),
    seed: 'console',
    addresses: { 'service demo/web': '10.96.0.7' },
    pems: PEMS,
  };
  return { files, cache: createParseCache(), compiled: await compile(parse(files), options) };
}

beforeAll(async () => {
  env = await envOf(`${MESH}---\n${POLICY}`);
});

const run = (line: string, where: ConsoleEnv = env, stdin?: string): ConsoleOutput =>
  runCommand(where, { argv: line.split(' '), ...(stdin === undefined ? {} : { stdin }) });
/** Everything on the screen, in order. */
const screen = ({ stdout, stderr }: ConsoleOutput): string => stdout + stderr;
const textAfter = ({ edits }: ConsoleOutput, where: ConsoleEnv): string =>
  applyEdits(where.files, edits)[0]?.text ?? '';

describe('kubectl get', () => {
  const cases: [string, string][] = [
    [
      'get peerauthentication --all-namespaces',
      'NAMESPACE   NAME               MODE     AGE\ndemo        namespace-policy   STRICT   <unknown>\n',
    ],
    ['get pa -n demo', 'NAME               MODE     AGE\nnamespace-policy   STRICT   <unknown>\n'],
    ['get pa', 'No resources found in default namespace.\n'],
    ['get vs -A', 'No resources found\n'],
    [
      'get pa missing -n demo',
      'Error from server (NotFound): peerauthentications.security.istio.io "missing" not found\n',
    ],
    ['get svc missing -n demo', 'Error from server (NotFound): services "missing" not found\n'],
    ['get nonsense', 'error: the server doesn\'t have a resource type "nonsense"\n'],
    [
      'get services -n demo',
      'NAME   TYPE        CLUSTER-IP   EXTERNAL-IP   PORT(S)   AGE\nweb    ClusterIP   10.96.0.7    <none>        80/TCP    <unknown>\n',
    ],
    [
      'get deploy -n demo',
      'NAME   READY   UP-TO-DATE   AVAILABLE   AGE\nweb    1/1     1            1           24h\n',
    ],
    ['get ns', 'NAME   STATUS   AGE\ndemo   Active   <unknown>\n'],
    ['get pa -n demo -o name', 'peerauthentication.security.istio.io/namespace-policy\n'],
    ['get pa namespace-policy -n demo -o jsonpath={.spec.mtls.mode}', 'STRICT'],
    ['get --nonsense', "error: unknown flag: --nonsense\nSee 'kubectl --help' for usage.\n"],
  ];
  it.each(cases)('kubectl %s', (line, printed) => {
    expect(screen(run(`kubectl ${line}`))).toBe(printed);
  });

  it('finds a pod by label, as the tutorial does', () => {
    const name = run('kubectl get pod -l app=web -n demo -o jsonpath={.items..metadata.name}').stdout;
    expect(name).toMatch(/^web-/);
    expect(run(`kubectl get pod ${name} -n demo`).stdout).toMatch(/ 2\/2 +Running +0 +<unknown>\n$/);
  });

  it('prints YAML that is read back as the same object', () => {
    const { stdout } = run('kubectl get pa namespace-policy -n demo -o yaml');
    const again = parse([{ name: 'again.yaml', text: stdout }]);
    expect(again.resources.map(({ id, body }) => ({ id, body }))).toEqual(
      env.compiled.parsed.resources
        .filter(({ kind }) => kind === 'PeerAuthentication')
        .map(({ id, body }) => ({ id, body })),
    );
  });
});

describe('kubectl apply', () => {
  it('adds what is not there, in its own words', async () => {
    const before = await envOf(MESH);
    const answer = run('kubectl apply -f -', before, POLICY);
    expect(screen(answer)).toBe('peerauthentication.security.istio.io/namespace-policy created\n');
    expect(textAfter(answer, before)).toBe(`${MESH}---\n${POLICY}`);
  });

  it('replaces what is there, and touches nothing else', () => {
    const answer = run('kubectl apply -f -', env, POLICY.replace('STRICT', 'PERMISSIVE'));
    expect(screen(answer)).toBe('peerauthentication.security.istio.io/namespace-policy configured\n');
    expect(textAfter(answer, env)).toBe(`${MESH}---\n${POLICY.replace('STRICT', 'PERMISSIVE')}`);
    expect(answer.edits).toHaveLength(1);
  });

  it('says what is unchanged', () => {
    const answer = run('kubectl apply -f -', env, POLICY);
    expect(screen(answer)).toBe('peerauthentication.security.istio.io/namespace-policy unchanged\n');
    expect(answer.edits).toEqual([]);
  });

  it('puts a document without namespace into that of -n', async () => {
    const before = await envOf(MESH);
    const answer = run('kubectl apply -n demo -f -', before, POLICY.replace('  namespace: "demo"\n', ''));
    expect(screen(answer)).toBe('peerauthentication.security.istio.io/namespace-policy created\n');
    expect(parse([{ name: 'x', text: textAfter(answer, before) }]).resources.at(-1)?.namespace).toBe('demo');
  });

  it('refuses another namespace than -n', () => {
    expect(screen(run('kubectl apply -n other -f -', env, POLICY))).toBe(
      'error: the namespace from the provided object "demo" does not match the namespace "other". You must pass \'--namespace=demo\' to perform this operation.\n',
    );
  });

  it('relays what the webhook refuses, and changes nothing', () => {
    const wrong = POLICY.replace('  mtls:', '  portLevelMtls: {8080: {mode: STRICT}}\n  mtls:');
    const answer = run('kubectl apply -f -', env, wrong);
    expect(answer.stderr).toContain('admission webhook');
    expect(answer.exit).toBe(1);
    expect(answer.edits).toEqual([]);
  });

  it('needs -f', () => {
    expect(screen(run('kubectl apply'))).toBe('error: must specify one of -f and -k\n');
    expect(screen(run('kubectl apply -f x.yaml'))).toBe('error: the path "x.yaml" does not exist\n');
  });
});

describe('kubectl delete, label, create', () => {
  it('deletes a document and leaves the rest byte for byte', () => {
    const answer = run('kubectl delete peerauthentication -n demo namespace-policy');
    expect(screen(answer)).toBe('peerauthentication.security.istio.io "namespace-policy" deleted\n');
    expect(textAfter(answer, env)).toBe(MESH);
  });

  it('deletes a namespace with everything in it', () => {
    const answer = run('kubectl delete namespaces demo');
    expect(screen(answer)).toBe('namespace "demo" deleted\n');
    expect(parse([{ name: 'x', text: textAfter(answer, env) }]).resources).toEqual([]);
  });

  it('does not find what is not there', () => {
    expect(screen(run('kubectl delete pa -n demo nobody'))).toBe(
      'Error from server (NotFound): peerauthentications.security.istio.io "nobody" not found\n',
    );
  });

  it.each([
    ['istio-injection=disabled --overwrite', 'namespace/demo labeled\n', 'istio-injection: disabled'],
    ['tier=front', 'namespace/demo labeled\n', 'tier: front'],
    ['istio-injection=enabled', 'namespace/demo not labeled\n', 'istio-injection: enabled'],
  ])('labels a namespace: %s', (change, printed, written) => {
    const answer = run(`kubectl label namespace demo ${change}`);
    expect(screen(answer)).toBe(printed);
    expect(textAfter(answer, env)).toContain(written);
  });

  it('takes a label away, and overwrites only when told to', () => {
    const answer = run('kubectl label ns demo istio-injection-');
    expect(screen(answer)).toBe('namespace/demo unlabeled\n');
    expect(textAfter(answer, env)).not.toContain('istio-injection');
    expect(screen(run('kubectl label ns demo istio-injection=disabled'))).toBe(
      "error: 'istio-injection' already has a value (enabled), and --overwrite is false\n",
    );
  });

  it('makes a Secret of the certificates that callers hold', () => {
    const answer = run('kubectl create secret tls web-cert --cert=certs/frontend.pem --key=frontend.key -n demo');
    expect(screen(answer)).toBe('secret/web-cert created\n');
    const secret = parse([{ name: 'x', text: textAfter(answer, env) }]).resources.find(({ kind }) => kind === 'Secret');
    expect(secret?.body).toMatchObject({
      type: 'kubernetes.io/tls',
      data: { 'tls.crt': btoa(PEMS.frontend.slice(0, PEMS.frontend.indexOf('-----BEGIN PRIVATE'))) },
    });
    const missing = run('kubectl create secret tls x --cert=nowhere.pem --key=nowhere.key -n demo');
    expect(screen(missing)).toBe('error: error reading nowhere.pem: no such file or directory\n');
    expect(missing.remarks).toEqual([{ code: 'files-known', params: { names: 'frontend' } }]);
  });

  it('makes a namespace once', () => {
    expect(screen(run('kubectl create namespace other'))).toBe('namespace/other created\n');
    expect(screen(run('kubectl create namespace demo'))).toBe(
      'error: failed to create namespace namespaces "demo" already exists\n',
    );
  });
});

describe('istioctl', () => {
  it.each([
    ['listeners', 'ADDRESSES'],
    ['routes', 'NAME'],
    ['clusters', 'SERVICE FQDN'],
    ['endpoints', 'ENDPOINT'],
    ['secret', 'RESOURCE NAME'],
  ])('proxy-config %s prints its table', (table, head) => {
    const { stdout, exit } = run(`istioctl proxy-config ${table} deploy/web -n demo`);
    expect(exit).toBe(0);
    expect(stdout.startsWith(head)).toBe(true);
    expect(stdout.split('\n').length).toBeGreaterThan(2);
  });

  it('takes pods as POD.NAMESPACE', () => {
    expect(run('istioctl pc c web.demo').stderr).toContain('not found');
    expect(run('istioctl pc c deploy/web.demo').stdout).toContain(
      'web.demo.svc.cluster.local     80       -          outbound      EDS',
    );
  });

  it('x describe pod tells the mTLS mode and who says so', () => {
    expect(run('istioctl x describe pod deploy/web -n demo').stdout).toMatch(
      /^Pod: web-\S+\n {3}Pod Revision: default\n {3}Pod Ports: 8080, 15090 \(istio-proxy\)\n-{20}\nService: web\n {3}Port: http 80\/HTTP targets pod port 8080\n-{20}\nEffective PeerAuthentication:\n {3}Workload mTLS mode: STRICT\nApplied PeerAuthentication:\n {3}namespace-policy.demo\n$/,
    );
  });

  it('analyze says that its analyzers are not simulated', () => {
    expect(run('istioctl analyze -n demo').remarks).toEqual([{ code: 'analyze-by-webhook', params: {} }]);
  });
});

describe('what is not known', () => {
  it.each(['kubectl rollout status', 'istioctl dashboard', 'helm install', 'toString'])('%s names what is', (line) => {
    const { exit, remarks, stderr } = run(line);
    expect(exit).not.toBe(0);
    expect(stderr).not.toBe('');
    expect(remarks[0]?.code).toBe('unknown-command');
  });
});

describe('small parts', () => {
  it.each([
    [0, '0s'],
    [119_000, '119s'],
    [120_000, '2m'],
    [330_000, '5m30s'],
    [3_600_000, '60m'],
    [3 * 3_600_000, '3h'],
    [8 * 3_600_000, '8h'],
    [50 * 3_600_000, '2d2h'],
    [30 * 86_400_000, '30d'],
  ])('%d ms are %s', (milliseconds, text) => {
    expect(humanDuration(milliseconds)).toBe(text);
  });

  it.each([
    ['{.a.b}', 'x'],
    ['{.list[1].n}', '2'],
    ['{.list[*].n}', '1 2'],
    ['{.list[-1].n}', '2'],
    ['{..n}', '1 2'],
    ['{.a.b}{"\\n"}', 'x\n'],
    ['{.nothing}', ''],
    ["{.a['b']}", 'x'],
  ])('jsonpath %s is %j', (path, printed) => {
    expect(jsonPath(path, { a: { b: 'x' }, list: [{ n: 1 }, { n: 2 }] })).toBe(printed);
  });

  it('pads all columns but the last', () => {
    expect(
      columns(
        [
          ['A', 'B'],
          ['long', 'x'],
        ],
        { padding: 2 },
      ),
    ).toBe('A     B\nlong  x\n');
  });
});
