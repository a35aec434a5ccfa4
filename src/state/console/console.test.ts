/** The console's own parts, and a session in which the tutorial's commands are typed. */
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { HttpOutcome } from '../../trace/outcome.ts';
import { inProcessClient } from '../../worker/inProcess.ts';
import { openWorkspace } from '../actions/openWorkspace.ts';
import { undo } from '../actions/undo.ts';
import { expandVariables, splitShellWords } from '../curl/shellWords.ts';
import { keepEngineInStep } from '../engine/keepInStep.ts';
import { readPreferences } from '../persistence/preferences.ts';
import { memoryStorage } from '../persistence/storage.ts';
import { createStudio, EMPTY_WORKSPACE, type Studio } from '../studio.ts';
import { completions } from './complete.ts';
import { curlText } from './curlText.ts';
import { filterText } from './filters.ts';
import { runLine } from './runLine.ts';
import { firstSubstitution, isUnfinished, parsePipeline, readAssignment } from './shell.ts';

describe('a line', () => {
  it('goes on until its here-document ends', () => {
    expect(isUnfinished('kubectl apply -f - <<EOF')).toBe(true);
    expect(isUnfinished('kubectl apply -f - <<EOF\na: 1')).toBe(true);
    expect(isUnfinished('kubectl apply -f - <<EOF\na: 1\nEOF')).toBe(false);
    expect(isUnfinished('kubectl get pods \\')).toBe(true);
    expect(isUnfinished('kubectl get pods')).toBe(false);
  });

  it.each([
    ['a | b', ['a', 'b'], undefined],
    ["grep 'a|b' | wc", ["grep 'a|b'", 'wc'], undefined],
    ['curl $(a | b) | c', ['curl $(a | b)', 'c'], undefined],
    ['cat <<EOF | kubectl apply -f -\nx: 1\nEOF', ['cat', 'kubectl apply -f -'], 'x: 1\n'],
    ["kubectl apply -f - <<'EOF'\n    x:\n      y: 1\n    EOF", ['kubectl apply -f -'], 'x:\n  y: 1\n'],
  ])('%j is a pipeline', (text, commands, stdin) => {
    const isLiteral = text.includes("'EOF'") ? { isLiteral: true } : {};
    expect(parsePipeline(text)).toEqual({ commands, ...(stdin === undefined ? {} : { stdin }), ...isLiteral });
  });

  it('has its innermost substitution found first', () => {
    expect(firstSubstitution('exec $(get pod -o jsonpath={.a}) -- x')).toEqual({
      before: 'exec ',
      inner: 'get pod -o jsonpath={.a}',
      after: ' -- x',
    });
    expect(firstSubstitution('plain')).toBeUndefined();
  });
});

const VARIABLES = { A: '1', WORDS: 'two words' };

it.each([
  ['echo $A', ['echo', '1']],
  [['echo $', '{A}x'].join(''), ['echo', '1x']],
  ['echo \'$A\' "$A"', ['echo', '$A', '1']],
  ['echo $UNKNOWN \\$A $(x)', ['echo', '$UNKNOWN', '$A', '$(x)']],
  ['echo $WORDS', ['echo', 'two words']],
])('variables among the words of %j', (text, words) => {
  expect(splitShellWords(text, VARIABLES)).toEqual(words);
});

it('variables in a here-document', () => {
  expect(expandVariables("a: $A\nb: '$WORDS'\nc: $UNKNOWN \\$A\n", VARIABLES)).toBe(
    "a: 1\nb: 'two words'\nc: $UNKNOWN \\$A\n",
  );
});

it.each([
  [
    ['export', 'A=b c'],
    ['A', 'b c'],
  ],
  [['A='], ['A', '']],
  [['A=1', 'curl'], undefined],
  [['kubectl', 'get'], undefined],
])('%j assigns %j', (words, assigned) => {
  expect(readAssignment(words)).toEqual(assigned);
});

describe('what curl prints', () => {
  const served: HttpOutcome = {
    kind: 'http',
    curlExit: 0,
    alsoPossible: [],
    status: 200,
    headers: [['server', 'envoy']],
    body: 'hello',
  };
  const reset: HttpOutcome = {
    ...served,
    curlExit: 56,
    status: 0,
    error: 'Recv failure: Connection reset by peer',
    headers: [],
  };
  it.each([
    ['', served, 'hello', ''],
    ['-i', served, 'HTTP/1.1 200\r\nserver: envoy\r\n\r\nhello', ''],
    ['-o /dev/null -s -w %{http_code}\\n', served, '200\n', ''],
    ['-o /dev/null -s -w %{http_code}\\n', reset, '000\n', ''],
    ['', reset, '', 'curl: (56) Recv failure: Connection reset by peer\n'],
    ['-s', reset, '', ''],
    ['-sS', reset, '', 'curl: (56) Recv failure: Connection reset by peer\n'],
    ['-sSo/dev/null', served, '', ''],
  ])('with %j', (options, outcome, stdout, stderr) => {
    expect(
      curlText(
        outcome,
        options.split(' ').filter((word) => word !== ''),
      ),
    ).toEqual({ stdout, stderr });
  });
});

