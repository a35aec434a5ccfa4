/** kubectl describe: the generic describer that custom resources get, field by field in words. */
import { type ConsoleEnv, type ConsoleOutput, failure, output, remark } from '../types.ts';
import { targetsOf } from './get.ts';
import { kindNamed, POD, pluralWithGroup } from './kinds.ts';
import type { KubectlArgs } from './kubectl.ts';
import { type ConsoleObject, objectsOf } from './objects.ts';

export function describe({ compiled }: ConsoleEnv, args: KubectlArgs): ConsoleOutput {
  const { kinds, names } = targetsOf(args.words);
  const kind = kindNamed(kinds[0] ?? '');
  if (kind === undefined) return failure(`error: the server doesn't have a resource type "${kinds[0] ?? ''}"`);
  const found = objectsOf(compiled, kind, args.allNamespaces ? { names } : { namespace: args.namespace, names });
  const missing = names.find((name) => !found.some((object) => object.name === name));
  if (missing !== undefined)
    return failure(`Error from server (NotFound): ${pluralWithGroup(kind)} "${missing}" not found`);
  if (found.length === 0) return output({ stderr: `No resources found in ${args.namespace} namespace.\n` });
  return output({
    stdout: found.map(described).join('\n\n'),
    remarks: kind === POD ? [remark('not-simulated', { what: 'kubectl describe pod' })] : [],
  });
}

function described({ manifest, name, namespace, kind }: ConsoleObject): string {
  const { apiVersion, kind: _kind, metadata, ...body } = manifest();
  const { labels, annotations } = metadata as { labels?: Record<string, string>; annotations?: Record<string, string> };
  const pairs = (map: Readonly<Record<string, string>> | undefined, sign: string): string[] =>
    map === undefined ? ['<none>'] : Object.entries(map).map(([key, value]) => `${key}${sign}${value}`);
  const head: readonly [string, readonly string[]][] = [
    ['Name', [name]],
    ['Namespace', [namespace]],
    ['Labels', pairs(labels, '=')],
    ['Annotations', pairs(annotations, ': ')],
    ['API Version', [String(apiVersion)]],
    ['Kind', [kind.kind]],
  ];
  const width = 'Annotations:'.length + 2;
  const lines = head.map(([title, values]) =>
    values.map((value, at) => `${(at === 0 ? `${title}:` : '').padEnd(width)}${value}\n`).join(''),
  );
  return lines.join('') + fields(body, 0);
}

/** Keys as words, sorted, two spaces deeper a level. */
function fields(value: unknown, depth: number): string {
  const indent = '  '.repeat(depth);
  if (Array.isArray(value))
    return value.map((item) => (isNested(item) ? fields(item, depth) : `${indent}${item}\n`)).join('');
  if (typeof value !== 'object' || value === null) return `${indent}${String(value)}\n`;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  const width = Math.max(0, ...entries.filter(([, item]) => !isNested(item)).map(([key]) => title(key).length + 1));
  return entries
    .map(([key, item]) =>
      isNested(item)
        ? `${indent}${title(key)}:\n${fields(item, depth + 1)}`
        : `${indent}${`${title(key)}:`.padEnd(width)}  ${String(item)}\n`,
    )
    .join('');
}

const isNested = (value: unknown): boolean => typeof value === 'object' && value !== null;

/** `matchLabels` is `Match Labels`. */
const title = (key: string): string =>
  key
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .split(' ')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join(' ');
