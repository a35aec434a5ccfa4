/** kubectl delete: documents leave the text; a namespace takes everything in it along. */
import { removeResource } from '../../editing/documents.ts';
import { applyEdits, parse, type WorkspaceFile } from '../../engine.ts';
import { type ConsoleEnv, type ConsoleOutput, failure, output, remark } from '../types.ts';
import { editsBetween } from './apply.ts';
import { targetsOf } from './get.ts';
import { kindNamed, POD, pluralWithGroup, singularWithGroup } from './kinds.ts';
import type { KubectlArgs } from './kubectl.ts';
import { type ConsoleObject, objectsOf } from './objects.ts';

export function remove(env: ConsoleEnv, args: KubectlArgs): ConsoleOutput {
  const { compiled, files } = env;
  if (args.values.get('filename') !== undefined) return removeGiven(env, args);
  const { kinds, names } = targetsOf(args.words);
  const [kindName] = kinds;
  if (kindName === undefined) return failure('error: You must provide one or more resources by argument or filename.');
  const kind = kindNamed(kindName);
  if (kind === undefined) return failure(`error: the server doesn't have a resource type "${kindName}"`);
  if (names.length === 0 && !args.switches.has('all') && args.selector === undefined) {
    return failure('error: resource(s) were provided, but no name was specified');
  }
  const found = objectsOf(compiled, kind, {
    namespace: args.namespace,
    names,
    ...(args.selector === undefined ? {} : { labels: args.selector }),
  });
  const missing = names.filter((name) => !found.some((object) => object.name === name));
  const lines = found.map(({ name }) => `${singularWithGroup(kind)} "${name}" deleted\n`);
  const isQuiet = args.switches.has('ignore-not-found');
  const stderr = isQuiet
    ? ''
    : missing.map((name) => `Error from server (NotFound): ${pluralWithGroup(kind)} "${name}" not found\n`).join('');
  return output({
    stdout: found.length === 0 && missing.length === 0 ? 'No resources found\n' : lines.join(''),
    stderr,
    exit: stderr === '' ? 0 : 1,
    edits: editsBetween(files, without(env, found)),
    // Their controllers make them again at once.
    remarks: kind === POD && found.length > 0 ? [remark('pods-recreated')] : [],
  });
}

function without(env: ConsoleEnv, objects: readonly ConsoleObject[]): readonly WorkspaceFile[] {
  const gone = objects.flatMap(({ resource, kind, name }) => {
    if (resource === undefined) return [];
    const inside =
      kind.kind === 'Namespace' ? env.compiled.parsed.resources.filter(({ namespace }) => namespace === name) : [];
    return [resource, ...inside].map(({ id }) => id);
  });
  return gone.reduce((files, id) => {
    const edit = removeResource(files, id);
    return edit === undefined ? files : applyEdits(files, [edit]);
  }, env.files);
}

/** -f -: what the input names. */
function removeGiven(env: ConsoleEnv, args: KubectlArgs): ConsoleOutput {
  if (args.values.get('filename')?.at(-1) !== '-') {
    return failure(`error: the path "${args.values.get('filename')?.at(-1) ?? ''}" does not exist`);
  }
  const given = parse([{ name: 'STDIN', text: args.stdin ?? '' }]).resources;
  const known = new Set(env.compiled.parsed.resources.map(({ id }) => id));
  let files = env.files;
  for (const { id } of given) {
    const edit = known.has(id) ? removeResource(files, id) : undefined;
    if (edit !== undefined) files = applyEdits(files, [edit]);
  }
  const word = ({ kind, group }: { kind: string; group: string }): string =>
    `${kind.toLowerCase()}${group === '' ? '' : `.${group}`}`;
  const missing = given.filter(({ id }) => !known.has(id));
  return output({
    stdout: given
      .filter(({ id }) => known.has(id))
      .map((resource) => `${word(resource)} "${resource.name}" deleted\n`)
      .join(''),
    stderr: missing
      .map(
        (resource) =>
          `Error from server (NotFound): error when deleting "STDIN": ${word(resource)} "${resource.name}" not found\n`,
      )
      .join(''),
    exit: missing.length > 0 ? 1 : 0,
    edits: editsBetween(env.files, files),
  });
}
