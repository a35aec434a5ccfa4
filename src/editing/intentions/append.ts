/**
 * Where new documents go, and under which names. The file: the last one that holds something of the
 * namespace, else the last, else a new one; the name: the wished one, with a number when it is taken.
 */
import type { ResourceId } from '../../base/ids.ts';
import type { Result } from '../../base/result.ts';
import { interpretObject } from '../../resources/interpretObject.ts';
import { faultsText } from '../../resources/validate/faults.ts';
import { canonicalJson } from '../canonicalJson.ts';
import { addDocuments } from '../documents.ts';
import { documentText } from '../render.ts';
import type { TextEdit } from '../textEdit.ts';
import type { Drawing, Drawn, Refusal } from './intention.ts';
import { isName } from './names.ts';
import { drawn, refused } from './outcome.ts';

const NEW_FILE = 'drawn.yaml';

/** A Kubernetes object as it is written; keys in the order that people write them in. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string } & Readonly<Record<string, unknown>>;
  readonly [field: string]: unknown;
}

export function append(
  drawing: Drawing,
  namespace: string | undefined,
  manifests: readonly Manifest[],
  select: ResourceId,
): Drawn {
  for (const manifest of manifests) {
    const problem = problemOf(manifest);
    if (problem !== undefined) return problem;
  }
  return drawn([appendTexts(drawing, namespace, manifests.map(documentText))], select);
}

/** What Kubernetes or Istio's webhook would say against a document that is not written yet. */
function problemOf(manifest: Manifest): Result<never, Refusal> | undefined {
  const { kind, metadata } = manifest;
  const { name, namespace } = metadata;
  if (!isName(kind, name)) return refused('name-invalid', { name, kind });
  if (namespace !== undefined && !isName('Namespace', namespace))
    return refused('name-invalid', { name: namespace, kind: 'Namespace' });
  const { refused: isRefused, findings } = interpretObject(manifest);
  return isRefused ? refused('rejected', { message: faultsText(findings.errors) }) : undefined;
}

/** Documents as text, each without its marker. */
export function appendTexts(
  { files, parsed }: Drawing,
  namespace: string | undefined,
  texts: readonly string[],
): TextEdit {
  const own = parsed.resources.filter(
    (resource) =>
      namespace !== undefined &&
      (resource.namespace === namespace || (isNamespace(resource) && resource.name === namespace)),
  );
  const place = own
    .map(({ id }) => parsed.locate({ resource: id, path: [] })?.file)
    .filter((file) => file !== undefined && isYaml(file))
    .at(-1);
  return addDocuments(files, place ?? files.findLast(({ name }) => isYaml(name))?.name ?? NEW_FILE, texts);
}

/** The namespace's own document, when neither the text nor the cluster by itself has such a namespace. */
export function namespaceIfMissing({ parsed }: Drawing, name: string, injection: boolean): Manifest[] {
  // One that is in use without a document stays so: its label would change the pods that run there.
  const isThere =
    name === 'default' ||
    parsed.resources.some((found) => found.namespace === name || (isNamespace(found) && found.name === name));
  return isThere ? [] : [namespaceManifest(name, injection)];
}

export const namespaceManifest = (name: string, injection: boolean): Manifest => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name, ...(injection ? { labels: { 'istio-injection': 'enabled' } } : {}) },
});

/** The wished name, or that with the first number that makes it free. */
export function freeName(wanted: string, isTaken: (name: string) => boolean): string {
  let name = wanted;
  for (let number = 2; isTaken(name); number++) name = `${wanted}-${number}`;
  return name;
}

/** Whether the namespace has a resource of one of the kinds under a name; refused ones count. */
export function takenIn({ parsed }: Drawing, namespace: string, kinds: readonly string[]): (name: string) => boolean {
  const taken = new Set(
    [...parsed.resources, ...parsed.rejected]
      .filter((found) => found.namespace === namespace && kinds.includes(found.kind))
      .map(({ name }) => name),
  );
  return (name) => taken.has(name);
}

/** Whether the namespace has a resource of that kind that says the same already. */
export const isWritten = ({ parsed }: Drawing, kind: string, namespace: string, spec: unknown): boolean =>
  parsed.resources.some(
    (found) =>
      found.kind === kind && found.namespace === namespace && canonicalJson(found.body) === canonicalJson({ spec }),
  );

/** Whatever runs pods: a workload is known by its name alone. */
export const WORKLOAD_KINDS = [
  'Deployment',
  'StatefulSet',
  'DaemonSet',
  'ReplicaSet',
  'Job',
  'CronJob',
  'Pod',
  'Service',
  'ServiceAccount',
];

const isNamespace = ({ kind }: { readonly kind: string }): boolean => kind === 'Namespace';
const isYaml = (name: string): boolean => !/\.json$/i.test(name);