describe('Tab', () => {
  const known = { outline: [] };
  it.each([
    ['ku', ['kubectl']],
    ['kubectl d', ['delete', 'describe']],
    ['kubectl get peer', ['peerauthentication']],
    ['istioctl proxy-config li', ['listeners']],
    ['nonsense ', []],
  ])('after %j offers %j', (line, offered) => {
    expect(completions(line, known)).toEqual(offered);
  });
});

it.each([
  ['aGk=\n', 'hi'],
  ['no base64!', undefined],
])('base64 -d of %j', (text, decoded) => {
  expect(filterText(['base64', '-d'], text)).toBe(decoded);
});

it.each([
  [['grep', 'b'], 'b\n'],
  [['grep', '-v', 'b'], 'a\nc\n'],
  [['head', '-n', '1'], 'a\n'],
  [['tail', '-1'], 'c\n'],
  [['wc', '-l'], '3\n'],
  [['sed', 's/^/  /'], '  a\n  b\n  c\n'],
  [['sed', '-e', 's/b/x/g'], 'a\nx\nc\n'],
  [['sed', 's/[ab]/x/'], undefined],
  [['sort'], undefined],
])('the filter %j', (words, printed) => {
  expect(filterText(words, 'a\nb\nc\n')).toBe(printed);
});

const workload = (name: string): string => `---
apiVersion: apps/v1
kind: Deployment
metadata: {name: ${name}, namespace: demo}
spec:
  selector: {matchLabels: {app: ${name}}}
  template:
    metadata: {labels: {app: ${name}}}
    spec: {containers: [{name: app, image: app, ports: [{containerPort: 8080}]}]}
---
apiVersion: v1
kind: Service
metadata: {name: ${name}, namespace: demo}
spec:
  selector: {app: ${name}}
  ports: [{name: http, port: 80, targetPort: 8080}]
`;
const MESH = `apiVersion: v1
kind: Namespace
metadata: {name: demo, labels: {istio-injection: enabled}}
${workload('frontend')}${workload('productcatalogservice')}`;
const CALL = `kubectl exec \\
  $(kubectl get pod -l app=productcatalogservice -n demo -o jsonpath={.items..metadata.name}) \\
  -c istio-proxy -n demo -- \\
  curl http://frontend:80/ -o /dev/null -s -w '%{http_code}\\n'`;
const APPLY = `kubectl apply -f - <<EOF
apiVersion: "security.istio.io/v1beta1"
kind: "PeerAuthentication"
metadata:
  name: "namespace-policy"
  namespace: "demo"
spec:
  mtls:
    mode: STRICT
EOF`;

const cleanups: (() => void)[] = [];
afterEach(() => {
  for (const cleanup of cleanups.splice(0)) cleanup();
});

