import { describe, expect, it } from 'vitest';
import { parseKubectlSecret, type SecretDraft } from './kubectlSecret.ts';
import { secretDocument, secretProblem } from './secretDocument.ts';

const files: Readonly<Record<string, string>> = { 'a/key.pem': 'KEY', 'cert.pem': 'CERT' };
const read = (path: string) => files[path];
const parsed = (line: string) => parseKubectlSecret(line, read);

describe('kubectl create secret', () => {
  it.each<[string, SecretDraft]>([
    [
      'kubectl create -n istio-system secret generic web \\\n--from-file=key=a/key.pem \\\n--from-file=cert=cert.pem',
      {
        namespace: 'istio-system',
        name: 'web',
        type: 'Opaque',
        entries: [
          { key: 'key', path: 'a/key.pem', value: 'KEY' },
          { key: 'cert', path: 'cert.pem', value: 'CERT' },
        ],
      },
    ],
    [
      '$ kubectl create secret tls web --key a/key.pem --cert=cert.pem --namespace=prod --dry-run=client -o yaml | kubectl apply -f -',
      {
        namespace: 'prod',
        name: 'web',
        type: 'kubernetes.io/tls',
        entries: [
          { key: 'tls.key', path: 'a/key.pem', value: 'KEY' },
          { key: 'tls.crt', path: 'cert.pem', value: 'CERT' },
        ],
      },
    ],
    [
      "kubectl create secret generic web --from-literal=user='a b' --from-file=elsewhere/ca.crt",
      {
        namespace: 'default',
        name: 'web',
        type: 'Opaque',
        entries: [
          { key: 'user', value: 'a b' },
          { key: 'ca.crt', path: 'elsewhere/ca.crt', value: '' },
        ],
      },
    ],
  ])('%s', (line, draft) => {
    expect(parsed(line)).toEqual(draft);
  });

  it.each([
    'kubectl get secret web',
    'kubectl create secret docker-registry r',
    'kubectl create configmap a',
    'curl http://a/',
  ])('is not %s', (line) => {
    expect(parsed(line)).toBeUndefined();
  });
});

describe('the document', () => {
  const draft: SecretDraft = { namespace: 'a', name: 'web', type: 'Opaque', entries: [{ key: 'cert', value: 'é\n' }] };

  it('has every value in base64', () => {
    expect(secretDocument(draft)).toBe(
      'apiVersion: v1\nkind: Secret\nmetadata:\n  name: web\n  namespace: a\ntype: Opaque\ndata:\n  cert: w6kK\n',
    );
  });

  it.each<[Partial<SecretDraft>, ReturnType<typeof secretProblem>]>([
    [{}, undefined],
    [{ name: '' }, 'no-name'],
    [{ name: 'Web_1' }, 'bad-name'],
    [{ entries: [] }, 'no-entries'],
    [{ entries: [{ key: 'a b', value: 'x' }] }, 'bad-key'],
    [{ entries: [{ key: 'cert', value: '' }] }, 'empty-value'],
  ])('%j: %s', (change, problem) => {
    expect(secretProblem({ ...draft, ...change })).toBe(problem);
  });
});
