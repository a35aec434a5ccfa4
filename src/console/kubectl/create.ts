/**
 * kubectl create namespace, and create secret generic|tls: a new document. Files that --from-file,
 * --cert and --key name are the certificates and keys that callers of this workspace hold.
 */
import { documentText } from '../../editing/render.ts';
import { type ConsoleEnv, type ConsoleOutput, type ConsoleRemark, failure, remark } from '../types.ts';
import { apply } from './apply.ts';
import type { KubectlArgs } from './kubectl.ts';

type Read = { readonly ok: true; readonly value: string } | { readonly ok: false; readonly error: string };

export function create(env: ConsoleEnv, args: KubectlArgs): ConsoleOutput {
  const [what, ...words] = args.words;
  if (what === 'namespace' || what === 'ns') {
    const [name] = words;
    if (name === undefined) return failure('error: exactly one NAME is required, got 0');
    return created(env, args, { apiVersion: 'v1', kind: 'Namespace', metadata: { name } }, 'namespaces', name);
  }
  if (what === 'secret') return createSecret(env, args, words);
  if (what === undefined && args.values.has('filename')) return apply(env, args);
  return failure(
    `error: unknown command "create ${what ?? ''}"`,
    remark('unknown-command', {
      command: `kubectl create ${what ?? ''}`,
      known: 'create namespace, create secret generic, create secret tls',
    }),
  );
}

function createSecret(env: ConsoleEnv, args: KubectlArgs, [type, name]: readonly string[]): ConsoleOutput {
  if (name === undefined) return failure('error: exactly one NAME is required, got 0');
  const data: Record<string, string> = {};
  const take = (key: string, read: Read): string | undefined => {
    if (!read.ok) return read.error;
    data[key] = btoa(read.value);
    return undefined;
  };
  const problems: (string | undefined)[] = [];
  if (type === 'tls') {
    problems.push(
      take('tls.crt', readFile(env, args.values.get('cert')?.at(-1) ?? '', 'certificate')),
      take('tls.key', readFile(env, args.values.get('key')?.at(-1) ?? '', 'key')),
    );
  } else if (type === 'generic') {
    for (const literal of args.values.get('from-literal') ?? []) {
      const [key = '', ...value] = literal.split('=');
      problems.push(take(key, { ok: true, value: value.join('=') }));
    }
    for (const source of args.values.get('from-file') ?? []) {
      const [first = '', ...rest] = source.split('=');
      const path = rest.length === 0 ? first : rest.join('=');
      const key = rest.length === 0 ? (first.split('/').pop() ?? first) : first;
      problems.push(
        take(key, readFile(env, path, /key/i.test(key) || /\.key(\.pem)?$/.test(path) ? 'key' : 'certificate')),
      );
    }
  } else {
    return failure(
      `error: unknown command "secret ${type ?? ''}"`,
      remark('unknown-command', { command: `kubectl create secret ${type ?? ''}`, known: 'generic, tls' }),
    );
  }
  const problem = problems.find((found) => found !== undefined);
  if (problem !== undefined) return failure(problem, filesKnown(env));
  const { namespace } = args;
  const secret = {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name, namespace },
    type: type === 'tls' ? 'kubernetes.io/tls' : 'Opaque',
    data,
  };
  return created(env, args, secret, 'secrets', name);
}

function created(env: ConsoleEnv, args: KubectlArgs, manifest: object, plural: string, name: string): ConsoleOutput {
  const { kind } = manifest as { readonly kind: string };
  const exists = env.compiled.parsed.resources.some(
    (resource) =>
      resource.kind === kind &&
      resource.name === name &&
      (kind === 'Namespace' || resource.namespace === args.namespace),
  );
  if (exists) return failure(`error: failed to create ${kind.toLowerCase()} ${plural} "${name}" already exists`);
  return apply(env, { ...args, values: new Map([['filename', ['-']]]), stdin: documentText(manifest) });
}

/** `certs/frontend.pem` and `frontend.key` are the certificate and key named `frontend`. */
function readFile({ compiled }: ConsoleEnv, path: string, part: 'certificate' | 'key'): Read {
  const name = (path.split('/').pop() ?? path).replace(/(\.(pem|crt|cer|cert|key))+$/i, '');
  const pem = compiled.mesh.options.pems?.[name];
  if (pem === undefined) return { ok: false, error: `error: error reading ${path}: no such file or directory` };
  const blocks = pem.match(/-----BEGIN ([A-Z0-9 ]+)-----[\s\S]*?-----END \1-----\n?/g) ?? [];
  const isKey = (block: string): boolean => block.includes('PRIVATE KEY');
  const wanted = blocks.filter((block) => isKey(block) === (part === 'key'));
  return wanted.length === 0
    ? { ok: false, error: `error: error reading ${path}: no such file or directory` }
    : { ok: true, value: wanted.join('') };
}

const filesKnown = ({ compiled }: ConsoleEnv): ConsoleRemark =>
  remark('files-known', { names: Object.keys(compiled.mesh.options.pems ?? {}).join(', ') });
