/**
 * kubectl apply -f -: each document of the input takes the place of the object of its name, or is
 * added where the namespace's others stand, word for word as it was given. What the validation
 * webhook refuses changes nothing and is answered with its sentence.
 */
import { addDocuments } from '../../editing/documents.ts';
import { locateObject } from '../../editing/located.ts';
import { setField } from '../../editing/setField.ts';
import { applyEdits, parse, type Resource, type TextEdit, type WorkspaceFile } from '../../engine.ts';
import { splitDocuments } from '../../resources/yaml/splitDocuments.ts';
import { type ConsoleEnv, type ConsoleOutput, failure, output } from '../types.ts';
import type { KubectlArgs } from './kubectl.ts';

const STDIN = 'STDIN';
const NEW_FILE = 'applied.yaml';

export function apply(env: ConsoleEnv, args: KubectlArgs): ConsoleOutput {
  const file = args.values.get('filename')?.at(-1);
  if (file === undefined) return failure('error: must specify one of -f and -k');
  if (file !== '-') return failure(`error: the path "${file}" does not exist`);
  if (args.stdin === undefined || args.stdin.trim() === '') return failure('error: no objects passed to apply');
  let files = env.files;
  const lines: string[] = [];
  const errors: string[] = [];
  for (const { text } of splitDocuments(args.stdin)) {
    const document = inNamespace(text.replace(/^---[^\n]*\n?/, ''), args);
    if (document.trim() === '' || isOnlyComments(document)) continue;
    const problem = applyDocument(document);
    if (problem !== undefined) errors.push(problem);
  }
  const edits = editsBetween(env.files, files);
  return output({ stdout: lines.join(''), stderr: errors.join(''), exit: errors.length > 0 ? 1 : 0, edits });

  function applyDocument(document: string): string | undefined {
    const { resources, rejected, diagnostics } = parse([{ name: STDIN, text: document }]);
    const [refused] = rejected;
    if (refused !== undefined)
      return `Error from server: error when creating "${STDIN}": ${relayed(refused.message)}\n`;
    const [resource] = resources;
    if (resource === undefined) {
      const [problem] = diagnostics;
      return `error: error parsing ${STDIN}: ${problem === undefined ? 'no object in it' : JSON.stringify({ [problem.code]: problem.params })}\n`;
    }
    if (args.namespaceGiven && resource.namespace !== '' && resource.namespace !== args.namespace) {
      return `error: the namespace from the provided object "${resource.namespace}" does not match the namespace "${args.namespace}". You must pass '--namespace=${resource.namespace}' to perform this operation.\n`;
    }
    // A List is applied item by item; its text stands as one document all the same.
    const known = resources.map((item) => {
      const before = current(files).find(({ id }) => id === item.id);
      return { item, before };
    });
    const single = resources.length === 1;
    if (single && known[0]?.before !== undefined) files = replaced(files, resource, document);
    else files = applyEdits(files, [addDocuments(files, placeOf(files, resource), [ending(document)])]);
    for (const { item, before } of known) {
      lines.push(
        `${spelled(item)} ${before === undefined ? 'created' : same(before, item) ? 'unchanged' : 'configured'}\n`,
      );
    }
    return undefined;
  }

  function current(now: readonly WorkspaceFile[]): readonly Resource[] {
    return parse(now, env.cache).resources;
  }

  function placeOf(now: readonly WorkspaceFile[], { namespace, kind, name }: Resource): string {
    const parsed = parse(now, env.cache);
    const home = kind === 'Namespace' ? name : namespace;
    const own = parsed.resources.filter(
      (other) => other.namespace === home || (other.kind === 'Namespace' && other.name === home),
    );
    const place = own.flatMap(({ id }) => parsed.locate({ resource: id, path: [] })?.file ?? []).at(-1);
    return place ?? now.findLast(({ name: fileName }) => /\.ya?ml$/i.test(fileName))?.name ?? NEW_FILE;
  }
}

/** `peerauthentication.security.istio.io/default`. */
export const spelled = ({ kind, group, name }: { kind: string; group: string; name: string }): string =>
  `${kind.toLowerCase()}${group === '' ? '' : `.${group}`}/${name}`;

function replaced(files: readonly WorkspaceFile[], resource: Resource, document: string): readonly WorkspaceFile[] {
  const object = locateObject(files, resource.id);
  if (object === undefined) return files;
  if (object.prefix.length > 0) {
    // An item of a List keeps its place: its fields become those of the new object.
    const value = resource.body as Readonly<Record<string, unknown>>;
    return Object.entries(value).reduce<readonly WorkspaceFile[]>((now, [field, content]) => {
      const item = locateObject(now, resource.id);
      return item === undefined ? now : applyEdits(now, [setField(item, [field], content)]);
    }, files);
  }
  const { file, offset, text } = object;
  const marker = /^---[^\n]*\n/.exec(text)?.[0] ?? '';
  return applyEdits(files, [
    { file, start: offset + marker.length, end: offset + text.length, text: ending(document) },
  ]);
}

/** -n names the namespace of a document that names none. */
function inNamespace(document: string, { namespace, namespaceGiven }: KubectlArgs): string {
  const [resource] = parse([{ name: STDIN, text: document }]).resources;
  if (!namespaceGiven || resource === undefined || resource.namespace === '' || /^\s*namespace:/m.test(document))
    return document;
  const files = [{ name: STDIN, text: document }];
  const object = locateObject(files, resource.id);
  if (object === undefined) return document;
  return applyEdits(files, [setField(object, ['metadata', 'namespace'], namespace)])[0]?.text ?? document;
}

const ending = (text: string): string => (text.endsWith('\n') ? text : `${text}\n`);
/** The API server says whose sentence it relays. */
const relayed = (message: string): string =>
  message.startsWith('configuration is invalid')
    ? `admission webhook "validation.istio.io" denied the request: ${message}`
    : message;

const isOnlyComments = (text: string): boolean => text.split('\n').every((line) => /^\s*(#.*)?$/.test(line));
const same = (a: Resource, b: Resource): boolean =>
  JSON.stringify([a.body, a.labels, a.annotations]) === JSON.stringify([b.body, b.labels, b.annotations]);

/** One edit a file: from the first character that differs to the last. */
export function editsBetween(before: readonly WorkspaceFile[], after: readonly WorkspaceFile[]): readonly TextEdit[] {
  return after.flatMap(({ name, text }) => {
    const old = before.find((file) => file.name === name)?.text ?? '';
    if (old === text) return [];
    let start = 0;
    while (start < old.length && old[start] === text[start]) start++;
    let end = 0;
    while (end < old.length - start && end < text.length - start && old.at(-1 - end) === text.at(-1 - end)) end++;
    return [{ file: name, start, end: old.length - end, text: text.slice(start, text.length - end) }];
  });
}