describe('the tutorial, typed', () => {
  const session = (): Studio => {
    const engine = inProcessClient();
    const studio = createStudio({
      engine,
      storage: memoryStorage(),
      examples: { entries: [], load: async () => undefined },
      now: () => 0,
      systemPrefersReducedMotion: () => true,
      ...readPreferences(undefined, { language: 'en', width: 1280 }),
    });
    openWorkspace(studio, { ...EMPTY_WORKSPACE, files: [{ name: 'mesh.yaml', text: MESH }], calls: [] });
    cleanups.push(keepEngineInStep(studio), () => engine.dispose());
    return studio;
  };
  /** Types a line; gives back what stands on the screen. */
  const type = async (studio: Studio, line: string): Promise<string> => {
    await runLine(studio, line);
    const entry = studio.store.getState().terminal.entries.at(-1);
    return (entry?.parts ?? [])
      .map((part) => ('text' in part ? part.text : part.kind === 'remark' ? `[${part.remark.code}]` : part.kind))
      .join('');
  };

  it('strict refuses plain text, deleting the policy lets it in again, and each is one undo', async () => {
    const studio = session();
    expect(await type(studio, CALL)).toBe('200\n');
    expect(await type(studio, APPLY)).toBe('peerauthentication.security.istio.io/namespace-policy created\n');
    expect(await type(studio, CALL)).toBe('000\ncommand terminated with exit code 56\n');
    expect(await type(studio, 'kubectl get peerauthentication --all-namespaces')).toBe(
      'NAMESPACE   NAME               MODE     AGE\ndemo        namespace-policy   STRICT   <unknown>\n',
    );
    expect(await type(studio, 'kubectl delete peerauthentication -n demo namespace-policy')).toBe(
      'peerauthentication.security.istio.io "namespace-policy" deleted\n',
    );
    expect(await type(studio, CALL)).toBe('200\n');
    undo(studio);
    await vi.waitFor(() => expect(studio.store.getState().workspace.files[0]?.text).toContain('STRICT'));
    undo(studio);
    expect(studio.store.getState().workspace.files[0]?.text).toBe(MESH);
  }, 30_000);

  it('the access log of a proxy is that of the call shown', async () => {
    const studio = session();
    expect(await type(studio, 'kubectl logs deploy/frontend -n demo -c istio-proxy')).toBe('[log-without-call]');
    await type(studio, CALL);
    const log = 'kubectl logs -n demo deploy/frontend -c istio-proxy';
    expect(await type(studio, log)).toContain('"GET / HTTP/1.1" 200 - via_upstream');
    expect(await type(studio, `${log} | wc -l`)).toBe('1\n');
    expect(await type(studio, 'kubectl logs deploy/productcatalogservice -n demo -c istio-proxy')).toBe(
      '[log-without-call]',
    );
    expect(await type(studio, 'kubectl logs deploy/frontend -n demo')).toBe('[log-of-application]');
    expect(await type(studio, 'kubectl logs nobody -n demo')).toContain('pods "nobody" not found');
  }, 30_000);

  it('the CA of a signer is read as the tutorial reads it: a variable, xargs, base64, sed, and a here-document', async () => {
    const studio = session();
    const certificate = `kubectl apply -f - <<EOF
apiVersion: cert-manager.io/v1
kind: ClusterIssuer
metadata: {name: selfsigned}
spec: {selfSigned: {}}
---
apiVersion: cert-manager.io/v1
kind: Certificate
metadata: {name: foo-ca, namespace: cert-manager}
spec: {isCA: true, commonName: foo, secretName: foo-ca-selfsigned, issuerRef: {name: selfsigned, kind: ClusterIssuer}}
---
apiVersion: cert-manager.io/v1
kind: ClusterIssuer
metadata: {name: foo}
spec: {ca: {secretName: foo-ca-selfsigned}}
EOF`;
    expect(await type(studio, certificate)).toContain('clusterissuer.cert-manager.io/foo created');
    expect(await type(studio, 'kubectl get secret -n cert-manager -l controller.cert-manager.io/fao=true')).toBe(
      'NAME                TYPE                DATA   AGE\nfoo-ca-selfsigned   kubernetes.io/tls   3      <unknown>\n',
    );
    const read = `export FOOCA=$(kubectl get clusterissuers foo -o jsonpath='{.spec.ca.secretName}' | xargs kubectl get secret -n cert-manager -o jsonpath='{.data.ca\\.crt}' | base64 -d | sed 's/^/        /')`;
    expect(await type(studio, read)).toBe('');
    expect(studio.store.getState().terminal.variables['FOOCA']).toContain('-----BEGIN CERTIFICATE-----\n        M');
    await type(studio, 'export WHERE=frontend.demo');
    expect(
      await type(studio, 'kubectl exec deploy/frontend -n demo -- curl -s http://$WHERE/ -o /dev/null -w %{http_code}'),
    ).toBe('200');
    expect(await type(studio, "echo '$FOOCA'")).toBe('$FOOCA\n');
    await type(
      studio,
      `kubectl apply -f - <<EOF\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: ca}\ndata:\n    ca: |\n        $FOOCA\nEOF`,
    );
    expect(await type(studio, "kubectl get configmap ca -o jsonpath='{.data.ca}'")).toContain(
      '-----END CERTIFICATE-----',
    );
  }, 30_000);

  it('says what is not there or not known', async () => {
    const studio = session();
    expect(await type(studio, 'kubectl exec deploy/nobody -n demo -- curl http://frontend/')).toBe(
      'Error from server (NotFound): pods "nobody" not found\n',
    );
    expect(await type(studio, 'kubectl exec deploy/frontend -n demo -- ls')).toBe('[exec-only-curl]');
    expect(await type(studio, 'helm install x')).toBe('helm: command not found\n[unknown-command]');
    expect(await type(studio, 'help')).toBe('[help]');
    expect(await type(studio, 'kubectl get pods -n demo | grep front | wc -l')).toBe('1\n');
    expect(await type(studio, 'openssl s_client -connect frontend.demo:80 -showcerts')).toBe('handshake');
    await runLine(studio, 'clear');
    expect(studio.store.getState().terminal.entries).toEqual([]);
    expect(studio.store.getState().terminal.history).toHaveLength(7);
  }, 30_000);
});
