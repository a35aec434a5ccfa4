/** kubectl label: `key=value` sets, `key-` takes away; an existing value needs --overwrite. */
import { locateObject } from '../../editing/located.ts';
import { removeField } from '../../editing/removeField.ts';
import { setField } from '../../editing/setField.ts';
import { applyEdits, type WorkspaceFile } from '../../engine.ts';
import { type ConsoleEnv, type ConsoleOutput, failure, output } from '../types.ts';
import { editsBetween } from './apply.ts';
import { targetsOf } from './get.ts';
import { kindNamed, pluralWithGroup, singularWithGroup } from './kinds.ts';
import type { KubectlArgs } from './kubectl.ts';
import { objectsOf } from './objects.ts';

export function label(env: ConsoleEnv, args: KubectlArgs): ConsoleOutput {
  const changes = args.words.filter(
    (word, at) => at > 0 && /^[^/=]+(\/[^=]+)?(=.*|-)$/.test(word) && /=|-$/.test(word),
  );
  const { kinds, names } = targetsOf(args.words.filter((word) => !changes.includes(word)));
  const kind = kindNamed(kinds[0] ?? '');
  if (kind === undefined) return failure(`error: the server doesn't have a resource type "${kinds[0] ?? ''}"`);
  if (changes.length === 0) return failure('error: at least one label update is required');
  const found = objectsOf(env.compiled, kind, { namespace: args.namespace, names }).filter(({ resource }) => resource);
  const missing = names.filter((name) => !found.some((object) => object.name === name));
  if (missing.length > 0 || found.length === 0) {
    return failure(`Error from server (NotFound): ${pluralWithGroup(kind)} "${missing[0] ?? ''}" not found`);
  }
  let files: readonly WorkspaceFile[] = env.files;
  const lines: string[] = [];
  for (const { resource, name, labels } of found) {
    if (resource === undefined) continue;
    const said = new Set<string>();
    for (const change of changes) {
      const object = locateObject(files, resource.id);
      if (object === undefined) continue;
      if (change.endsWith('-') && !change.includes('=')) {
        const key = change.slice(0, -1);
        const edit = removeField(object, ['metadata', 'labels', key]);
        if (edit === undefined) lines.push(`label "${key}" not found.\n`);
        else files = applyEdits(files, [edit]);
        said.add(edit === undefined ? 'not labeled' : 'unlabeled');
        continue;
      }
      const [key = '', ...rest] = change.split('=');
      const value = rest.join('=');
      const before = labels[key];
      if (before === value) {
        said.add('not labeled');
        continue;
      }
      if (before !== undefined && !args.switches.has('overwrite')) {
        return failure(`error: '${key}' already has a value (${before}), and --overwrite is false`);
      }
      files = applyEdits(files, [setField(object, ['metadata', 'labels', key], value)]);
      said.add('labeled');
    }
    const verb = ['labeled', 'unlabeled', 'not labeled'].find((word) => said.has(word)) ?? 'not labeled';
    lines.push(`${singularWithGroup(kind)}/${name} ${verb}\n`);
  }
  return output({ stdout: lines.join(''), edits: editsBetween(env.files, files) });
}
