/** kubectl get: tables, names, YAML, JSON, jsonpath. */
import { documentText } from '../../editing/render.ts';
import { kubectlTable } from '../columns.ts';
import { type ConsoleEnv, type ConsoleOutput, failure, output } from '../types.ts';
import { humanDuration } from './age.ts';
import { jsonPath } from './jsonPath.ts';
import { type ConsoleKind, kindNamed, pluralWithGroup, singularWithGroup } from './kinds.ts';
import type { KubectlArgs } from './kubectl.ts';
import { type ConsoleObject, objectsOf } from './objects.ts';

export function get({ compiled }: ConsoleEnv, args: KubectlArgs): ConsoleOutput {
  const asked = targetsOf(args.words);
  if (asked.kinds.length === 0) {
    return failure(
      'You must specify the type of resource to get. Use "kubectl api-resources" for a complete list of supported resources.\n\nerror: Required resource not specified.',
    );
  }
  const kinds: ConsoleKind[] = [];
  for (const name of asked.kinds) {
    const kind = kindNamed(name);
    if (kind === undefined) return failure(`error: the server doesn't have a resource type "${name}"`);
    kinds.push(kind);
  }
  if (args.allNamespaces && asked.names.length > 0) {
    return failure('error: a resource cannot be retrieved by name across all namespaces');
  }
  const found = kinds.map((kind) => ({
    kind,
    objects: objectsOf(compiled, kind, {
      ...(args.allNamespaces ? {} : { namespace: args.namespace }),
      names: asked.names,
      ...(args.selector === undefined ? {} : { labels: args.selector }),
    }),
  }));
  const missing = found.flatMap(({ kind, objects }) =>
    asked.names
      .filter((name) => !objects.some((object) => object.name === name))
      .map((name) => `Error from server (NotFound): ${pluralWithGroup(kind)} "${name}" not found\n`),
  );
  const objects = found.flatMap((group) => group.objects);
  const stderr = missing.join('');
  if (objects.length === 0) {
    if (missing.length > 0) return output({ stderr, exit: 1 });
    if (args.output === 'yaml' || args.output === 'json' || args.output?.startsWith('jsonpath')) {
      return output({ stdout: print([], args.output, asked.names.length > 0) ?? '' });
    }
    const isWide = args.allNamespaces || kinds.every(({ clusterScoped }) => clusterScoped === true);
    return output({ stderr: isWide ? 'No resources found\n' : `No resources found in ${args.namespace} namespace.\n` });
  }
  const exit = missing.length > 0 ? 1 : 0;
  if (args.output !== undefined && args.output !== 'wide') {
    const single = asked.names.length === 1 && objects.length === 1;
    const stdout = print(objects, args.output, single);
    return stdout === undefined
      ? failure(`error: unable to match a printer suitable for the output format "${args.output}"`)
      : output({ stdout, stderr, exit });
  }
  const tables = found.filter((group) => group.objects.length > 0);
  const stdout = tables
    .map(({ kind, objects: rows }) =>
      table(kind, rows, args.allNamespaces && kind.clusterScoped !== true, tables.length > 1, compiled.mesh.now),
    )
    .join('\n');
  return output({ stdout, stderr, exit });
}

/** `get pa,ap`, `get pa name`, `get pa/name`. */
export function targetsOf(words: readonly string[]): {
  readonly kinds: readonly string[];
  readonly names: readonly string[];
} {
  const [first, ...rest] = words;
  if (first === undefined) return { kinds: [], names: [] };
  if (first.includes('/')) {
    const pairs = words.map((word) => word.split('/'));
    return { kinds: [...new Set(pairs.map(([kind = '']) => kind))], names: pairs.map(([, name = '']) => name) };
  }
  return { kinds: first.split(','), names: rest };
}

function table(
  kind: ConsoleKind,
  objects: readonly ConsoleObject[],
  withNamespace: boolean,
  withKind: boolean,
  now: number,
): string {
  const head = [...(withNamespace ? ['NAMESPACE'] : []), 'NAME', ...(kind.columns ?? []), 'AGE'];
  const rows = objects.map(({ namespace, name, cells, created }) => [
    ...(withNamespace ? [namespace] : []),
    withKind ? `${singularWithGroup(kind)}/${name}` : name,
    ...cells,
    created === undefined ? '<unknown>' : humanDuration(now - created),
  ]);
  return kubectlTable([head, ...rows]);
}

function print(objects: readonly ConsoleObject[], format: string, single: boolean): string | undefined {
  const manifests = objects.map(({ manifest }) => manifest());
  const whole = single
    ? (manifests[0] ?? {})
    : { apiVersion: 'v1', items: manifests, kind: 'List', metadata: { resourceVersion: '' } };
  if (format === 'yaml') return documentText(whole);
  if (format === 'json') return `${JSON.stringify(whole, null, 4)}\n`;
  if (format === 'name') return objects.map(({ kind, name }) => `${singularWithGroup(kind)}/${name}\n`).join('');
  const path = /^jsonpath=(.*)$/.exec(format)?.[1];
  return path === undefined ? undefined : jsonPath(path, whole);
}
